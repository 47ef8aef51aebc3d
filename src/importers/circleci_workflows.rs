//! `CircleCI`: the answer of `GET /api/v2/pipeline/{id}/workflow` or of several of them.
//!
//! One run per element. What a workflow deploys is not in it. Source: a real answer, and the API's list of statuses.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static CIRCLECI_WORKFLOWS: Importer = Importer {
    id: "circleci-workflows",
    title: "CircleCI workflows",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(95, &["pipeline_id", "project_slug", "status", "created_at"])],
    arrays: &["items", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let status = match &*row.text("status") {
        "success" => "success",
        "failed" | "error" | "failing" | "unauthorized" => "failure",
        "canceled" => "cancelled",
        "not_run" => "skipped",
        "running" | "on_hold" => "in-progress",
        _ => "unknown",
    };
    let [created, stopped] = ["created_at", "stopped_at"].map(|path| row.moment(path, to));
    to.record(
        RecordKind::Run,
        &[
            ("source", Cell::Text("circleci")),
            ("id", Cell::Text(&row.text("id"))),
            ("updated", at(stopped.or(created))),
            ("workflow", Cell::Text(&row.text("name"))),
            ("service", Cell::Text(&row.text("project_slug"))),
            ("status", Cell::Text(status)),
            ("created-at", at(created)),
            ("finished-at", at(stopped)),
        ],
    );
    Ok(())
}
