//! Burnup: how scope and finished work grow, with or without sprints.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{FilterBar, PanelCards};

/// The view.
pub(super) static VIEW: View = View {
    id: "burnup",
    title: "Burnup",
    needs_items: true,
    records: &[],
    metrics: &["burnup", "release-burndown"],
    body,
};

fn body() -> AnyView {
    view! {
        <FilterBar />
        {period_switch()}
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
