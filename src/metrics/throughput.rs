//! Throughput: how much is finished per period.

use crate::model::{ItemSet, PreparedDataset, iso_from_day};

use super::outcome::{Outcome, Outcomes};
use super::periods::{Elsewhere, Periods};
use super::stats::{FEW_VALUES, VALUES_FOR_P85, mean, percentile_by, percentile_in_words, tidy};
use super::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Work items (or their points) finished per whole day, week or month.
/// ## How
/// A finished item counts in the period of its finish day in the workspace zone; see [`crate::model::LifeCycle`]. Periods
/// run from the first finish in the data, or the first day asked for, to the moment taken as "now".
/// ## Edge cases
/// A period without finished items counts as 0. The present period, and a first period that the data covers only in part,
/// are left out; their items are counted as excluded. An item without points counts 0 points. Dropped items never count.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "throughput",
    title: "Throughput",
    definition: "The number of items finished in each whole period. Periods in which nothing was finished count as 0. \
                 Items closed without being delivered do not count.",
    how_to_read: "Each bar is one period; its height is what was finished in it. Half of the periods lie at or below the \
                  median. Expect the next period to lie between p15 and p85 in about 7 of 10 cases, as long as the team \
                  and the way it works stay the same.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let as_of = query.as_of(data);
    let Some(periods) = Periods::new(data, query, as_of) else {
        return MetricResult::not_computable(
            ABOUT.id,
            "No item in this data is finished and dated.",
            "Items with a done status and a Resolved, Closed or Completed date.",
        );
    };
    let outcomes = Outcomes::new(data, as_of, query.unit);
    let mut tally = Tally::new(periods.starts.len());
    for item in items {
        tally.add(item, &outcomes, &periods);
    }
    if periods.starts.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            format!(
                "There is no whole {} in the data or in the chosen period yet.",
                words::period(query.granularity, 1)
            ),
            "A longer period, or a smaller step: days instead of weeks.",
        );
        result.excluded = tally.exclusions(query);
        return result;
    }
    answer(tally, &periods, query)
}

/// What falls into each period, and what falls outside.
struct Tally {
    sums: Vec<f64>,
    members: Vec<Vec<u32>>,
    undated: Vec<u32>,
    elsewhere: Elsewhere,
    unestimated: usize,
    dropped: usize,
}

impl Tally {
    fn new(periods: usize) -> Self {
        Self {
            sums: vec![0.0; periods],
            members: vec![Vec::new(); periods],
            undated: Vec::new(),
            elsewhere: Elsewhere::default(),
            unestimated: 0,
            dropped: 0,
        }
    }

    fn add(&mut self, item: usize, outcomes: &Outcomes<'_>, periods: &Periods) {
        let number = item as u32;
        match outcomes.of(item) {
            Outcome::Open => {}
            Outcome::Dropped => self.dropped += 1,
            Outcome::Undated => self.undated.push(number),
            Outcome::Finished { day, .. } => {
                if let Some(position) = self.elsewhere.sort(periods.place(day), number) {
                    self.sums[position] += outcomes.size(item);
                    self.members[position].push(number);
                    self.unestimated += usize::from(outcomes.is_unestimated(item));
                }
            }
        }
    }

    fn exclusions(&mut self, query: &Query) -> Vec<Exclusion> {
        let mut excluded =
            Exclusion::list([("finished, but no finish date".to_owned(), std::mem::take(&mut self.undated))]);
        self.elsewhere.add_to(&mut excluded, query);
        excluded
    }
}

fn answer(mut tally: Tally, periods: &Periods, query: &Query) -> MetricResult {
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    result.excluded = tally.exclusions(query);
    result.considered = tally.members.iter().map(Vec::len).sum::<usize>() as u64;
    let sums: Vec<f64> = tally.sums.iter().map(|&sum| tidy(sum)).collect();
    let mut rising = sums.clone();
    rising.sort_unstable_by(f64::total_cmp);

    let last_period = tally.members.last().cloned().unwrap_or_default();
    let points = periods.starts.iter().zip(&sums).zip(tally.members);
    result.series.push(Series {
        id: "finished".into(),
        name: "Finished".into(),
        role: Role::Main,
        unit: query.unit.id().into(),
        points: points.map(|((&start, &y), items)| Point { x: X::Day(start), y: Some(y), items }).collect(),
    });
    if let (true, Some(median)) = (rising.len() >= FEW_VALUES, percentile_by(&rising, 50, query.percentile)) {
        result.series.push(Series::level("median", "Median", query.unit.id(), median, &periods.starts));
    }
    result.figures = figures(&sums, &rising, last_period, periods, query);
    result.working = working(&sums, &rising, periods, query);
    result.summary = summary(&rising, query);
    notes(&mut result, &rising, tally.unestimated, tally.dropped, query);
    result
}

fn figures(sums: &[f64], rising: &[f64], last_period: Vec<u32>, periods: &Periods, query: &Query) -> Vec<Figure> {
    let (period, plural) = (words::period(query.granularity, 1), words::period(query.granularity, 2));
    let number = rising.len();
    let unit = query.unit.id();
    let by_rank = |id: &str, name: String, p: usize, least: usize| {
        let enough = number >= least;
        let how = if enough {
            format!("{} {}", percentile_in_words(number, p, query.percentile), words::period(query.granularity, number))
        } else {
            format!("needs at least {least} whole {plural}; there {} {number}", words::verb(number, "is", "are"))
        };
        Figure::new(id, name, percentile_by(rising, p, query.percentile).filter(|_| enough), unit, how)
    };
    let total = tidy(sums.iter().sum());
    let last_start = periods.starts.last().map_or_else(String::new, |&start| iso_from_day(start));
    vec![
        by_rank("median", format!("Median per {period}"), 50, 1),
        Figure::new(
            "mean",
            format!("Mean per {period}"),
            mean(sums),
            unit,
            format!("{} over {number} whole {}", words::number(total), words::period(query.granularity, number)),
        ),
        by_rank("p15", format!("p15 per {period}"), 15, VALUES_FOR_P85),
        by_rank("p85", format!("p85 per {period}"), 85, VALUES_FOR_P85),
        Figure::new(
            "last",
            format!("Last whole {period}"),
            sums.last().copied(),
            unit,
            format!("the {period} that began on {last_start}"),
        )
        .with_items(last_period),
        Figure::new(
            "total",
            "Total",
            Some(total),
            unit,
            format!("the sum of {number} whole {}", words::period(query.granularity, number)),
        ),
    ]
}

fn working(sums: &[f64], rising: &[f64], periods: &Periods, query: &Query) -> Vec<String> {
    let number = sums.len();
    let plural = words::period(query.granularity, number);
    let total = tidy(sums.iter().sum());
    let first = periods.starts.first().copied().unwrap_or(periods.end);
    let zeros = sums.iter().filter(|&&sum| sum == 0.0).count();
    let mut lines = vec![format!("{number} whole {plural}: {}.", words::day_range(first, periods.end - 1))];
    if zeros > 0 {
        let count = words::verb(zeros, "counts", "count");
        lines.push(format!("{zeros} of them with 0 {}, which {count}.", query.unit.id()));
    }
    if let Some(mean) = mean(sums) {
        lines.push(format!("Mean = {} / {number} = {}.", words::number(total), words::number(mean)));
    }
    if let Some(median) = percentile_by(rising, 50, query.percentile) {
        lines.push(format!(
            "Median = {} = {}.",
            percentile_in_words(number, 50, query.percentile),
            words::number(median)
        ));
    }
    lines
}

fn summary(rising: &[f64], query: &Query) -> String {
    let number = rising.len();
    let (period, plural) = (words::period(query.granularity, 1), words::period(query.granularity, number));
    let total = tidy(rising.iter().sum());
    let Some(median) = percentile_by(rising, 50, query.percentile) else { return String::new() };
    let finished_nothing = format!("No {} were finished", query.unit.id());
    match (number, total == 0.0) {
        (1, true) => format!("{finished_nothing} in the one whole {period} of the data."),
        (_, true) => format!("{finished_nothing} in {number} whole {plural}."),
        (1, false) => {
            format!("{} finished in the one whole {period} of the data.", words::amount(total, query.unit))
        }
        _ => {
            format!("Median throughput is {} a {period} ({number} whole {plural}).", words::amount(median, query.unit))
        }
    }
}

fn notes(result: &mut MetricResult, rising: &[f64], unestimated: usize, dropped: usize, query: &Query) {
    let number = rising.len();
    if number < FEW_VALUES {
        let plural = words::period(query.granularity, number);
        result.note(
            "few-periods",
            format!("Only {number} whole {plural}: the median may change much with the next one."),
        );
    }
    result.note_weeks(query);
    result.note_unestimated(unestimated, query.unit);
    if dropped > 0 {
        let were = words::verb(dropped, "was", "were");
        result.note(
            "dropped",
            format!(
                "{} {were} closed without being delivered and {were} not counted.",
                words::capitalised(&words::items(dropped))
            ),
        );
    }
}
