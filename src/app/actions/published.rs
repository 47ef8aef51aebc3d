//! What is published: a bundle beside the page, or a file that the address names. It is looked at and never kept.

use leptos::prelude::*;
use leptos::web_sys::Blob;

use super::bundles::show_bundle;
use super::{open_first, show_workspace};
use crate::address::SourceVerdict;
use crate::app::state::{AppState, Remedy};
use crate::engine::{Response, WORKSPACE_MAGIC};
use crate::messages::UserMessage;
use crate::web::{EngineClient, ImportSource, Manifest, PublishedSource, WebError, as_file, fetch_file, text_of};

/// Opens what the address or the site names. Another host is asked about first; until then nothing of it is fetched.
pub(super) async fn open_published(state: AppState, verdict: SourceVerdict) {
    match verdict {
        SourceVerdict::Fetch(address) => open_address(state, &address).await,
        SourceVerdict::Ask { address, host } => {
            let _ = state.foreign_source.try_set(Some((address, host)));
        }
        SourceVerdict::Refuse(why) => {
            state.tell(UserMessage::error("The data of this link was not opened.", &why), Remedy::None);
        }
    }
}

/// The user agrees to fetch from the other host.
pub(in crate::app) fn accept_source(state: AppState) {
    let Some(Some((address, host))) = state.foreign_source.try_update(Option::take) else { return };
    let _ = state.shown_from.try_set(Some(host));
    leptos::task::spawn_local(async move { open_address(state, &address).await });
}

/// The user does not: nothing is fetched.
pub(in crate::app) fn refuse_source(state: AppState) {
    let _ = state.foreign_source.try_set(None);
    state.say("Nothing was fetched.");
}

async fn open_address(state: AppState, address: &str) {
    let Some(client) = state.client() else { return };
    if let Err(error) = open_file_at(state, &client, address).await {
        state
            .tell(UserMessage::error("What is published here was not opened.", &error.to_string()), Remedy::ReloadPage);
    }
}

/// A manifest names the file of the workspace; a workspace is opened, and anything else is read like a dropped file.
async fn open_file_at(state: AppState, client: &EngineClient, address: &str) -> Result<(), WebError> {
    let file = fetch_file(address).await?;
    let is_workspace = is_workspace(&file).await?;
    let manifest = if is_workspace { None } else { Manifest::read(&text_of(&file).await?) };
    // The page around has handed other data over meanwhile.
    if state.is_given() {
        return Ok(());
    }
    if is_workspace {
        return open(state, client, &file).await;
    }
    match manifest {
        Some(Ok(manifest)) => return show_bundle(state, PublishedSource::new(address, manifest)).await,
        Some(Err(why)) => return Err(WebError::NotFetched { address: address.to_owned(), why }),
        None => {}
    }
    let name = address.split(['?', '#']).next().and_then(|path| path.rsplit('/').next()).unwrap_or("data");
    super::import_files(state, vec![ImportSource::File(as_file(&file, name)?)]);
    Ok(())
}

async fn is_workspace(file: &Blob) -> Result<bool, WebError> {
    let head = file.slice_with_f64_and_f64(0.0, WORKSPACE_MAGIC.len() as f64);
    let head = head.map_err(|_refused| WebError::NothingOpen)?;
    Ok(text_of(&head).await?.as_bytes() == WORKSPACE_MAGIC)
}

async fn open(state: AppState, client: &EngineClient, file: &Blob) -> Result<(), WebError> {
    match client.open_workspace_file(file).await? {
        Response::Workspace(_) if state.is_given() => {}
        Response::Workspace(workspace) => {
            state.say(format!("{} is open.", workspace.name));
            show_workspace(state, *workspace);
            if state.view.try_get_untracked() == Some(crate::app::views::START) {
                open_first(state);
            }
        }
        Response::Failed(error) => {
            state.tell(UserMessage::error("What is published here was not opened.", &error.to_string()), Remedy::None);
        }
        _ => return Err(WebError::NewVersion),
    }
    Ok(())
}
