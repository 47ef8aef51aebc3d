//! Plain iterations: `name,start,end`, and what else is known of `completed,team,goal`.
//!
//! One row per iteration. Work items of other files that name it get its dates. A day without a time is included: an end of
//! 2026-03-15 is over when that day is.

use crate::importers::gathering::Gathering;
use crate::importers::table::{DateRole, Grammar, Row, TableFormat, TableHead, column, ended_by};
use crate::importers::{Confidence, FileHead, Imported, Importer};
use crate::model::{Cell, IterationDates, ListField, NO_MOMENT, RecordKind};

/// The importer.
pub(in crate::importers) static ITERATIONS_CSV: Importer = Importer {
    id: "iterations-csv",
    title: "Plain iterations",
    detect,
    start: |head, settings| Ok(ended_by(FORMAT.start(head, settings)?, |imported, _| state_dates(imported))),
};

const OTHER: Grammar = Grammar::Date(DateRole::Other);

static FORMAT: TableFormat = TableFormat {
    marks: &[&["name"], &["start"], &["end"]],
    score: 85,
    columns: &[
        column("name", &["name"], Grammar::Text, "sprint"),
        column("start", &["start"], OTHER, "sprint"),
        column("end", &["end"], OTHER, "sprint"),
        column("completed", &["completed"], OTHER, "sprint"),
        column("team", &["team"], Grammar::Text, "iterations"),
        column("goal", &["goal"], Grammar::Text, "iterations"),
    ],
    row,
};

/// A name, a start and an end are in many tables: with other columns beside them the file is something else.
fn detect(head: &FileHead<'_>) -> Confidence {
    let confidence = FORMAT.detect(head);
    let is_own = |name: &str| FORMAT.columns.iter().any(|column| column.names.contains(&name));
    if confidence.score == 0 {
        return confidence;
    }
    let table = TableHead::find(head, is_own);
    let no_others = table.is_some_and(|table| table.names.iter().all(|name| name.is_empty() || is_own(name)));
    if no_others { confidence } else { Confidence::NONE }
}

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let name = row.text("name");
    if name.is_empty() {
        return Err("the row names no iteration".into());
    }
    let (Some(start), Some(end)) = (row.moment("start"), row.moment("end")) else {
        return Err(format!("\"{name}\" has no readable start and end, which is all that this table is for"));
    };
    let end = to.end_of_span(end);
    let completed = row.moment("completed").map_or(NO_MOMENT, |day| to.end_of_span(day));
    if end <= start {
        return Err(format!("\"{name}\" ends before it starts"));
    }
    to.record(
        RecordKind::Iteration,
        &[
            ("source", Cell::Text("iterations")),
            ("id", Cell::Text(name)),
            ("name", Cell::Text(name)),
            ("start", Cell::Moment(start)),
            ("end", Cell::Moment(end)),
            ("completed", Cell::Moment(completed)),
            ("team", Cell::Text(row.text("team"))),
            ("goal", Cell::Text(row.text("goal"))),
        ],
    );
    Ok(())
}

/// The dates are stated in the way that merging hands to the items of other files, once repeats are gone.
fn state_dates(imported: &mut Imported) {
    let dataset = &mut imported.dataset;
    let Some(records) = dataset.records(RecordKind::Iteration) else { return };
    let [starts, ends, completed] = ["start", "end", "completed"].map(|name| records.moments(name));
    let dates: Vec<(String, IterationDates)> = (0..records.len())
        .map(|row| {
            let dates = IterationDates { start: starts[row], end: ends[row], completed: completed[row] };
            (records.text("name", row).to_owned(), dates)
        })
        .collect();
    for (name, dates) in dates {
        dataset.state_iteration(&name, dates);
    }
    dataset.iteration_dates.resize(dataset.list(ListField::Sprint).values().len(), IterationDates::NONE);
}
