//! The start of the page, and what the engine tells without being asked.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::published::open_published;
use super::{change, download_workspace, open_stored, open_view, refresh_recent, show_workspace};
use crate::address::Task;
use crate::app::document;
use crate::app::state::{AppState, Notice, Remedy, Saved};
use crate::app::views;
use crate::engine::Request;
use crate::messages::UserMessage;
use crate::web::{EngineEvent, is_safe_mode};

/// Opens what was saved last, or leaves the start screen. In safe mode nothing is opened: it may be what crashes.
pub(in crate::app) fn begin(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match state.opening().task {
            Task::Own => {}
            Task::Published(verdict) => {
                open_published(state, verdict).await;
                let _ = state.is_opening.try_set(false);
                return;
            }
            // Nothing of this browser is shown, and nothing was published to be shown instead.
            Task::Card => return,
        }
        let opened = if is_safe_mode() { Ok(None) } else { client.open_stored(None).await };
        match opened {
            Ok(Some(workspace)) => show_workspace(state, workspace),
            Ok(None) if is_safe_mode() => state.tell(
                UserMessage::notice(
                    "Safe mode: no workspace was opened.",
                    "Open one of the saved workspaces, or reload the page without safe mode.",
                ),
                Remedy::None,
            ),
            Ok(None) => {}
            Err(error) => {
                state.tell(UserMessage::error("The saved workspace was not opened.", &error.to_string()), Remedy::None);
            }
        }
        let _ = state.is_opening.try_set(false);
        refresh_recent(state).await;
    });
}

/// What the engine tells without being asked.
pub(in crate::app) fn heed(state: AppState, event: EngineEvent) {
    let set = |saved| drop(state.saved.try_set(saved));
    match event {
        EngineEvent::Saving => set(Saved::Saving),
        EngineEvent::Saved { at_ms, .. } => set(Saved::At(at_ms)),
        EngineEvent::NotSaved { reason } => {
            set(Saved::Not(reason.clone()));
            state.tell(UserMessage::error("The last change is not saved.", &reason), Remedy::Download);
        }
        EngineEvent::MemoryOnly { reason } => set(Saved::MemoryOnly(reason)),
        EngineEvent::WorkerReplaced { what, reopened } => {
            let next = if reopened {
                "The saved workspace was opened again; changes after the last save are gone."
            } else {
                "Open a saved workspace or add the file again."
            };
            state.tell(
                UserMessage::warning("The part that computes stopped and was replaced.", &format!("{what}. {next}")),
                Remedy::None,
            );
            if reopened {
                describe_again(state);
            } else {
                let _ = state.workspace.try_set(None);
            }
        }
        EngineEvent::ChangedElsewhere { .. } => state.tell(
            UserMessage::warning(
                "This workspace was changed in another tab.",
                "Open the newer version to go on with it; changes made here since then would be lost.",
            ),
            Remedy::OpenStored,
        ),
        EngineEvent::Notice { text } => state.tell(UserMessage::notice(text, ""), Remedy::None),
        EngineEvent::NewVersion => state.tell(
            UserMessage::notice(
                "A new version of Throughline is out.",
                "Reload the page to use it. What is saved stays.",
            ),
            Remedy::ReloadPage,
        ),
    }
}

/// Follows the one click that a message offers.
pub(in crate::app) fn take_remedy(state: AppState, notice: &Notice) {
    close_notice(state, notice.id);
    match notice.remedy {
        Remedy::None => {}
        Remedy::ReloadPage => document::reload(),
        Remedy::Download => download_workspace(state),
        Remedy::SeeImport => open_view(state, views::IMPORT),
        Remedy::OpenStored => {
            if let Some(id) = state.workspace.with_untracked(|open| open.as_ref().map(|open| open.id.clone())) {
                open_stored(state, id);
            }
        }
    }
}

/// Puts a message away.
pub(in crate::app) fn close_notice(state: AppState, id: u64) {
    let _ = state.notices.try_update(|notices| notices.retain(|notice| notice.id != id));
}

fn describe_again(state: AppState) {
    spawn_local(async move {
        change(state, Request::Describe).await;
    });
}
