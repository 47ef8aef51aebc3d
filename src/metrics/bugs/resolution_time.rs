//! Resolution time: how long bugs were there before they were done, by priority.

use crate::metrics::age::days_between;
use crate::metrics::marked::{Marked, Marks, Stand, stand};
use crate::metrics::stats::{FEW_VALUES, at_most, line_id, percentile_by, percentile_in_words, short_name, values_for};
use crate::metrics::{
    About, Alternative, BySprint, DayRule, Exclusion, Figure, Metric, MetricResult, PercentileRule, Point, Query, Role,
    Series, X, words,
};
use crate::model::{ItemSet, MomentField, NO_DAY, PreparedDataset};

use super::priorities::ByPriority;

/// ## What it measures
/// The days from the creation of a bug until it was done, as percentiles of all bugs and of those of each priority.
/// ## How
/// Done day - creation day + 1 by the rule for days of the question, as for the lead time. A bug is done since its last entry
/// into done that still holds: one that was opened again is measured to its last resolution.
/// ## Edge cases
/// Bugs closed without being delivered were not resolved and do not count. Bugs without a creation date, without a date of
/// being done, done before they were created, or done outside the chosen period are left out and counted. p85 is given from 10
/// bugs on, p95 from 20. Time in statuses in progress is no resolution time: elapsed time is shown then.
/// ## Source
/// Lead time of the Kanban Guide, of defects: <https://kanbanguides.org>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bug-resolution-time",
    title: "Resolution time of bugs",
    definition: "The days from the creation of a bug to the day it was done, both counted. Bugs closed without being \
                 delivered do not count.",
    how_to_read: "Each pair of bars is one priority: half of its bugs were done within the first, 85 of 100 within the \
                  second. Grave bugs should have the shortest bars.",
    per_iteration: false,
};

/// Priorities that are told apart.
const MOST: usize = 12;

/// When a bug was created and done.
#[derive(Clone, Copy)]
pub(super) struct Course {
    item: u32,
    created: (i64, i32),
    done: (i64, i32),
}

/// Days by the rule of the question; time in statuses is none of a wait.
pub(super) const fn rule(query: &Query) -> DayRule {
    match query.days {
        DayRule::InStatus => DayRule::Elapsed,
        rule => rule,
    }
}

impl Course {
    /// Days by a rule; `None` when it was done before it was created.
    pub(super) fn days(self, data: &PreparedDataset, rule: DayRule) -> Option<f64> {
        let ((created, first), (done, last)) = (self.created, self.done);
        if last < first || (rule == DayRule::Elapsed && done < created) {
            return None;
        }
        days_between(data, (created, first), (done, last), rule)
    }

    /// The course of an item from its creation to an end; `None` when nobody knows its creation.
    pub(super) fn until(data: &PreparedDataset, item: usize, done: (i64, i32)) -> Option<Self> {
        let day = data.life.created_day[item];
        let created = (data.dataset.moment(MomentField::Created)[item], day);
        (day != NO_DAY).then_some(Self { item: item as u32, created, done })
    }
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let bugs = Marked::new(Marks::Bugs, data, items);
    if bugs.items.count() == 0 {
        return bugs.none(ABOUT.id);
    }
    let (courses, mut excluded) = courses(data, &bugs.items, query);
    let mut measured: Vec<(u32, f64)> = Vec::with_capacity(courses.len());
    let mut negative = Vec::new();
    for course in &courses {
        match course.days(data, rule(query)) {
            Some(days) => measured.push((course.item, days)),
            None => negative.push(course.item),
        }
    }
    Exclusion::add(&mut excluded, "finished before it was created", negative);
    if measured.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No bug of this selection is both created and done with dates.",
            "Bugs with the day they were created and the day they were done.",
        );
        result.excluded = excluded;
        return result;
    }
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: measured.len() as u64,
        excluded,
        alternatives: alternatives(data, &courses, query),
        ..MetricResult::default()
    };
    answer(&mut result, data, measured, &bugs, query);
    result
}

/// The bugs that are done with both dates, and the reasons why others are not among them.
fn courses(data: &PreparedDataset, bugs: &ItemSet, query: &Query) -> (Vec<Course>, Vec<Exclusion>) {
    let as_of = query.as_of(data);
    let mut found = Vec::new();
    let (mut undated, mut outside, mut no_creation) = (Vec::new(), Vec::new(), Vec::new());
    for item in bugs {
        let number = item as u32;
        match stand(data, item, as_of) {
            Stand::Done { day, .. }
                if query.from.is_some_and(|from| day < from) || query.to.is_some_and(|to| day > to) =>
            {
                outside.push(number);
            }
            Stand::Done { at, day } => match Course::until(data, item, (at, day)) {
                Some(course) => found.push(course),
                None => no_creation.push(number),
            },
            Stand::Unknown(_) if data.life.is_finished(item) => undated.push(number),
            _ => {}
        }
    }
    let excluded = Exclusion::list([
        ("finished, but no creation date".to_owned(), no_creation),
        ("finished, but no finish date".to_owned(), undated),
        ("finished outside the chosen period".to_owned(), outside),
    ]);
    (found, excluded)
}

fn rising(values: &[(u32, f64)]) -> Vec<f64> {
    let mut rising: Vec<f64> = values.iter().map(|&(_, days)| days).collect();
    rising.sort_unstable_by(f64::total_cmp);
    rising
}

fn answer(
    result: &mut MetricResult,
    data: &PreparedDataset,
    mut measured: Vec<(u32, f64)>,
    bugs: &Marked,
    query: &Query,
) {
    let by_priority = ByPriority::new(data, MOST, measured.iter().map(|&(item, days)| (item, (item, days))));
    let mut few = false;
    for (position, p) in query.percentiles.or(&[50, 85]).into_iter().enumerate() {
        let points = by_priority.groups.iter().map(|(priority, values)| {
            few |= values.len() < FEW_VALUES;
            let enough = values.len() >= values_for(p);
            Point {
                x: X::Name(priority.clone()),
                y: percentile_by(&rising(values), usize::from(p), query.percentile).filter(|_| enough),
                items: values.iter().map(|&(item, _)| item).collect(),
            }
        });
        let role = if position == 0 { Role::Main } else { Role::Second };
        result.series.push(Series::new(&line_id(p), at_most(p), role, "days", points.collect()));
    }
    measured.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let values: Vec<f64> = measured.iter().map(|&(_, days)| days).collect();
    let number = values.len();
    for p in query.percentiles.or(&[50, 85, 95]) {
        let (rank, least) = (usize::from(p), values_for(p));
        let value = percentile_by(&values, rank, query.percentile).filter(|_| number >= least);
        let how = match value {
            Some(_) => percentile_in_words(number, rank, query.percentile),
            None => format!("needs at least {least} bugs; there {} {number}", words::verb(number, "is", "are")),
        };
        // A linear percentile lies between two items: it is none of them. Several may have taken the same time.
        let value_of_items = value.filter(|_| query.percentile == PercentileRule::Nearest);
        let items = measured.iter().filter(|&&(_, days)| Some(days) == value_of_items).map(|&(item, _)| item).collect();
        result.figures.push(Figure::new(&line_id(p), short_name(p), value, "days", how).with_items(items));
    }
    let median = percentile_by(&values, 50, query.percentile).unwrap_or(0.0);
    let of_bugs = words::count(number, "bug", "bugs");
    result.working = vec![
        bugs.line(),
        formula(rule(query)).to_owned(),
        format!("{of_bugs}, from {} to {}.", words::days(values[0]), words::days(values[number - 1])),
        format!("Median = {} = {}.", percentile_in_words(number, 50, query.percentile), words::days(median)),
    ];
    result.summary = if number == 1 {
        format!("The one resolved bug took {}.", words::days(median))
    } else {
        format!("Half of the bugs were resolved within {} ({of_bugs}).", words::days(median))
    };
    if few {
        result.note("few-items", "Some priorities have few resolved bugs: their median says little.");
    }
    if query.days == DayRule::InStatus {
        result.note("elapsed", "Shown as elapsed time: the time in progress leaves out how long a bug waited.");
    }
}

const fn formula(rule: DayRule) -> &'static str {
    match rule {
        DayRule::Calendar => "Resolution time = day done - day created + 1, in calendar days: the same day is 1.",
        DayRule::Working => {
            "Resolution time = working days from the day created to the day done, both counted, at least 1."
        }
        DayRule::Elapsed | DayRule::InStatus => "Resolution time = moment done - moment created, in days of 24 hours.",
    }
}

/// The median under each rule for days, then under each rule for percentiles.
fn alternatives(data: &PreparedDataset, courses: &[Course], query: &Query) -> Vec<Alternative> {
    let median = |days: DayRule, percentile: PercentileRule| {
        let mut values: Vec<f64> = courses.iter().filter_map(|course| course.days(data, days)).collect();
        values.sort_unstable_by(f64::total_cmp);
        percentile_by(&values, 50, percentile)
    };
    let one = |key: &str, value: &str, name: &str, in_use: bool, figure: Option<f64>| Alternative {
        key: key.to_owned(),
        value: value.to_owned(),
        name: name.to_owned(),
        in_use,
        figure,
        unit: "days".to_owned(),
        reason: if figure.is_none() { "no bug has such a time".to_owned() } else { String::new() },
    };
    let of_days = [DayRule::Calendar, DayRule::Working, DayRule::Elapsed]
        .into_iter()
        .map(|days| one("days", days.id(), days.title(), days == query.days, median(days, query.percentile)));
    let of_percentiles = PercentileRule::ALL.into_iter().map(|percentile| {
        let in_use = percentile == query.percentile;
        one("percentile", percentile.id(), percentile.title(), in_use, median(rule(query), percentile))
    });
    of_days.chain(of_percentiles).collect()
}
