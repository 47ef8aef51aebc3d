//! Velocity of items without sprints: completed per whole period, from the throughput.

use crate::metrics::stats::{FEW_VALUES, percentile_by, percentile_in_words};
use crate::metrics::{MetricResult, Query, Role, Series, throughput, words};
use crate::model::{ItemSet, PreparedDataset};

use super::{ABOUT, LOOK_BACK, band, levels};

/// The answer for items that were never in a sprint.
pub(super) fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let throughput = (throughput::METRIC.compute)(data, items, query);
    let finished = throughput.series("finished").map(|series| series.points.clone()).unwrap_or_default();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        status: throughput.status,
        summary: throughput.summary,
        considered: throughput.considered,
        excluded: throughput.excluded,
        ..MetricResult::default()
    };
    let recent = &finished[finished.len().saturating_sub(LOOK_BACK)..];
    let (Some(first), Some(last)) = (recent.first(), recent.last()) else { return result };
    let mut rising: Vec<f64> = recent.iter().filter_map(|point| point.y).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let number = rising.len();
    let median = percentile_by(&rising, 50, query.percentile).unwrap_or_default();
    let (one, several) = (words::period(query.granularity, 1), words::period(query.granularity, 2));
    let (whole, wholes) = (format!("whole {one}"), format!("whole {several}"));

    result.summary = summary(&rising, median, query);
    let values: Vec<String> = rising.iter().map(|&value| words::number(value)).collect();
    result.working = vec![
        format!("Completed in {}, rising, in {}: {}.", last_periods(number, query), query.unit.id(), values.join(", ")),
        format!("Median = {} = {}.", percentile_in_words(number, 50, query.percentile), words::number(median)),
    ];
    result.figures = band(&rising, (&whole, &wholes), query);
    let levels = levels(&rising, &[first.x.clone(), last.x.clone()], query);
    result.series.push(Series::new("completed", "Completed", Role::Main, query.unit.id(), finished));
    result.series.extend(levels);
    result.note(
        "no-sprints",
        format!(
            "None of these items is in a sprint: the velocity is told by the {one}. What was committed, and so say-do and \
             carry-over, is known for sprints only."
        ),
    );
    if number < FEW_VALUES {
        result.note("few-periods", format!("Only {}: no band yet.", words::count(number, &whole, &wholes)));
    }
    // What the throughput says of its periods and sizes holds here, too.
    result.notes.extend(throughput.notes.into_iter().filter(|note| note.id != "few-periods"));
    result
}

/// "the last 8 whole weeks", "the one whole week".
fn last_periods(number: usize, query: &Query) -> String {
    let period = words::period(query.granularity, number);
    if number == 1 { format!("the one whole {period}") } else { format!("the last {number} whole {period}") }
}

fn summary(rising: &[f64], median: f64, query: &Query) -> String {
    let number = rising.len();
    if number == 1 {
        return format!(
            "{} completed in {}.",
            words::capitalised(&words::amount(median, query.unit)),
            last_periods(1, query)
        );
    }
    let band = match (percentile_by(rising, 15, query.percentile), percentile_by(rising, 85, query.percentile)) {
        (Some(low), Some(high)) if number >= FEW_VALUES => {
            format!(", most often {}", words::range(low, high))
        }
        _ => String::new(),
    };
    let period = words::period(query.granularity, 1);
    format!(
        "Median velocity is {} a {period}{band} ({}).",
        words::amount(median, query.unit),
        last_periods(number, query).trim_start_matches("the ")
    )
}
