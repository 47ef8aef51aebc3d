//! GitLab deployments: REST `/projects/{id}/deployments`.
//!
//! One element per deployment: environment, result and, with the job that did it, when it ended. Its project is known by
//! number only where the job's address does not name it; a deployment that no job made is of the project of the others. Source: real REST answers.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::gitlab_issues::project;
use super::json::fields::at;
use super::json::parts::{any, name, text};
use super::json::reading::{self, ElementReader, Shape, parsed};
use super::json::{JsonElement, JsonRest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static GITLAB_DEPLOYMENTS: Importer = Importer {
    id: "gitlab-deployments",
    title: "GitLab deployments",
    detect: |head| reading::detect(head, SHAPES, ARRAYS),
    start: |_, settings| Ok(reading::start(ARRAYS, Box::new(Deployments::default()), settings)),
};

const ARRAYS: &[&str] = &[""];

const SHAPES: &[Shape] =
    &[Shape::of(96, &["iid", "environment", "deployable"]), Shape::of(92, &["iid", "environment", "sha", "status"])];

/// Deployments that were not made by a job do not tell their project: they wait for the others.
#[derive(Default)]
struct Deployments {
    projects: BTreeSet<String>,
    without_project: Vec<(u64, Value)>,
}

impl ElementReader for Deployments {
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let value: Value = parsed(element)?;
        if text(&value["id"]).is_empty() {
            return Err("the deployment has no \"id\"".into());
        }
        let job = &value["deployable"];
        let named = [&value, job].map(project).into_iter().find(|name| !name.is_empty());
        let project = named.unwrap_or_else(|| text(&job["pipeline"]["project_id"]).into_owned());
        if project.is_empty() {
            self.without_project.push((element.line, value));
        } else {
            deployment(&value, &project, to);
            self.projects.insert(project);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &JsonRest, to: &mut Gathering) {
        // The interface answers for one project at a time.
        let project = match self.projects.into_iter().collect::<Vec<_>>().as_slice() {
            [only] => only.clone(),
            _ => String::new(),
        };
        for (line, value) in self.without_project {
            to.look_at(line);
            deployment(&value, &project, to);
        }
    }
}

fn deployment(value: &Value, project: &str, to: &mut Gathering) {
    let job = &value["deployable"];
    let mut moment = |value: &Value, key: &str| to.moment(key, &text(&value[key]));
    let created = moment(value, "created_at");
    let updated = moment(value, "updated_at");
    let finished = moment(job, "finished_at");
    let status = match status(&text(&value["status"])) {
        "skipped" => "cancelled",
        status => status,
    };
    let ended = matches!(status, "success" | "failure");
    let source = format!("gitlab {project}");
    to.record(
        RecordKind::Deployment,
        &[
            ("source", Cell::Text(source.trim_end())),
            ("id", Cell::Text(&text(&value["id"]))),
            ("updated", at(updated)),
            ("service", Cell::Text(project)),
            ("environment", Cell::Text(&name(&value["environment"]))),
            ("status", Cell::Text(status)),
            ("created-at", at(created)),
            ("deployed-at", at(finished.or(updated).filter(|_| ended))),
            ("commit", Cell::Text(&text(&value["sha"]))),
            ("branch", Cell::Text(&text(&value["ref"]))),
            ("url", Cell::Text(&text(any(job, &["web_url"])))),
        ],
    );
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
