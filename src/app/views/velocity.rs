//! Velocity: committed and completed, sprint by sprint, or completed by the period where there are no sprints.

use leptos::prelude::*;

use super::View;
use super::throughput::period_switch;
use crate::app::components::{FilterBar, PanelCards};
use crate::app::state::AppState;

/// The view.
pub(super) static VIEW: View =
    View { id: "velocity", title: "Velocity", needs_items: true, records: &[], metrics: &["velocity"], body };

fn body() -> AnyView {
    let state = AppState::of_context();
    // Items without sprints are told by the period: all of them, or those of a team that a filter chooses.
    let may_lack_sprints = move || {
        let has_sprints = state.workspace.with(|open| open.as_ref().is_some_and(|open| !open.iterations.is_empty()));
        !has_sprints || !state.query.read().filters.is_empty()
    };
    view! {
        <FilterBar />
        <Show when=may_lack_sprints>{period_switch()}</Show>
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
