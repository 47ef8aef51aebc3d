//! Uptime: how much services were up, what is left of their error budgets, when they were down and for how long.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{AvailabilityTargets, FilterBar, PanelCards};
use crate::app::state::AppState;
use crate::model::RecordKind;

/// Its panels, from the question that is asked first.
const METRICS: &[&str] = &["uptime", "uptime-trend", "error-budget", "outages", "service-recovery"];

/// The view.
pub(super) static VIEW: View = View {
    id: "uptime",
    title: "Uptime",
    needs_items: true,
    records: &[RecordKind::Incident, RecordKind::Uptime],
    metrics: METRICS,
    body,
};

fn body() -> AnyView {
    view! {
        <FilterBar />
        {period_switch()}
        {AppState::of_context().can_edit().then(|| view! { <AvailabilityTargets /> })}
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
