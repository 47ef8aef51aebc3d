//! Milestones: `name,due` · `scope,done,owner,baseline`.
//!
//! One row per milestone. `scope` and `done` are amounts of work in one unit of your choice; `baseline` is the date first
//! planned.

use super::{DATE, NUMBER, SOURCE, TEXT};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_MILESTONES: Importer = Importer {
    id: "plain-milestones",
    title: "Milestones (plain table)",
    // Tables of tasks have a name and a due date too.
    detect: |head| {
        let tasks =
            ["assignee", "assigned to", "status", "state", "type", "priority", "tags", "labels", "list", "column"];
        FORMAT.detect_unless(head, &tasks)
    },
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["name"], &["due"]],
    // Two common words.
    score: 60,
    columns: &[
        column("name", &["name", "milestone"], TEXT, "name"),
        column("due", &["due"], DATE, "due"),
        column("scope", &["scope"], NUMBER, "scope"),
        column("done", &["done"], NUMBER, "done"),
        column("owner", &["owner"], TEXT, "owner"),
        column("baseline", &["baseline"], DATE, "baseline"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    if row.text("name").is_empty() {
        return Err("the row names no milestone".into());
    }
    let cells = [
        SOURCE,
        ("id", row.text_cell("name")),
        ("name", row.text_cell("name")),
        ("due", row.moment_cell("due")),
        ("baseline", row.moment_cell("baseline")),
        ("scope", row.number_cell("scope")),
        ("done", row.number_cell("done")),
        ("owner", Cell::Text(row.person("owner"))),
    ];
    to.record(RecordKind::Milestone, &cells);
    Ok(())
}
