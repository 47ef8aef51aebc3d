//! Single numbers of a metric, as tiles; each opens the items behind it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::metrics::{Counted, Figure, MetricResult};

/// The figures of a result.
#[component]
pub(in crate::app) fn Figures(
    /// The result.
    result: Arc<MetricResult>,
) -> impl IntoView {
    let state = AppState::of_context();
    let tiles = result.figures.iter().map(|figure| tile(state, result.counted, figure)).collect_view();
    let is_empty = result.figures.is_empty();
    view! { <dl class="figures" hidden=is_empty>{tiles}</dl> }
}

fn tile(state: AppState, counted: Counted, figure: &Figure) -> AnyView {
    let value = figure.value.map_or_else(|| "unknown".to_owned(), |value| format::with_unit(value, &figure.unit));
    let raw = figure.value.map(|value| value.to_string());
    let how = figure.how.clone();
    let number = if figure.items.is_empty() {
        view! { <span>{value}</span> }.into_any()
    } else {
        let drill = DrillDown {
            title: figure.name.clone(),
            detail: format!("{value}: {how}"),
            counted,
            items: figure.items.clone(),
        };
        let (one, many) = counted.words();
        let hint = format!("Show the {} behind it", format::counted(figure.items.len() as u64, one, many));
        view! {
            <button type="button" class="plain" title=hint on:click=move |_| actions::show_items(state, drill.clone())>
                {value}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="figure" data-figure=figure.id.clone()>
            <dt>{figure.name.clone()}</dt>
            <dd class="value" data-value=raw>{number}</dd>
            <dd class="how">{how}</dd>
        </div>
    }
    .into_any()
}
