//! The start of the page, and what the engine tells without being asked.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::File;

use super::published::open_published;
use super::reload::{reload_page, reload_when_saved};
use super::workspaces::{keep_copy, remind_of_backup, restore, take_over};
use super::{change, download_workspace, import_files, make_mine, open_stored, open_view, refresh_recent, show_opened};
use crate::address::Task;
use crate::app::state::{AppState, Remedy, Saved};
use crate::app::views;
use crate::engine::Request;
use crate::messages::UserMessage;
use crate::web::{EngineEvent, ImportSource, WebError, is_safe_mode, take_launched_files, watch_releases};

/// Opens what was saved last, or leaves the start screen. In safe mode nothing is opened: it may be what crashes.
pub(in crate::app) fn begin(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match state.opening().task {
            Task::Own => {}
            Task::Published(verdict) => {
                open_published(state, verdict).await;
                let _ = state.is_opening.try_set(false);
                return take_launched_files(move |files| import_launched(state, files));
            }
            // Nothing of this browser is shown, and nothing was published to be shown instead. The page around may hand data over.
            Task::Card => {
                let _ = state.is_opening.try_set(false);
                return;
            }
        }
        let opened = if is_safe_mode() { Ok(None) } else { client.open_stored(None).await };
        match opened {
            Ok(Some(workspace)) => show_opened(state, workspace),
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
        tell_missing_item(state);
        refresh_recent(state).await;
        // Into the workspace that is open by now, as a drop would.
        take_launched_files(move |files| import_launched(state, files));
    });
    let watch = watch_releases(move || heed(state, EngineEvent::NewVersion));
    let _kept = StoredValue::new_local(watch);
}

/// A link to an item is of no use before there is data that may hold it.
fn tell_missing_item(state: AppState) {
    let Some(key) = state.item.try_get_untracked().flatten() else { return };
    if untrack(|| !state.has_files()) {
        state.tell(
            UserMessage::notice(
                format!("{key} cannot be shown: no workspace is open."),
                "A link holds the key of an item and not its data. Open the workspace or the file that has it, then follow the link again.",
            ),
            Remedy::None,
        );
    }
}

/// Adds the files that the system opened the installed app with.
fn import_launched(state: AppState, files: Vec<Result<File, WebError>>) {
    let mut sources = Vec::new();
    for file in files {
        match file {
            Ok(file) => sources.push(ImportSource::File(file)),
            Err(error) => state.tell(UserMessage::error("A file was not opened.", &error.to_string()), Remedy::None),
        }
    }
    import_files(state, sources);
}

/// What the engine tells without being asked.
pub(in crate::app) fn heed(state: AppState, event: EngineEvent) {
    let set = |saved| {
        let _ = state.saved.try_set(saved);
        reload_when_saved(state);
    };
    match event {
        EngineEvent::Saving => set(Saved::Saving),
        EngineEvent::Saved { at_ms, .. } => saved(state, at_ms),
        EngineEvent::NotSaved { reason } => {
            // Said once: it is tried again by itself.
            if state.saved.with_untracked(|saved| *saved != Saved::Not(reason.clone())) {
                set(Saved::Not(reason.clone()));
                state.tell(UserMessage::error("The last change is not saved.", &reason), Remedy::DownloadUnsaved);
            }
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
                "Open the newer version to go on with it, or keep what is open here as a copy.",
            ),
            Remedy::OpenStored,
        ),
        EngineEvent::Editing { here } => {
            let was_elsewhere = state.elsewhere.try_get_untracked() == Some(true);
            let _ = state.elsewhere.try_set(!here);
            if here && was_elsewhere {
                state.say("The workspace is changed in this tab from now on.");
            } else if !here {
                state.say("The workspace is changed in another tab; this one shows it.");
            }
        }
        EngineEvent::Refreshed => {
            let _ = state.openings.try_update(|count| *count += 1);
            describe_again(state);
            state.say("The workspace was changed in another tab, and is shown as saved there.");
        }
        EngineEvent::StoredChanged => spawn_local(follow_list(state)),
        EngineEvent::Notice { text } => state.tell(UserMessage::notice(text, ""), Remedy::None),
        EngineEvent::NewVersion => state.tell(
            UserMessage::notice(
                "A new version of Throughline is ready.",
                "Reload the page to use it. What is saved stays.",
            ),
            Remedy::ReloadPage,
        ),
    }
}

/// Shows that everything is saved, and reminds of the file that outlives this browser's storage.
fn saved(state: AppState, at_ms: f64) {
    let _ = state.saved.try_set(Saved::At(at_ms));
    reload_when_saved(state);
    let failed =
        state.notices.with_untracked(|notices| notices.iter().any(|notice| notice.remedy == Remedy::DownloadUnsaved));
    if failed {
        let _ = state.notices.try_update(|notices| notices.retain(|notice| notice.remedy != Remedy::DownloadUnsaved));
        state.say("The workspace is saved after all.");
    }
    spawn_local(async move {
        refresh_recent(state).await;
        remind_of_backup(state);
    });
}

/// Shows what another tab did to the stored workspaces; that it deleted the open one is told.
async fn follow_list(state: AppState) {
    refresh_recent(state).await;
    let Some(stored) = untrack(|| state.stored()).filter(|stored| stored.marks.deleted_at.is_some()) else { return };
    let what = format!("{} was deleted in another tab.", stored.name);
    state.tell(
        UserMessage::notice(what, "It stays open here, and a change made here brings it back."),
        Remedy::Restore(stored.id, stored.name),
    );
}

/// Follows a click that a message offers.
pub(in crate::app) fn take_remedy(state: AppState, notice: u64, remedy: &Remedy) {
    close_notice(state, notice);
    let open = || state.workspace.with_untracked(|open| open.as_ref().map(|open| open.id.clone()));
    match remedy {
        Remedy::None => {}
        Remedy::ReloadPage => reload_page(state),
        Remedy::Download | Remedy::DownloadUnsaved => download_workspace(state),
        Remedy::SeeImport => open_view(state, views::IMPORT),
        Remedy::OpenStored => {
            if let Some(id) = open() {
                open_stored(state, id);
            }
        }
        Remedy::KeepCopy => keep_copy(state),
        Remedy::Restore(id, name) => restore(state, id.clone(), name.clone()),
        Remedy::MakeMine => make_mine(state),
        Remedy::TakeOver => take_over(state),
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
