//! Work in progress: what is begun and not finished, how old it is, and how work comes and goes.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{FilterBar, PanelCards};

/// Its panels, from what most people ask first.
const METRICS: &[&str] = &["work-item-age", "work-in-progress", "cumulative-flow", "net-flow"];

/// The view.
pub(super) static VIEW: View =
    View { id: "wip", title: "Work in progress", needs_items: true, records: &[], metrics: METRICS, body };

fn body() -> AnyView {
    view! {
        <FilterBar />
        {period_switch()}
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
