//! Risks: `id,title,probability,impact` · `cost,days,owner,status,mitigation,opened,closed,key`.
//!
//! One row per risk. Probability and impact as grades from 1 to 5, as percent or as words (very low to very high): what the
//! bare numbers are is decided for each column and told. A grade of probability is the middle of its band: 1 = 10 %,
//! 5 = 90 %. `cost` and `days` are what it costs if it happens.

use super::{DATE, FIRST, LATER, LIKELY, NUMBER, SOURCE, TEXT};
use crate::importers::gathering::Gathering;
use crate::importers::scale::Scale;
use crate::importers::table::{Row, TableFormat, column};
use crate::importers::{Importer, Problem};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_RISKS: Importer = Importer {
    id: "plain-risks",
    title: "Risk register (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["id", "title"], &["probability"], &["impact"]],
    score: LIKELY,
    columns: &[
        column("id", &["id"], TEXT, "id"),
        column("title", &["title", "risk"], TEXT, "title"),
        column("probability", &["probability"], TEXT, "probability"),
        column("impact", &["impact"], TEXT, "impact"),
        column("cost", &["cost"], NUMBER, "cost"),
        column("days", &["days"], NUMBER, "days"),
        column("owner", &["owner"], TEXT, "owner"),
        column("status", &["status"], TEXT, "status"),
        column("mitigation", &["mitigation"], TEXT, "mitigation"),
        column("opened", &["opened"], FIRST, "opened"),
        column("closed", &["closed"], LATER, "closed"),
        column("updated", &["updated"], DATE, "updated"),
        // Not "key": the work item of a risk tells nothing about the order of the risks.
        column("work item", &["key"], TEXT, "key"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    if row.text("id").is_empty() && row.text("title").is_empty() {
        return Err("the row has neither an id nor a title".into());
    }
    let probability = graded(row, to, "probability", Scale::fraction).and_then(|chance| {
        if chance > 1.0 {
            to.warn(row.header("probability"), row.text("probability"), Problem::NotANumber);
        }
        (chance <= 1.0).then_some(chance)
    });
    let impact = graded(row, to, "impact", Scale::grade);
    let cells = [
        SOURCE,
        ("id", row.text_cell("id")),
        ("updated", row.moment_cell("updated")),
        ("title", row.text_cell("title")),
        ("probability", Cell::Number(probability.unwrap_or(f64::NAN))),
        ("impact", Cell::Number(impact.unwrap_or(f64::NAN))),
        ("cost", row.number_cell("cost")),
        ("days", row.number_cell("days")),
        ("owner", Cell::Text(row.person("owner"))),
        ("status", row.text_cell("status")),
        ("mitigation", row.text_cell("mitigation")),
        ("opened", row.moment_cell("opened")),
        ("closed", row.moment_cell("closed")),
        ("key", row.text_cell("work item")),
    ];
    to.record(RecordKind::Risk, &cells);
    Ok(())
}

/// A cell read on the scale of its column; warned about when it does not fit.
fn graded(row: &Row<'_>, to: &mut Gathering, id: &'static str, read: fn(Scale, &str) -> Option<f64>) -> Option<f64> {
    let text = row.text(id);
    if text.is_empty() {
        return None;
    }
    let scale = *to.scales.entry(id).or_insert_with(|| Scale::of_grades(row.distinct(id)));
    to.note(format!("Numbers in \"{}\" were read {}.", row.header(id), scale.words()));
    let value = read(scale, text);
    if value.is_none() {
        to.warn(row.header(id), text, Problem::NotANumber);
    }
    value
}
