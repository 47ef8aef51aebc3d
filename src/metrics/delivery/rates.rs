//! What the rates share: a share of the production deployments in percent, by period and by service.

use crate::model::{PreparedDataset, RecordKind};

use super::super::stats::{FEW_VALUES, percent};
use super::super::{Counted, Figure, MetricResult, Point, Query, Role, Series, X, words};
use super::bands::days_in_words;
use super::scope::{Scope, beside, starts};

/// Which share is asked for.
pub(super) struct Rate {
    /// Id of the metric.
    pub(super) id: &'static str,
    /// Name of the figure and the series: "Change failure rate".
    pub(super) name: &'static str,
    /// "failed": what those counted did.
    pub(super) did: &'static str,
}

/// Rows with those that are counted first, and how many these are.
type Sorted<'a> = dyn Fn(&[u32]) -> (Vec<u32>, usize) + 'a;

/// The answer: the share of the deployments for which `is_counted` answers true.
pub(super) fn answer(rate: &Rate, scope: &Scope<'_>, query: &Query, is_counted: impl Fn(u32) -> bool) -> MetricResult {
    let rows = &scope.rows;
    let mut result = MetricResult {
        id: rate.id.to_owned(),
        counted: Counted::Records(RecordKind::Deployment),
        considered: rows.len() as u64,
        excluded: scope.excluded.clone(),
        ..MetricResult::default()
    };
    // Those that are counted come first: they are what a reader looks for behind a rate.
    let sorted = |rows: &[u32]| {
        let (mut counted, others): (Vec<u32>, Vec<u32>) = rows.iter().partition(|&&row| is_counted(row));
        let number = counted.len();
        counted.extend(others);
        (counted, number)
    };
    let value = |number: usize, of: usize| percent(number as f64, of as f64);
    result.series.push(by_period(rate, scope, query, &sorted));
    let bars = scope.by_service(rows).into_iter().map(|(name, rows)| {
        let (items, number) = sorted(&rows);
        (name.to_owned(), value(number, rows.len()), items)
    });
    result.series.push(beside("by-service", "By service", "%", bars.collect()));
    let (all, number) = sorted(rows);
    let y = value(number, rows.len());
    let how = format!(
        "{number} of {} {}, {}",
        words::count(rows.len(), "deployment", "deployments"),
        rate.did,
        scope.of_what(rows)
    );
    result.figures.push(Figure::new("rate", rate.name, y, "%", how).with_items(all));
    if let (Some(y), Some(&first), Some(&last)) = (y, rows.first(), rows.last()) {
        result.working.push(format!(
            "{}: {}.",
            words::capitalised(&words::count(
                rows.len(),
                "production deployment that is over",
                "production deployments that are over"
            )),
            days_in_words(scope.day(first), scope.day(last))
        ));
        result.working.push(format!("{} = {number} / {} x 100 = {} %.", rate.name, rows.len(), words::number(y)));
        result.summary = format!(
            "{} is {} % ({number} of {} {}).",
            rate.name,
            words::number(y),
            words::count(rows.len(), "production deployment", "production deployments"),
            rate.did
        );
    }
    if rows.len() < FEW_VALUES {
        let text = format!(
            "Only {}: the rate may change much with the next one.",
            words::count(rows.len(), "deployment", "deployments")
        );
        result.note("few-values", text);
    }
    result
}

fn by_period(rate: &Rate, scope: &Scope<'_>, query: &Query, sorted: &Sorted<'_>) -> Series {
    let days: Vec<i32> = scope.rows.iter().map(|&row| scope.day(row)).collect();
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else {
        return Series::new("rate", rate.name, Role::Main, "%", Vec::new());
    };
    let starts = starts(first, last, query);
    // Rows are in order of time, so the periods cut them into stretches.
    let place = |start: i32| days.partition_point(|&day| day < start);
    let ends = starts.iter().skip(1).map(|&next| place(next)).chain([days.len()]);
    let points = starts.iter().zip(ends).map(|(&start, end)| {
        let (items, number) = sorted(scope.rows.get(place(start)..end).unwrap_or(&[]));
        // Of no deployment no share can be told: that is unknown, not 0.
        Point { x: X::Day(start), y: percent(number as f64, items.len() as f64), items }
    });
    Series::new("rate", rate.name, Role::Main, "%", points.collect())
}

/// What deployments alone do not tell, said once where it would add something.
pub(super) fn note_incidents_missing(result: &mut MetricResult, data: &PreparedDataset, text: &str) {
    if data.dataset.records(RecordKind::Incident).is_none() {
        result.note("would-add", text);
    }
}
