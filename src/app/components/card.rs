//! What a page in a frame is when nothing was published for it: a way to the page itself. The user's own work is not shown in
//! pages of others.

use leptos::prelude::*;

use crate::app::state::AppState;
use crate::web::page_address;

/// The card.
#[component]
pub(super) fn Card() -> impl IntoView {
    let state = AppState::of_context();
    state.ready.set(true);
    view! {
        <main class="frame-card" data-view="card">
            <h1>"Throughline"</h1>
            <p>"Your own workspaces are shown in a tab of their own, not inside another page."</p>
            <p>
                <a class="button primary" href=page_address() target="_blank" rel="noopener noreferrer">
                    "Open Throughline in a new tab"
                </a>
            </p>
        </main>
    }
}
