//! Jira REST: `/rest/api/{2,3}/issue/{key}/worklog`, the work logs of an issue.
//!
//! One element per work log: who worked how long on which day. Issues are named by their internal id only, so the hours
//! cannot be joined to work items. Source: real answers of Jira Cloud.

use serde_json::Value;

use super::Importer;
use super::gathering::Gathering;
use super::jira_json::issue::work_log;
use super::json::JsonElement;
use super::json::parts::{host, text};
use super::json::reading::{JsonFormat, Shape, parsed};

/// The importer.
pub(super) static JIRA_WORKLOGS: Importer = Importer {
    id: "jira-worklogs",
    title: "Jira work logs",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[Shape::of(95, &["timeSpentSeconds", "started", "issueId"])],
    arrays: &["", "worklogs"],
    element: log,
    finish: |_, to| {
        to.note(
            "Jira names the issues of work logs by their internal id, so hours are not joined to work items.".into(),
        );
    },
};

fn log(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let log: Value = parsed(element)?;
    if log["timeSpentSeconds"].as_f64().is_none() {
        return Err("the work log has no \"timeSpentSeconds\"".into());
    }
    let source = format!("jira {}", host(&text(&log["self"])));
    work_log(&log, "", &source, to);
    Ok(())
}
