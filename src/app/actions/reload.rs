//! Loading the page again, for a newer release, without losing anything by it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::document;
use crate::app::state::{AppState, Remedy, Saved};
use crate::engine::Request;
use crate::messages::UserMessage;

/// Loads the page again: at once when everything is saved, after the save that runs, and not at all when something would be lost.
pub(super) fn reload_page(state: AppState) {
    if state.import.with_untracked(Option::is_some) {
        state.tell(
            UserMessage::notice("An import is running.", "Wait for it or cancel it, then reload the page."),
            Remedy::ReloadPage,
        );
        return;
    }
    let _ = state.reload_asked.try_set_value(true);
    spawn_local(async move {
        // The engine answers in order: after this it has begun to save whatever was changed before.
        if let Some(client) = state.client() {
            drop(client.ask(Request::Describe).await);
        }
        reload_when_saved(state);
    });
}

/// Called when it has changed how saving stands.
pub(super) fn reload_when_saved(state: AppState) {
    if state.reload_asked.try_get_value() != Some(true) {
        return;
    }
    let lost = match state.saved.try_get_untracked() {
        None => return,
        Some(Saved::Saving) => return state.say("The page is loaded again as soon as the workspace is saved."),
        Some(Saved::Not(reason) | Saved::MemoryOnly(reason)) if has_own_work(state) => Some(reason),
        Some(_) => None,
    };
    let _ = state.reload_asked.try_set_value(false);
    match lost {
        None => document::reload(),
        Some(reason) => state.tell(
            UserMessage::warning("The page was not loaded again: the open workspace is not saved.", &reason)
                .then("Download the workspace first, then reload the page in the browser"),
            Remedy::Download,
        ),
    }
}

/// True when the open workspace holds what only its user has: of a published one, what was changed here.
fn has_own_work(state: AppState) -> bool {
    let is_published = state.opening().keeps_out_of_storage();
    state.workspace.with_untracked(|open| {
        open.as_ref().is_some_and(|open| {
            if is_published { open.undo.is_some() } else { !open.sample && !open.sources.is_empty() }
        })
    })
}
