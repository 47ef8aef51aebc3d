//! Making a site of the open workspace.

use leptos::prelude::*;

use super::files_out::file_name;
use crate::app::format;
use crate::app::state::{AppState, Publishing};
use crate::outputs::{OutputFile, OutputOrder};
use crate::publish::{BundleOrder, Preview, publishable_views};
use crate::web::{WebError, download, fetch_app};

/// Opens the dialog.
pub(in crate::app) fn open_publishing(state: AppState) {
    let _ = state.publishing.try_set(Some(Publishing::AllViews));
}

/// Opens it from the share dialog, with the view that is looked at already chosen.
pub(in crate::app) fn publish_shown(state: AppState) {
    let _ = state.shared.try_set(None);
    let shown = state.view.get_untracked();
    let can_be = publishable_views(false).any(|view| view.id == shown);
    let _ = state.publishing.try_set(Some(if can_be { Publishing::View(shown) } else { Publishing::AllViews }));
}

/// What would become public; an error is the reason why nothing can.
pub(in crate::app) async fn preview_site(state: AppState, order: BundleOrder) -> Result<Preview, String> {
    let client = state.client().ok_or_else(|| "The page is closing.".to_owned())?;
    let files = client.make(&OutputOrder::SitePreview { order }).await?;
    let preview = files.first().and_then(|file| postcard::from_bytes(&file.bytes).ok());
    preview.ok_or_else(|| WebError::NewVersion.to_string())
}

/// Makes the site and hands it to the browser. Answers what was handed out.
pub(in crate::app) async fn make_site(state: AppState, order: BundleOrder) -> Result<String, String> {
    let client = state.client().ok_or_else(|| "The page is closing.".to_owned())?;
    let app = fetch_app().await.map_err(|error| error.to_string())?;
    let app = app.into_iter().map(|(name, bytes)| OutputFile { name, mime: String::new(), bytes }).collect();
    let files = client.make(&OutputOrder::Site { order, app }).await?;
    let site = files.first().ok_or_else(|| WebError::NewVersion.to_string())?;
    let name = file_name(state, "-site.zip");
    download(&name, &site.mime, &site.bytes).map_err(|error| error.to_string())?;
    let said = format!("{name} ({}) was handed to the browser.", format::bytes(site.bytes.len() as u64));
    state.say(said.clone());
    Ok(said)
}
