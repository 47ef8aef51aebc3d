//! Harvest: *Reports → Detailed time → Export → CSV*.
//!
//! One row per time entry: a day and decimal hours, without a time of day. The rate is what the client is billed. The work
//! item is the first key that the notes, the task or the external reference mention. Source: headers of a real export.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use super::time_entry::{TimeEntry, yes_or_no};

/// The importer.
pub(super) static HARVEST_CSV: Importer = Importer {
    id: "harvest-csv",
    title: "Harvest detailed time CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const TEXT: Grammar = Grammar::Text;

static FORMAT: TableFormat = TableFormat {
    marks: &[&["date"], &["hours"], &["billable", "invoiced"], &["first name", "last name", "email"]],
    score: 94,
    columns: &[
        column("date", &["date"], Grammar::Date(DateRole::Other), "date"),
        column("client", &["client"], TEXT, "client"),
        column("project", &["project"], TEXT, "project"),
        column("task", &["task"], TEXT, "category"),
        column("notes", &["notes"], TEXT, "note"),
        column("hours", &["hours"], Grammar::Duration(DurationUnit::Hours), "hours"),
        column("billable", &["billable?"], TEXT, "billable"),
        column("invoiced", &["invoiced?"], TEXT, ""),
        column("first name", &["first name"], TEXT, "person"),
        column("last name", &["last name"], TEXT, "person"),
        column("email", &["email"], TEXT, "person"),
        column("rate", &["billable rate"], Grammar::Number, "rate"),
        column("amount", &["billable amount"], Grammar::Number, "amount"),
        column("currency", &["currency"], TEXT, "currency"),
        column("reference", &["external reference url"], TEXT, "key"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let name = format!("{} {}", row.text("first name"), row.text("last name"));
    let person = if name.trim().is_empty() { row.text("email") } else { name.trim() };
    let entry = TimeEntry {
        source: "harvest",
        id: to.id_of_equal_rows(&row.content()),
        person,
        date: row.moment("date"),
        hours: row.hours("hours"),
        may_mention: &[row.text("reference"), row.text("notes"), row.text("task")],
        category: row.text("task"),
        project: row.text("project"),
        client: row.text("client"),
        billable: yes_or_no(row, "billable"),
        rate: row.number("rate"),
        amount: row.number("amount"),
        currency: currency_code(row.text("currency")),
        note: row.text("notes"),
        ..TimeEntry::default()
    };
    entry.keep(to)
}

/// `USD` of `United States Dollar - USD`.
fn currency_code(text: &str) -> &str {
    text.rsplit_once(" - ").map_or(text, |(_, code)| code.trim())
}
