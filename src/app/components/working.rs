//! How a number came about: definition, steps with the numbers put in, what was left out.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::charts::Panel;
use crate::metrics::{Counted, Exclusion, MetricResult};

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
