//! Plain status history: `key,at,from,to`.
//!
//! One row per change of a work item's status. It says nothing else of the items, so the file with their titles and present
//! statuses belongs beside it; both join by key.

use crate::importers::gathering::Gathering;
use crate::importers::table::{DateRole, Grammar, Row, TableFormat, column, ended_by};
use crate::importers::{Imported, Importer};
use crate::model::{ChangeField, TextField};

/// The importer.
pub(in crate::importers) static STATUS_HISTORY_CSV: Importer = Importer {
    id: "status-history-csv",
    title: "Plain status history",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| Ok(ended_by(FORMAT.start(head, settings)?, |imported, _| count_changes(imported))),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["key"], &["at"], &["from"], &["to"]],
    score: 90,
    columns: &[
        column("key", &["key"], Grammar::Text, "key"),
        column("at", &["at"], Grammar::Date(DateRole::Other), "history"),
        column("from", &["from"], Grammar::Text, "history"),
        column("to", &["to"], Grammar::Text, "history"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let (key, from, status) = (row.text("key"), row.text("from"), row.text("to"));
    if key.is_empty() {
        return Err("the row names no key, so it cannot be told which item changed".into());
    }
    let Some(at) = row.moment("at") else {
        return Err("the row has no readable moment in \"at\", so the change has no place in the history".into());
    };
    if from == status {
        return Err(format!("\"from\" and \"to\" are both \"{status}\": nothing changed"));
    }
    to.item.text(TextField::Key, key).change(at, ChangeField::Status, from, status);
    // Not the usual way in, which adds the project that the key tells of: only the history is known here.
    to.dataset.push_item(&to.item);
    Ok(())
}

/// The rows are changes, not items: one that says the same again is repeated.
fn count_changes(imported: &mut Imported) {
    let report = &mut imported.report;
    let readable = report.kept + report.repeated;
    report.kept = imported.dataset.history.changes() as u64;
    report.repeated = readable - report.kept.min(readable);
}
