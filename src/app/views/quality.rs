//! Quality: how many bugs there are, how long they take, where they are, and what was promised about them.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{FilterBar, PanelCards, RuleEditor, TargetEditor};
use crate::app::state::AppState;
use crate::metrics::Marks;

/// Its panels, from what most people ask first.
const METRICS: &[&str] = &[
    "bugs",
    "bug-resolution-time",
    "bug-backlog-age",
    "bug-service-levels",
    "bug-share",
    "bugs-by-component",
    "bugs-by-release",
];

/// The view.
pub(super) static VIEW: View =
    View { id: "quality", title: "Quality", needs_items: true, records: &[], metrics: METRICS, body };

fn body() -> AnyView {
    let state = AppState::of_context();
    view! {
        <FilterBar />
        {period_switch()}
        <PanelCards ids=VIEW.metrics />
        {state.can_edit().then(rules)}
    }
    .into_any()
}

/// What the user decides about bugs.
fn rules() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="bug-rule-title">
            <h2 id="bug-rule-title">"Which items are bugs"</h2>
            <p class="explanation">
                "An item is a bug when any part of the rule holds. Several values are separated by semicolons; upper and lower case are the same."
            </p>
            <RuleEditor marks=Marks::Bugs />
        </section>
        <section class="card" aria-labelledby="escaped-rule-title">
            <h2 id="escaped-rule-title">"Which bugs were found in production"</h2>
            <p class="explanation">"Of the bugs those that escaped to the people who use the product."</p>
            <RuleEditor marks=Marks::Escaped />
        </section>
        <section class="card" aria-labelledby="targets-title">
            <h2 id="targets-title">"Targets"</h2>
            <p class="explanation">
                "Days within which a bug of a priority shall be resolved. An empty field is no target; a change is kept at once."
            </p>
            <TargetEditor />
        </section>
    }
}
