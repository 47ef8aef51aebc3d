//! The fields of an issue that every Jira site has.

use serde_json::Value;

use crate::importers::gathering::Gathering;
use crate::importers::json::parts::{host, list, name, number, text};
use crate::model::{CategoryField, Cell, ListField, MomentField, NumberField, RecordKind, TextField};

const SECONDS_AN_HOUR: f64 = 3600.0;

/// Sets all of them. A field that the answer does not have is not set.
pub(super) fn read(issue: &Value, to: &mut Gathering) {
    let fields = &issue["fields"];
    let has = |field: &str| fields.get(field).is_some();
    to.item.text(TextField::Key, &text(&issue["key"]));
    if has("summary") {
        to.item.text(TextField::Title, &text(&fields["summary"]));
    }
    for (field, id) in [
        (CategoryField::Type, "issuetype"),
        (CategoryField::Status, "status"),
        (CategoryField::Priority, "priority"),
        (CategoryField::Resolution, "resolution"),
        (CategoryField::Assignee, "assignee"),
        (CategoryField::Reporter, "reporter"),
    ] {
        if has(id) {
            to.item.category(field, &name(&fields[id]));
        }
    }
    let category = &fields["status"]["statusCategory"];
    if category.is_object() {
        to.item.category(CategoryField::StatusCategory, &text(&category["key"]));
    }
    if has("project") {
        to.item.category(CategoryField::Project, &text(&fields["project"]["key"]));
    }
    if has("parent") || has("epic") {
        let parent = [&fields["parent"]["key"], &fields["epic"]["key"]].into_iter().find(|key| key.is_string());
        to.item.category(CategoryField::Parent, &parent.map(text).unwrap_or_default());
    }
    for (field, id) in [
        (NumberField::OriginalEstimateHours, "timeoriginalestimate"),
        (NumberField::RemainingHours, "timeestimate"),
        (NumberField::LoggedHours, "timespent"),
    ] {
        if has(id) {
            to.item.number(field, number(&fields[id]).map(|seconds| seconds / SECONDS_AN_HOUR));
        }
    }
    for (field, id) in
        [(ListField::Label, "labels"), (ListField::Component, "components"), (ListField::FixVersion, "fixVersions")]
    {
        if has(id) {
            to.item.has_list(field);
            for value in list(&fields[id]) {
                to.item.add(field, &name(value));
            }
        }
    }
    links(fields, to);
    moments(fields, to);
}

fn moments(fields: &Value, to: &mut Gathering) {
    for (field, id) in [
        (MomentField::Created, "created"),
        (MomentField::Updated, "updated"),
        (MomentField::Resolved, "resolutiondate"),
        (MomentField::StatusCategoryChanged, "statuscategorychangedate"),
        (MomentField::Due, "duedate"),
    ] {
        if fields.get(id).is_some() {
            let moment = to.moment(id, &text(&fields[id]));
            to.item.moment(field, moment);
        }
    }
}

/// `inwardIssue` of a "Blocks" link blocks this one.
fn links(fields: &Value, to: &mut Gathering) {
    if fields.get("issuelinks").is_none() {
        return;
    }
    to.item.has_list(ListField::BlockedBy).has_list(ListField::Blocks);
    for link in list(&fields["issuelinks"]) {
        let kind = text(&link["type"]["name"]).to_lowercase();
        if !(kind.starts_with("block") || text(&link["type"]["outward"]).eq_ignore_ascii_case("blocks")) {
            continue;
        }
        to.item.add(ListField::BlockedBy, &text(&link["inwardIssue"]["key"]));
        to.item.add(ListField::Blocks, &text(&link["outwardIssue"]["key"]));
    }
}

/// The work logs that an answer with `fields=worklog` brings along; it holds the first 20 of each issue.
pub(super) fn work_logs(issue: &Value, to: &mut Gathering) {
    let worklog = &issue["fields"]["worklog"];
    let key = text(&issue["key"]).into_owned();
    let source = format!("jira {}", host(&text(&issue["self"])));
    for log in list(&worklog["worklogs"]) {
        work_log(log, &key, &source, to);
    }
    let (total, here) = (worklog["total"].as_u64().unwrap_or(0), list(&worklog["worklogs"]).len() as u64);
    if total > here {
        to.note("Of some issues Jira gave only the first work logs; the hours worked are not complete.".into());
    }
}

/// One work log.
pub(in crate::importers) fn work_log(log: &Value, key: &str, source: &str, to: &mut Gathering) {
    let started = to.moment("started", &text(&log["started"]));
    let updated = to.moment("updated", &text(&log["updated"]));
    let (id, person, note) = (text(&log["id"]), name(&log["author"]), text(&log["comment"]));
    let mut cells = vec![
        ("source", Cell::Text(source)),
        ("id", Cell::Text(&id)),
        ("person", Cell::Text(&person)),
        ("key", Cell::Text(key)),
        ("note", Cell::Text(&note)),
    ];
    cells.extend(started.map(|moment| ("date", Cell::Moment(moment))));
    cells.extend(updated.map(|moment| ("updated", Cell::Moment(moment))));
    cells.extend(number(&log["timeSpentSeconds"]).map(|seconds| ("hours", Cell::Number(seconds / SECONDS_AN_HOUR))));
    to.record(RecordKind::WorkLog, &cells);
}
