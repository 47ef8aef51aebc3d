//! GitHub deployments: REST `/deployments` and `/deployments/{id}/statuses`, the webhooks `deployment` and
//! `deployment_status`, GraphQL pages.
//!
//! One element per deployment or per status of one. A deployment itself has no result: it is in its statuses. The first
//! success counts, as GitHub marks deployments `inactive` that were successful and then replaced. What caused a failure and
//! what was deployed beyond the commit is not told. Source: real webhooks and a real GraphQL answer; GitHub's own words on
//! `inactive`: "only added to deployments that had a `success` state".

use std::collections::BTreeMap;

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::github_issues::{repository, row_cap};
use super::json::parts::{any, has, list, text};
use super::json::reading::{self, ElementReader, Shape, parsed};
use super::json::{JsonElement, JsonRest};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static GITHUB_DEPLOYMENTS: Importer = Importer {
    id: "github-deployments",
    title: "GitHub deployments",
    detect: |head| reading::detect(head, SHAPES, ARRAYS),
    start: |_, settings| Ok(reading::start(ARRAYS, Box::new(Deployments::default()), settings)),
};

const ARRAYS: &[&str] = &["", "deployments", "data.repository.deployments.nodes"];

const SHAPES: &[Shape] = &[
    Shape { score: 96, element: &["deployment.environment", "deployment.sha"], ..Shape::NONE },
    Shape { score: 96, element: &["environment", "sha", "statuses_url"], ..Shape::NONE },
    Shape { score: 92, element: &["environment", "sha", "task"], without: &["iid"], ..Shape::NONE },
    Shape { score: 96, element: &["state", "deployment_url"], ..Shape::NONE },
    Shape { score: 95, element: &["Environment", "CommitOid", "State"], ..Shape::NONE },
    Shape { score: 95, element: &["environment", "commitOid", "state"], ..Shape::NONE },
    Shape { score: 94, element: &["environment", "latestStatus"], ..Shape::NONE },
    Shape { score: 90, element: &["environment", "createdAt", "statuses.nodes"], ..Shape::NONE },
];

/// How a deployment ended, the strongest statement last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Outcome {
    #[default]
    Unknown,
    InProgress,
    Failure,
    Success,
}

impl Outcome {
    fn of(state: &str) -> Self {
        match state.to_lowercase().as_str() {
            "success" | "active" | "inactive" => Self::Success,
            "failure" | "error" => Self::Failure,
            "in_progress" | "queued" | "pending" | "waiting" => Self::InProgress,
            _ => Self::Unknown,
        }
    }

    /// Empty without a result: what this file does not tell, another one may.
    const fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::InProgress => "in-progress",
            Self::Unknown => "",
        }
    }
}

/// What is known of a deployment; several elements may tell of one.
#[derive(Default)]
struct Deployment {
    environment: String,
    commit: String,
    branch: String,
    url: String,
    created: Option<i64>,
    updated: Option<i64>,
    outcome: Outcome,
    /// When it ended so.
    at: Option<i64>,
}

#[derive(Default)]
struct Deployments {
    /// By repository and id, with the line of the first element.
    known: BTreeMap<(String, String), (u64, Deployment)>,
    elements: u64,
}

impl ElementReader for Deployments {
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let value: Value = parsed(element)?;
        self.elements += 1;
        // A webhook holds the deployment and mostly one status of it.
        let webhook = value["deployment"].is_object();
        let inner = if webhook { &value["deployment"] } else { &value };
        let status_only = !webhook && has(inner, &["deployment_url"]);
        let id = if status_only {
            text(&inner["deployment_url"]).rsplit('/').next().unwrap_or_default().to_owned()
        } else {
            text(any(inner, &["databaseId", "DatabaseId", "id", "Id"])).into_owned()
        };
        if id.is_empty() {
            return Err("it does not tell the deployment's id".into());
        }
        let name = [&value, inner].map(repository).into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        let (_, deployment) = self.known.entry((name, id)).or_insert_with(|| (element.line, Deployment::default()));
        if !status_only {
            deployment.describe(inner, to);
        }
        if status_only {
            deployment.add_status(inner, to);
        }
        if value["deployment_status"].is_object() {
            deployment.add_status(&value["deployment_status"], to);
        }
        for statuses in [&inner["statuses"], &inner["Statuses"]] {
            for status in list(statuses) {
                deployment.add_status(status, to);
            }
        }
        let latest = any(inner, &["latestStatus", "LatestStatus"]);
        if latest.is_object() && deployment.outcome == Outcome::Unknown {
            deployment.add_status(latest, to);
        }
        let state = text(any(inner, &["state", "State"]));
        if deployment.outcome == Outcome::Unknown {
            // Without its statuses: how it ended is known, when is not.
            deployment.outcome = Outcome::of(&state);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        let without_result = self.known.values().filter(|(_, known)| known.outcome == Outcome::Unknown).count();
        if without_result > 0 {
            to.note(format!(
                "{without_result} deployments have no result in this file. GitHub keeps it in the statuses of each deployment: import those as well, or ask GraphQL for statuses."
            ));
        }
        to.report.row_cap = row_cap(self.elements, rest);
        for ((repository, id), (line, deployment)) in &self.known {
            deployment.record(repository, id, *line, to);
        }
    }
}

impl Deployment {
    fn describe(&mut self, value: &Value, to: &mut Gathering) {
        self.environment = text(any(value, &["environment", "Environment"])).into_owned();
        self.commit = text(any(value, &["sha", "commitOid", "CommitOid"])).into_owned();
        let reference = any(value, &["ref", "Ref"]);
        let name = if reference.is_object() { any(reference, &["name", "Name"]) } else { reference };
        self.branch = text(name).into_owned();
        self.url = text(any(value, &["url"])).into_owned();
        self.created = to.moment("created_at", &text(any(value, &["created_at", "createdAt", "CreatedAt"])));
        self.updated = to.moment("updated_at", &text(any(value, &["updated_at", "updatedAt", "UpdatedAt"])));
    }

    /// Of all statuses the strongest counts; of two of one kind the first success, and the last failure.
    fn add_status(&mut self, status: &Value, to: &mut Gathering) {
        const AT: [&str; 6] = ["created_at", "createdAt", "CreatedAt", "updated_at", "updatedAt", "UpdatedAt"];
        let state = text(any(status, &["state", "State"]));
        let outcome = Outcome::of(&state);
        // The moment it became inactive is not the one it was deployed at.
        let inactive = state.eq_ignore_ascii_case("inactive");
        let at = to.moment("statuses.created_at", &text(any(status, &AT))).filter(|_| !inactive);
        if self.environment.is_empty() {
            self.environment = text(any(status, &["environment", "Environment"])).into_owned();
        }
        self.updated = self.updated.max(at);
        if outcome > self.outcome {
            (self.outcome, self.at) = (outcome, at);
        } else if outcome == self.outcome {
            self.at = match (self.at, at) {
                (Some(known), Some(at)) if outcome == Outcome::Success => Some(known.min(at)),
                (known, at) => known.max(at),
            };
        }
    }

    fn record(&self, repository: &str, id: &str, line: u64, to: &mut Gathering) {
        let source = format!("github {repository}");
        let moment = |moment: Option<i64>| Cell::Moment(moment.unwrap_or(NO_MOMENT));
        let ended = matches!(self.outcome, Outcome::Success | Outcome::Failure);
        let cells = [
            ("source", Cell::Text(source.as_str())),
            ("id", Cell::Text(id)),
            ("updated", moment(self.updated)),
            ("service", Cell::Text(repository)),
            ("environment", Cell::Text(&self.environment)),
            ("status", Cell::Text(self.outcome.word())),
            ("created-at", moment(self.created)),
            ("deployed-at", moment(self.at.filter(|_| ended))),
            ("commit", Cell::Text(&self.commit)),
            ("branch", Cell::Text(&self.branch)),
            ("url", Cell::Text(&self.url)),
        ];
        to.dataset.records_mut(RecordKind::Deployment).push(line, &cells);
    }
}
