//! Delivery: how often, how fast and how safely changes reach production, and the links that these numbers rest on.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{BandSwitch, FilterBar, LinkEditor, PanelCards, ProductionPicker};
use crate::app::state::AppState;
use crate::model::RecordKind;

/// Its panels, from what most people ask first.
const METRICS: &[&str] = &[
    "deployment-frequency",
    "change-lead-time",
    "change-failure-rate",
    "failed-deployment-recovery-time",
    "deployment-success",
    "deployment-rework-rate",
    "deployment-calendar",
];

/// What opens it.
const RECORDS: &[RecordKind] = &[RecordKind::Deployment, RecordKind::Change, RecordKind::Incident, RecordKind::Run];

/// The view.
pub(super) static VIEW: View =
    View { id: "dora", title: "Delivery", needs_items: true, records: RECORDS, metrics: METRICS, body };

fn body() -> AnyView {
    let can_edit = AppState::of_context().can_edit();
    view! {
        <FilterBar />
        {period_switch()}
        {can_edit.then(|| view! { <ProductionPicker /> <BandSwitch /> })}
        <PanelCards ids=VIEW.metrics />
        {can_edit.then(|| view! { <LinkEditor kind=RecordKind::Incident /> <LinkEditor kind=RecordKind::Change /> })}
    }
    .into_any()
}
