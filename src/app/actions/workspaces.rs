//! The workspaces kept in this browser.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{close_file_notices, open_first, open_view, refresh_recent, show_workspace};
use crate::app::state::{AppState, Remedy, Saved};
use crate::app::views;
use crate::messages::UserMessage;

/// Opens a workspace kept in this browser.
pub(in crate::app) fn open_stored(state: AppState, id: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.open_stored(Some(id)).await {
            Ok(Some(workspace)) => {
                state.say(format!("{} is open.", workspace.name));
                show_workspace(state, workspace);
                open_first(state);
            }
            Ok(None) => state.tell(
                UserMessage::warning("The workspace is no longer there.", "It may have been deleted in another tab."),
                Remedy::None,
            ),
            Err(error) => {
                state.tell(UserMessage::error("The workspace was not opened.", &error.to_string()), Remedy::None);
            }
        }
        refresh_recent(state).await;
    });
}

/// Deletes a workspace from this browser.
pub(in crate::app) fn delete_stored(state: AppState, id: String, name: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.delete_stored(id.clone()).await {
            Ok(()) => {
                state.say(format!("{name} was deleted from this browser."));
                if state.workspace.with_untracked(|open| open.as_ref().is_some_and(|open| open.id == id)) {
                    let _ = state.workspace.try_set(None);
                    let _ = state.saved.try_set(Saved::Nothing);
                }
            }
            Err(error) => {
                state.tell(UserMessage::error(format!("{name} was not deleted."), &error.to_string()), Remedy::None);
            }
        }
        refresh_recent(state).await;
    });
}

/// Lets the open workspace go; it stays stored. The next file begins a new one.
pub(in crate::app) fn new_workspace(state: AppState) {
    close_file_notices(state);
    let _ = state.workspace.try_set(None);
    let _ = state.saved.try_set(Saved::Nothing);
    let _ = state.query.try_set(crate::metrics::Query::default());
    open_view(state, views::START);
    state.say("Add a file to begin a new workspace. The last one is kept in this browser.");
}
