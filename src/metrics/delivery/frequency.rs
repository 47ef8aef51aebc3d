//! Deployment frequency: how often production is deployed to.

use crate::model::{DeploymentEnd, Granularity, ItemSet, PreparedDataset, RecordKind};

use super::super::periods::{Elsewhere, Periods};
use super::super::stats::{FEW_VALUES, mean, percentile_by, percentile_in_words, tidy};
use super::super::{
    About, BySprint, Counted, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words,
};
use super::bands::{BandLimits, Bands};
use super::scope::{Scope, beside};

/// ## What it measures
/// Successful production deployments per whole day, week or month, and the days of a week on which there is one.
/// ## How
/// A deployment counts in the period of its finish (deployed-at, else created-at) in the workspace zone. Several deployments of
/// one commit in one pipeline run count once. Median and mean are over whole weeks, whatever the period of the chart; the mean
/// keeps its fraction.
/// ## Edge cases
/// A period without a deployment counts as 0. The present period, and a first one that the data covers only in part, are left
/// out. Failed, rolled back, cancelled and unfinished deployments, those without a result and other environments are left out
/// and counted.
/// ## Source
/// DORA, software delivery metrics: <https://dora.dev/guides/dora-metrics-four-keys/>; deployment days per week as in Apache `DevLake`.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "deployment-frequency",
    title: "Deployment frequency",
    definition: "The number of successful deployments to production in each whole period. Several deployments of one commit in \
                 one pipeline run count once; periods without a deployment count as 0. The band goes by the days of the median \
                 week on which there was a deployment.",
    how_to_read: "Each bar is one period; its height is the number of deployments. The bars at the right divide the same \
                  deployments by service. A team that deploys in small steps has many bars of similar height; long gaps and \
                  high single bars are large batches.",
    per_iteration: false,
};

/// Counts per whole period.
struct Counts {
    periods: Periods,
    members: Vec<Vec<u32>>,
    elsewhere: Elsewhere,
}

impl Counts {
    fn new(scope: &Scope<'_>, rows: &[u32], query: &Query) -> Option<Self> {
        let data = scope.data;
        let day = |moment: i64| data.calendar.day_of(moment);
        // Whatever the filter, so that services add up to the whole.
        let first = scope.delivery.in_order.first().map(|&row| scope.day(row))?;
        let seen = scope.delivery.first.map_or(first, day);
        let periods = Periods::since(first, seen, data, query, scope.as_of);
        let mut members = vec![Vec::new(); periods.starts.len()];
        let mut elsewhere = Elsewhere::default();
        for &row in rows {
            if let Some(position) = elsewhere.sort(periods.place(scope.day(row)), row) {
                members[position].push(row);
            }
        }
        Some(Self { periods, members, elsewhere })
    }

    fn values(&self) -> Vec<f64> {
        self.members.iter().map(|rows| rows.len() as f64).collect()
    }

    /// Days with a deployment, by period.
    fn days(&self, scope: &Scope<'_>) -> Vec<f64> {
        let distinct = |rows: &Vec<u32>| {
            // In order of time: equal days are neighbours.
            let mut days: Vec<i32> = rows.iter().map(|&row| scope.day(row)).collect();
            days.dedup();
            days.len() as f64
        };
        self.members.iter().map(distinct).collect()
    }
}

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let scope = match Scope::new(ABOUT.id, data, query, &[RecordKind::Deployment]) {
        Ok(scope) => scope,
        Err(result) => return *result,
    };
    let mut excluded = scope.excluded.clone();
    let of_end = |end: DeploymentEnd| {
        scope.rows.iter().copied().filter(move |&row| scope.delivery.deployments[row as usize].end == end)
    };
    Exclusion::add(&mut excluded, "failed", of_end(DeploymentEnd::Failure));
    Exclusion::add(&mut excluded, "rolled back", of_end(DeploymentEnd::Rollback));
    let rows: Vec<u32> = of_end(DeploymentEnd::Success).collect();
    let Some(mut counts) = Counts::new(&scope, &rows, query) else {
        return scope.not_computable("No production deployment is over.", "Deployments with their results.");
    };
    counts.elsewhere.add_to(&mut excluded, query);
    if counts.periods.starts.is_empty() {
        let period = words::period(query.granularity, 1);
        let mut result = scope.not_computable(
            &format!("There is no whole {period} of deployments in the data or in the chosen period yet."),
            "A longer period, or a smaller step: days instead of weeks.",
        );
        result.excluded = excluded;
        return result;
    }
    let weekly = Query { granularity: Granularity::Week, ..query.clone() };
    let weeks = Counts::new(&scope, &rows, &weekly);
    answer(&scope, query, counts, weeks.as_ref(), excluded)
}

fn answer(
    scope: &Scope<'_>,
    query: &Query,
    counts: Counts,
    weeks: Option<&Counts>,
    excluded: Vec<Exclusion>,
) -> MetricResult {
    const UNIT: &str = "deployments";
    let counted: Vec<u32> = counts.members.iter().flatten().copied().collect();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        counted: Counted::Records(RecordKind::Deployment),
        considered: counted.len() as u64,
        excluded,
        ..MetricResult::default()
    };
    let values = counts.values();
    let mut rising = values.clone();
    rising.sort_unstable_by(f64::total_cmp);
    let starts = counts.periods.starts.clone();
    let points = starts.iter().zip(counts.members).map(|(&start, items)| Point {
        x: X::Day(start),
        y: Some(items.len() as f64),
        items,
    });
    result.series.push(Series::new("deployments", "Deployments", Role::Main, UNIT, points.collect()));
    if let (true, Some(median)) = (rising.len() >= FEW_VALUES, percentile_by(&rising, 50, query.percentile)) {
        result.series.push(Series::level("median", "Median", UNIT, median, &starts));
    }
    let bars = scope.by_service(&counted).into_iter();
    let bars = bars.map(|(name, rows)| (name.to_owned(), Some(rows.len() as f64), rows)).collect();
    result.series.push(beside("by-service", "By service", UNIT, bars));
    figures(&mut result, scope, query, weeks, &counted);
    result.working.insert(
        0,
        format!(
            "{} whole {}: {}.",
            values.len(),
            words::period(query.granularity, values.len()),
            words::day_range(starts[0], counts.periods.end - 1)
        ),
    );
    scope.notes(&mut result, &counted, None);
    result.note_weeks(query);
    note_what_would_add(&mut result, scope.data);
    result
}

fn figures(result: &mut MetricResult, scope: &Scope<'_>, query: &Query, weeks: Option<&Counts>, counted: &[u32]) {
    let per_week = weeks.map_or_else(Vec::new, Counts::values);
    let days = weeks.map_or_else(Vec::new, |weeks| weeks.days(scope));
    let number = per_week.len();
    let rising = |values: &[f64]| {
        let mut rising = values.to_vec();
        rising.sort_unstable_by(f64::total_cmp);
        rising
    };
    let median = |values: &[f64]| percentile_by(&rising(values), 50, query.percentile);
    let rank = if number == 0 {
        "needs a whole week; there is none".to_owned()
    } else {
        format!("{} {}", percentile_in_words(number, 50, query.percentile), words::period(Granularity::Week, number))
    };
    let sum = |values: &[f64]| tidy(values.iter().sum());
    let over = |values: &[f64], what: &str| {
        format!(
            "{} {what} over {number} whole {}",
            words::number(sum(values)),
            words::period(Granularity::Week, number)
        )
    };
    let deployments = |values: &[f64]| words::verb(sum(values) as usize, "deployment", "deployments");
    let day_words =
        |values: &[f64]| words::verb(sum(values) as usize, "day with a deployment", "days with a deployment");
    let total = counted.len();
    result.figures = vec![
        Figure::new("per-week", "Median week", median(&per_week), "deployments", rank.clone()),
        Figure::new("days-per-week", "Deployment days, median week", median(&days), "days", rank),
        Figure::new(
            "mean-per-week",
            "Mean per week",
            mean(&per_week),
            "deployments",
            over(&per_week, deployments(&per_week)),
        ),
        Figure::new("mean-days-per-week", "Deployment days, mean", mean(&days), "days", over(&days, day_words(&days))),
        Figure::new("total", "Total", Some(total as f64), "deployments", scope.of_what(counted))
            .with_items(counted.to_vec()),
    ];
    let Some((week, mean_days)) = median(&per_week).zip(mean(&days)) else {
        let whole = words::verb(total, "deployment", "deployments");
        result.summary = format!("{total} successful production {whole}; there is no whole week to tell a frequency.");
        return;
    };
    let all = sum(&per_week);
    result.working.push(format!(
        "Mean per week = {} / {number} = {}; deployment days a week = {} / {number} = {}.",
        words::number(all),
        words::number(all / number as f64),
        words::number(sum(&days)),
        words::number(mean_days)
    ));
    result.working.push(format!("Median week = {}.", words::number(week)));
    let in_words = words::number(week);
    result.summary = format!(
        "In the median week there {} {} to production, on {} of a week ({number} whole {}).",
        if in_words == "1" { "is" } else { "are" },
        if in_words == "1" { "1 deployment".to_owned() } else { format!("{in_words} deployments") },
        words::days(median(&days).unwrap_or(0.0)),
        words::period(Granularity::Week, number)
    );
    let bands = Bands::of(&scope.data.decisions);
    bands.note(result, bands.of_frequency(median(&days).unwrap_or(0.0), mean_days), BandLimits::Frequency);
}

/// Deployments alone are enough for this number; other files would add others.
fn note_what_would_add(result: &mut MetricResult, data: &PreparedDataset) {
    let is_missing = |kind| data.dataset.records(kind).is_none();
    let text = match (is_missing(RecordKind::Incident), is_missing(RecordKind::Change)) {
        (true, true) => {
            "Incidents would add the change failure rate and the recovery time; pull or merge requests the lead time."
        }
        (true, false) => "Incidents would add the change failure rate and the recovery time.",
        (false, true) => "Pull or merge requests would add the lead time.",
        (false, false) => return,
    };
    result.note("would-add", text);
}
