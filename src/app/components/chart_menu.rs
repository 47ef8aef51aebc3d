//! What can be taken along of a chart.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Details;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

use super::drawing::Drawing;
use crate::app::actions::{self, Taken, Taking};
use crate::app::state::AppState;
use crate::charts::Panel;
use crate::metrics::MetricResult;
use crate::web::expect_taking;

/// The menu of a chart. Closed and still there while there is nothing to take.
#[component]
pub(super) fn ChartMenu(
    /// What is drawn.
    panel: &'static Panel,
    /// Its drawing.
    drawing: Drawing,
    /// Its numbers; `None` = nothing is drawn.
    result: Signal<Option<Arc<MetricResult>>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let menu = NodeRef::<Details>::new();
    let close = move || {
        let Some(menu) = menu.get_untracked() else { return };
        menu.set_open(false);
        // Focus would be lost with the entry that had it.
        if let Ok(Some(summary)) = menu.query_selector("summary") {
            drop(summary.unchecked_into::<HtmlElement>().focus());
        }
    };
    let take = move |taking: Taking| {
        close();
        if let Some(result) = result.get_untracked() {
            actions::take_chart(state, Taken { panel, drawing, result }, taking);
        }
    };
    let entries = Taking::ALL
        .map(|taking| view! { <li><button type="button" on:click=move |_| take(taking)>{taking.title()}</button></li> })
        .collect_view();
    let embed = move |_| {
        close();
        actions::share(state, Some(panel.id));
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <details
            class="menu chart-menu"
            node_ref=menu
            hidden=move || result.with(Option::is_none)
            on:keydown=on_key
            on:toggle=move |_| expect_taking()
        >
            <summary aria-label=format!("Take along: {}", panel.title)>"Take along"</summary>
            <ul>
                {entries}
                <li><button type="button" on:click=embed>"Embed…"</button></li>
            </ul>
        </details>
    }
}
