//! A published bundle that is looked at: its answers first, its workspace and the engine only when more is asked, newer data in
//! place of older.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{open_view, show_workspace, why_no_workspace};
use crate::app::state::{AppState, DrillDown, Remedy};
use crate::app::views;
use crate::engine::{Request, Response};
use crate::messages::UserMessage;
use crate::metrics::Query;
use crate::publish::items_at;
use crate::web::{PublishedSource, WebError};

/// What is said where only sums are published.
const ONLY_SUMS: &str = "Only sums were published here: nothing can be filtered and no other question be asked. Ask whoever published them for more.";
const NO_ITEMS: &str = "The items were not published: this site holds only sums.";
const LOADING: &str = "Loading the items…";

/// Shows a bundle. Nothing is computed: what its first view asks is answered in it.
pub(super) async fn show_bundle(state: AppState, source: PublishedSource) -> Result<(), WebError> {
    let summary = source.summary().await?;
    if state.is_given() {
        return Ok(());
    }
    // Whoever comes with a question of their own asks it; else the question is that of the answers.
    let answered_before = state.source().map(|source| question_of(&source)).unwrap_or_default();
    if state.query.try_with_untracked(|query| *query == answered_before) == Some(true) {
        let _ = state.query.try_set(question_of(&source));
    }
    let first = source.manifest.views.iter().find_map(|id| views::of(id));
    state.look_at(source);
    if let Some(view) = first
        && state.view.try_get_untracked().is_some_and(|view| !state.shows_view(view))
    {
        open_view(state, view.id);
    }
    match summary {
        Some(workspace) => show_workspace(state, workspace),
        None => {
            open_engine(state)
                .await
                .map_err(|why| WebError::NotFetched { address: "The workspace".to_owned(), why })?;
        }
    }
    Ok(())
}

/// The question that the answers of a bundle are to.
fn question_of(source: &PublishedSource) -> Query {
    let mut query = Query::default();
    for (key, value) in &source.manifest.settings {
        // A setting of a later release is left out; the engine then answers without it.
        drop(query.set(key, value));
    }
    query
}

/// The answer to a question where a bundle is looked at; `None` = the engine is to be asked.
pub(in crate::app) async fn published_answer(state: AppState, request: &Request) -> Option<Result<Response, String>> {
    let source = state.source()?;
    if state.asks_engine.try_get_untracked()? {
        return None;
    }
    for view in views_of(state, request) {
        match source.answer(view, request).await {
            Ok(Some(answer)) => return Some(Ok(answer)),
            Ok(None) => {}
            Err(error) => return Some(Err(error.to_string())),
        }
    }
    let why = open_engine(state).await.err()?;
    let is_of_item = matches!(request, Request::Item { .. }) && why == ONLY_SUMS;
    Some(Err(if is_of_item { NO_ITEMS.to_owned() } else { why }))
}

/// The views in whose answers a question may be: the open one, then those that draw the same.
fn views_of(state: AppState, request: &Request) -> Vec<&'static str> {
    let open = state.view.try_get_untracked();
    let draws = |view: &&&views::View| match request {
        Request::Metrics { ids, .. } => ids.iter().any(|id| view.metrics.contains(&id.as_str())),
        _ => false,
    };
    open.into_iter().chain(views::VIEWS.iter().filter(draws).map(|view| view.id)).collect()
}

/// Fetches the published workspace and opens it in the engine, once. From then on questions go there.
async fn open_engine(state: AppState) -> Result<(), String> {
    // Several parts of a view ask at the same time: one of them opens, the others wait.
    let Some(gate) = state.engine_gate() else { return Ok(()) };
    let _turn = gate.lock().await;
    let (Some(source), Some(client)) = (state.source(), state.client()) else { return Ok(()) };
    if state.asks_engine.try_get_untracked() != Some(false) {
        return Ok(());
    }
    state.say("Loading the data behind the numbers…");
    let workspace = source.workspace().await.map_err(|error| error.to_string())?;
    let Some(workspace) = workspace else { return Err(ONLY_SUMS.to_owned()) };
    if state.is_given() {
        return Ok(());
    }
    match client.open_workspace_file(&workspace).await {
        Ok(Response::Workspace(_)) if state.is_given() => Ok(()),
        Ok(Response::Workspace(workspace)) => {
            show_workspace(state, *workspace);
            let _ = state.asks_engine.try_set(true);
            let _ = state.round.try_update(|round| *round += 1);
            state.say("The data is loaded.");
            Ok(())
        }
        other => Err(why_no_workspace(other)),
    }
}

/// Shows the items of a list that published answers count and do not name.
pub(super) fn show_counted_items(state: AppState, drill: DrillDown, list: u32) {
    let DrillDown { title, counted, .. } = drill.clone();
    let open = move |detail: &str, items| {
        let drill = DrillDown { title: title.clone(), detail: detail.to_owned(), counted, items };
        let _ = state.drawer.try_set(Some(drill));
    };
    if state.has_only_sums() {
        return open(NO_ITEMS, Vec::new());
    }
    open(LOADING, Vec::new());
    spawn_local(async move {
        let found = items_of(state, list).await;
        // The drawer was closed, or shows something else, meanwhile.
        let waits = |shown: &Option<DrillDown>| {
            shown.as_ref().is_some_and(|shown| shown.title == drill.title && shown.detail == LOADING)
        };
        if state.drawer.try_with_untracked(waits) != Some(true) {
            return;
        }
        match found {
            Ok(items) => open(&drill.detail, items),
            Err(why) => open(&why, Vec::new()),
        }
    });
}

async fn items_of(state: AppState, list: u32) -> Result<Vec<u32>, String> {
    let gone = || "Newer data has come meanwhile. Choose it again.".to_owned();
    let (request, place) = state.source().and_then(|source| source.question_of(list)).ok_or_else(gone)?;
    open_engine(state).await?;
    let client = state.client().ok_or_else(gone)?;
    match client.ask(request).await {
        Ok(Response::Failed(error)) => Err(error.to_string()),
        Ok(response) => Ok(items_at(response, place)),
        Err(error) => Err(error.to_string()),
    }
}

/// Looks whether newer data was published; it is shown in place of the older, with the same view and question.
pub(in crate::app) fn look_for_newer(state: AppState) {
    spawn_local(async move {
        let Some(source) = state.source() else { return };
        // A host that does not answer now is asked again at the next occasion: what is shown tells its age.
        let Ok(Some(newer)) = source.newer().await else { return };
        match show_bundle(state, newer).await {
            Ok(()) if state.is_given() => {}
            Ok(()) => {
                let _ = state.round.try_update(|round| *round += 1);
                state.say("Newer data was published and is shown.");
            }
            Err(error) => state.tell(
                UserMessage::warning("Newer data was published and cannot be shown.", &error.to_string()),
                Remedy::ReloadPage,
            ),
        }
    });
}
