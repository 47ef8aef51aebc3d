//! Which views are in the report, and what each of them shows.

use serde::{Deserialize, Serialize};

use crate::charts::{PANELS, Panel};
use crate::engine::{Engine, EngineError};
use crate::metrics::{MetricResult, Query, VIEWS};
use crate::outputs::OutputFile;
use crate::outputs::told::{results_of, workspace_of};

/// The view of verdicts and headlines.
pub(super) const OVERVIEW: (&str, &str) = ("overview", "Overview");

/// A view that can be in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// Its id, as in the address.
    pub id: String,
    /// For people.
    pub title: String,
    /// False when nothing of it can be computed.
    pub shows: bool,
}

/// A view of the report.
pub(super) struct Chapter {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) cards: Vec<(&'static Panel, MetricResult)>,
}

/// What cannot be computed: the title of its chart, and why.
pub(super) type Unknown = Vec<(&'static str, MetricResult)>;

/// The views of a report, chosen or all.
pub(super) struct Choice(Vec<&'static str>);

impl Choice {
    /// Reads what was named, by id or by title; `None` = all. A report of nothing, and of what there is not, is refused.
    pub(super) fn of(named: Option<&[String]>) -> Result<Self, EngineError> {
        let known = || std::iter::once(OVERVIEW).chain(VIEWS.iter().map(|view| (view.id, view.title)));
        let ids = || known().map(|(id, _)| id).collect::<Vec<_>>();
        let Some(named) = named else { return Ok(Self(ids())) };
        let place = |name: &String| {
            let found = known().find(|(id, title)| name == id || name.eq_ignore_ascii_case(title));
            found.map(|(id, _)| id).ok_or_else(|| {
                EngineError::Invalid(format!(
                    "There is no view \"{name}\" for a report. These are: {}",
                    ids().join(", ")
                ))
            })
        };
        let chosen = named.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        if chosen.is_empty() {
            let words =
                format!("No view is chosen: the report would be empty. Choose at least one of: {}", ids().join(", "));
            return Err(EngineError::Invalid(words));
        }
        Ok(Self(ids().into_iter().filter(|id| chosen.contains(id)).collect()))
    }

    /// True when the overview is among them.
    pub(super) fn has_overview(&self) -> bool {
        self.0.contains(&OVERVIEW.0)
    }

    /// The views with what can be computed, in the order of the navigation, and what cannot be.
    pub(super) fn chapters(&self, engine: &mut Engine, query: &Query) -> Result<(Vec<Chapter>, Unknown), EngineError> {
        let (mut chapters, mut unknown) = (Vec::new(), Vec::new());
        for view in VIEWS.iter().filter(|view| self.0.contains(&view.id)) {
            let panels: Vec<_> =
                view.metric_ids().filter_map(|id| PANELS.iter().copied().find(|panel| panel.about.id == id)).collect();
            let ids: Vec<&str> = panels.iter().map(|panel| panel.about.id).collect();
            let results = results_of(engine, &ids, query)?;
            let (computed, others): (Vec<_>, Vec<_>) =
                panels.into_iter().zip(results).partition(|(_, result)| result.is_computed());
            unknown.extend(others.into_iter().map(|(panel, result)| (panel.title, result)));
            if !computed.is_empty() {
                chapters.push(Chapter { id: view.id, title: view.title, cards: computed });
            }
        }
        Ok((chapters, unknown))
    }
}

/// The views for the question who wants which, as one file that only the page of the same release reads.
pub(in crate::outputs) fn views(engine: &mut Engine, query: &Query) -> Result<Vec<OutputFile>, EngineError> {
    let is_empty = workspace_of(engine)?.sources.is_empty();
    let (chapters, _) = Choice::of(None)?.chapters(engine, query)?;
    let view = |(id, title): (&str, &str), shows| ReportView { id: id.to_owned(), title: title.to_owned(), shows };
    let shown = |id| chapters.iter().any(|chapter| chapter.id == id);
    let of_metrics = VIEWS.iter().map(|of| view((of.id, of.title), shown(of.id)));
    let views: Vec<ReportView> = std::iter::once(view(OVERVIEW, !is_empty)).chain(of_metrics).collect();
    // Plain texts always have an encoding.
    let bytes = postcard::to_stdvec(&views).unwrap_or_default();
    Ok(vec![OutputFile { name: "report-views".to_owned(), mime: "application/octet-stream".to_owned(), bytes }])
}

/// Reads them; `None` when they are of another release.
pub fn read_report_views(files: &[OutputFile]) -> Option<Vec<ReportView>> {
    postcard::from_bytes(&files.first()?.bytes).ok()
}
