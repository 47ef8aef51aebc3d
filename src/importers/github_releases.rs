//! GitHub releases: REST `/releases`, the webhook `release`, `gh release list --json …`.
//!
//! One element per release, kept as a deployment to the environment `release` or `pre-release`: where nothing else tells
//! of deployments, the publication of a version is the nearest thing. Whether it worked is not told. Drafts are not
//! published and have no date. Source: a real webhook; REST and `gh` as documented.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::github_issues::{repository, row_cap};
use super::json::JsonElement;
use super::json::parts::{any, text};
use super::json::reading::{JsonFormat, Shape, parsed};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static GITHUB_RELEASES: Importer = Importer {
    id: "github-releases",
    title: "GitHub releases",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape::of(95, &["tag_name", "target_commitish"]),
        Shape::of(95, &["release.tag_name", "release.published_at"]),
        Shape::of(92, &["tagName", "publishedAt"]),
    ],
    arrays: &["", "data.repository.releases.nodes"],
    element: release,
    finish: |rest, to| {
        to.note("Releases are read as successful deployments to \"release\" or \"pre-release\"; whether they worked is not in the file.".into());
        to.report.row_cap = row_cap(to.report.rows_read, rest);
    },
};

fn release(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let value: Value = parsed(element)?;
    let release = if value["release"].is_object() { &value["release"] } else { &value };
    let tag = text(any(release, &["tag_name", "tagName"]));
    if tag.is_empty() {
        return Err("the release has no tag".into());
    }
    let name = [&value, release].map(repository).into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let mut moment = |keys: &[&str]| to.moment(keys[0], &text(any(release, keys)));
    let created = moment(&["created_at", "createdAt"]);
    let published = moment(&["published_at", "publishedAt"]);
    let yes = |keys: &[&str]| any(release, keys) == &Value::Bool(true);
    let draft = yes(&["draft", "isDraft"]) || published.is_none();
    let environment = if yes(&["prerelease", "isPrerelease"]) { "pre-release" } else { "release" };
    let id = text(any(release, &["id", "databaseId", "tagName"]));
    let (source, url) = (format!("github {name}"), text(any(release, &["html_url", "url"])));
    let at = |moment: Option<i64>| Cell::Moment(moment.unwrap_or(NO_MOMENT));
    to.record(
        RecordKind::Deployment,
        &[
            ("source", Cell::Text(&source)),
            ("id", Cell::Text(&format!("release {id}"))),
            ("updated", at(published)),
            ("service", Cell::Text(&name)),
            ("environment", Cell::Text(environment)),
            ("status", Cell::Text(if draft { "unknown" } else { "success" })),
            ("created-at", at(created)),
            ("deployed-at", at(published.filter(|_| !draft))),
            ("branch", Cell::Text(&text(any(release, &["target_commitish", "targetCommitish"])))),
            ("version", Cell::Text(&tag)),
            ("url", Cell::Text(&url)),
        ],
    );
    Ok(())
}
