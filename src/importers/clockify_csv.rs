//! Clockify: *Reports → Detailed → Export → CSV*.
//!
//! One row per time entry. Dates are in the form and the zone of the user's profile; the currency stands in the headers of
//! rate and amount. The work item is the first key that description or task mention. Source: headers as public importers of
//! this export expect them; no export was at hand.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use super::time_entry::{TimeEntry, currency_of, id_by_start, yes_or_no};

/// The importer.
pub(super) static CLOCKIFY_CSV: Importer = Importer {
    id: "clockify-csv",
    title: "Clockify detailed CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const TEXT: Grammar = Grammar::Text;

static FORMAT: TableFormat = TableFormat {
    marks: &[&["start date"], &["duration", "decimal"], &["project", "description"]],
    score: 93,
    columns: &[
        column("project", &["project"], TEXT, "project"),
        column("client", &["client"], TEXT, "client"),
        column("description", &["description"], TEXT, "note"),
        column("task", &["task"], TEXT, "category"),
        column("user", &["user"], TEXT, "person"),
        column("email", &["email"], TEXT, "person"),
        column("billable", &["billable"], TEXT, "billable"),
        column("start date", &["start date"], Grammar::Date(DateRole::Other), "date"),
        column("start day", &["start date"], TEXT, "id"),
        column("start time", &["start time"], TEXT, "id"),
        column("duration", &["duration (h)"], Grammar::Duration(DurationUnit::Hours), "hours"),
        column("decimal", &["duration (decimal)"], Grammar::Number, "hours"),
        column("rate", &["billable rate (…)"], Grammar::Number, "rate"),
        column("amount", &["billable amount (…)"], Grammar::Number, "amount"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let person = if row.text("user").is_empty() { row.text("email") } else { row.text("user") };
    let money = if row.has("amount") { "amount" } else { "rate" };
    let entry = TimeEntry {
        source: "clockify",
        id: id_by_start(to, person, row.text("start day"), row.text("start time")),
        person,
        date: row.moment("start date"),
        // Hours and minutes are exact, the decimal is rounded to hundredths.
        hours: row.hours("duration").or(row.number("decimal")),
        may_mention: &[row.text("description"), row.text("task")],
        category: row.text("task"),
        project: row.text("project"),
        client: row.text("client"),
        billable: yes_or_no(row, "billable"),
        rate: row.number("rate"),
        amount: row.number("amount"),
        currency: currency_of(row, money),
        note: row.text("description"),
        ..TimeEntry::default()
    };
    entry.keep(to)
}
