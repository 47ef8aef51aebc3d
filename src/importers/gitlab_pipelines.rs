//! GitLab pipelines: REST `/projects/{id}/pipelines` and the answers for single ones.
//!
//! One element per pipeline. A list has no start and no end: then the last update is taken as the end of those that ended.
//! What a pipeline deploys is not told. Source: real REST answers of both kinds.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::gitlab_deployments::status;
use super::gitlab_issues::project;
use super::json::JsonElement;
use super::json::parts::text;
use super::json::reading::{JsonFormat, Shape, no_rest, parsed};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static GITLAB_PIPELINES: Importer = Importer {
    id: "gitlab-pipelines",
    title: "GitLab pipelines",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape {
            score: 94,
            element: &["iid", "project_id", "sha", "ref", "status"],
            without: &["title", "environment", "deployable", "stage"],
            ..Shape::NONE
        },
        Shape {
            score: 92,
            element: &["sha", "ref", "status"],
            without: &["title", "environment", "deployable", "stage"],
            saying: &[("web_url", "/pipelines/")],
            ..Shape::NONE
        },
    ],
    arrays: &[""],
    element: pipeline,
    finish: no_rest,
};

fn pipeline(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let value: Value = parsed(element)?;
    let id = text(&value["id"]);
    if id.is_empty() {
        return Err("the pipeline has no \"id\"".into());
    }
    let mut moment = |key: &str| to.moment(key, &text(&value[key]));
    let created = moment("created_at");
    let updated = moment("updated_at");
    let started = moment("started_at");
    let finished = moment("finished_at");
    let status = status(&text(&value["status"]));
    let ended = !matches!(status, "in-progress" | "unknown");
    let project = project(&value);
    let source = format!("gitlab {project}");
    let at = |moment: Option<i64>| Cell::Moment(moment.unwrap_or(NO_MOMENT));
    to.record(
        RecordKind::Run,
        &[
            ("source", Cell::Text(&source)),
            ("id", Cell::Text(&id)),
            ("updated", at(updated)),
            ("workflow", Cell::Text(&text(&value["name"]))),
            ("service", Cell::Text(&project)),
            ("branch", Cell::Text(&text(&value["ref"]))),
            ("event", Cell::Text(&text(&value["source"]))),
            ("status", Cell::Text(status)),
            ("commit", Cell::Text(&text(&value["sha"]))),
            ("created-at", at(created)),
            ("started-at", at(started)),
            ("finished-at", at(finished.or(updated).filter(|_| ended))),
            ("url", Cell::Text(&text(&value["web_url"]))),
        ],
    );
    Ok(())
}
