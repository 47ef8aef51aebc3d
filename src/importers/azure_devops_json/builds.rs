//! Builds: runs of a pipeline.

use super::branch;
use crate::importers::gathering::Gathering;
use crate::importers::json::fields::{Fields, at};
use crate::model::{Cell, RecordKind};

/// Adds a build. One that succeeded in part had errors, and counts as failed.
pub(super) fn run(row: &Fields, to: &mut Gathering) {
    let status = match (&*row.text("status"), &*row.text("result")) {
        (_, "succeeded") => "success",
        (_, "failed" | "partiallySucceeded") => "failure",
        (_, "canceled") => "cancelled",
        ("inProgress" | "notStarted" | "postponed" | "cancelling", _) => "in-progress",
        _ => "unknown",
    };
    let [queued, started, finished, changed] =
        ["queueTime", "startTime", "finishTime", "lastChangedDate"].map(|path| row.moment(path, to));
    let reference = row.text("sourceBranch");
    to.record(
        RecordKind::Run,
        &[
            ("source", Cell::Text(&format!("azure devops {}", row.text("project.name")))),
            ("id", Cell::Text(&row.text("id"))),
            ("updated", at(changed.or(finished))),
            ("workflow", Cell::Text(&row.text("definition.name"))),
            ("service", Cell::Text(&row.first(&["repository.name", "repository.id"]))),
            ("branch", Cell::Text(branch(&reference))),
            ("event", Cell::Text(&row.text("reason"))),
            ("status", Cell::Text(status)),
            ("commit", Cell::Text(&row.text("sourceVersion"))),
            ("created-at", at(queued)),
            ("started-at", at(started)),
            ("finished-at", at(finished)),
            ("url", Cell::Text(&row.first(&["_links.web.href", "url"]))),
        ],
    );
}
