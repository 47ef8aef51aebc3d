//! Toggl Track: *Reports → Detailed → Export → CSV*.
//!
//! One row per time entry. Dates are in the zone of the user's profile, which the file does not name; the currency stands
//! in the header of the amount. The work item is the first key that the description mentions. Source: headers of a real
//! export with 14 columns.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use super::time_entry::{TimeEntry, currency_of, id_by_start, yes_or_no};

/// The importer.
pub(super) static TOGGL_CSV: Importer = Importer {
    id: "toggl-csv",
    title: "Toggl Track detailed CSV",
    // Clockify writes its duration under another name.
    detect: |head| FORMAT.detect_unless(head, &["duration (h)", "duration (decimal)"]),
    start: |head, settings| FORMAT.start(head, settings),
};

const TEXT: Grammar = Grammar::Text;

static FORMAT: TableFormat = TableFormat {
    marks: &[&["description"], &["start date"], &["start time"], &["duration"], &["user", "email", "project"]],
    score: 92,
    columns: &[
        column("user", &["user", "member"], TEXT, "person"),
        column("email", &["email"], TEXT, "person"),
        column("client", &["client"], TEXT, "client"),
        column("project", &["project"], TEXT, "project"),
        column("task", &["task"], TEXT, "category"),
        column("description", &["description"], TEXT, "note"),
        column("billable", &["billable"], TEXT, "billable"),
        column("start date", &["start date"], Grammar::Date(DateRole::Other), "date"),
        column("start day", &["start date"], TEXT, "id"),
        column("start time", &["start time"], TEXT, "id"),
        column("duration", &["duration"], Grammar::Duration(DurationUnit::Hours), "hours"),
        column("amount", &["amount (…)"], Grammar::Number, "amount"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let person = if row.text("user").is_empty() { row.text("email") } else { row.text("user") };
    let entry = TimeEntry {
        source: "toggl",
        id: id_by_start(to, person, row.text("start day"), row.text("start time")),
        person,
        date: row.moment("start date"),
        hours: row.hours("duration"),
        may_mention: &[row.text("description"), row.text("task")],
        category: row.text("task"),
        project: row.text("project"),
        client: row.text("client"),
        billable: yes_or_no(row, "billable"),
        amount: row.number("amount"),
        currency: currency_of(row, "amount"),
        note: row.text("description"),
        ..TimeEntry::default()
    };
    entry.keep(to)
}
