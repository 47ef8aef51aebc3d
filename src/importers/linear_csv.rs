//! Linear: *Settings → Workspace → Export CSV*, also of one team or view.
//!
//! One row per issue; cycles with their dates, so velocity and burndown need nothing else. An issue names its last cycle only:
//! what was carried over cannot be told. Source: headers of real exports with 25 to 34 columns.

use super::table::{DateRole, Grammar, Row, TableFormat, column};
use super::{Importer, gathering::Gathering};
use crate::model::{CategoryField, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField};

/// The importer.
pub(super) static LINEAR_CSV: Importer = Importer {
    id: "linear-csv",
    title: "Linear CSV export",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const COMMA: Grammar = Grammar::List(&[',']);
const LATER: Grammar = Grammar::Date(DateRole::Later);
const OTHER: Grammar = Grammar::Date(DateRole::Other);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["key"], &["team"], &["status"], &["cycle number"]],
    score: 95,
    columns: &[
        column("key", &["id"], Grammar::Text, "key"),
        column("title", &["title"], Grammar::Text, "title"),
        column("team", &["team"], Grammar::Text, "team"),
        column("status", &["status"], Grammar::Text, "status"),
        column("estimate", &["estimate"], Grammar::Number, "points"),
        column("priority", &["priority"], Grammar::Text, "priority"),
        column("project", &["project"], Grammar::Text, "project"),
        column("creator", &["creator"], Grammar::Text, "reporter"),
        column("assignee", &["assignee"], Grammar::Text, "assignee"),
        column("labels", &["labels"], COMMA, "label"),
        column("cycle number", &["cycle number"], Grammar::Text, "sprint"),
        column("cycle name", &["cycle name"], Grammar::Text, "sprint"),
        column("cycle start", &["cycle start"], OTHER, "sprint"),
        column("cycle end", &["cycle end"], OTHER, "sprint"),
        column("created", &["created"], Grammar::Date(DateRole::Created), "created"),
        column("updated", &["updated"], LATER, "updated"),
        column("started", &["started"], LATER, "started"),
        column("completed", &["completed"], LATER, "resolved"),
        column("canceled", &["canceled", "cancelled"], LATER, "resolved"),
        column("due", &["due date"], OTHER, "due"),
        column("milestone", &["project milestone", "milestone"], Grammar::Text, "fix-version"),
        column("parent", &["parent issue"], Grammar::Text, "parent"),
        column("blocked by", &["blocked by"], COMMA, "blocked-by"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let item = &mut to.item;
    item.text(TextField::Key, row.text("key")).text(TextField::Title, unguarded(row.text("title")));
    for (field, id) in [
        (CategoryField::Team, "team"),
        (CategoryField::Status, "status"),
        (CategoryField::Priority, "priority"),
        (CategoryField::Project, "project"),
        (CategoryField::Reporter, "creator"),
        (CategoryField::Assignee, "assignee"),
        (CategoryField::Parent, "parent"),
    ] {
        if row.has(id) {
            let text = row.text(id);
            item.category(field, if text == "No priority" { "" } else { text });
        }
    }
    // A canceled issue is closed without being delivered, whatever its status is called.
    let canceled = row.moment("canceled");
    item.category(CategoryField::StatusCategory, if canceled.is_some() { "canceled" } else { "" });
    item.moment(MomentField::Created, row.moment("created"))
        .moment(MomentField::Updated, row.moment("updated"))
        .moment(MomentField::Started, row.moment("started"))
        .moment(MomentField::Resolved, row.moment("completed").or(canceled))
        .moment(MomentField::Due, row.moment("due"))
        .number(NumberField::Points, row.number("estimate"));
    if canceled.is_some() {
        item.category(CategoryField::Resolution, "Canceled");
    }
    for (field, id) in [(ListField::Label, "labels"), (ListField::BlockedBy, "blocked by")] {
        if row.has(id) {
            item.has_list(field);
            row.list(id).into_iter().for_each(|text| {
                item.add(field, text);
            });
        }
    }
    if row.has("milestone") {
        item.add(ListField::FixVersion, row.text("milestone"));
    }
    let number = row.text("cycle number");
    item.has_list(ListField::Sprint);
    if !number.is_empty() {
        let name = cycle_name(row.text("team"), number, row.text("cycle name"));
        let dates = IterationDates {
            start: row.moment("cycle start").unwrap_or(NO_MOMENT),
            end: row.moment("cycle end").unwrap_or(NO_MOMENT),
            completed: NO_MOMENT,
        };
        item.iteration(&name, dates);
    }
    to.keep_item()
}

/// Cycles are numbered per team, and teams may run different ones of one number.
fn cycle_name(team: &str, number: &str, name: &str) -> String {
    let number = number.trim_end_matches(".0");
    if name.is_empty() || name == format!("Cycle {number}") {
        format!("{team} Cycle {number}").trim().to_owned()
    } else {
        format!("{team} {name}").trim().to_owned()
    }
}

/// Linear writes an apostrophe before texts that a spreadsheet would take for a formula.
fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}
