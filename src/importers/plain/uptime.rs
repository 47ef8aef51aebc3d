//! Uptime as spans: `service,from,to,state`, state up or down.
//!
//! One row per span in which a service had one state. Without `to` the state still holds. Times that no row covers are
//! unknown, not up.

use super::{DATE, LIKELY, SOURCE, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_UPTIME: Importer = Importer {
    id: "plain-uptime",
    title: "Uptime spans (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["service"], &["from"], &["to"], &["state"]],
    score: LIKELY,
    columns: &[
        column("service", &["service"], TEXT, "service"),
        column("from", &["from"], DATE, "from"),
        column("to", &["to"], DATE, "to"),
        column("state", &["state"], TEXT, "state"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let from = row.moment("from").ok_or_else(|| missing("from"))?;
    let words = row.text("state");
    let state = state_of(words).ok_or_else(|| format!("the state \"{words}\" is neither up nor down"))?;
    if row.moment("to").is_some_and(|to| to < from) {
        return Err("the span ends before it begins".into());
    }
    let cells = [
        SOURCE,
        ("service", row.text_cell("service")),
        ("state", Cell::Text(state)),
        ("from", Cell::Moment(from)),
        ("to", row.moment_cell("to")),
    ];
    to.record(RecordKind::Uptime, &cells);
    Ok(())
}

/// The state in the words of the dataset.
pub(super) fn state_of(words: &str) -> Option<&'static str> {
    match words.to_lowercase().as_str() {
        "up" | "ok" | "available" | "operational" | "online" => Some("up"),
        "down" | "outage" | "unavailable" | "offline" => Some("down"),
        "degraded" | "partial" => Some("degraded"),
        "unknown" | "paused" | "" => Some("unknown"),
        _ => None,
    }
}
