//! Plain work items: `key,title,type,status,created`, and what else is known of
//! `started,finished,estimate,assignee,team,sprint,epic,priority,labels,updated,due,parent,blocked_by,original_estimate_hours,
//! logged_hours`.
//!
//! One row per work item; lists are separated by `;`, an estimate is in points.

use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(in crate::importers) static WORK_ITEMS_CSV: Importer = Importer {
    id: "work-items-csv",
    title: "Plain work items",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const LATER: Grammar = Grammar::Date(DateRole::Later);
const SEMICOLON: Grammar = Grammar::List(&[';']);
const HOURS: Grammar = Grammar::Duration(DurationUnit::Hours);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["key"], &["title"], &["type"], &["status"], &["created"]],
    score: 90,
    columns: &[
        column("key", &["key"], Grammar::Text, "key"),
        column("title", &["title"], Grammar::Text, "title"),
        column("type", &["type"], Grammar::Text, "type"),
        column("status", &["status"], Grammar::Text, "status"),
        column("created", &["created"], Grammar::Date(DateRole::Created), "created"),
        column("started", &["started"], LATER, "started"),
        column("finished", &["finished"], LATER, "resolved"),
        column("updated", &["updated"], LATER, "updated"),
        column("due", &["due"], Grammar::Date(DateRole::Other), "due"),
        column("estimate", &["estimate"], Grammar::Number, "points"),
        column("assignee", &["assignee"], Grammar::Text, "assignee"),
        column("team", &["team"], Grammar::Text, "team"),
        column("board", &["board"], Grammar::Text, "board"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("sprint", &["sprint"], SEMICOLON, "sprint"),
        column("labels", &["labels"], SEMICOLON, "label"),
        column("parent", &["parent"], Grammar::Text, "parent"),
        column("epic", &["epic"], Grammar::Text, "parent"),
        column("blocked by", &["blocked_by"], SEMICOLON, "blocked-by"),
        column("estimate hours", &["original_estimate_hours"], HOURS, "original-estimate-hours"),
        column("logged", &["logged_hours"], HOURS, "logged-hours"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let item = &mut to.item;
    item.text(TextField::Key, row.text("key")).text(TextField::Title, row.text("title"));
    row.categories(
        item,
        &[
            (CategoryField::Type, "type"),
            (CategoryField::Status, "status"),
            (CategoryField::Assignee, "assignee"),
            (CategoryField::Team, "team"),
            (CategoryField::Board, "board"),
            (CategoryField::Priority, "priority"),
        ],
    );
    if row.has("parent") || row.has("epic") {
        let parent = [row.text("parent"), row.text("epic")].into_iter().find(|key| !key.is_empty());
        item.category(CategoryField::Parent, parent.unwrap_or_default());
    }
    row.moments(
        item,
        &[
            (MomentField::Created, "created"),
            (MomentField::Started, "started"),
            (MomentField::Resolved, "finished"),
            (MomentField::Updated, "updated"),
            (MomentField::Due, "due"),
        ],
    );
    row.numbers(
        item,
        &[
            (NumberField::Points, "estimate"),
            (NumberField::OriginalEstimateHours, "estimate hours"),
            (NumberField::LoggedHours, "logged"),
        ],
    );
    row.lists(item, &[(ListField::Label, "labels"), (ListField::BlockedBy, "blocked by")]);
    if row.has("sprint") {
        item.has_list(ListField::Sprint);
        for sprint in row.list("sprint") {
            item.iteration(sprint, IterationDates::NONE);
        }
    }
    to.keep_item()
}
