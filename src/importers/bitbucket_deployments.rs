//! Bitbucket: the answer of `GET /2.0/repositories/{workspace}/{repository}/deployments`.
//!
//! One deployment per element. Its result is in `state.status`; an answer without it tells only that it ended.
//! Source: a real answer without results; the names of results from the description of the API.

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::fields::{Fields, at};
use super::json::reading::{JsonFormat, Shape, no_rest};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static BITBUCKET_DEPLOYMENTS: Importer = Importer {
    id: "bitbucket-deployments",
    title: "Bitbucket deployments",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(95, &["uuid", "environment", "release.pipeline", "state.name"]),
        Shape { saying: &[("type", "deployment")], ..Shape::of(94, &["uuid", "environment", "state.name", "release"]) },
    ],
    arrays: &["values", ""],
    element,
    finish: no_rest,
};

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let row = Fields::of(element)?;
    let status = match (&*row.text("state.name"), &*row.first(&["state.status.name", "state.result.name"])) {
        (_, "SUCCESSFUL") => "success",
        (_, "FAILED" | "ERROR") => "failure",
        (_, "STOPPED") => "cancelled",
        ("IN_PROGRESS" | "PENDING", _) => "in-progress",
        _ => {
            to.note("Some deployments tell that they ended, but not how: their status is unknown.".into());
            "unknown"
        }
    };
    let [created, started, ended, updated] =
        ["release.created_on", "state.started_on", "state.completed_on", "last_update_time"]
            .map(|path| row.moment(path, to));
    let (repository, url) = (row.first(&["release.url", "state.url"]), row.text("state.url"));
    to.record(
        RecordKind::Deployment,
        &[
            ("source", Cell::Text("bitbucket")),
            ("id", Cell::Text(&row.text("uuid"))),
            ("updated", at(updated)),
            ("service", Cell::Text(&repository_of(&repository))),
            ("environment", Cell::Text(&row.first(&["environment.name", "environment.uuid"]))),
            ("status", Cell::Text(status)),
            ("created-at", at(created.or(started))),
            ("deployed-at", at(ended)),
            ("commit", Cell::Text(&row.text("release.commit.hash"))),
            ("version", Cell::Text(&row.text("release.name"))),
            ("url", Cell::Text(&url)),
        ],
    );
    Ok(())
}

/// `owner/repository` of an address of Bitbucket.
fn repository_of(url: &str) -> String {
    let path = url.split_once("bitbucket.org/").map_or("", |(_, path)| path);
    path.split('/').take(2).collect::<Vec<_>>().join("/")
}
