//! Capacity: `person,team,from,to,hours_per_day` · `allocation,points_per_day,role,skills`.
//!
//! One row per person and span, first and last day included; without `to` it holds until further notice. `allocation` is the
//! share of the working day for this team, as 0.5 or 50 %; `skills` with `;` between them.

use super::{DATE, LIKELY, LIST, NUMBER, SOURCE, TEXT};
use crate::importers::gathering::Gathering;
use crate::importers::scale::Scale;
use crate::importers::table::{Row, TableFormat, column};
use crate::importers::{Importer, Problem};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_CAPACITY: Importer = Importer {
    id: "plain-capacity",
    title: "Capacity (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["person"], &["from"], &["to"], &["hours per day", "points per day"]],
    score: LIKELY,
    columns: &[
        column("person", &["person"], TEXT, "person"),
        column("team", &["team"], TEXT, "team"),
        column("from", &["from"], DATE, "from"),
        column("to", &["to"], DATE, "to"),
        column("hours per day", &["hours_per_day", "hours per day"], NUMBER, "hours-per-day"),
        column("points per day", &["points_per_day", "points per day"], NUMBER, "points-per-day"),
        column("allocation", &["allocation"], TEXT, "allocation"),
        column("role", &["role"], TEXT, "role"),
        column("skills", &["skills"], LIST, "skills"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    if row.text("person").is_empty() && row.text("team").is_empty() {
        return Err("the row names neither a person nor a team".into());
    }
    if row.number("hours per day").is_none() && row.number("points per day").is_none() {
        return Err("the row has neither hours_per_day nor points_per_day that can be read".into());
    }
    let cells = [
        SOURCE,
        ("person", Cell::Text(row.person("person"))),
        ("team", row.text_cell("team")),
        ("role", row.text_cell("role")),
        ("skills", Cell::List(&row.list("skills"))),
        ("from", row.moment_cell("from")),
        ("to", row.moment_cell("to")),
        ("hours-per-day", row.number_cell("hours per day")),
        ("points-per-day", row.number_cell("points per day")),
        ("allocation", Cell::Number(allocation(row, to).unwrap_or(f64::NAN))),
    ];
    to.record(RecordKind::Capacity, &cells);
    Ok(())
}

fn allocation(row: &Row<'_>, to: &mut Gathering) -> Option<f64> {
    let text = row.text("allocation");
    if text.is_empty() {
        return None;
    }
    let scale = *to.scales.entry("allocation").or_insert_with(|| Scale::of_shares(row.distinct("allocation")));
    to.note(format!("Numbers in \"{}\" were read {}.", row.header("allocation"), scale.words()));
    let share = scale.fraction(text);
    if share.is_none() {
        to.warn(row.header("allocation"), text, Problem::NotANumber);
    }
    share
}
