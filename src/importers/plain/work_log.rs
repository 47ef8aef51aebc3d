//! Work log: `person,date,hours` · `key,category,rate`.
//!
//! One row per entry. `hours` as 1.5, `1h 30m` or `1:30`; `key` is the work item; `rate` is money per hour, in the currency
//! of the plan.

use super::{DATE, LIKELY, NUMBER, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{DurationUnit, Grammar, Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_WORK_LOG: Importer = Importer {
    id: "plain-work-log",
    title: "Work log (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["person"], &["date"], &["hours"]],
    score: LIKELY,
    columns: &[
        column("person", &["person"], TEXT, "person"),
        column("date", &["date"], DATE, "date"),
        column("hours", &["hours"], Grammar::Duration(DurationUnit::Hours), "hours"),
        // Not "key": the key of an entry tells nothing about the order of the entries.
        column("work item", &["key"], TEXT, "key"),
        column("category", &["category"], TEXT, "category"),
        column("rate", &["rate"], NUMBER, "rate"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let hours = row.hours("hours").ok_or_else(|| missing("hours"))?;
    let id = to.id_of_equal_rows(&row.content());
    let cells = [
        SOURCE,
        ("id", Cell::Text(&id)),
        ("person", Cell::Text(row.person("person"))),
        ("date", row.moment_cell("date")),
        ("hours", Cell::Number(hours)),
        ("key", row.text_cell("work item")),
        ("category", row.text_cell("category")),
        ("rate", row.number_cell("rate")),
    ];
    to.record(RecordKind::WorkLog, &cells);
    Ok(())
}
