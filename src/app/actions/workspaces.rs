//! The workspaces kept in this browser.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::files_in::{import_each, new_id};
use super::{
    change, close_file_notices, open_first, open_view, refresh_recent, show_opened, show_workspace, tell_refusal,
};
use crate::app::state::{AppState, Remedy, Saved};
use crate::app::{document, views};
use crate::engine::{EngineError, Request, Response};
use crate::messages::UserMessage;
use crate::web::{EngineClient, ImportChoices, ImportSource, Mark, StoredWorkspace, WebError};

/// Changes without a downloaded file after which the user is reminded of one, once.
const CHANGES_BEFORE_REMINDER: u64 = 25;

/// Opens a workspace kept in this browser.
pub(in crate::app) fn open_stored(state: AppState, id: String) {
    spawn_local(async move {
        if let Some(client) = state.client() {
            open_now(state, &client, id).await;
        }
        refresh_recent(state).await;
    });
}

async fn open_now(state: AppState, client: &EngineClient, id: String) -> bool {
    match client.open_stored(Some(id)).await {
        Ok(Some(workspace)) => {
            state.say(format!("{} is open.", workspace.name));
            show_opened(state, workspace);
            open_first(state);
            true
        }
        Ok(None) => {
            state.tell(
                UserMessage::warning("The workspace is no longer there.", "It may have been deleted in another tab."),
                Remedy::None,
            );
            false
        }
        Err(error) => {
            state.tell(UserMessage::error("The workspace was not opened.", &error.to_string()), Remedy::None);
            false
        }
    }
}

/// Tells that something was not done to a workspace.
fn tell_failure(state: AppState, what: String, error: &WebError) {
    match error {
        WebError::Refused(error @ (EngineError::ReadOnlySample | EngineError::OpenElsewhere)) => {
            tell_refusal(state, error);
        }
        error => state.tell(UserMessage::error(what, &error.to_string()), Remedy::None),
    }
}

fn is_open(state: AppState, id: &str) -> bool {
    state.workspace.with_untracked(|open| open.as_ref().is_some_and(|open| open.id == id))
}

/// Lets the open workspace go when it is this one.
fn close_if_open(state: AppState, id: &str) {
    if is_open(state, id) {
        let _ = state.workspace.try_set(None);
        let _ = state.saved.try_set(Saved::Nothing);
        let _ = state.elsewhere.try_set(false);
    }
}

/// Deletes a workspace. For a week it can be brought back: by the message that says so, and from the list.
pub(in crate::app) fn delete_stored(state: AppState, id: String, name: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.mark(id.clone(), Mark::Deleted).await {
            Ok(()) => {
                close_if_open(state, &id);
                state.tell(
                    UserMessage::notice(
                        format!("{name} was deleted."),
                        "It is removed from this browser after 7 days.",
                    ),
                    Remedy::Restore(id, name),
                );
                // The button that had the focus is gone: the way back is the next thing.
                document::focus_soon("[data-notice]:last-child button");
            }
            Err(error) => tell_failure(state, format!("{name} was not deleted."), &error),
        }
        refresh_recent(state).await;
    });
}

/// Brings a deleted workspace back.
pub(in crate::app) fn restore(state: AppState, id: String, name: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        let restored = client.mark(id.clone(), Mark::Restored).await;
        refresh_recent(state).await;
        match restored {
            Ok(()) => {
                let _ = state.notices.try_update(|notices| {
                    notices.retain(|notice| !matches!(&notice.remedy, Remedy::Restore(deleted, _) if *deleted == id));
                });
                state.say(format!("{name} is back."));
                document::focus_soon(&format!("[data-workspace=\"{id}\"] .name"));
            }
            Err(error) => tell_failure(state, format!("{name} was not brought back."), &error),
        }
    });
}

/// Removes a workspace from this browser for good.
pub(in crate::app) fn remove_for_good(state: AppState, id: String, name: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.delete_stored(id.clone()).await {
            Ok(()) => {
                close_if_open(state, &id);
                state.say(format!("{name} was removed from this browser."));
                document::focus_soon("#kept");
            }
            Err(error) => tell_failure(state, format!("{name} was not removed."), &error),
        }
        refresh_recent(state).await;
    });
}

/// Gives a workspace another name.
pub(in crate::app) fn rename(state: AppState, id: String, name: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.rename(id.clone(), name.clone()).await {
            Ok(()) => {
                if is_open(state, &id)
                    && let Ok(Response::Workspace(workspace)) = client.ask(Request::Describe).await
                {
                    show_workspace(state, *workspace);
                }
                state.say(format!("The workspace is now named {name}."));
            }
            Err(error) => tell_failure(state, "The workspace was not renamed.".to_owned(), &error),
        }
        refresh_recent(state).await;
    });
}

/// Keeps a second copy of a workspace.
pub(in crate::app) fn duplicate(state: AppState, id: String, name: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        let copy = format!("{} (copy)", name.chars().take(100).collect::<String>());
        match client.duplicate(id, new_id(), copy.clone()).await {
            Ok(()) => state.say(format!("{copy} is kept in this browser.")),
            Err(error) => tell_failure(state, format!("{name} was not duplicated."), &error),
        }
        refresh_recent(state).await;
    });
}

/// Turns the open sample into a workspace of the user's own.
pub(in crate::app) fn make_mine(state: AppState) {
    spawn_local(own(state, "My copy of the sample".to_owned(), "It is yours now: change what you like."));
}

/// Opens a stored sample as a workspace of the user's own.
pub(in crate::app) fn make_mine_of(state: AppState, id: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        if is_open(state, &id) || open_now(state, &client, id).await {
            own(state, "My copy of the sample".to_owned(), "It is yours now: change what you like.").await;
        }
    });
}

/// Keeps what is open as a workspace beside the one that another tab saved.
pub(super) fn keep_copy(state: AppState) {
    let name = state.workspace.with_untracked(|open| open.as_ref().map(|open| open.name.clone())).unwrap_or_default();
    let name = format!("{} (copy)", name.chars().take(100).collect::<String>());
    spawn_local(own(state, name, "It is open as a workspace of its own."));
}

async fn own(state: AppState, name: String, done: &'static str) {
    let Some(client) = state.client() else { return };
    match client.ask(Request::MakeOwn { id: new_id(), name }).await {
        Ok(Response::Workspace(workspace)) => {
            show_opened(state, *workspace);
            state.say(done);
        }
        Ok(Response::Failed(error)) => tell_refusal(state, &error),
        Ok(_) => {}
        Err(error) => tell_failure(state, "The copy was not made.".to_owned(), &error),
    }
    refresh_recent(state).await;
}

/// Asks the tab that changes the open workspace to hand it over.
pub(in crate::app) fn take_over(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        state.say("Asking the other tab…");
        if let Err(error) = client.take_over().await {
            tell_failure(state, "The workspace stays in the other tab.".to_owned(), &error);
        }
    });
}

/// Reads the kept original files of a workspace again into a new one, with everything that the user had decided. The old one
/// stays as it is.
pub(in crate::app) fn rebuild(state: AppState, stored: StoredWorkspace) {
    if state.import.with_untracked(Option::is_some) {
        return state.say("An import is running. Wait for it or cancel it first.");
    }
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        let (kept, files) = match client.originals(stored.id).await {
            Ok(found) => found,
            Err(error) => return tell_failure(state, "The kept files were not read.".to_owned(), &error),
        };
        if files.is_empty() {
            return state.tell(
                UserMessage::warning("No original file is kept of this workspace.", "Import its files again."),
                Remedy::None,
            );
        }
        let name = [kept.name, stored.name].into_iter().find(|name| !name.is_empty());
        let name = format!("{} (rebuilt)", name.unwrap_or_else(|| "Workspace".to_owned()));
        let zone = if kept.zone.is_empty() { state.reading_zone() } else { kept.zone };
        let begin = Request::NewWorkspace { id: new_id(), name: name.clone(), zone, sample: false };
        let Ok(Response::Workspace(workspace)) = client.ask(begin).await else {
            return state.tell(UserMessage::error("A new workspace was not begun.", "Try again"), Remedy::None);
        };
        close_file_notices(state);
        show_opened(state, *workspace);
        let _ = state.stop_asked.try_set_value(false);
        let files = files.into_iter().map(ImportSource::File).collect();
        import_each(state, files, ImportChoices::default()).await;
        if let Some(document) = kept.document {
            change(state, Request::Adopt { document }).await;
        }
        let missing = match kept.missing.len() {
            0 => "Compare its numbers with what you know; the damaged workspace is still listed.".to_owned(),
            _ => format!("Not kept, so import them again: {}", kept.missing.join(", ")),
        };
        state.tell(UserMessage::notice(format!("{name} was read from the kept files."), &missing), Remedy::None);
    });
}

/// Reminds once of the file that outlives this browser's storage, after many changes without one.
pub(super) fn remind_of_backup(state: AppState) {
    let open = state.workspace.with_untracked(|open| open.as_ref().map(|open| (open.sample, open.generation)));
    let (Some((false, changes)), Some(stored)) = (open, untrack(|| state.stored())) else { return };
    let since = changes.saturating_sub(stored.marks.backup_changes);
    if stored.marks.reminded || since < CHANGES_BEFORE_REMINDER {
        return;
    }
    let what = match stored.marks.backup_at {
        Some(_) => format!("{since} changes were made since you last downloaded {}.", stored.name),
        None => format!("{} has {since} changes and was never downloaded.", stored.name),
    };
    state.tell(
        UserMessage::notice(what, "It is saved in this browser, which may clear its data; a file is yours to keep."),
        Remedy::Download,
    );
    spawn_local(async move {
        if let Some(client) = state.client() {
            // Where it is not noted the reminder comes once more, and that is all.
            drop(client.mark(stored.id, Mark::Reminded).await);
            refresh_recent(state).await;
        }
    });
}

/// Lets the open workspace go; it stays stored. The next file begins a new one.
pub(in crate::app) fn new_workspace(state: AppState) {
    close_file_notices(state);
    let _ = state.workspace.try_set(None);
    let _ = state.saved.try_set(Saved::Nothing);
    let _ = state.elsewhere.try_set(false);
    let _ = state.query.try_set(crate::metrics::Query::default());
    open_view(state, views::START);
    state.say("Add a file to begin a new workspace. The last one is kept in this browser.");
}
