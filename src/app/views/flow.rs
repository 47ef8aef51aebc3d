//! Flow: how long items take, where their time goes, and whether that changes.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{FilterBar, PanelCards};

/// Its panels, from what most people ask first.
const METRICS: &[&str] = &[
    "cycle-time",
    "cycle-time-histogram",
    "cycle-time-trend",
    "lead-time",
    "process-behaviour",
    "time-in-status",
    "flow-efficiency",
    "blocked-time",
];

/// The view.
pub(super) static VIEW: View =
    View { id: "flow", title: "Flow", needs_items: true, records: &[], metrics: METRICS, body };

fn body() -> AnyView {
    view! {
        <FilterBar />
        {period_switch()}
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
