//! Technical debt: how much is open, what comes and goes, how much is spent on it, and what analysers measure.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{DebtTarget, FilterBar, PanelCards, RuleEditor};
use crate::app::state::AppState;
use crate::metrics::Marks;
use crate::model::RecordKind;

/// Its panels, from what most people ask first.
const METRICS: &[&str] =
    &["technical-debt", "technical-debt-flow", "technical-debt-share", "code-measures", "code-effort", "code-counts"];
/// Those that rest on items.
const OF_ITEMS: &[&str] = &["technical-debt", "technical-debt-flow", "technical-debt-share"];
/// What the others need.
const RECORDS: &[RecordKind] = &[RecordKind::CodeMeasure];

/// The view.
pub(super) static VIEW: View =
    View { id: "debt", title: "Technical debt", needs_items: true, records: RECORDS, metrics: METRICS, body };

fn body() -> AnyView {
    let state = AppState::of_context();
    let is_measured = Memo::new(move |_| state.has_records(RECORDS));
    let panels = move || {
        if is_measured.get() {
            view! { <PanelCards ids=VIEW.metrics /> }.into_any()
        } else {
            view! {
                <PanelCards ids=OF_ITEMS />
                <p class="explanation">
                    "No file holds code measures. An export of SonarQube, or a table with the columns date, measure and value, adds coverage, debt ratio and more over time."
                </p>
            }
            .into_any()
        }
    };
    view! {
        <FilterBar />
        {period_switch()}
        {panels}
        {state.can_edit().then(rules)}
    }
    .into_any()
}

/// What the user decides about technical debt.
fn rules() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="debt-rule-title">
            <h2 id="debt-rule-title">"Which items are technical debt"</h2>
            <p class="explanation">
                "An item is technical debt when any part of the rule holds. Several values are separated by semicolons; upper and lower case are the same."
            </p>
            <RuleEditor marks=Marks::Debt />
        </section>
        <section class="card" aria-labelledby="debt-target-title">
            <h2 id="debt-target-title">"Target"</h2>
            <p class="explanation">
                "The share of the finished work that shall go into technical debt: a line in the chart of its share."
            </p>
            <DebtTarget />
        </section>
    }
}
