//! Data quality: the findings as numbers.

use crate::model::{ItemSet, PreparedDataset};

use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Severity, X, findings, words};

/// ## What it measures
/// How many items (or sprints) have something about them that would mislead a reader of the other numbers.
/// ## How
/// One figure per finding, with its items; see [`findings`]. An item can be in several findings.
/// ## Edge cases
/// A finding that holds for nothing is not listed. What only the files tell (a cut export, say) is in the data-quality
/// report of the workspace, not here: a metric knows the data alone. Dates are "in the future" against the moment taken as "now".
/// ## Source
/// The definitions of the other metrics: each finding is a case in which one of them leaves an item out or assumes something.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "data-quality",
    title: "Data quality",
    definition: "Items whose data would mislead: done without a date, dates in the wrong order, missing estimates and the \
                 like. None of this is a mistake of yours; it tells how far the other numbers can be trusted.",
    how_to_read: "Each bar is one finding with the number of items it holds for. \"Serious\" findings make numbers wrong, \
                  \"warning\" findings make them rest on less, \"notice\" is good to know.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let total = items.count();
    if total == 0 {
        return MetricResult::not_computable(
            ABOUT.id,
            "There are no items to look at.",
            "An imported file, or a filter that lets items through.",
        );
    }
    let findings = findings(data, items, query);
    let figures = findings
        .iter()
        .map(|finding| {
            let how = format!("{}: {}", finding.level.id(), finding.message);
            Figure::new(&finding.id, finding.title.as_str(), Some(finding.count as f64), finding.counted.as_str(), how)
                .with_items(finding.items.clone())
        })
        .collect();
    let points = findings
        .iter()
        .filter(|finding| !finding.items.is_empty())
        .map(|finding| Point {
            x: X::Name(finding.title.clone()),
            y: Some(finding.count as f64),
            items: finding.items.clone(),
        })
        .collect();
    let working = findings
        .iter()
        .map(|finding| format!("{}: {}", words::capitalised(finding.level.id()), finding.message))
        .collect();
    let serious = findings.iter().filter(|finding| finding.level == Severity::Serious).count();
    MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(total, findings.len(), serious),
        working,
        series: vec![Series {
            id: "findings".into(),
            name: "Findings".into(),
            role: Role::Main,
            unit: "items".into(),
            points,
        }],
        figures,
        considered: total as u64,
        ..MetricResult::default()
    }
}

fn summary(total: usize, findings: usize, serious: usize) -> String {
    let items = words::items(total);
    match (findings, serious) {
        (0, _) => format!("Nothing in {items} would mislead the other numbers."),
        (1, 0) => format!("1 finding in {items}, not a serious one."),
        (1, _) => format!("1 finding in {items}, a serious one."),
        (_, 0) => format!("{findings} findings in {items}, none of them serious."),
        _ => format!("{findings} findings in {items}, {serious} of them serious."),
    }
}
