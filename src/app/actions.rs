//! What the user can do, named as the user would say it. The only writers of shared signals besides the switches bound to
//! them. After an `await` the page may have moved on: everything here writes with `try_`.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::document;
use super::format;
use super::state::{AppState, DateOrders, DrillDown, ImportRun, Notice, Remedy, Saved, Severity};
use super::views;
use crate::engine::{Request, Response, WorkspaceSummary, unpack_workspace_file};
use crate::importers::DateOrder;
use crate::model::MergeCounts;
use crate::web::{
    EngineEvent, ImportFailure, ImportOutcome, ImportPhase, ImportSource, browser_zone, bytes_of_file, download,
};

/// Opens what was saved last, or leaves the start screen.
pub(super) fn begin(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.open_stored(None).await {
            Ok(Some(workspace)) => show_workspace(state, workspace),
            Ok(None) => {}
            Err(error) => {
                state.tell(Severity::Error, "The saved workspace was not opened.", error.to_string(), Remedy::None)
            }
        }
        let _ = state.opening.try_set(false);
        refresh_recent(state).await;
    });
}

/// What the engine tells without being asked.
pub(super) fn heed(state: AppState, event: EngineEvent) {
    let set = |saved| drop(state.saved.try_set(saved));
    match event {
        EngineEvent::Saving => set(Saved::Saving),
        EngineEvent::Saved { at_ms, .. } => set(Saved::At(at_ms)),
        EngineEvent::NotSaved { reason } => {
            set(Saved::Not(reason.clone()));
            state.tell(Severity::Error, "The last change is not saved.", reason, Remedy::Download);
        }
        EngineEvent::MemoryOnly { reason } => set(Saved::MemoryOnly(reason)),
        EngineEvent::WorkerReplaced { what, reopened } => {
            let next = if reopened {
                "The saved workspace was opened again; changes after the last save are gone."
            } else {
                "Open a saved workspace or add the file again."
            };
            state.tell(
                Severity::Warning,
                "The part that computes stopped and was replaced.",
                format!("{what}. {next}"),
                Remedy::None,
            );
            if reopened {
                describe_again(state);
            } else {
                let _ = state.workspace.try_set(None);
            }
        }
        EngineEvent::ChangedElsewhere { .. } => state.tell(
            Severity::Warning,
            "This workspace was changed in another tab.",
            "Open the newer version to go on with it; changes made here since then would be lost.",
            Remedy::OpenStored,
        ),
        EngineEvent::Notice { text } => state.tell(Severity::Info, text, "", Remedy::None),
        EngineEvent::NewVersion => state.tell(
            Severity::Info,
            "A new version of Throughline is out.",
            "Reload the page to use it. What is saved stays.",
            Remedy::ReloadPage,
        ),
    }
}

/// Follows the one click that a message offers.
pub(super) fn take_remedy(state: AppState, notice: &Notice) {
    close_notice(state, notice.id);
    match notice.remedy {
        Remedy::None => {}
        Remedy::ReloadPage => document::reload(),
        Remedy::Download => download_workspace(state),
        Remedy::OpenStored => {
            if let Some(id) = state.workspace.with_untracked(|open| open.as_ref().map(|open| open.id.clone())) {
                open_stored(state, id);
            }
        }
    }
}

/// Puts a message away.
pub(super) fn close_notice(state: AppState, id: u64) {
    let _ = state.notices.try_update(|notices| notices.retain(|notice| notice.id != id));
}

/// Goes to a view.
pub(super) fn open_view(state: AppState, view: &'static str) {
    let _ = state.drawer.try_set(None);
    let _ = state.view.try_set(view);
}

/// Shows the items behind a point.
pub(super) fn show_items(state: AppState, drill: DrillDown) {
    if !drill.items.is_empty() {
        let _ = state.drawer.try_set(Some(drill));
    }
}

// ---- Files in ---------------------------------------------------------------------------------------------------------

/// Adds files to the workspace one after another; a file that fails does not stop the others.
pub(super) fn import_files(state: AppState, sources: Vec<ImportSource>) {
    import_all(state, sources, DateOrders::new(), None);
}

/// Opens made-up data.
pub(super) fn try_sample(state: AppState) {
    import_all(state, vec![ImportSource::Sample], DateOrders::new(), None);
}

/// Reads a file of this session again with the order of day and month that the user chose; the first reading goes.
/// Answers false when the file is no longer at hand.
pub(super) fn read_again(state: AppState, hash: String, file: &str, column: String, order: DateOrder) -> bool {
    let known = state
        .read_files
        .try_with_value(|files| files.iter().rev().find(|(name, _)| name == file).map(|(_, source)| source.clone()));
    let Some(Some(source)) = known else { return false };
    import_all(state, vec![source], vec![(column, order)], Some(hash));
    true
}

/// Stops the import that runs. The workspace stays as it is.
pub(super) fn cancel_import(state: AppState) {
    state.import_handle.try_with_value(|handle| {
        if let Some(handle) = handle {
            handle.cancel();
        }
    });
}

fn name_of(source: &ImportSource) -> String {
    match source {
        ImportSource::File(file) => file.name(),
        ImportSource::Text { name, .. } => name.clone(),
        ImportSource::Sample => "Sample data".to_owned(),
    }
}

fn import_all(state: AppState, sources: Vec<ImportSource>, orders: DateOrders, instead_of: Option<String>) {
    if sources.is_empty() {
        return;
    }
    if state.import.with_untracked(Option::is_some) {
        state.tell(
            Severity::Info,
            "An import is running.",
            "Wait for it or cancel it, then add the file again.",
            Remedy::None,
        );
        return;
    }
    spawn_local(async move {
        let files = sources.len();
        let mut cancelled = false;
        for (position, source) in sources.into_iter().enumerate() {
            let file = name_of(&source);
            let run = ImportRun {
                file: file.clone(),
                number: position + 1,
                files,
                phase: ImportPhase::Reading,
                bytes: 0,
                total_bytes: 0,
                rows: 0,
            };
            let _ = state.import.try_set(Some(run));
            state.say(format!("Reading {file}"));
            if is_workspace_file(&source) {
                open_workspace_file(state, source).await;
            } else {
                cancelled = !import_one(state, source, file, orders.clone(), instead_of.as_deref()).await;
            }
            if cancelled {
                break;
            }
        }
        let _ = state.import.try_set(None);
        state.import_handle.try_update_value(|handle| *handle = None);
        refresh_recent(state).await;
    });
}

/// Imports one file. Answers false when the user cancelled.
async fn import_one(
    state: AppState,
    source: ImportSource,
    file: String,
    orders: DateOrders,
    instead_of: Option<&str>,
) -> bool {
    let Some(client) = state.client() else { return false };
    let before = state.workspace.with_untracked(Clone::clone);
    if let Err(why) = make_room(state, &source, before.as_deref()).await {
        state.tell(Severity::Error, format!("{file} was not added."), why, Remedy::None);
        return true;
    }
    let handle = Rc::new(client.import(source.clone(), browser_zone(), orders, move |progress| {
        let _ = state.import.try_update(|run| {
            if let Some(run) = run {
                (run.phase, run.bytes) = (progress.phase, progress.bytes);
                (run.total_bytes, run.rows) = (progress.total_bytes, progress.rows);
            }
        });
    }));
    state.import_handle.try_update_value(|slot| *slot = Some(Rc::clone(&handle)));
    let outcome = handle.outcome().await;
    let is_cancelled = matches!(outcome, Err(ImportFailure::Cancelled));
    match outcome {
        Ok(outcome) => {
            remember(state, &file, source);
            finish_import(state, &file, outcome, instead_of).await;
        }
        Err(failure) => {
            go_back(state, before).await;
            tell_failure(state, &file, &failure);
        }
    }
    !is_cancelled
}

fn remember(state: AppState, file: &str, source: ImportSource) {
    state.read_files.try_update_value(|files| {
        files.retain(|(name, _)| name != file);
        files.push((file.to_owned(), source));
    });
}

/// Begins a workspace when none is open, or when the open one does not take this source: made-up and real data never mix.
async fn make_room(state: AppState, source: &ImportSource, open: Option<&WorkspaceSummary>) -> Result<(), String> {
    let sample = matches!(source, ImportSource::Sample);
    if open.is_some_and(|open| open.sample == sample && !sample) {
        return Ok(());
    }
    let Some(client) = state.client() else { return Err("The page is closing.".to_owned()) };
    let file = name_of(source);
    let name = if sample { file } else { file.rsplit_once('.').map_or(file.clone(), |(stem, _)| stem.to_owned()) };
    let request = Request::NewWorkspace { id: new_id(), name, zone: browser_zone(), sample };
    match client.ask(request).await {
        Ok(Response::Failed(error)) => Err(error.to_string()),
        Ok(_) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// After a failed import: what was open before is open again.
async fn go_back(state: AppState, before: Option<Arc<WorkspaceSummary>>) {
    let Some(client) = state.client() else { return };
    let Ok(Response::Workspace(now)) = client.ask(Request::Describe).await else { return };
    match before {
        Some(before) if before.id == now.id => {}
        Some(before) => match client.open_stored(Some(before.id.clone())).await {
            Ok(Some(workspace)) => show_workspace(state, workspace),
            Ok(None) => drop(state.workspace.try_set(None)),
            Err(error) => {
                let _ = state.workspace.try_set(None);
                state.tell(
                    Severity::Warning,
                    format!("{} could not be opened again.", before.name),
                    error.to_string(),
                    Remedy::None,
                );
            }
        },
        None => drop(state.workspace.try_set(None)),
    }
}

async fn finish_import(state: AppState, file: &str, outcome: ImportOutcome, instead_of: Option<&str>) {
    let ImportOutcome { counts, workspace, report } = outcome;
    let needs_a_look = report.warning_total() > 0
        || !report.refused.is_empty()
        || report.row_cap.is_some()
        || report.dates.iter().any(|reading| !reading.samples.is_empty());
    let is_sample = workspace.sample;
    let is_first = workspace.sources.len() == 1;
    show_workspace(state, workspace);
    if let Some(hash) = instead_of {
        let remains = state.workspace.with_untracked(|open| {
            open.as_ref()
                .is_some_and(|open| open.sources.len() > 1 && open.sources.iter().any(|source| source.hash == hash))
        });
        if remains {
            change(state, Request::RemoveLayer { hash: hash.to_owned() }).await;
        }
    }
    state.say(format!("{file}: {}", counts_sentence(report.rows_read, &counts, report.refused.len() as u64)));
    if is_sample || (is_first && !needs_a_look) {
        open_view(state, views::FIRST);
    } else {
        open_view(state, views::IMPORT);
    }
}

/// "1,204 rows read: 1,200 new, 0 updated, 4 unchanged, 0 refused."
pub(super) fn counts_sentence(rows: u64, counts: &MergeCounts, refused: u64) -> String {
    let count = format::count;
    format!(
        "{} read: {} new, {} updated, {} unchanged, {} refused.",
        format::counted(rows, "row", "rows"),
        count(counts.new),
        count(counts.updated),
        count(counts.unchanged),
        count(refused)
    )
}

fn tell_failure(state: AppState, file: &str, failure: &ImportFailure) {
    let unharmed = "The workspace is as it was.";
    match failure {
        ImportFailure::Cancelled => state.say(format!("The import of {file} was cancelled. {unharmed}")),
        ImportFailure::Refused(error) => {
            let why = format!("{}. {unharmed}", sentence(&error.to_string()));
            state.tell(Severity::Error, format!("{file} was not added."), why, Remedy::None);
        }
        ImportFailure::WorkerGone(reason) => {
            let why = format!(
                "The part that reads files stopped ({reason}). {unharmed} The file may be larger than the browser's memory: try again with fewer rows."
            );
            state.tell(Severity::Error, format!("{file} was not added."), why, Remedy::None);
        }
        ImportFailure::Engine(error) => {
            let why = format!("{}. {unharmed}", sentence(&error.to_string()));
            state.tell(Severity::Error, format!("{file} was not added."), why, Remedy::None);
        }
    }
}

/// With a capital first letter and without a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn is_workspace_file(source: &ImportSource) -> bool {
    matches!(source, ImportSource::File(file) if file.name().to_lowercase().ends_with(".throughline"))
}

async fn open_workspace_file(state: AppState, source: ImportSource) {
    let (Some(client), ImportSource::File(file)) = (state.client(), source) else { return };
    let name = file.name();
    let opened = async {
        let bytes = bytes_of_file(&file).await.map_err(|error| error.to_string())?;
        let parts = unpack_workspace_file(&bytes).map_err(|error| error.to_string())?;
        let layers = parts.layers.into_iter().map(|(_, bytes)| bytes).collect();
        match client.ask(Request::OpenWorkspace { document: parts.document, layers }).await {
            Ok(Response::Workspace(workspace)) => Ok(*workspace),
            Ok(Response::Failed(error)) => Err(error.to_string()),
            Ok(_) => Err("The engine gave another answer than expected".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    };
    match opened.await {
        Ok(workspace) => {
            state.say(format!("{name} is open: {}.", format::counted(workspace.items, "item", "items")));
            show_workspace(state, workspace);
            open_view(state, views::FIRST);
        }
        Err(why) => state.tell(
            Severity::Error,
            format!("{name} was not opened."),
            format!("{}. What was open stays open. Download the workspace again where it comes from.", sentence(&why)),
            Remedy::None,
        ),
    }
}

// ---- Workspaces -------------------------------------------------------------------------------------------------------

/// Opens a workspace kept in this browser.
pub(super) fn open_stored(state: AppState, id: String) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        match client.open_stored(Some(id)).await {
            Ok(Some(workspace)) => {
                state.say(format!("{} is open.", workspace.name));
                show_workspace(state, workspace);
                open_view(state, views::FIRST);
            }
            Ok(None) => state.tell(
                Severity::Warning,
                "The workspace is no longer there.",
                "It may have been deleted in another tab.",
                Remedy::None,
            ),
            Err(error) => state.tell(Severity::Error, "The workspace was not opened.", error.to_string(), Remedy::None),
        }
        refresh_recent(state).await;
    });
}

/// Deletes a workspace from this browser.
pub(super) fn delete_stored(state: AppState, id: String, name: String) {
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
                state.tell(Severity::Error, format!("{name} was not deleted."), error.to_string(), Remedy::None)
            }
        }
        refresh_recent(state).await;
    });
}

/// Lets the open workspace go; it stays stored. The next file begins a new one.
pub(super) fn new_workspace(state: AppState) {
    let _ = state.workspace.try_set(None);
    let _ = state.saved.try_set(Saved::Nothing);
    let _ = state.query.try_set(crate::metrics::Query::default());
    open_view(state, views::START);
    state.say("Add a file to begin a new workspace. The last one is kept in this browser.");
}

async fn refresh_recent(state: AppState) {
    let Some(client) = state.client() else { return };
    // Where nothing can be stored there is nothing to list; that state has its own line in the header.
    if let Ok(stored) = client.stored().await {
        let _ = state.recent.try_set(stored);
    }
}

fn show_workspace(state: AppState, workspace: WorkspaceSummary) {
    let _ = state.workspace.try_set(Some(Arc::new(workspace)));
}

fn describe_again(state: AppState) {
    spawn_local(async move {
        change(state, Request::Describe).await;
    });
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
            state.tell(Severity::Error, "The change was not made.", sentence(&error.to_string()), Remedy::None);
            false
        }
        Ok(_) => false,
        Err(error) => {
            state.tell(Severity::Error, "The change was not made.", error.to_string(), Remedy::None);
            false
        }
    }
}

// ---- Edits ------------------------------------------------------------------------------------------------------------

/// Sets the dates of an iteration, or lets them be worked out again (`None`).
pub(super) fn set_window(state: AppState, iteration: String, days: Option<(i32, i32)>) {
    spawn_local(async move {
        let done = match days {
            Some(_) => format!("The dates of {iteration} are saved; all charts follow."),
            None => format!("The dates of {iteration} are worked out from its items again."),
        };
        if change(state, Request::SetWindow { iteration, days }).await {
            state.say(done);
        }
    });
}

/// Takes a file out of the workspace. Can be undone.
pub(super) fn remove_source(state: AppState, hash: String, file: String) {
    spawn_local(async move {
        if change(state, Request::RemoveLayer { hash }).await {
            state.say(format!("{file} was taken out of the workspace. Undo brings it back."));
        }
    });
}

/// Takes the last edit back.
pub(super) fn undo(state: AppState) {
    let what = state.workspace.with_untracked(|open| open.as_ref().and_then(|open| open.undo.clone()));
    step(state, Request::Undo, what.map(|what| format!("Undone: {what}.")), "There is nothing to undo.");
}

/// Does it again.
pub(super) fn redo(state: AppState) {
    let what = state.workspace.with_untracked(|open| open.as_ref().and_then(|open| open.redo.clone()));
    step(state, Request::Redo, what.map(|what| format!("Done again: {what}.")), "There is nothing to redo.");
}

fn step(state: AppState, request: Request, done: Option<String>, nothing: &'static str) {
    let Some(done) = done else {
        state.say(nothing);
        return;
    };
    spawn_local(async move {
        if change(state, request).await {
            state.say(done);
        }
    });
}

// ---- Files out --------------------------------------------------------------------------------------------------------

fn file_name(state: AppState, ending: &str) -> String {
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
pub(super) fn download_workspace(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        let name = file_name(state, ".throughline");
        let saved = match client.workspace_file().await {
            Ok(bytes) => download(&name, "application/octet-stream", &bytes),
            Err(error) => Err(error),
        };
        match saved {
            Ok(()) => state.say(format!("{name} was handed to the browser.")),
            Err(error) => {
                state.tell(Severity::Error, format!("{name} was not written."), error.to_string(), Remedy::None)
            }
        }
    });
}

/// Hands out all metrics as JSON, as the command line writes them.
pub(super) fn export_metrics(state: AppState) {
    spawn_local(async move {
        let Some(client) = state.client() else { return };
        let name = file_name(state, "-metrics.json");
        let query = state.query.get_untracked();
        let written = match client.ask(Request::ReportJson { query }).await {
            Ok(Response::Text(text)) => {
                download(&name, "application/json", text.as_bytes()).map_err(|error| error.to_string())
            }
            Ok(Response::Failed(error)) => Err(error.to_string()),
            Ok(_) => Err("The engine gave another answer than expected".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        match written {
            Ok(()) => state.say(format!("{name} was handed to the browser.")),
            Err(why) => state.tell(Severity::Error, format!("{name} was not written."), sentence(&why), Remedy::None),
        }
    });
}

/// A name that no other workspace of this browser has.
fn new_id() -> String {
    let random = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("w{:x}-{:08x}{:08x}", js_sys::Date::now() as u64, random(), random())
}
