//! GitHub Actions: REST `/actions/runs`, `gh run list --json …`, and reduced lists of runs.
//!
//! One element per run of a workflow. A run that was repeated keeps its id; its last attempt is the one told. Which runs
//! deploy something the file does not say: that is the user's choice by workflow. There is no field for the end of a run;
//! its last update is taken when it is completed. Source: real REST answers; `gh run list` as documented.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::github_issues::{repository, row_cap};
use super::json::JsonElement;
use super::json::parts::{any, number, text};
use super::json::reading::{JsonFormat, Shape, parsed};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static GITHUB_RUNS: Importer = Importer {
    id: "github-runs",
    title: "GitHub Actions runs",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape { score: 96, document: &["workflow_runs[]"], ..Shape::NONE },
        Shape::of(95, &["head_branch", "run_number"]),
        Shape::of(94, &["head_sha", "conclusion", "event"]),
        Shape::of(94, &["conclusion", "workflowName"]),
        Shape::of(94, &["conclusion", "headBranch"]),
        Shape::of(92, &["conclusion", "headSha"]),
    ],
    arrays: &["", "workflow_runs", "[].workflow_runs"],
    element: run,
    finish: |rest, to| to.report.row_cap = row_cap(to.report.rows_read, rest),
};

fn run(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let run: Value = parsed(element)?;
    let id = text(any(&run, &["id", "databaseId"]));
    let mut moment = |keys: &[&str]| to.moment(keys[0], &text(any(&run, keys)));
    let created = moment(&["created_at", "createdAt"]);
    let started = moment(&["run_started_at", "startedAt"]);
    let updated = moment(&["updated_at", "updatedAt"]);
    if id.is_empty() && created.is_none() {
        return Err("the run has neither an id nor a date".into());
    }
    let (word, conclusion) = (text(&run["status"]), text(&run["conclusion"]));
    // Reduced lists have the conclusion where the status should be.
    let status = status(if conclusion.is_empty() { &word } else { &conclusion });
    let ended = status != "in-progress";
    let name = repository(&run);
    let source = format!("github {name}");
    let at = |moment: Option<i64>| Cell::Moment(moment.unwrap_or(NO_MOMENT));
    let mut cells = vec![
        ("source", Cell::Text(source.as_str())),
        ("id", Cell::Text(&id)),
        ("updated", at(updated)),
        ("service", Cell::Text(&name)),
        ("status", Cell::Text(status)),
        ("created-at", at(created)),
        ("started-at", at(started)),
        ("finished-at", at(updated.filter(|_| ended))),
    ];
    let texts = [
        ("workflow", text(any(&run, &["name", "workflowName"]))),
        ("branch", text(any(&run, &["head_branch", "headBranch"]))),
        ("event", text(&run["event"])),
        ("commit", text(any(&run, &["head_sha", "headSha"]))),
        ("url", text(any(&run, &["html_url", "url"]))),
    ];
    cells.extend(texts.iter().map(|(column, text)| (*column, Cell::Text(text))));
    cells.extend(number(any(&run, &["run_attempt", "attempt"])).map(|attempt| ("attempt", Cell::Number(attempt))));
    to.record(RecordKind::Run, &cells);
    Ok(())
}

fn status(word: &str) -> &'static str {
    match word {
        "success" => "success",
        "failure" | "timed_out" | "startup_failure" => "failure",
        "cancelled" => "cancelled",
        "skipped" | "neutral" => "skipped",
        "in_progress" | "queued" | "requested" | "waiting" | "pending" => "in-progress",
        _ => "unknown",
    }
}
