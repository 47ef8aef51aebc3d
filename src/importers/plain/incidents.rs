//! Incidents: `started_at,resolved_at` · `id,service,severity,deployment_id,title`.
//!
//! One row per incident; several services with `;` between them. Without `resolved_at` it is still open.

use super::{FIRST, LATER, LIKELY, LIST, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_INCIDENTS: Importer = Importer {
    id: "plain-incidents",
    title: "Incidents (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["started at"], &["resolved at"]],
    score: LIKELY,
    columns: &[
        column("started at", &["started_at", "started at"], FIRST, "started-at"),
        column("resolved at", &["resolved_at", "resolved at"], LATER, "resolved-at"),
        column("id", &["id"], TEXT, "id"),
        column("service", &["service", "services"], LIST, "services"),
        column("severity", &["severity"], TEXT, "severity"),
        column("deployment id", &["deployment_id", "deployment id"], TEXT, "deployment-id"),
        column("title", &["title"], TEXT, "title"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let started_at = row.moment("started at").ok_or_else(|| missing("started_at"))?;
    let id = match row.text("id") {
        "" => to.id_of_equal_rows(&row.content()),
        own => own.to_owned(),
    };
    let cells = [
        SOURCE,
        ("id", Cell::Text(&id)),
        // A resolved incident is newer than the same one open.
        ("updated", Cell::Moment(row.moment("resolved at").unwrap_or(started_at))),
        ("title", row.text_cell("title")),
        ("services", Cell::List(&row.list("service"))),
        ("severity", row.text_cell("severity")),
        ("status", Cell::Text(if row.moment("resolved at").is_some() { "resolved" } else { "open" })),
        ("started-at", Cell::Moment(started_at)),
        ("resolved-at", row.moment_cell("resolved at")),
        ("deployment-id", row.text_cell("deployment id")),
    ];
    to.record(RecordKind::Incident, &cells);
    Ok(())
}
