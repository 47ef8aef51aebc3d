//! Code measures: `date,measure,value` · `component`.
//!
//! One row per measure and day. Measures are best named as `SonarQube` names them: `sqale_index` (minutes of technical debt),
//! `coverage` (percent), `ncloc` (lines of code).

use super::{DATE, LIKELY, NUMBER, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_CODE_MEASURES: Importer = Importer {
    id: "plain-code-measures",
    title: "Code measures (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["date"], &["measure"], &["value"]],
    score: LIKELY,
    columns: &[
        column("date", &["date"], DATE, "date"),
        column("measure", &["measure"], TEXT, "measure"),
        column("value", &["value"], NUMBER, "value"),
        column("component", &["component"], TEXT, "component"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let date = row.moment("date").ok_or_else(|| missing("date"))?;
    let value = row.number("value").ok_or_else(|| missing("value"))?;
    if row.text("measure").is_empty() {
        return Err(missing("measure"));
    }
    let cells = [
        SOURCE,
        ("date", Cell::Moment(date)),
        ("measure", row.text_cell("measure")),
        ("value", Cell::Number(value)),
        ("component", row.text_cell("component")),
    ];
    to.record(RecordKind::CodeMeasure, &cells);
    Ok(())
}
