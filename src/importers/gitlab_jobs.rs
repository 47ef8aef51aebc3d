//! GitLab jobs: REST `/projects/{id}/jobs` and `/projects/{id}/pipelines/{id}/jobs`.
//!
//! One run per job, called `stage: name`, so that the job that deploys can be told from the one that tests. The jobs of a
//! pipeline are runs beside the run of the pipeline. What a job deploys is not told: that is in the deployments.
//! Source: GitLab's documentation of the jobs API.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::gitlab_deployments::status;
use super::gitlab_issues::project;
use super::json::JsonElement;
use super::json::fields::at;
use super::json::parts::text;
use super::json::reading::{JsonFormat, Shape, no_rest, parsed};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static GITLAB_JOBS: Importer = Importer {
    id: "gitlab-jobs",
    title: "GitLab jobs",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(96, &["stage", "status", "ref", "pipeline.id", "allow_failure"]),
        Shape { score: 92, element: &["stage", "status", "ref"], saying: &[("web_url", "/jobs/")], ..Shape::NONE },
    ],
    arrays: &[""],
    element: job,
    finish: no_rest,
};

fn job(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let value: Value = parsed(element)?;
    let id = text(&value["id"]);
    if id.is_empty() {
        return Err("the job has no \"id\"".into());
    }
    let mut moment = |key: &str| to.moment(key, &text(&value[key]));
    let [created, started, finished] = ["created_at", "started_at", "finished_at"].map(&mut moment);
    // A manual job that nobody has started does not run.
    let status = match &*text(&value["status"]) {
        "manual" if started.is_none() => "skipped",
        word => status(word),
    };
    let project = project(&value);
    let workflow = [text(&value["stage"]), text(&value["name"])].into_iter().filter(|word| !word.is_empty());
    to.record(
        RecordKind::Run,
        &[
            ("source", Cell::Text(&format!("gitlab {project}"))),
            // Pipelines are numbered by themselves.
            ("id", Cell::Text(&format!("job {id}"))),
            ("updated", at(finished.max(started).max(created))),
            ("workflow", Cell::Text(&workflow.collect::<Vec<_>>().join(": "))),
            ("service", Cell::Text(&project)),
            ("branch", Cell::Text(&text(&value["ref"]))),
            ("event", Cell::Text(&text(&value["source"]))),
            ("status", Cell::Text(status)),
            ("commit", Cell::Text(&text(&value["commit"]["id"]))),
            ("created-at", at(created)),
            ("started-at", at(started)),
            ("finished-at", at(finished)),
            ("url", Cell::Text(&text(&value["web_url"]))),
        ],
    );
    Ok(())
}
