//! Data that a page of another origin hands over: asked about before anything of it is read.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::UserText;
use crate::app::document::dialog_while;
use crate::app::format;
use crate::app::framed_state::{Handover, HandoverStage};
use crate::app::state::AppState;

/// The question.
#[component]
pub(super) fn LoadQuestion() -> impl IntoView {
    let state = AppState::of_context();
    let asked =
        Memo::new(move |_| state.framed().handover.get().filter(|handover| handover.stage == HandoverStage::Asked));
    let dialog = dialog_while(move || asked.with(Option::is_some));
    // Escape closes the dialog, which is a no.
    let closed = move |_| {
        if asked.with_untracked(Option::is_some) {
            actions::refuse_load(state);
        }
    };
    let content = move || asked.get().map(|handover| question(state, handover));
    view! {
        <dialog class="question load-question" node_ref=dialog aria-labelledby="load-title" on:close=closed>{content}</dialog>
    }
}

fn question(state: AppState, handover: Handover) -> AnyView {
    let who = actions::who(&handover.origin);
    let files = handover.order.files.into_iter().map(|file| {
        view! { <li><UserText text=file.name />{format!(" ({})", format::bytes(file.bytes))}</li> }
    });
    let files = files.collect_view();
    view! {
        <header><h2 id="load-title">"Load data of "<bdi>{who.clone()}</bdi>"?"</h2></header>
        <p>
            "The page around this chart, "<strong><bdi>{who}</bdi></strong>", hands over files that are not from this site. "
            "They are read in this browser, sent nowhere and not kept, and take the place of what is shown."
        </p>
        <ul class="given-files">{files}</ul>
        <p class="buttons">
            <button type="button" on:click=move |_| actions::refuse_load(state)>"Refuse"</button>
            <button type="button" on:click=move |_| actions::accept_load(state)>"Load"</button>
        </p>
    }
    .into_any()
}
