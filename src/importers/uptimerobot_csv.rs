//! `UptimeRobot`: the log of events as CSV.
//!
//! One row per event, which is the beginning of a span: up, down, or not watched (started, paused). Durations are whole
//! minutes. Source: the columns that a public program reads from this export; no export was at hand.

use super::Importer;
use super::gathering::Gathering;
use super::table::{DateRole, DurationUnit, Grammar, Row, TableFormat, column};
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// The importer.
pub(super) static UPTIMEROBOT_CSV: Importer = Importer {
    id: "uptimerobot-csv",
    title: "UptimeRobot event log",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["event"], &["at"], &["reason"], &["minutes", "duration"]],
    score: 90,
    columns: &[
        column("event", &["event"], Grammar::Text, "state"),
        column("monitor", &["monitor"], Grammar::Text, "service"),
        column("at", &["date-time"], Grammar::Date(DateRole::Other), "from"),
        column("reason", &["reason"], Grammar::Text, ""),
        column("minutes", &["duration (in mins.)"], Grammar::Number, "to"),
        column("duration", &["duration"], Grammar::Duration(DurationUnit::Minutes), "to"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let from = row.moment("at").ok_or("the row has no moment that can be read")?;
    let state = match row.text("event").to_lowercase().as_str() {
        "up" => "up",
        "down" => "down",
        "started" | "paused" => "unknown",
        other => return Err(format!("the event \"{other}\" is not known; known are up, down, started and paused")),
    };
    let minutes = row.number("minutes").or_else(|| row.hours("duration").map(|hours| hours * 60.0));
    let until =
        minutes.filter(|minutes| (0.0..1e8).contains(minutes)).map(|minutes| from + (minutes * 60_000.0) as i64);
    if !row.has("monitor") {
        to.note(
            "The file does not tell which monitor it is of: all spans belong to one service without a name.".into(),
        );
    }
    let id = format!("{} | {from}", row.text("monitor"));
    let cells = [
        ("source", Cell::Text("uptimerobot")),
        // The last span of a log is longer in a later log.
        ("id", Cell::Text(&id)),
        ("updated", Cell::Moment(until.unwrap_or(from))),
        ("service", row.text_cell("monitor")),
        ("state", Cell::Text(state)),
        ("from", Cell::Moment(from)),
        ("to", Cell::Moment(until.unwrap_or(NO_MOMENT))),
    ];
    to.record(RecordKind::Uptime, &cells);
    Ok(())
}
