//! What cycle time and lead time share: the time from a beginning to the finish, per finished item, by the rule of the
//! question.

use crate::model::{ItemSet, NO_DAY, PreparedDataset, sort_by_number};

use super::age::{days_between, in_days, time_in_progress};
use super::outcome::{Outcome, Outcomes};
use super::stats::{FEW_VALUES, at_most, nearest_rank, percentile_among, percentile_in_words, short_name, values_for};
use super::{
    Alternative, DayRule, Exclusion, Figure, MetricResult, PercentileRule, Point, Query, Role, Series, Unit, X, words,
};

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
    /// What a day of it can be.
    pub(super) rules: &'static [DayRule],
}

/// When each item began: its creation or the start of work.
#[derive(Clone, Copy)]
pub(super) struct Beginnings<'a> {
    /// Day, or [`NO_DAY`].
    pub(super) days: &'a [i32],
    /// Moment, or [`NO_MOMENT`].
    pub(super) moments: &'a [i64],
}

/// One finished item with its duration.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Duration {
    finished_day: i32,
    item: u32,
    /// By the rule of the question.
    days: f64,
}

/// Measures the duration of a finished item by one rule.
#[derive(Clone, Copy)]
struct Measure<'a> {
    data: &'a PreparedDataset,
    from: Beginnings<'a>,
    rule: DayRule,
}

/// Why a finished item has no duration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unmeasured {
    NoBeginning,
    Negative,
    NoHistory,
}

impl Measure<'_> {
    fn of(self, item: usize, finished_at: i64, finished_day: i32) -> Result<f64, Unmeasured> {
        let first_day = self.from.days[item];
        if self.rule == DayRule::InStatus {
            return match time_in_progress(self.data, item, finished_at) {
                None => Err(Unmeasured::NoHistory),
                Some(0) => Err(Unmeasured::NoBeginning),
                Some(time) => Ok(in_days(time)),
            };
        }
        if first_day == NO_DAY {
            return Err(Unmeasured::NoBeginning);
        }
        if finished_day < first_day || (self.rule == DayRule::Elapsed && finished_at < self.from.moments[item]) {
            return Err(Unmeasured::Negative);
        }
        let from = (self.from.moments[item], first_day);
        days_between(self.data, from, (finished_at, finished_day), self.rule).ok_or(Unmeasured::NoHistory)
    }
}

#[derive(Default)]
struct Durations {
    found: Vec<Duration>,
    /// Of the period of the same length before the one asked for.
    previous: Vec<f64>,
    no_first_day: Vec<u32>,
    undated: Vec<u32>,
    negative: Vec<u32>,
    no_history: Vec<u32>,
    outside: Vec<u32>,
}

impl Durations {
    fn new(from: Beginnings<'_>, data: &PreparedDataset, items: &ItemSet, query: &Query) -> Self {
        let as_of = query.as_of(data);
        let outcomes = Outcomes::new(data, as_of, Unit::Items);
        let measure = Measure { data, from, rule: query.days };
        let before = previous_period(query, data.calendar.day_of(as_of));
        let mut durations = Self::default();
        for item in items {
            let number = item as u32;
            let (at, finished_day) = match outcomes.of(item) {
                Outcome::Finished { at, day } => (at, day),
                Outcome::Undated => {
                    durations.undated.push(number);
                    continue;
                }
                Outcome::Open | Outcome::Dropped => continue,
            };
            if query.from.is_some_and(|from| finished_day < from) || query.to.is_some_and(|to| finished_day > to) {
                durations.outside.push(number);
                if before.as_ref().is_some_and(|before| before.contains(&finished_day))
                    && let Ok(days) = measure.of(item, at, finished_day)
                {
                    durations.previous.push(days);
                }
                continue;
            }
            match measure.of(item, at, finished_day) {
                Ok(days) => durations.found.push(Duration { finished_day, item: number, days }),
                Err(Unmeasured::NoBeginning) => durations.no_first_day.push(number),
                Err(Unmeasured::Negative) => durations.negative.push(number),
                Err(Unmeasured::NoHistory) => durations.no_history.push(number),
            }
        }
        durations.found = by_finish_day(durations.found);
        durations
    }

    fn exclusions(&mut self, question: &Question) -> Vec<Exclusion> {
        Exclusion::list([
            (question.no_first_day.to_owned(), std::mem::take(&mut self.no_first_day)),
            (
                "finished, but no status history that tells the whole way".to_owned(),
                std::mem::take(&mut self.no_history),
            ),
            ("finished, but no finish date".to_owned(), std::mem::take(&mut self.undated)),
            (format!("finished before it was {}", question.first_event), std::mem::take(&mut self.negative)),
            ("finished outside the chosen period".to_owned(), std::mem::take(&mut self.outside)),
        ])
    }
}

/// The days before the period asked for, as many as it has.
fn previous_period(query: &Query, today: i32) -> Option<std::ops::Range<i32>> {
    let from = query.from?;
    let days = query.to.map_or(today, |to| to.min(today)) - from + 1;
    (days > 0).then(|| from - days..from)
}

/// Rising by finish day; items of one day keep their order. One pass to count, one to place, as there are few days.
fn by_finish_day(mut found: Vec<Duration>) -> Vec<Duration> {
    let days = || found.iter().map(|duration| duration.finished_day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return found };
    let span = (i64::from(last) - i64::from(first) + 1) as usize;
    if span > 65_536.max(4 * found.len()) {
        sort_by_number(&mut found, |duration| duration.finished_day);
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

/// The item at percentile `p` of the durations by nearest rank; among equal ones the earlier finished comes first.
fn at_percentile(found: &mut [Duration], p: usize) -> Option<Duration> {
    if found.is_empty() {
        return None;
    }
    let position = nearest_rank(found.len(), p) - 1;
    let order = |a: &Duration, b: &Duration| {
        a.days.total_cmp(&b.days).then((a.finished_day, a.item).cmp(&(b.finished_day, b.item)))
    };
    Some(*found.select_nth_unstable_by(position, order).1)
}

/// Answers for the beginnings of the items; what the number would be under other definitions is not in it.
pub(super) fn answer(
    question: &Question,
    from: Beginnings<'_>,
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
) -> MetricResult {
    let mut durations = Durations::new(from, data, items, query);
    let excluded = durations.exclusions(question);
    let mut values: Vec<f64> = durations.found.iter().map(|duration| duration.days).collect();
    let Some(median) = percentile_among(&mut values, 50, query.percentile) else {
        let mut result = if query.days == DayRule::InStatus && !is_told_somewhere(data, items) {
            MetricResult::not_computable(
                question.id,
                "No finished item of this selection has a status history.",
                "An export with the history of statuses, or another definition of a day.",
            )
        } else {
            MetricResult::not_computable(
                question.id,
                format!("No item in this selection is both {} and finished with dates.", question.first_event),
                format!(
                    "Finished items with the day they were {} and the day they were finished.",
                    question.first_event
                ),
            )
        };
        result.excluded = excluded;
        return result;
    };
    let number = values.len();
    let ends = [durations.found.first(), durations.found.last()];
    let finished_days: Vec<i32> = ends.into_iter().flatten().map(|duration| duration.finished_day).collect();
    let mut result = MetricResult {
        id: question.id.to_owned(),
        considered: number as u64,
        excluded,
        summary: summary(question, number, median, query) + &compared(median, &mut durations.previous, number, query),
        working: working(question, data, &values, median, query),
        ..MetricResult::default()
    };
    result.series.push(scatter(question, &durations.found));
    let mut by_days = durations.found;
    for p in query.percentiles.or(&[50, 85, 95]) {
        let rank = usize::from(p);
        let value = percentile_among(&mut values, rank, query.percentile).filter(|_| number >= values_for(p));
        // A linear percentile lies between two items: it is none of them.
        let item = at_percentile(&mut by_days, rank).filter(|_| query.percentile == PercentileRule::Nearest);
        result.figures.push(percentile_figure(p, number, value, item, query));
        let Some(value) = value else { continue };
        result.series.push(Series::level(&format!("p{p}"), at_most(p), "days", value, &finished_days));
        if query.percentiles.is_asked() && p != 50 {
            let rank = percentile_in_words(number, rank, query.percentile);
            result.working.push(format!("p{p} = {rank} = {}.", amount(value, query)));
        }
    }
    if number < FEW_VALUES {
        let text = format!("Only {}: percentiles of so few say little.", words::items(number));
        result.note("few-items", text);
    }
    if query.days == DayRule::Working {
        result.note("work-week", work_week(data));
    }
    result
}

/// True when the history of any finished item tells its whole way.
fn is_told_somewhere(data: &PreparedDataset, items: &ItemSet) -> bool {
    items.iter().any(|item| data.life.is_finished(item) && data.timeline.is_told(item))
}

/// The median under each rule for days, then under each rule for percentiles.
pub(super) fn alternatives(
    question: &Question,
    from: Beginnings<'_>,
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
) -> Vec<Alternative> {
    let finished = Finished::new(data, items, query);
    let of_days = question.rules.iter().map(|&rule| {
        let figure = percentile_among(&mut finished.measured(from, data, rule), 50, query.percentile);
        let reason = match (figure, rule) {
            (Some(_), _) => String::new(),
            (None, DayRule::InStatus) => "no status history tells the whole way of an item".to_owned(),
            (None, _) => format!("no item is both {} and finished with dates", question.first_event),
        };
        Alternative {
            key: "days".to_owned(),
            value: rule.id().to_owned(),
            name: rule.title().to_owned(),
            in_use: rule == query.days,
            figure,
            unit: "days".to_owned(),
            reason,
        }
    });
    let mut values = finished.measured(from, data, query.days);
    let of_percentiles = PercentileRule::ALL.into_iter().map(|rule| {
        let figure = percentile_among(&mut values, 50, rule);
        let reason = if figure.is_none() { "there is no duration".to_owned() } else { String::new() };
        Alternative {
            key: "percentile".to_owned(),
            value: rule.id().to_owned(),
            name: rule.title().to_owned(),
            in_use: rule == query.percentile,
            figure,
            unit: "days".to_owned(),
            reason,
        }
    });
    of_days.chain(of_percentiles).collect()
}

/// The median of the durations from a beginning, by the rules of the question.
pub(super) fn median(from: Beginnings<'_>, data: &PreparedDataset, items: &ItemSet, query: &Query) -> Option<f64> {
    percentile_among(&mut Finished::new(data, items, query).measured(from, data, query.days), 50, query.percentile)
}

/// The items that a question of durations is about.
struct Finished(Vec<(u32, i64, i32)>);

impl Finished {
    fn new(data: &PreparedDataset, items: &ItemSet, query: &Query) -> Self {
        let outcomes = Outcomes::new(data, query.as_of(data), Unit::Items);
        let is_asked = |day: i32| query.from.is_none_or(|from| day >= from) && query.to.is_none_or(|to| day <= to);
        Self(
            items
                .iter()
                .filter_map(|item| match outcomes.of(item) {
                    Outcome::Finished { at, day } if is_asked(day) => Some((item as u32, at, day)),
                    _ => None,
                })
                .collect(),
        )
    }

    fn measured(&self, from: Beginnings<'_>, data: &PreparedDataset, rule: DayRule) -> Vec<f64> {
        let measure = Measure { data, from, rule };
        self.0.iter().filter_map(|&(item, at, day)| measure.of(item as usize, at, day).ok()).collect()
    }
}

fn scatter(question: &Question, found: &[Duration]) -> Series {
    let point = |duration: &Duration| Point {
        x: X::Day(duration.finished_day),
        y: Some(duration.days),
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

fn percentile_figure(p: u8, number: usize, value: Option<f64>, item: Option<Duration>, query: &Query) -> Figure {
    let how = if value.is_some() {
        percentile_in_words(number, usize::from(p), query.percentile)
    } else {
        format!("needs at least {} items; there {} {number}", values_for(p), words::verb(number, "is", "are"))
    };
    let items = item.filter(|_| value.is_some()).map(|duration| vec![duration.item]).unwrap_or_default();
    Figure::new(&format!("p{p}"), short_name(p), value, "days", how).with_items(items)
}

/// "6 days", "6 working days".
fn amount(days: f64, query: &Query) -> String {
    let text = words::days(days);
    if query.days == DayRule::Working { text.replace(" day", " working day") } else { text }
}

fn summary(question: &Question, number: usize, median: f64, query: &Query) -> String {
    let days = amount(median, query);
    if number == 1 {
        format!("The {} of the one finished item is {days}.", question.name)
    } else {
        format!("Median {} is {days} ({}).", question.name, words::items(number))
    }
}

/// How the median stands to that of the period before; nothing where one of them rests on few items.
fn compared(median: f64, previous: &mut [f64], number: usize, query: &Query) -> String {
    let before = percentile_among(previous, 50, query.percentile);
    let Some(before) = before.filter(|&before| before > 0.0 && previous.len() >= FEW_VALUES && number >= FEW_VALUES)
    else {
        return String::new();
    };
    let share = ((median - before) / before * 100.0).round();
    let days = amount(before, query);
    let than = format!("the period of the same length before ({days}, {})", words::items(previous.len()));
    match share {
        0.0 => format!(" That is as long as in {than}."),
        share if share < 0.0 => format!(" That is {} % below {than}.", words::number(-share)),
        share => format!(" That is {} % above {than}.", words::number(share)),
    }
}

fn work_week(data: &PreparedDataset) -> String {
    let week = words::week(data.work_days.week());
    match data.work_days.holidays() {
        0 => format!("Working days are {week}; the data names no holidays for everybody."),
        number => {
            let holidays = words::count(number, "holiday", "holidays");
            format!("Working days are {week} without the {holidays} that the data names.")
        }
    }
}

fn working(question: &Question, data: &PreparedDataset, values: &[f64], median: f64, query: &Query) -> Vec<String> {
    let number = values.len();
    let shortest = values.iter().copied().fold(f64::INFINITY, f64::min);
    let longest = values.iter().copied().fold(0.0, f64::max);
    let (name, event) = (words::capitalised(question.name), question.first_event);
    let formula = match query.days {
        DayRule::Calendar => {
            format!("{name} = finish day - day {event} + 1, in calendar days: the same day is 1.")
        }
        DayRule::Working => {
            format!("{name} = working days from the day {event} to the finish day, both counted, at least 1.")
        }
        DayRule::Elapsed => format!("{name} = moment of the finish - moment {event}, in days of 24 hours."),
        DayRule::InStatus => format!(
            "{name} = time in statuses that count as in progress until the finish, all visits added up, in days of 24 hours."
        ),
    };
    let mut lines = vec![
        formula,
        format!("{}, from {} to {}.", words::items(number), amount(shortest, query), amount(longest, query)),
        format!("Median = {} = {}.", percentile_in_words(number, 50, query.percentile), amount(median, query)),
    ];
    if query.days == DayRule::Working {
        lines.insert(1, work_week(data));
    }
    lines
}
