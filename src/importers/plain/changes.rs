//! Changes: `id,first_commit_at,merged_at` · `opened_at,first_review_at,deployment_id,work_item,author,service`.
//!
//! One row per pull request, merge request or commit. `work_item` may name several keys with `;` between them. A change
//! without `merged_at` may be open or given up: the table does not tell.

use super::{FIRST, LATER, LIKELY, LIST, SOURCE, TEXT};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_CHANGES: Importer = Importer {
    id: "plain-changes",
    title: "Changes (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id"], &["first commit at"], &["merged at"]],
    score: LIKELY,
    columns: &[
        column("id", &["id"], TEXT, "id"),
        column("first commit at", &["first_commit_at", "first commit at"], FIRST, "first-commit-at"),
        column("opened at", &["opened_at", "opened at"], LATER, "opened-at"),
        column("first review at", &["first_review_at", "first review at"], LATER, "first-review-at"),
        column("merged at", &["merged_at", "merged at"], LATER, "merged-at"),
        column("deployment id", &["deployment_id", "deployment id"], TEXT, "deployment-id"),
        column("work item", &["work_item", "work item", "work_items"], LIST, "work-items"),
        column("author", &["author"], TEXT, "author"),
        column("service", &["service"], TEXT, "service"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let moments = ["first commit at", "opened at", "first review at", "merged at"];
    // The row that knows the later step of a change is the newer one.
    let latest = moments.iter().filter_map(|id| row.moment(id)).max();
    if row.text("id").is_empty() && latest.is_none() {
        return Err("the row has neither an id nor a date".into());
    }
    let id = match row.text("id") {
        "" => to.id_of_equal_rows(&row.content()),
        own => own.to_owned(),
    };
    let cells = [
        SOURCE,
        ("id", Cell::Text(&id)),
        ("updated", Cell::Moment(latest.unwrap_or(NO_MOMENT))),
        ("author", Cell::Text(row.person("author"))),
        ("service", row.text_cell("service")),
        ("state", Cell::Text(if row.moment("merged at").is_some() { "merged" } else { "" })),
        ("first-commit-at", row.moment_cell("first commit at")),
        ("opened-at", row.moment_cell("opened at")),
        ("first-review-at", row.moment_cell("first review at")),
        ("merged-at", row.moment_cell("merged at")),
        ("deployment-id", row.text_cell("deployment id")),
        ("work-items", Cell::List(&row.list("work item"))),
    ];
    to.record(RecordKind::Change, &cells);
    Ok(())
}
