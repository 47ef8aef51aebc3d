//! What has to be known before a file can be read: asked, answered, or the file is left out.

use futures::channel::oneshot;
use leptos::prelude::*;

use crate::app::state::{AnswerTo, AppState, ColumnsReason, ImportAnswer, ImportQuestion, QuestionAbout};
use crate::importers::{DateReading, ImportError, ImportReport, Mapping, OrderEvidence, Preview};
use crate::web::{ImportChoices, ImportOutcome, ImportSource};

/// Asks what would let the file be read; `None` when no answer would.
pub(super) async fn ask_about(
    state: AppState,
    file: &str,
    error: &ImportError,
    source: &ImportSource,
    zone: &str,
) -> Option<ImportAnswer> {
    let about = match error {
        ImportError::Ambiguous { candidates } => QuestionAbout::Format(candidates.clone()),
        ImportError::Unknown { table: Some(table), .. } => {
            QuestionAbout::Columns { table: table.clone(), reason: ColumnsReason::Unknown }
        }
        ImportError::ColumnsAsked { table, format, named } => QuestionAbout::Columns {
            table: table.clone(),
            reason: ColumnsReason::Correction { own_format: format.clone().filter(|_| *named) },
        },
        _ => return None,
    };
    ask(state, file, about, source, zone).await
}

/// Asks in a frame how the dates of a file that was read are to be read, where nothing in it tells. A page asks that where it
/// tells what was read.
pub(super) async fn ask_about_dates(
    state: AppState,
    file: &str,
    outcome: &ImportOutcome,
    source: &ImportSource,
    zone: &str,
) -> Option<ImportAnswer> {
    let assumed = assumed_dates(&outcome.report);
    if assumed.is_empty() || !state.opening().embedded {
        return None;
    }
    ask(state, file, QuestionAbout::Dates(assumed), source, zone).await
}

/// The date columns of which nothing told the order of day and month.
pub(super) fn assumed_dates(report: &ImportReport) -> Vec<DateReading> {
    report.dates.iter().filter(|reading| reading.evidence == OrderEvidence::Assumed).cloned().collect()
}

async fn ask(
    state: AppState,
    file: &str,
    about: QuestionAbout,
    source: &ImportSource,
    zone: &str,
) -> Option<ImportAnswer> {
    let (sender, receiver) = oneshot::channel();
    let to = AnswerTo { source: source.clone(), zone: zone.to_owned(), sender };
    state.answer.try_update_value(|slot| *slot = Some(to));
    let _ = state.question.try_set(Some(ImportQuestion { file: file.to_owned(), about }));
    state.say(format!("{file} needs an answer before it can be read."));
    Some(receiver.await.unwrap_or(ImportAnswer::LeaveOut))
}

/// Answers the open question.
pub(in crate::app) fn answer_question(state: AppState, answer: ImportAnswer) {
    let _ = state.question.try_set(None);
    if let Some(Some(to)) = state.answer.try_update_value(Option::take) {
        // Nobody waits when the page closes.
        drop(to.sender.send(answer));
    }
}

/// What the views would get from the file's first rows with these columns; an error says why nothing.
pub(in crate::app) async fn preview_columns(state: AppState, mapping: Mapping) -> Result<Preview, String> {
    let asked = state.answer.try_with_value(|to| to.as_ref().map(|to| (to.source.clone(), to.zone.clone())));
    let (Some(client), Some(Some((source, zone)))) = (state.client(), asked) else {
        return Err("the question was closed".to_owned());
    };
    let format = Some(crate::importers::MAPPED_ID.to_owned());
    let choices = ImportChoices { format, mappings: vec![mapping], ..ImportChoices::default() };
    client.preview(source, zone, choices).await
}
