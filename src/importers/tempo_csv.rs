//! Tempo Timesheets for Jira: the export of a worklog report as CSV.
//!
//! One row per worklog, with the key of its work item. What the file calls its columns is known from descriptions only
//! (`Issue Key, Issue summary, Hours, Work date, Username, Full name`); no export was at hand, so every other column is left
//! alone.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use super::time_entry::TimeEntry;

/// The importer.
pub(super) static TEMPO_CSV: Importer = Importer {
    id: "tempo-csv",
    title: "Tempo worklog CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const TEXT: Grammar = Grammar::Text;

static FORMAT: TableFormat = TableFormat {
    marks: &[&["issue key"], &["hours"], &["work date"], &["full name", "username"]],
    score: 90,
    columns: &[
        // Not "key": the key of a worklog tells nothing about the order of the worklogs.
        column("issue key", &["issue key"], TEXT, "key"),
        column("summary", &["issue summary"], TEXT, "note"),
        column("hours", &["hours"], Grammar::Duration(DurationUnit::Hours), "hours"),
        column("work date", &["work date"], Grammar::Date(DateRole::Other), "date"),
        column("username", &["username"], TEXT, "person"),
        column("full name", &["full name"], TEXT, "person"),
        column("account", &["account key"], TEXT, "category"),
        column("project", &["project key"], TEXT, "project"),
        column("description", &["work description"], TEXT, "note"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let first = |ids: [&str; 2]| if row.text(ids[0]).is_empty() { row.text(ids[1]) } else { row.text(ids[0]) };
    let entry = TimeEntry {
        source: "tempo",
        id: to.id_of_equal_rows(&row.content()),
        person: first(["full name", "username"]),
        date: row.moment("work date"),
        hours: row.hours("hours"),
        key: row.text("issue key"),
        category: row.text("account"),
        project: row.text("project"),
        note: first(["description", "summary"]),
        ..TimeEntry::default()
    };
    entry.keep(to)
}
