//! Jira Assistant (browser extension): the CSV of worklogs that it imports and whose template it writes, and that other
//! tools write for it.
//!
//! One row per worklog: key, start, time spent and comment. A day is 8 hours and a week 5 days, as the tool counts. The file
//! does not tell whose time it is. Source: the template that the tool writes.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use super::time_entry::TimeEntry;

/// The importer.
pub(super) static JIRA_ASSISTANT_CSV: Importer = Importer {
    id: "jira-assistant-csv",
    title: "Jira Assistant worklog CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["ticket no"], &["start date"], &["time spent"]],
    score: 95,
    columns: &[
        column("ticket no", &["ticket no"], Grammar::Text, "key"),
        column("start date", &["start date"], Grammar::Date(DateRole::Other), "date"),
        column("time spent", &["timespent", "time spent"], Grammar::Duration(DurationUnit::Hours), "hours"),
        column("comment", &["comment"], Grammar::Text, "note"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    to.note("The file does not tell whose time it is: its hours belong to nobody in particular.".into());
    // Tools write NA where there is no ticket.
    let key = row.text("ticket no");
    let entry = TimeEntry {
        source: "jira-assistant",
        id: to.id_of_equal_rows(&row.content()),
        date: row.moment("start date"),
        hours: row.hours("time spent"),
        key: if key.eq_ignore_ascii_case("na") { "" } else { key },
        may_mention: &[row.text("comment")],
        note: row.text("comment"),
        ..TimeEntry::default()
    };
    entry.keep(to)
}
