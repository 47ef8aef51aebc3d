//! How a number came about: definition, steps with the numbers put in, what was left out.

use std::sync::Arc;

use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::charts::Panel;
use crate::engine::SourceSummary;
use crate::metrics::{Counted, Exclusion, MetricResult};
use crate::model::iso_from_day;

/// Two disclosures: how to read the chart, and its working.
#[component]
pub(in crate::app) fn Working(
    /// The drawing, for its metric's texts.
    panel: &'static Panel,
    /// The result.
    result: Arc<MetricResult>,
) -> impl IntoView {
    let state = AppState::of_context();
    let steps = result.working.iter().map(|step| view! { <li><bdi>{step.clone()}</bdi></li> }).collect_view();
    let has_steps = !result.working.is_empty();
    let excluded: u64 = result.excluded.iter().map(|exclusion| exclusion.items.len() as u64).sum();
    let exclusions =
        result.excluded.iter().map(|exclusion| exclusion_row(state, result.counted, exclusion)).collect_view();
    let (one, many) = result.counted.words();
    let considered =
        format!("{} used, {} left out.", format::counted(result.considered, one, many), format::count(excluded));
    view! {
        <details class="how-to-read">
            <summary>"How to read"</summary>
            <p>{panel.about.how_to_read}</p>
        </details>
        <details class="working">
            <summary>"Show the working"</summary>
            <p>{panel.about.definition}</p>
            <ol hidden=!has_steps>{steps}</ol>
            <p>{considered}</p>
            <ul hidden=excluded == 0>{exclusions}</ul>
            <Sources counted=result.counted />
        </details>
    }
}

fn exclusion_row(state: AppState, counted: Counted, exclusion: &Exclusion) -> AnyView {
    let (one, many) = counted.words();
    let count = format::counted(exclusion.items.len() as u64, one, many);
    let drill = DrillDown {
        title: format!("Left out: {}", exclusion.reason),
        detail: String::new(),
        counted,
        items: exclusion.items.clone(),
    };
    view! {
        <li>
            {format!("{}: ", exclusion.reason)}
            <button type="button" class="plain" on:click=move |_| actions::show_items(state, drill.clone())>{count}</button>
        </li>
    }
    .into_any()
}

/// The files that the counted things come from: how old each is, and whether reading it gave warnings.
#[component]
fn Sources(counted: Counted) -> impl IntoView {
    let state = AppState::of_context();
    let rows = move || {
        state.workspace.with(|open| {
            open.iter()
                .flat_map(|open| &open.sources)
                .filter(|source| match counted {
                    Counted::Items => source.items > 0,
                    Counted::Records(kind) => source.records.iter().any(|(id, _)| id == kind.id()),
                })
                .map(source_row)
                .collect_view()
        })
    };
    view! { <p>"From these files:"</p><ul class="working-sources">{rows}</ul> }
}

fn source_row(source: &SourceSummary) -> AnyView {
    let age = source.day.map_or_else(|| "of unknown date".to_owned(), |day| format!("data to {}", iso_from_day(day)));
    let warnings = match source.report.warning_total() {
        0 => String::new(),
        number => format!(", {}", format::counted(number, "warning", "warnings")),
    };
    view! { <li><UserText text=source.report.file.clone() />{format!(" ({age}{warnings})")}</li> }.into_any()
}
