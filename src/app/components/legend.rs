//! The names of a chart's series beside the pattern they are drawn with. HTML instead of ECharts' legend, which no keyboard
//! reaches and whose text does not grow with the page's.

use std::sync::Arc;

use leptos::prelude::*;

use crate::charts::{Dash, Look, Mark, Panel, Slot};
use crate::metrics::MetricResult;

/// Legend of a result as its panel draws it.
#[component]
pub(in crate::app) fn Legend(
    /// The drawing.
    panel: &'static Panel,
    /// What is drawn.
    result: Arc<MetricResult>,
) -> impl IntoView {
    let looks = Look::of_all(&result.series, panel.main);
    let entries = result
        .series
        .iter()
        .zip(looks)
        .map(|(series, look)| {
            let class = format!("swatch {} {} {}", slot_class(look.slot), mark_class(look.mark), dash_class(look.dash));
            view! {
                <li>
                    <span class=class aria-hidden="true"></span>
                    {series.name.clone()}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="legend" aria-label="Legend">{entries}</ul> }
}

const fn slot_class(slot: Slot) -> &'static str {
    match slot {
        Slot::Series(0) => "slot-1",
        Slot::Series(1) => "slot-2",
        Slot::Series(2) => "slot-3",
        Slot::Series(3) => "slot-4",
        Slot::Series(4) => "slot-5",
        Slot::Series(_) => "slot-6",
        Slot::Guideline => "slot-guideline",
    }
}

const fn mark_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Line => "mark-line",
        Mark::Bar => "mark-bar",
        Mark::Dot => "mark-dot",
        Mark::Area => "mark-area",
    }
}

const fn dash_class(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "dash-solid",
        Dash::Dashed => "dash-dashed",
        Dash::Dotted => "dash-dotted",
    }
}
