//! YouTrack: *Issues → … → Export → Issues in CSV*.
//!
//! One row per issue, with the fields the user chose, named in the user's language; only English names are known here, other
//! languages need a mapping. It has no history and no sprint dates.
//! Source: the tool's XML and REST exports name the same fields; the header of a CSV was not seen in a real file.

use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column, first_records, normalised};
use super::{Confidence, FileHead, Importer};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static YOUTRACK_CSV: Importer = Importer {
    id: "youtrack-csv",
    title: "YouTrack CSV",
    detect,
    start: |head, settings| FORMAT.start(head, settings),
};

const COMMA: Grammar = Grammar::List(&[',']);
const LATER: Grammar = Grammar::Date(DateRole::Later);
const MINUTES: Grammar = Grammar::Duration(DurationUnit::Minutes);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["summary"], &["reporter", "state"], &["created", "updated", "resolved"]],
    score: 92,
    columns: &[
        column("id", &["issue id"], Grammar::Text, "key"),
        column("summary", &["summary"], Grammar::Text, "title"),
        column("project", &["project"], Grammar::Text, "project"),
        column("tags", &["tags"], COMMA, "label"),
        column("reporter", &["reporter"], Grammar::Text, "reporter"),
        column("created", &["created"], Grammar::Date(DateRole::Created), "created"),
        column("updated", &["updated"], LATER, "updated"),
        column("resolved", &["resolved"], LATER, "resolved"),
        column("due", &["due date"], Grammar::Date(DateRole::Other), "due"),
        column("state", &["state", "stage"], Grammar::Text, "status"),
        column("type", &["type"], Grammar::Text, "type"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("assignee", &["assignee"], Grammar::Text, "assignee"),
        column("subsystem", &["subsystem"], COMMA, "component"),
        column("fix versions", &["fix versions"], COMMA, "fix-version"),
        column("sprints", &["sprints", "sprint"], COMMA, "sprint"),
        column("points", &["story points"], Grammar::Number, "points"),
        column("estimation", &["estimation"], MINUTES, "original-estimate-hours"),
        column("spent", &["spent time"], MINUTES, "logged-hours"),
    ],
    row,
};

/// Jira's `Issue id` is a number, which stands beside a key; here it is the key.
fn detect(head: &FileHead<'_>) -> Confidence {
    let confidence = FORMAT.detect(head);
    if confidence.score == 0 {
        return confidence;
    }
    let shows_key = [b',', b';', b'\t', b'|'].into_iter().any(|delimiter| {
        let records = first_records(head, delimiter);
        let header = records.iter().position(|cells| cells.iter().any(|cell| normalised(cell) == "issue id"));
        let Some(header) = header else { return false };
        let names: Vec<String> = records[header].iter().map(|cell| normalised(cell)).collect();
        let id = names.iter().position(|name| name == "issue id");
        !names.iter().any(|name| name == "issue key" || name == "key")
            && records[header + 1..].iter().any(|row| id.and_then(|id| row.get(id)).is_some_and(|cell| is_key(cell)))
    });
    if shows_key { confidence } else { Confidence::NONE }
}

/// `KIT-12`.
fn is_key(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(project, number)| {
        project.starts_with(char::is_alphabetic)
            && !number.is_empty()
            && number.bytes().all(|digit| digit.is_ascii_digit())
    })
}

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let item = &mut to.item;
    item.text(TextField::Key, row.text("id")).text(TextField::Title, row.text("summary"));
    row.categories(
        item,
        &[
            (CategoryField::Project, "project"),
            (CategoryField::Reporter, "reporter"),
            (CategoryField::Status, "state"),
            (CategoryField::Type, "type"),
            (CategoryField::Priority, "priority"),
            (CategoryField::Assignee, "assignee"),
        ],
    );
    row.moments(
        item,
        &[
            (MomentField::Created, "created"),
            (MomentField::Updated, "updated"),
            (MomentField::Resolved, "resolved"),
            (MomentField::Due, "due"),
        ],
    );
    row.numbers(
        item,
        &[
            (NumberField::Points, "points"),
            (NumberField::OriginalEstimateHours, "estimation"),
            (NumberField::LoggedHours, "spent"),
        ],
    );
    row.lists(
        item,
        &[(ListField::Label, "tags"), (ListField::Component, "subsystem"), (ListField::FixVersion, "fix versions")],
    );
    if row.has("sprints") {
        item.has_list(ListField::Sprint);
        for sprint in row.list("sprints") {
            item.iteration(sprint, IterationDates::NONE);
        }
    }
    to.keep_item()
}
