//! The share of bugs in what is finished.

use crate::metrics::marked::{Marked, Marks, Shares};
use crate::metrics::stats::{FEW_VALUES, percent};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Query, words};
use crate::model::{ItemSet, PreparedDataset};

/// ## What it measures
/// The part of the throughput of each whole day, week or month that was bugs, in percent of items, points or hours.
/// ## How
/// Share = size of the finished bugs / size of all finished items of the period, counted as for the throughput.
/// ## Edge cases
/// A period in which nothing was finished has no share. Items closed without being delivered do not count. Items without an
/// estimate count 0 points. The present period, and a first one that the data covers only in part, are left out and counted.
/// ## Source
/// Failure demand: J. Seddon, Freedom from Command and Control (2003); the defect rate of flow distribution in M. Kersten,
/// Project to Product (2018).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bug-share",
    title: "Share of bugs in throughput",
    definition: "The finished bugs in percent of all that was finished in each whole period.",
    how_to_read: "Each bar is the part of a period's work that went into mending. A rising share leaves less for what is new.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let bugs = Marked::new(Marks::Bugs, data, items);
    if !bugs.is_told() {
        return bugs.none(ABOUT.id);
    }
    let shares = match Shares::new(ABOUT.id, data, items, &bugs.items, query) {
        Ok(shares) => shares,
        Err(result) => return *result,
    };
    let (marked, all) = shares.totals();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: shares.considered,
        series: vec![shares.series("Share of bugs")],
        ..MetricResult::default()
    };
    let number = shares.periods.starts.len();
    let periods = format!("{number} whole {}", words::period(query.granularity, number));
    let total = percent(marked, all);
    let unit = query.unit.id();
    let how = if total.is_some() {
        format!("{} of {} finished in {periods}", words::number(marked), words::amount(all, query.unit))
    } else {
        format!("0 {unit} were finished in {periods}")
    };
    let finished: Vec<u32> = shares.items.iter().flatten().copied().collect();
    result.figures = vec![
        Figure::new("share", "Share of bugs", total, "%", how).with_items(finished.clone()),
        Figure::new("bugs", "Bugs finished", Some(marked), unit, format!("in {periods}")).with_items(finished),
        Figure::new("finished", "All finished", Some(all), unit, format!("in {periods}")),
    ];
    result.working = vec![bugs.line()];
    if let Some(total) = total {
        let (marked, all) = (words::number(marked), words::amount(all, query.unit));
        result.working.push(format!("Share = {marked} / {all} = {} %.", words::number(total)));
    }
    result.summary = match total {
        Some(total) => format!("{} % of the finished {unit} were bugs ({periods}).", words::number(total)),
        None => format!("No {unit} were finished in {periods}, so there is no share of bugs."),
    };
    result.excluded = shares.excluded;
    if number < FEW_VALUES {
        result.note("few-periods", format!("Only {periods}: the next one may change the picture."));
    }
    result.note_unestimated(shares.unestimated, query.unit);
    result
}
