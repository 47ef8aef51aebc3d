//! Holidays: `date,region,name`.
//!
//! One row per day off. An empty region means everybody.

use super::{DATE, LIKELY, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_HOLIDAYS: Importer = Importer {
    id: "plain-holidays",
    title: "Holidays (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["date"], &["region"], &["name"]],
    score: LIKELY,
    columns: &[
        column("date", &["date"], DATE, "from"),
        column("region", &["region"], TEXT, "region"),
        column("name", &["name"], TEXT, "reason"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let date = row.moment("date").ok_or_else(|| missing("date"))?;
    let cells = [
        SOURCE,
        ("kind", Cell::Text("holiday")),
        ("region", row.text_cell("region")),
        ("from", Cell::Moment(date)),
        ("to", Cell::Moment(date)),
        ("reason", row.text_cell("name")),
    ];
    to.record(RecordKind::TimeOff, &cells);
    Ok(())
}
