//! ClickUp: *a view → Export → CSV*, and *Settings → Import/Export → Export workspace*, which have different columns.
//!
//! One row per task. Lists are `[a, b]`; each date has a twin in words, which is not read. Times of the workspace export are
//! milliseconds. It has no history and no sprint dates; links between tasks are not said to block.
//! Source: a real export of a view (41 columns); the columns of the workspace export from importers.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, FIRST_ASSIGNEE, Grammar, Row, TableFormat, column};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static CLICKUP_CSV: Importer = Importer {
    id: "clickup-csv",
    title: "ClickUp CSV export",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const COMMA: Grammar = Grammar::List(&[',']);
const LATER: Grammar = Grammar::Date(DateRole::Later);
const HOURS: Grammar = Grammar::Duration(DurationUnit::Hours);
const MILLISECONDS: Grammar = Grammar::Duration(DurationUnit::Milliseconds);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id", "custom id"], &["name"], &["status"], &["created", "content"]],
    score: 95,
    columns: &[
        column("id", &["task id"], Grammar::Text, "key"),
        column("custom id", &["task custom id"], Grammar::Text, "key"),
        column("name", &["task name"], Grammar::Text, "title"),
        // Only tells the format.
        column("content", &["task content"], Grammar::Text, ""),
        column("parent", &["parent id"], Grammar::Text, "parent"),
        column("status", &["status"], Grammar::Text, "status"),
        column("type", &["task type"], Grammar::Text, "type"),
        column("assignees", &["assignee", "assignees"], COMMA, "assignee"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("due", &["due date"], Grammar::Date(DateRole::Other), "due"),
        column("created", &["date created"], Grammar::Date(DateRole::Created), "created"),
        column("updated", &["date updated"], LATER, "updated"),
        column("closed", &["date closed"], LATER, "resolved"),
        column("done", &["date done"], LATER, "resolved"),
        column("creator", &["created by"], Grammar::Text, "reporter"),
        column("space", &["space", "space name"], Grammar::Text, "project"),
        column("list", &["list", "list name"], Grammar::Text, "component"),
        column("tags", &["tags"], COMMA, "label"),
        column("sprints", &["sprints"], COMMA, "sprint"),
        column("points", &["points estimate", "sprint points"], Grammar::Number, "points"),
        column("estimate hours", &["time estimate (hours)"], HOURS, "original-estimate-hours"),
        column("estimate", &["time estimated"], MILLISECONDS, "original-estimate-hours"),
        column("spent", &["time spent"], MILLISECONDS, "logged-hours"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let key = [row.text("id"), row.text("custom id")].into_iter().find(|key| !key.is_empty()).unwrap_or_default();
    let item = &mut to.item;
    item.text(TextField::Key, key).text(TextField::Title, row.text("name"));
    row.categories(
        item,
        &[
            (CategoryField::Status, "status"),
            (CategoryField::Type, "type"),
            (CategoryField::Reporter, "creator"),
            (CategoryField::Project, "space"),
        ],
    );
    for (field, id) in [(CategoryField::Priority, "priority"), (CategoryField::Parent, "parent")] {
        if row.has(id) {
            let text = row.text(id);
            // "none" and "null" stand for nothing.
            let none = ["none", "null"].iter().any(|word| text.eq_ignore_ascii_case(word));
            item.category(field, if none { "" } else { text });
        }
    }
    let closed = row.moment("done").or(row.moment("closed"));
    if row.has("done") || row.has("closed") {
        item.moment(MomentField::Resolved, closed);
        // Statuses have any name; one with a closing date is closed.
        item.category(CategoryField::StatusCategory, if closed.is_some() { "Done" } else { "" });
    }
    row.moments(
        item,
        &[(MomentField::Created, "created"), (MomentField::Updated, "updated"), (MomentField::Due, "due")],
    );
    row.numbers(
        item,
        &[
            (NumberField::Points, "points"),
            (NumberField::OriginalEstimateHours, "estimate"),
            (NumberField::OriginalEstimateHours, "estimate hours"),
            (NumberField::LoggedHours, "spent"),
        ],
    );
    row.lists(item, &[(ListField::Label, "tags")]);
    if row.has("list") {
        item.add(ListField::Component, row.text("list"));
    }
    if row.has("sprints") {
        item.has_list(ListField::Sprint);
        for sprint in row.list("sprints") {
            item.iteration(sprint, IterationDates::NONE);
        }
    }
    let several = row.first_assignee(item, "assignees");
    if several {
        to.note(FIRST_ASSIGNEE.into());
    }
    to.keep_item_as_given()
}
