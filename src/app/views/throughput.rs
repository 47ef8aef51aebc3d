//! Throughput: finished work per day, week or month.

use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, PanelCards, Switch};
use crate::app::state::AppState;
use crate::model::Granularity;

/// The view.
pub(super) static VIEW: View =
    View { id: "throughput", title: "Throughput", needs_items: true, records: &[], metrics: &["throughput"], body };

/// The switch between days, weeks, sprints and months, for views with metrics per period.
pub(super) fn period_switch() -> impl IntoView {
    let state = AppState::of_context();
    let granularity = Signal::derive(move || state.query.read().granularity);
    view! {
        <div class="view-controls">
            <Switch
                label="Period"
                choices=vec![(Granularity::Day, "Day"), (Granularity::Week, "Week"), (Granularity::Sprint, "Sprint"), (Granularity::Month, "Month")]
                chosen=granularity
                on_choose=move |granularity| state.query.update(|query| query.granularity = granularity)
            />
        </div>
    }
}

fn body() -> AnyView {
    view! {
        <FilterBar />
        {period_switch()}
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
