//! Time off: `person,from,to` · `half_day,reason`.
//!
//! One row per absence, first and last day included; without `to` it is one day.

use super::{DATE, LIKELY, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_TIME_OFF: Importer = Importer {
    id: "plain-time-off",
    title: "Time off (plain table)",
    // Capacity tables have these columns too.
    detect: |head| FORMAT.detect_unless(head, &["hours_per_day", "hours per day", "points_per_day", "points per day"]),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["person"], &["from"], &["to"]],
    score: LIKELY,
    columns: &[
        column("person", &["person"], TEXT, "person"),
        column("from", &["from"], DATE, "from"),
        column("to", &["to"], DATE, "to"),
        column("half day", &["half_day", "half day"], TEXT, "half-day"),
        column("reason", &["reason"], TEXT, "reason"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let person = row.person("person");
    if person.is_empty() {
        // Without a person it would be everybody's day off.
        return Err("the row names no person. Days off for everybody belong into a table of holidays".into());
    }
    let from = row.moment("from").ok_or_else(|| missing("from"))?;
    let last = row.moment("to").unwrap_or(from);
    if last < from {
        return Err("the time off ends before it begins".into());
    }
    let cells = [
        SOURCE,
        ("kind", Cell::Text("time-off")),
        ("person", Cell::Text(person)),
        ("from", Cell::Moment(from)),
        ("to", Cell::Moment(last)),
        ("half-day", row.yes_cell("half day")),
        ("reason", row.text_cell("reason")),
    ];
    to.record(RecordKind::TimeOff, &cells);
    Ok(())
}
