//! Jira REST answers with issues: `/rest/api/{2,3}/search` and `/search/jql` page by page, single issues, the Agile API's
//! issues, and what tools save of them: bare arrays, JSON lines, Perceval's and Elasticsearch's wrappers.
//!
//! One element per issue. With `expand=changelog` it is the fullest source there is: every status, sprint, estimate and
//! assignee with its moment. Without, it tells what Jira's CSV tells, and the dates of sprints. It knows nothing of capacity,
//! deployments or uptime. Source: real answers of Jira Cloud and Server, 2016 to 2023.
//!
//! A changelog names sprints by id. The name is that of the sprint on this or an earlier issue of the file; of a sprint that
//! no issue is in, the name it had when the change was made.

mod changelog;
pub(in crate::importers) mod issue;
mod points;
pub(in crate::importers) mod sprints;

use serde_json::Value;

use self::points::PointsFields;
use self::sprints::SprintNames;
use super::gathering::Gathering;
use super::json::reading::{self, ElementReader, Shape, parsed};
use super::json::{JsonElement, JsonRest};
use super::{Importer, json::parts};

/// The importer.
pub(super) static JIRA_JSON: Importer = Importer {
    id: "jira-json",
    title: "Jira REST answer with issues",
    detect: |head| reading::detect(head, SHAPES, ARRAYS),
    start: |_, settings| Ok(reading::start(ARRAYS, Box::new(Issues::default()), settings)),
};

const ARRAYS: &[&str] = &["", "issues"];

const SHAPES: &[Shape] = &[
    Shape::of(96, &["key", "fields.status"]),
    Shape::of(96, &["key", "fields.issuetype"]),
    Shape::of(96, &["key", "fields.summary"]),
    Shape { score: 92, element: &["key", "fields"], saying: &[("self", "/rest/")], ..Shape::NONE },
    Shape { score: 90, element: &["key", "changelog.histories"], ..Shape::NONE },
    Shape { score: 97, element: &["data"], saying: &[("backend_name", "Jira")], ..Shape::NONE },
    Shape { score: 92, element: &["data.key", "data.fields"], ..Shape::NONE },
    Shape { score: 92, element: &["_source.data.key", "_source.data.fields"], ..Shape::NONE },
    // The issue's own key may stand behind the part of a large first element that detection sees.
    Shape { score: 75, element: &["fields.status.statusCategory"], without: &["iid"], ..Shape::NONE },
    Shape { score: 75, element: &["fields.issuetype"], without: &["iid"], ..Shape::NONE },
    Shape { score: 75, element: &["_source.data.fields"], ..Shape::NONE },
];

/// Reads issues, and remembers what only all of them tell.
#[derive(Default)]
struct Issues {
    sprints: SprintNames,
    points: PointsFields,
    /// Issues that came with a changelog.
    with_changelog: u64,
}

impl ElementReader for Issues {
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let value: Value = parsed(element)?;
        let issue = unwrapped(&value);
        if !issue["fields"].is_object() {
            return Err("it has no \"fields\", so it is no Jira issue. Ask for the issues with their fields".into());
        }
        if parts::text(&issue["key"]).is_empty() {
            return Err("it has no \"key\", so it cannot be told which issue it is".into());
        }
        issue::read(issue, to);
        sprints::read(&issue["fields"], &mut self.sprints, to);
        self.points.see_fields(&issue["fields"], to.dataset.len());
        if issue["changelog"].is_object() {
            self.with_changelog += 1;
            changelog::read(&issue["changelog"], &self.sprints, &mut self.points, to);
        }
        issue::work_logs(issue, to);
        to.keep_item()
    }

    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        let Self { points, with_changelog, .. } = *self;
        if let JsonRest::Kept(documents) = rest {
            points.settle(documents, to);
            to.report.row_cap = missing_issues(documents, to.report.rows_read);
        } else {
            points.settle(&[], to);
        }
        if with_changelog == 0 {
            to.note(
                "The file has no changelog, so what was changed when is not known. Ask for it with expand=changelog."
                    .into(),
            );
        }
    }
}

/// The issue inside of a tool's wrapper.
fn unwrapped(value: &Value) -> &Value {
    let inner = if value["_source"].is_object() { &value["_source"] } else { value };
    if inner["data"].is_object() && !inner["fields"].is_object() { &inner["data"] } else { inner }
}

/// Says when the search found more issues than the file holds.
fn missing_issues(pages: &[Value], issues: u64) -> Option<String> {
    let next = "Import the other pages as well; they are joined by the key of each issue";
    let total = pages.iter().filter_map(|page| page["total"].as_u64()).max();
    if let Some(total) = total.filter(|total| *total > issues) {
        return Some(format!("The search found {total} issues and the file holds {issues} of them. {next}."));
    }
    let more = pages.last().is_some_and(|page| {
        page["isLast"] == Value::Bool(false) || total.is_none() && !parts::text(&page["nextPageToken"]).is_empty()
    });
    more.then(|| format!("The file holds {issues} issues and says that more pages follow. {next}."))
}
