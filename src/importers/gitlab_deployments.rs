//! GitLab deployments: REST `/projects/{id}/deployments`.
//!
//! One element per deployment: environment, result and, with the job that did it, when it ended. Its project is known by
//! number only where the job's address does not name it. Source: real REST answers.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::gitlab_issues::project;
use super::json::JsonElement;
use super::json::parts::{any, name, text};
use super::json::reading::{JsonFormat, Shape, no_rest, parsed};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static GITLAB_DEPLOYMENTS: Importer = Importer {
    id: "gitlab-deployments",
    title: "GitLab deployments",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(96, &["iid", "environment", "deployable"]),
        Shape::of(92, &["iid", "environment", "sha", "status"]),
    ],
    arrays: &[""],
    element: deployment,
    finish: no_rest,
};

fn deployment(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let value: Value = parsed(element)?;
    let id = text(&value["id"]);
    if id.is_empty() {
        return Err("the deployment has no \"id\"".into());
    }
    let job = &value["deployable"];
    let mut moment = |value: &Value, key: &str| to.moment(key, &text(&value[key]));
    let created = moment(&value, "created_at");
    let updated = moment(&value, "updated_at");
    let finished = moment(job, "finished_at");
    let status = match status(&text(&value["status"])) {
        "skipped" => "cancelled",
        status => status,
    };
    let ended = matches!(status, "success" | "failure");
    let by_job = [&value, job].map(project).into_iter().find(|name| !name.is_empty());
    let project = by_job.unwrap_or_else(|| text(&job["pipeline"]["project_id"]).into_owned());
    let source = format!("gitlab {project}");
    let at = |moment: Option<i64>| Cell::Moment(moment.unwrap_or(NO_MOMENT));
    to.record(
        RecordKind::Deployment,
        &[
            ("source", Cell::Text(&source)),
            ("id", Cell::Text(&id)),
            ("updated", at(updated)),
            ("service", Cell::Text(&project)),
            ("environment", Cell::Text(&name(&value["environment"]))),
            ("status", Cell::Text(status)),
            ("created-at", at(created)),
            ("deployed-at", at(finished.or(updated).filter(|_| ended))),
            ("commit", Cell::Text(&text(&value["sha"]))),
            ("branch", Cell::Text(&text(&value["ref"]))),
            ("url", Cell::Text(&text(any(job, &["web_url"])))),
        ],
    );
    Ok(())
}

/// The word of the table for GitLab's.
pub(super) fn status(word: &str) -> &'static str {
    match word {
        "success" => "success",
        "failed" => "failure",
        "canceled" | "cancelled" | "canceling" => "cancelled",
        "skipped" => "skipped",
        "created"
        | "running"
        | "blocked"
        | "pending"
        | "preparing"
        | "waiting_for_resource"
        | "scheduled"
        | "manual" => "in-progress",
        _ => "unknown",
    }
}
