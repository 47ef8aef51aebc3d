//! The page as a part of another page: one chart, or a view, without anything around it.

use leptos::prelude::*;

use super::{PanelCards, SourceQuestion};
use crate::app::state::AppState;
use crate::app::views;
use crate::charts::{PANELS, Panel};

/// The frame's content.
#[component]
pub(in crate::app) fn Embedded() -> impl IntoView {
    let state = AppState::of_context();
    let chart = move || {
        let id = state.chart.get()?;
        PANELS.iter().copied().find(|panel| panel.id == id)
    };
    let content = move || match (state.is_opening.get(), state.has_files(), chart()) {
        (true, ..) => view! { <p class="opening">"Opening…"</p> }.into_any(),
        (_, false, _) => view! { <p class="opening">"There is nothing to show here."</p> }.into_any(),
        (_, _, Some(panel)) => one_chart(panel),
        (.., None) => views::of(state.view.get()).map_or_else(|| ().into_any(), |view| (view.body)()),
    };
    view! {
        <main id="content" class="view embedded" data-view=move || state.view.get() tabindex="-1">{content}</main>
        <p class="status" role="status" aria-live="polite"><bdi>{move || state.status.get()}</bdi></p>
        <SourceQuestion />
    }
}

fn one_chart(panel: &'static Panel) -> AnyView {
    view! { <PanelCards ids=std::slice::from_ref(&panel.id) /> }.into_any()
}
