//! Velocity: committed and completed, sprint by sprint.

use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, PanelCards};

/// The view.
pub(super) static VIEW: View =
    View { id: "velocity", title: "Velocity", needs_items: true, metrics: &["velocity"], body };

fn body() -> AnyView {
    view! {
        <FilterBar />
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
