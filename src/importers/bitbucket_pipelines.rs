//! Bitbucket: the answer of `GET /2.0/repositories/{workspace}/{repository}/pipelines`.
//!
//! One run per element. What a pipeline deploys is not in it. Source: a real answer, and the description of the API.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static BITBUCKET_PIPELINES: Importer = Importer {
    id: "bitbucket-pipelines",
    title: "Bitbucket pipelines",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape { without: &["environment"], ..Shape::of(94, &["uuid", "state.name", "target", "created_on"]) }],
    arrays: &["values", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let status = match (&*row.text("state.name"), &*row.text("state.result.name")) {
        (_, "SUCCESSFUL") => "success",
        (_, "FAILED" | "ERROR" | "EXPIRED") => "failure",
        (_, "STOPPED") => "cancelled",
        ("IN_PROGRESS" | "PENDING" | "PAUSED" | "HALTED", _) => "in-progress",
        _ => "unknown",
    };
    let [created, ended] = ["created_on", "completed_on"].map(|path| row.moment(path, to));
    to.record(
        RecordKind::Run,
        &[
            ("source", Cell::Text("bitbucket")),
            ("id", Cell::Text(&row.text("uuid"))),
            ("updated", at(ended.or(created))),
            ("workflow", Cell::Text(&row.text("target.selector.pattern"))),
            ("service", Cell::Text(&row.text("repository.full_name"))),
            ("branch", Cell::Text(&row.text("target.ref_name"))),
            ("event", Cell::Text(&row.text("trigger.name"))),
            ("status", Cell::Text(status)),
            ("commit", Cell::Text(&row.text("target.commit.hash"))),
            ("created-at", at(created)),
            ("finished-at", at(ended)),
            ("url", Cell::Text(&row.first(&["links.html.href", "links.self.href"]))),
        ],
    );
    Ok(())
}
