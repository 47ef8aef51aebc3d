//! Throughput: finished work per day, week or month.

use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, PanelCards, Switch};
use crate::app::state::AppState;
use crate::model::Granularity;

/// The view.
pub(super) static VIEW: View =
    View { id: "throughput", title: "Throughput", needs_items: true, metrics: &["throughput"], body };

fn body() -> AnyView {
    let state = AppState::of_context();
    let granularity = Signal::derive(move || state.query.read().granularity);
    view! {
        <FilterBar />
        <div class="view-controls">
            <Switch
                label="Period"
                choices=vec![(Granularity::Day, "Day"), (Granularity::Week, "Week"), (Granularity::Month, "Month")]
                chosen=granularity
                on_choose=move |granularity| state.query.update(|query| query.granularity = granularity)
            />
        </div>
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}
