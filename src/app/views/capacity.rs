//! Capacity: how much who can work, how much is asked of them, and the calendar that says so.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{CalendarEditor, FilterBar, PanelCards, Switch};
use crate::app::state::AppState;
use crate::metrics::PeopleRule;
use crate::model::RecordKind;

/// Its panels, from what is asked first.
const METRICS: &[&str] = &["utilisation", "capacity", "capacity-plan", "workload-balance", "logged-time"];
/// Kinds of records of which any opens it.
const RECORDS: &[RecordKind] = &[RecordKind::Capacity, RecordKind::TimeOff, RecordKind::WorkLog];

/// The view.
pub(super) static VIEW: View =
    View { id: "capacity", title: "Capacity", needs_items: true, records: RECORDS, metrics: METRICS, body };

fn body() -> AnyView {
    let state = AppState::of_context();
    let people = Signal::derive(move || state.query.read().people);
    view! {
        <FilterBar />
        <div class="view-controls">
            <Switch
                label="Who is told"
                choices=PeopleRule::ALL.map(|rule| (rule, rule.title())).to_vec()
                chosen=people
                on_choose=move |people| state.query.update(|query| query.people = people)
            />
        </div>
        {period_switch()}
        <PanelCards ids=VIEW.metrics />
        {state.can_edit().then(|| view! { <CalendarEditor /> })}
    }
    .into_any()
}
