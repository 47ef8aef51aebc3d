//! Files out of the page.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::refresh_recent;
use crate::app::state::{AppState, Remedy};
use crate::messages::UserMessage;
use crate::outputs::{OutputFile, OutputOrder, ReportView, read_report_views};
use crate::web::{Mark, WebError, download};

/// A name for a file: that of the workspace with this ending.
pub(super) fn file_name(state: AppState, ending: &str) -> String {
    let name = state.workspace.with_untracked(|open| open.as_ref().map(|open| open.name.clone())).unwrap_or_default();
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '-' })
        .take(80)
        .collect();
    let plain = plain.trim_matches('-');
    format!("{}{ending}", if plain.is_empty() { "workspace" } else { plain })
}

/// Hands out the workspace as one file.
pub(in crate::app) fn download_workspace(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        let name = file_name(state, ".throughline");
        let open = state.workspace.with_untracked(|open| open.as_ref().map(|open| (open.id.clone(), open.generation)));
        let saved = match client.workspace_file().await {
            Ok(bytes) => download(&name, "application/octet-stream", &bytes),
            Err(error) => Err(error),
        };
        match saved {
            Ok(()) => {
                state.say(format!("{name} was handed to the browser."));
                if let Some((id, changes)) = open {
                    // Where it is not noted the reminder comes once more, and that is all.
                    drop(client.mark(id, Mark::BackedUp { changes }).await);
                    refresh_recent(state).await;
                }
            }
            Err(error) => {
                state.tell(UserMessage::error(format!("{name} was not written."), &error.to_string()), Remedy::None);
            }
        }
    });
}

/// Hands out all metrics as JSON, as the command line writes them.
pub(in crate::app) fn export_metrics(state: AppState) {
    let query = state.query.get_untracked();
    hand_out(state, OutputOrder::MetricsJson { query });
}

/// Opens the dialog that asks which views are in the report.
pub(in crate::app) fn open_reporting(state: AppState) {
    let _ = state.is_reporting.try_set(true);
}

/// The views that a report can hold, and which of them show something; an error is the reason why there are none.
pub(in crate::app) async fn report_views(state: AppState) -> Result<Vec<ReportView>, String> {
    let Some(client) = state.client() else { return Err(WebError::NothingOpen.to_string()) };
    let files = client.make(&OutputOrder::ReportViews { query: state.query.get_untracked() }).await?;
    read_report_views(&files).ok_or_else(|| WebError::NewVersion.to_string())
}

/// Hands out the report as one HTML file, with the filters of the page; `None` = all views.
pub(in crate::app) fn report_page(state: AppState, views: Option<Vec<String>>) {
    let query = state.query.get_untracked();
    hand_out(state, OutputOrder::ReportPage { query, views });
}

/// Has an output made and hands its files to the browser, named after the workspace.
fn hand_out(state: AppState, order: OutputOrder) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        state.say("Writing the file…");
        let files = match client.make(&order).await {
            Ok(files) => files,
            Err(why) => return state.tell(UserMessage::error("The file was not written.", &why), Remedy::None),
        };
        for OutputFile { name, mime, bytes } in files {
            let name = file_name(state, &format!("-{name}"));
            match download(&name, &mime, &bytes) {
                Ok(()) => state.say(format!("{name} was handed to the browser.")),
                Err(error) => {
                    state
                        .tell(UserMessage::error(format!("{name} was not written."), &error.to_string()), Remedy::None);
                }
            }
        }
    });
}
