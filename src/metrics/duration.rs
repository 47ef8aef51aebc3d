//! What cycle time and lead time share: inclusive days from a first day to the finish day, per finished item.

use crate::model::{ItemSet, NO_DAY, PreparedDataset};

use super::outcome::{Outcome, Outcomes};
use super::stats::{FEW_VALUES, VALUES_FOR_P85, VALUES_FOR_P95, nearest_rank, rank_in_words};
use super::{Exclusion, Figure, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// Which duration is asked for.
pub(super) struct Question {
    /// Id of the metric.
    pub(super) id: &'static str,
    /// "cycle time".
    pub(super) name: &'static str,
    /// "started".
    pub(super) first_event: &'static str,
    /// "no start date".
    pub(super) no_first_day: &'static str,
}

/// One finished item with its duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Duration {
    finished_day: i32,
    item: u32,
    /// Both ends count: the same day is 1.
    days: i32,
}

#[derive(Default)]
struct Durations {
    found: Vec<Duration>,
    no_first_day: Vec<u32>,
    undated: Vec<u32>,
    negative: Vec<u32>,
    outside: Vec<u32>,
}

impl Durations {
    fn new(first_days: &[i32], data: &PreparedDataset, items: &ItemSet, query: &Query) -> Self {
        let outcomes = Outcomes::new(data, query.as_of(data), Unit::Items);
        let mut durations = Self::default();
        for item in items.iter() {
            let number = item as u32;
            let finished_day = match outcomes.of(item) {
                Outcome::Finished { day, .. } => day,
                Outcome::Undated => {
                    durations.undated.push(number);
                    continue;
                }
                Outcome::Open | Outcome::Dropped => continue,
            };
            let first_day = first_days[item];
            if query.from.is_some_and(|from| finished_day < from) || query.to.is_some_and(|to| finished_day > to) {
                durations.outside.push(number);
            } else if first_day == NO_DAY {
                durations.no_first_day.push(number);
            } else if finished_day < first_day {
                durations.negative.push(number);
            } else {
                durations.found.push(Duration { finished_day, item: number, days: finished_day - first_day + 1 });
            }
        }
        durations.found = by_finish_day(durations.found);
        durations
    }

    fn exclusions(&mut self, question: &Question) -> Vec<Exclusion> {
        Exclusion::list([
            (question.no_first_day.to_owned(), std::mem::take(&mut self.no_first_day)),
            ("finished, but no finish date".to_owned(), std::mem::take(&mut self.undated)),
            (format!("finished before it was {}", question.first_event), std::mem::take(&mut self.negative)),
            ("finished outside the chosen period".to_owned(), std::mem::take(&mut self.outside)),
        ])
    }
}

/// Rising by finish day; items of one day keep their order. One pass to count, one to place, as there are few days.
fn by_finish_day(mut found: Vec<Duration>) -> Vec<Duration> {
    let days = || found.iter().map(|duration| duration.finished_day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return found };
    let span = (i64::from(last) - i64::from(first) + 1) as usize;
    if span > 65_536.max(4 * found.len()) {
        found.sort_by_key(|duration| duration.finished_day);
        return found;
    }
    let mut next = vec![0_usize; span + 1];
    days().for_each(|day| next[(day - first) as usize + 1] += 1);
    for day in 1..=span {
        next[day] += next[day - 1];
    }
    let mut sorted = found.clone();
    for &duration in &found {
        let place = &mut next[(duration.finished_day - first) as usize];
        sorted[*place] = duration;
        *place += 1;
    }
    sorted
}

/// The item at percentile `p` of the durations; among equal ones the earlier finished comes first.
fn at_percentile(found: &mut [Duration], p: usize) -> Option<Duration> {
    if found.is_empty() {
        return None;
    }
    let position = nearest_rank(found.len(), p) - 1;
    Some(
        *found.select_nth_unstable_by_key(position, |duration| (duration.days, duration.finished_day, duration.item)).1,
    )
}

/// Answers for the days in `first_days`, one per item.
pub(super) fn answer(
    question: &Question,
    first_days: &[i32],
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
) -> MetricResult {
    let mut durations = Durations::new(first_days, data, items, query);
    let excluded = durations.exclusions(question);
    let mut by_days = durations.found.clone();
    let Some(median) = at_percentile(&mut by_days, 50) else {
        let mut result = MetricResult::not_computable(
            question.id,
            format!("No item in this selection is both {} and finished with dates.", question.first_event),
            format!("Finished items with the day they were {} and the day they were finished.", question.first_event),
        );
        result.excluded = excluded;
        return result;
    };
    let number = by_days.len();
    let ends = [durations.found.first(), durations.found.last()];
    let finished_days: Vec<i32> = ends.into_iter().flatten().map(|duration| duration.finished_day).collect();
    let mut result = MetricResult {
        id: question.id.to_owned(),
        considered: number as u64,
        excluded,
        summary: summary(question, number, median.days),
        working: working(question, &durations.found, median),
        ..MetricResult::default()
    };
    result.series.push(scatter(question, &durations.found));
    for (id, p, least) in [("p50", 50, 1), ("p85", 85, VALUES_FOR_P85), ("p95", 95, VALUES_FOR_P95)] {
        let at_rank = at_percentile(&mut by_days, p).filter(|_| number >= least);
        result.figures.push(percentile_figure(id, p, least, number, at_rank));
        if let Some(duration) = at_rank {
            let name = if p == 50 { "Median".to_owned() } else { format!("{p} % took at most") };
            result.series.push(Series::level(id, name, "days", f64::from(duration.days), &finished_days));
        }
    }
    if number < FEW_VALUES {
        let text = format!("Only {}: percentiles of so few say little.", words::items(number));
        result.note("few-items", text);
    }
    result
}

fn scatter(question: &Question, found: &[Duration]) -> Series {
    let point = |duration: &Duration| Point {
        x: X::Day(duration.finished_day),
        y: Some(f64::from(duration.days)),
        items: vec![duration.item],
    };
    Series {
        id: question.id.to_owned(),
        name: words::capitalised(question.name),
        role: Role::Scatter,
        unit: "days".into(),
        points: found.iter().map(point).collect(),
    }
}

fn percentile_figure(id: &str, p: usize, least: usize, number: usize, at_rank: Option<Duration>) -> Figure {
    let name = if p == 50 { "Median".to_owned() } else { format!("p{p}") };
    let how = if at_rank.is_some() {
        rank_in_words(number, p)
    } else {
        format!("needs at least {least} items; there {} {number}", words::verb(number, "is", "are"))
    };
    let value = at_rank.map(|duration| f64::from(duration.days));
    Figure::new(id, name, value, "days", how)
        .with_items(at_rank.map(|duration| vec![duration.item]).unwrap_or_default())
}

fn summary(question: &Question, number: usize, median: i32) -> String {
    let days = words::days(f64::from(median));
    if number == 1 {
        format!("The {} of the one finished item is {days}.", question.name)
    } else {
        format!("Median {} is {days} ({}).", question.name, words::items(number))
    }
}

fn working(question: &Question, found: &[Duration], median: Duration) -> Vec<String> {
    let number = found.len();
    let days = || found.iter().map(|duration| duration.days);
    let (shortest, longest) = (days().min().unwrap_or(0), days().max().unwrap_or(0));
    vec![
        format!(
            "{} = finish day - day {} + 1, in calendar days: the same day is 1.",
            words::capitalised(question.name),
            question.first_event
        ),
        format!(
            "{}, from {} to {}.",
            words::items(number),
            words::days(f64::from(shortest)),
            words::days(f64::from(longest))
        ),
        format!("Median = {} = {}.", rank_in_words(number, 50), words::days(f64::from(median.days))),
    ]
}
