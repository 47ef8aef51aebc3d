//! Files into the workspace: one after another, each with progress and a way to stop it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::containers;
use super::import_questions::{ask_about, ask_about_dates, assumed_dates};
use super::workspace_file::{is_workspace_file, open_workspace_file};
use super::{close_file_notices, open_first, open_view, refresh_recent, show_opened, show_workspace, tell_refusal};
use crate::app::format;
use crate::app::state::{AppState, DateOrders, ImportAnswer, ImportRun, Remedy};
use crate::app::views;
use crate::engine::{EngineError, MappingTerm, Request, Response, WorkspaceSummary};
use crate::importers::ImportReport;
use crate::messages::UserMessage;
use crate::model::MergeCounts;
use crate::web::{ImportChoices, ImportFailure, ImportOutcome, ImportSource, SAMPLE_FILE_NAME, SAMPLE_FILES};

/// A file may come soon: what reads it is loaded meanwhile.
pub(in crate::app) fn expect_files(state: AppState) {
    if let Some(client) = state.client() {
        client.prepare_import();
    }
}

/// Adds files to the workspace one after another; a file that fails does not stop the others.
pub(in crate::app) fn import_files(state: AppState, sources: Vec<ImportSource>) {
    import_all(state, sources, ImportChoices::default());
}

/// Opens made-up data.
pub(in crate::app) fn try_sample(state: AppState) {
    if state.workspace.with_untracked(|open| open.as_ref().is_some_and(|open| open.sample && open.items > 0)) {
        open_first(state);
        return;
    }
    let files = SAMPLE_FILES.iter().map(|&name| ImportSource::Sample(name)).collect();
    import_all(state, files, ImportChoices::default());
}

/// Reads a file of this session again with the order of day and month that the user chose; the first reading goes.
/// Answers false when the file is no longer at hand.
pub(in crate::app) fn read_again(state: AppState, hash: String, file: &str, orders: DateOrders) -> bool {
    read_another_way(state, hash, file, ImportChoices { date_orders: orders, ..ImportChoices::default() })
}

/// Asks what the columns of a file of this session are and reads it again with the answer; the first reading goes.
/// Answers false when the file is no longer at hand.
pub(in crate::app) fn choose_columns(state: AppState, hash: String, file: &str) -> bool {
    read_another_way(state, hash, file, ImportChoices { ask_columns: true, ..ImportChoices::default() })
}

fn read_another_way(state: AppState, hash: String, file: &str, mut choices: ImportChoices) -> bool {
    let known = state
        .read_files
        .try_with_value(|files| files.iter().rev().find(|(name, _)| name == file).map(|(_, source)| source.clone()));
    let Some(Some(source)) = known else { return false };
    choices.terms.instead_of = Some(hash);
    import_all(state, vec![source], choices);
    true
}

/// Stops the import that runs: the file that is read is left, and those after it are not begun. A file that is in the workspace
/// already stays there.
pub(in crate::app) fn cancel_import(state: AppState) {
    let _ = state.stop_asked.try_set_value(true);
    // Taken out before it runs: what it stops may put another in its place.
    if let Some(stop) = state.stop_reading.try_get_value().flatten() {
        stop();
    }
}

/// True when the user cancelled the batch that runs.
pub(super) fn is_stop_asked(state: AppState) -> bool {
    state.stop_asked.try_get_value().unwrap_or(true)
}

fn name_of(source: &ImportSource) -> String {
    match source {
        ImportSource::File(file) => file.name(),
        ImportSource::Text { name, .. } => name.clone(),
        // The first file names the workspace.
        ImportSource::Sample(SAMPLE_FILE_NAME) => "Sample project".to_owned(),
        ImportSource::Sample(name) => (*name).to_owned(),
    }
}

fn import_all(state: AppState, sources: Vec<ImportSource>, choices: ImportChoices) {
    if sources.is_empty() {
        return;
    }
    if state.import.with_untracked(Option::is_some) {
        state.tell(
            UserMessage::notice("An import is running.", "Wait for it or cancel it, then add the file again."),
            Remedy::None,
        );
        return;
    }
    close_file_notices(state);
    let _ = state.stop_asked.try_set_value(false);
    spawn_local(import_each(state, sources, choices));
}

/// Imports files one after another, until the user cancels.
pub(super) async fn import_each(state: AppState, sources: Vec<ImportSource>, choices: ImportChoices) {
    let expanded = containers::expand(state, sources).await;
    let mut cancelled = expanded.is_none();
    let sources = expanded.unwrap_or_default();
    let files = sources.len();
    for (position, source) in sources.into_iter().enumerate() {
        let file = name_of(&source);
        let _ = state.import.try_set(Some(ImportRun::begin(&file, position + 1, files)));
        state.say(format!("Reading {file}"));
        if is_workspace_file(&source) {
            open_workspace_file(state, source).await;
        } else {
            cancelled = !import_one(state, source, file.clone(), choices.clone()).await;
        }
        if cancelled {
            break;
        }
        // Too late for this file, which the engine had begun to take; not for those after it.
        if is_stop_asked(state) && position + 1 < files {
            let rest = match files - position - 1 {
                1 => "the file after it was".to_owned(),
                rest => format!("the {rest} files after it were"),
            };
            state.say(format!("The import was cancelled after {file}, which had been read: {rest} left out."));
            break;
        }
    }
    let _ = state.import.try_set(None);
    state.stop_reading.try_update_value(|stop| *stop = None);
    refresh_recent(state).await;
}

/// Imports one file. Answers false when the user cancelled.
async fn import_one(state: AppState, source: ImportSource, file: String, mut choices: ImportChoices) -> bool {
    let before = state.workspace.with_untracked(Clone::clone);
    if let Err(why) = make_room(state, &source, before.as_deref()).await {
        state.tell(UserMessage::error(format!("{file} was not added."), &why), Remedy::None);
        return true;
    }
    if is_stop_asked(state) {
        go_back(state, before).await;
        tell_failure(state, &file, &ImportFailure::Cancelled);
        return false;
    }
    // Local times of one workspace are read in one zone, whoever opens it.
    let kept = before.as_deref().filter(|before| is_kept(&source, before));
    let zone = kept.map_or_else(|| state.reading_zone(), |before| before.zone.clone());
    choices.mappings = kept.map(|before| before.mappings.clone()).unwrap_or_default();
    let outcome = loop {
        let outcome = read_one(state, source.clone(), zone.clone(), choices.clone()).await;
        let answer = match &outcome {
            Err(ImportFailure::Refused(error)) => ask_about(state, &file, error, &source, &zone).await,
            Ok(outcome) => ask_about_dates(state, &file, outcome, &source, &zone).await,
            Err(_) => None,
        };
        let Some(answer) = answer else { break outcome };
        match answer {
            ImportAnswer::Format(format) => choices.format = Some(format),
            ImportAnswer::Dates(orders) => {
                choices.date_orders = orders;
                choices.terms.instead_of = outcome.as_ref().ok().and_then(|outcome| layer_of(outcome, &file));
            }
            ImportAnswer::Columns(mapping) => {
                choices.mappings.retain(|known| known.signature != mapping.signature);
                choices.mappings.push(mapping.clone());
                choices.terms.mapping = MappingTerm::Remembered(mapping);
                choices.ask_columns = false;
            }
            ImportAnswer::OwnFormat(signature) => {
                choices.mappings.retain(|known| known.signature != signature);
                choices.terms.mapping = MappingTerm::Forgotten(signature);
                choices.ask_columns = false;
            }
            ImportAnswer::LeaveOut if outcome.is_ok() => break outcome,
            ImportAnswer::LeaveOut => {
                go_back(state, before).await;
                state.say(match choices.terms.instead_of {
                    Some(_) => format!("{file} keeps its present reading."),
                    None => format!("{file} was left out. The workspace is as it was."),
                });
                // The other files of the batch are read all the same.
                return true;
            }
        }
    };
    let is_cancelled = matches!(outcome, Err(ImportFailure::Cancelled));
    match outcome {
        Ok(outcome) => {
            // The charts of the first file are looked at already while the others of the sample come.
            let stays = matches!(source, ImportSource::Sample(_)) && !is_first_of_sample(&source);
            remember(state, &file, source);
            finish_import(state, &file, outcome, stays || choices.terms.instead_of.is_some());
        }
        Err(failure) => {
            go_back(state, before).await;
            tell_failure(state, &file, &failure);
        }
    }
    !is_cancelled
}

/// Hash of the data that a file of this name gave.
fn layer_of(outcome: &ImportOutcome, file: &str) -> Option<String> {
    let sources = outcome.workspace.sources.iter().rev();
    sources.filter(|source| source.report.file == file).map(|source| source.hash.clone()).next()
}

/// Reads a file with these choices into the open workspace.
async fn read_one(
    state: AppState,
    source: ImportSource,
    zone: String,
    choices: ImportChoices,
) -> Result<ImportOutcome, ImportFailure> {
    let Some(client) = state.client() else { return Err(ImportFailure::Cancelled) };
    let handle = Rc::new(client.import(source, zone, choices, move |progress| {
        let _ = state.import.try_update(|run| {
            if let Some(run) = run {
                (run.phase, run.bytes) = (progress.phase, progress.bytes);
                (run.total_bytes, run.rows) = (progress.total_bytes, progress.rows);
            }
        });
    }));
    let stop = Rc::clone(&handle);
    state.stop_reading.try_update_value(|slot| *slot = Some(Rc::new(move || stop.cancel())));
    handle.outcome().await
}

fn remember(state: AppState, file: &str, source: ImportSource) {
    state.read_files.try_update_value(|files| {
        files.retain(|(name, _)| name != file);
        files.push((file.to_owned(), source));
    });
}

/// True for the file with which the sample begins.
fn is_first_of_sample(source: &ImportSource) -> bool {
    matches!(source, ImportSource::Sample(SAMPLE_FILE_NAME))
}

/// True when the open workspace takes this source: the sample its own files, another one those of the user.
fn is_kept(source: &ImportSource, open: &WorkspaceSummary) -> bool {
    match source {
        ImportSource::Sample(_) => open.sample && !is_first_of_sample(source),
        _ => !open.sample,
    }
}

/// Begins a workspace when none is open, or when the open one does not take this source: made-up and real data never mix.
async fn make_room(state: AppState, source: &ImportSource, open: Option<&WorkspaceSummary>) -> Result<(), String> {
    let sample = matches!(source, ImportSource::Sample(_));
    if open.is_some_and(|open| is_kept(source, open)) {
        return Ok(());
    }
    if sample && !is_first_of_sample(source) {
        return Err("The sample project was not opened.".to_owned());
    }
    let Some(client) = state.client() else { return Err("The page is closing.".to_owned()) };
    let file = name_of(source);
    // A file out of an archive names the workspace after the archive.
    let dropped = file.split('/').next().unwrap_or(&file);
    let stem = dropped.rsplit_once('.').map_or(dropped, |(stem, _)| stem);
    let name = if sample { file.clone() } else { stem.to_owned() };
    let request = Request::NewWorkspace { id: new_id(), name, zone: state.reading_zone(), sample };
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
            Ok(Some(workspace)) => show_opened(state, workspace),
            Ok(None) => drop(state.workspace.try_set(None)),
            Err(error) => {
                let _ = state.workspace.try_set(None);
                state.tell(
                    UserMessage::warning(format!("{} could not be opened again.", before.name), &error.to_string()),
                    Remedy::None,
                );
            }
        },
        None => drop(state.workspace.try_set(None)),
    }
}

/// Shows what came in. Who reads a file another way stays where they asked for it: that page tells what it gave.
fn finish_import(state: AppState, file: &str, outcome: ImportOutcome, stays: bool) {
    let ImportOutcome { counts, workspace, report } = outcome;
    show_workspace(state, workspace);
    let told = counts_sentence(report.rows_read, &counts, report.refused.len() as u64);
    state.say(format!("{file}: {told}"));
    let assumed = assumed_dates(&report);
    if !assumed.is_empty() {
        // The numbers rest on the answer: the question comes first. In a frame it was asked, and nobody answered.
        if state.opening().embedded {
            let columns: Vec<&str> = assumed.iter().map(|reading| reading.column.as_str()).collect();
            state.tell(UserMessage::assumed_dates(file, &columns.join(", ")), Remedy::None);
        } else {
            open_view(state, views::IMPORT);
        }
        return;
    }
    if !stays {
        open_first(state);
    }
    tell_result(state, file, &told, &report);
}

/// What was not as expected, one click away. A file without surprises needs no message.
fn tell_result(state: AppState, file: &str, told: &str, report: &ImportReport) {
    let refused = report.refused.len() as u64;
    let to_check = report.warning_total();
    let message = match (&report.row_cap, refused, to_check) {
        (Some(cap), _, _) => UserMessage::warning(format!("{file}: {told}"), cap),
        (None, 1.., _) => {
            let refused = format::counted(refused, "row was refused", "rows were refused");
            UserMessage::warning(format!("{file}: {told}"), &refused)
        }
        (None, 0, 1..) => UserMessage::notice(
            format!("{file}: {told}"),
            &format::counted(to_check, "cell or row to check", "cells or rows to check"),
        ),
        (None, 0, 0) => return,
    };
    // A frame has no place where more is told.
    state.tell(message, if state.opening().embedded { Remedy::None } else { Remedy::SeeImport });
}

/// "1,204 rows read: 1,200 new, 0 updated, 4 unchanged, 0 refused."
pub(in crate::app) fn counts_sentence(rows: u64, counts: &MergeCounts, refused: u64) -> String {
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
    match failure {
        ImportFailure::Cancelled => {
            state.say(format!("The import of {file} was cancelled. The workspace is as it was."));
        }
        ImportFailure::Refused(error) => state.tell(UserMessage::refused_file(file, error), Remedy::None),
        ImportFailure::WorkerGone(reason) => state.tell(UserMessage::import_worker_gone(file, reason), Remedy::None),
        ImportFailure::Engine(error @ (EngineError::OpenElsewhere | EngineError::ReadOnlySample)) => {
            tell_refusal(state, error);
        }
        ImportFailure::Engine(error) => state.tell(UserMessage::engine(error), Remedy::None),
    }
}

/// A name that no other workspace of this browser has.
pub(super) fn new_id() -> String {
    let random = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("w{:x}-{:08x}{:08x}", js_sys::Date::now() as u64, random(), random())
}
