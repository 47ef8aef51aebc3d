//! What the user can do, named as the user would say it. The only writers of shared signals besides the switches bound to
//! them. After an `await` the page may have moved on: everything here writes with `try_`.

mod bundles;
mod containers;
mod edits;
mod events;
mod export_help;
mod files_in;
mod files_out;
mod framed;
mod handed_out;
mod handover;
mod import_questions;
mod published;
mod publishing;
mod reload;
mod share;
mod take_along;
mod workspace_file;
mod workspaces;

use std::sync::Arc;

use leptos::prelude::*;

use super::state::{AppState, DrillDown, Remedy, Saved};
use super::views;
use crate::engine::{EngineError, Request, Response, WorkspaceSummary};
use crate::messages::UserMessage;
use crate::publish::counted_list;
use crate::web::WebError;

pub(super) use bundles::{look_for_newer, published_answer};
pub(super) use edits::{
    decide, redo, remove_annotation, remove_source, set_annotation, set_removed, set_status, set_status_order,
    set_window, undo,
};
pub(super) use events::{begin, close_notice, heed, take_remedy};
pub(super) use export_help::load_export_help;
pub(super) use files_in::{cancel_import, choose_columns, expect_files, import_files, read_again, try_sample};
pub(super) use files_out::{download_workspace, export_metrics, open_reporting, report_page, report_views};
pub(super) use framed::{heed_around, meet_around, tell_opened};
pub(super) use handed_out::offer_chart;
pub(super) use handover::{accept_load, go_on_with_load, refuse_load, who};
pub(super) use import_questions::{answer_question, preview_columns};
pub(super) use published::{accept_source, refuse_source};
pub(super) use publishing::{make_site, open_publishing, preview_site, publish_shown};
pub(super) use share::{copy_link, copy_snippet, embeddable, host_sheets, is_published, share};
pub(super) use take_along::{Taken, Taking, take_chart};
pub(super) use workspaces::{
    delete_stored, duplicate, make_mine, make_mine_of, new_workspace, open_stored, rebuild, remove_for_good, rename,
    restore, take_over,
};

/// Goes to a view.
pub(super) fn open_view(state: AppState, view: &'static str) {
    let _ = state.drawer.try_set(None);
    let _ = state.item.try_set(None);
    let _ = state.view.try_set(view);
}

/// Goes to where one comes in: the start screen, or the first view of what is published.
pub(super) fn open_home(state: AppState) {
    open_view(state, views::START);
}

/// Goes to the view that a workspace is seen in first. In a frame the address says what is shown.
fn open_first(state: AppState) {
    if !state.opening().embedded {
        open_view(state, views::FIRST);
    }
}

/// Shows the items behind a point.
pub(super) fn show_items(state: AppState, drill: DrillDown) {
    if let Some(list) = counted_list(&drill.items) {
        bundles::show_counted_items(state, drill, list);
    } else if !drill.items.is_empty() {
        let _ = state.drawer.try_set(Some(drill));
    }
}

/// Shows the item of a key with its history.
pub(super) fn show_item(state: AppState, key: String) {
    let _ = state.item.try_set(Some(key));
}

/// Puts away what was told about files before: what comes now is about others.
fn close_file_notices(state: AppState) {
    let _ = state
        .notices
        .try_update(|notices| notices.retain(|notice| !matches!(notice.remedy, Remedy::None | Remedy::SeeImport)));
}

async fn refresh_recent(state: AppState) {
    let Some(client) = state.client() else { return };
    // Where nothing can be stored there is nothing to list; that state has its own line in the header.
    if let Ok(stored) = client.stored().await {
        // A workspace opened at the start was saved in an earlier visit.
        let open = state.workspace.with_untracked(|open| open.as_ref().map(|open| open.id.clone()));
        let saved = stored.iter().find(|stored| Some(&stored.id) == open.as_ref()).map(|stored| stored.saved_at_ms);
        if let Some(at_ms) = saved
            && state.saved.try_with_untracked(|saved| *saved == Saved::Nothing) == Some(true)
        {
            let _ = state.saved.try_set(Saved::At(at_ms));
        }
        let _ = state.recent.try_set(stored);
    }
}

fn show_workspace(state: AppState, workspace: WorkspaceSummary) {
    let _ = state.workspace.try_set(Some(Arc::new(workspace)));
}

/// Why an answer holds no workspace.
fn why_no_workspace(answer: Result<Response, WebError>) -> String {
    match answer {
        Ok(Response::Failed(error)) => error.to_string(),
        Ok(_) => WebError::NewVersion.to_string(),
        Err(error) => error.to_string(),
    }
}

/// Shows a workspace that was opened: nothing that was known of another state of it holds.
fn show_opened(state: AppState, workspace: WorkspaceSummary) {
    if state.workspace.with_untracked(|open| open.as_ref().is_none_or(|open| open.id != workspace.id)) {
        let _ = state.elsewhere.try_set(false);
    }
    let _ = state.openings.try_update(|count| *count += 1);
    show_workspace(state, workspace);
}

/// Tells why a change was not made, with the click that helps.
fn tell_refusal(state: AppState, error: &EngineError) {
    let remedy = match error {
        EngineError::ReadOnlySample => Remedy::MakeMine,
        EngineError::OpenElsewhere => Remedy::TakeOver,
        _ => return state.tell(UserMessage::error("The change was not made.", &error.to_string()), Remedy::None),
    };
    state.tell(UserMessage::notice("The change was not made.", &error.to_string()), remedy);
}

/// Asks for a change and shows the workspace after it. Answers true when it was made.
async fn change(state: AppState, request: Request) -> bool {
    let Some(client) = state.client() else { return false };
    match client.ask(request).await {
        Ok(Response::Workspace(workspace)) => {
            show_workspace(state, *workspace);
            true
        }
        Ok(Response::Failed(error)) => {
            tell_refusal(state, &error);
            false
        }
        Ok(_) => false,
        Err(error) => {
            state.tell(UserMessage::error("The change was not made.", &error.to_string()), Remedy::None);
            false
        }
    }
}
