//! Data of another host: asked before anything of it is fetched, and said for as long as it is shown.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::document::dialog_while;
use crate::app::state::AppState;

/// The question.
#[component]
pub(in crate::app) fn SourceQuestion() -> impl IntoView {
    let state = AppState::of_context();
    let dialog = dialog_while(move || state.foreign_source.with(Option::is_some));
    // Escape closes the dialog, which is a no.
    let closed = move |_| {
        if state.foreign_source.with_untracked(Option::is_some) {
            actions::refuse_source(state);
        }
    };
    let content = move || {
        state.foreign_source.get().map(|(address, host)| {
            view! {
                <header><h2 id="source-title">"Show data of "<bdi>{host.clone()}</bdi>"?"</h2></header>
                <p>
                    "This link shows numbers that are not from this site. Whoever made it chose them. They are fetched from "
                    <strong><bdi>{host}</bdi></strong>", without cookies, and are not kept."
                </p>
                <p class="address"><bdi>{address}</bdi></p>
                <p class="buttons">
                    <button type="button" on:click=move |_| actions::refuse_source(state)>"No, show nothing"</button>
                    <button type="button" on:click=move |_| actions::accept_source(state)>"Show it"</button>
                </p>
            }
        })
    };
    view! {
        <dialog class="question" node_ref=dialog aria-labelledby="source-title" on:close=closed>{content}</dialog>
    }
}

/// Says where the numbers come from, as long as they are from elsewhere.
#[component]
pub(in crate::app) fn SourceBanner() -> impl IntoView {
    let state = AppState::of_context();
    let words = move || {
        state.shown_from.get().map(|host| {
            view! {
                <p class="source-banner" role="note">
                    "Data from "<strong><bdi>{host}</bdi></strong>", not from this site. It is not saved."
                </p>
            }
        })
    };
    view! { {words} }
}
