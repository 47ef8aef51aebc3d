//! Flow: how long items take, from start and from creation.

use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, PanelCards};

/// The view.
pub(super) static VIEW: View =
    View { id: "flow", title: "Flow", needs_items: true, metrics: &["cycle-time", "lead-time"], body };

fn body() -> AnyView {
    view! {
        <FilterBar />
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
