//! `PagerDuty`: incidents of the analytics pages, downloaded as CSV.
//!
//! One row per incident. Acknowledgement and resolution are the creation plus the seconds the file gives where it has no
//! moments for them. The file's columns are known from descriptions only; no export was at hand.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, Grammar, Row, TableFormat, column};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static PAGERDUTY_CSV: Importer = Importer {
    id: "pagerduty-csv",
    title: "PagerDuty incidents CSV",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const TEXT: Grammar = Grammar::Text;
const NUMBER: Grammar = Grammar::Number;
const LATER: Grammar = Grammar::Date(DateRole::Later);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["number"], &["created"], &["service"]],
    score: 92,
    columns: &[
        column("id", &["id"], TEXT, "id"),
        column("number", &["incident_number"], TEXT, "id"),
        column("title", &["description", "title"], TEXT, "title"),
        column("service", &["service_name"], TEXT, "services"),
        column("severity", &["priority_name", "urgency"], TEXT, "severity"),
        column("created", &["created_on", "created_at"], Grammar::Date(DateRole::Created), "started-at"),
        column("resolved", &["resolved_on", "resolved_at"], LATER, "resolved-at"),
        column("to acknowledge", &["seconds_to_first_ack"], NUMBER, "acknowledged-at"),
        column("to resolve", &["seconds_to_resolve"], NUMBER, "resolved-at"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let created = row.moment("created").ok_or("the row has no moment of creation that can be read")?;
    // 0 and less stand for "not yet".
    let after = |id: &str| {
        let seconds = row.number(id).filter(|seconds| (1.0..1e10).contains(seconds))?;
        Some(created + (seconds * 1000.0) as i64)
    };
    let resolved = row.moment("resolved").or_else(|| after("to resolve"));
    let id = if row.text("id").is_empty() { row.text("number") } else { row.text("id") };
    let cells = [
        ("source", Cell::Text("pagerduty")),
        ("id", Cell::Text(id)),
        // A resolved incident is newer than the same one open.
        ("updated", Cell::Moment(resolved.unwrap_or(created))),
        ("title", row.text_cell("title")),
        ("services", Cell::List(&[row.text("service")])),
        ("severity", row.text_cell("severity")),
        ("status", Cell::Text(if resolved.is_some() { "resolved" } else { "open" })),
        ("started-at", Cell::Moment(created)),
        ("acknowledged-at", Cell::Moment(after("to acknowledge").unwrap_or(NO_MOMENT))),
        ("resolved-at", Cell::Moment(resolved.unwrap_or(NO_MOMENT))),
    ];
    to.record(RecordKind::Incident, &cells);
    Ok(())
}
