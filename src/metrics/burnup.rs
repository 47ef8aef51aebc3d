//! Burnup: how the scope and the finished work grow, with or without sprints.

use crate::model::{ItemSet, NO_DAY, PreparedDataset, iso_from_day};

use super::outcome::Outcomes;
use super::periods::period_ends;
use super::phase::{Phase, phases, undated_phase};
use super::stats::{percent, tidy};
use super::steps::TimeSteps;
use super::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// The scope of the selected items and the finished part of it, at the end of each day, week or month, in items, points or
/// hours. Filtered by a fix version it is the burnup of that release.
/// ## How
/// An item is in scope from its creation on, until it is closed without being delivered. It is done from each entry into Done
/// until it leaves Done. Both lines run from the first day asked for, or the first creation, to the last day asked for, or
/// "now"; what happened before is in the first point. The items of a point are those that came in, or were finished, in its
/// period. Sizes are today's estimates.
/// ## Edge cases
/// An item without a creation date, finished without a date, or closed without one is left out and counted. The present period
/// ends at "now". Opening an item again lowers the done line.
/// ## Source
/// Agile practice; compare the release burnup charts of Jira and Azure DevOps.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "burnup",
    title: "Burnup",
    definition: "All work that exists (scope) and the part of it that is done, over time. Work closed without being delivered \
                 leaves the scope. Filter by a fix version to see one release.",
    how_to_read: "The gap between the lines is the work left. Where the scope line climbs as fast as the done line, the end \
                  does not come nearer, however much is finished.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let as_of = query.as_of(data);
    let mut left_out: [Vec<u32>; 3] = Default::default();
    let mut kept = Vec::new();
    for item in items {
        let number = item as u32;
        match undated_phase(data, item) {
            _ if data.life.created_day[item] == NO_DAY => left_out[0].push(number),
            Some(Phase::Dropped) => left_out[2].push(number),
            Some(_) => left_out[1].push(number),
            None => kept.push(number),
        }
    }
    let begin = |item: &u32| phases(data, *item as usize).next().map(|(at, _)| data.calendar.day_of(at));
    let today = data.calendar.day_of(as_of);
    let last = query.to.map_or(today, |to| to.min(today));
    let first = query.from.or_else(|| kept.iter().filter_map(begin).min());
    let reasons = ["no creation date", "finished, but no finish date", "closed without being delivered, and no date"];
    let mut excluded = Exclusion::list(reasons.into_iter().map(str::to_owned).zip(left_out));
    match first {
        Some(first) if first <= last && !kept.is_empty() => {
            let mut course = Course::new(first, last, &TimeSteps(query));
            let mut later = Vec::new();
            let outcomes = Outcomes::new(data, as_of, query.unit);
            for &item in &kept {
                if !course.add(item, data, &outcomes, as_of) {
                    later.push(item);
                }
            }
            excluded.extend(Exclusion::list([("created after the chosen period".to_owned(), later)]));
            let mut result = answer(&course, query);
            result.excluded = excluded;
            result
        }
        _ => {
            let mut result = MetricResult::not_computable(
                ABOUT.id,
                "No selected item has a creation date in the chosen period or before it.",
                "Items with a Created date, or another period.",
            );
            result.excluded = excluded;
            result
        }
    }
}

/// What changes in each period.
struct Course {
    first: i32,
    /// Last day of each period, rising; the last one is the last day of the course.
    ends: Vec<i32>,
    /// Position of the period of each day from the first.
    period_of_day: Vec<u32>,
    scope: Vec<Change>,
    done: Vec<Change>,
    considered: u64,
    unestimated: usize,
    /// Items in the scope, items done, at the end.
    counts: (usize, usize),
}

#[derive(Debug, Clone, Default)]
struct Change {
    by: f64,
    items: Vec<u32>,
}

impl Course {
    fn new(first: i32, last: i32, steps: &TimeSteps<'_>) -> Self {
        let ends = period_ends(first, last, steps);
        let mut period_of_day = Vec::new();
        let mut day = first;
        for (position, &end) in ends.iter().enumerate() {
            period_of_day.extend(std::iter::repeat_n(position as u32, (end + 1 - day) as usize));
            day = end + 1;
        }
        let periods = ends.len();
        Self {
            first,
            ends,
            period_of_day,
            scope: vec![Change::default(); periods],
            done: vec![Change::default(); periods],
            considered: 0,
            unestimated: 0,
            counts: (0, 0),
        }
    }

    /// Follows an item; false when it came in only after the course.
    fn add(&mut self, item: u32, data: &PreparedDataset, outcomes: &Outcomes<'_>, as_of: i64) -> bool {
        let size = outcomes.size(item as usize);
        let (mut is_in, mut is_done, mut is_seen) = (false, false, false);
        for (at, phase) in phases(data, item as usize) {
            let offset = (data.calendar.day_of(at) - self.first).max(0) as usize;
            let Some(&period) = self.period_of_day.get(offset).filter(|_| at <= as_of) else { break };
            is_seen = true;
            let (now_in, now_done) = (phase != Phase::Dropped, phase == Phase::Done);
            for (was, now, changes) in [(is_in, now_in, &mut self.scope), (is_done, now_done, &mut self.done)] {
                let change = &mut changes[period as usize];
                match (was, now) {
                    (false, true) => {
                        change.by += size;
                        if change.items.last() != Some(&item) {
                            change.items.push(item);
                        }
                    }
                    (true, false) => change.by -= size,
                    _ => {}
                }
            }
            (is_in, is_done) = (now_in, now_done);
        }
        if is_seen {
            self.considered += 1;
            self.unestimated += usize::from(outcomes.is_unestimated(item as usize));
            self.counts.0 += usize::from(is_in);
            self.counts.1 += usize::from(is_done);
        }
        is_seen
    }

    fn line(&self, changes: &[Change]) -> Vec<Point> {
        let mut sum = 0.0;
        let points = self.ends.iter().zip(changes).map(|(&day, change)| {
            sum += change.by;
            Point { x: X::Day(day), y: Some(tidy(sum)), items: change.items.clone() }
        });
        points.collect()
    }
}

fn answer(course: &Course, query: &Query) -> MetricResult {
    let (scope, done) = (course.line(&course.scope), course.line(&course.done));
    let last = |points: &[Point]| points.last().and_then(|point| point.y).unwrap_or(0.0);
    let (all, finished) = (last(&scope), last(&done));
    let unit = query.unit;
    let series = |id: &str, name: &str, role, points| Series::new(id, name, role, unit.id(), points);
    let end = course.ends.last().copied().unwrap_or(course.first);
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(all, finished, unit),
        working: vec![
            format!("{}.", words::day_range(course.first, end)),
            format!(
                "Left = scope - done = {} - {} = {}.",
                words::number(all),
                words::number(finished),
                words::number(tidy(all - finished))
            ),
        ],
        series: vec![series("done", "Done", Role::Main, done), series("scope", "Scope", Role::Scope, scope)],
        considered: course.considered,
        ..MetricResult::default()
    };
    let day = iso_from_day(end);
    let figure = |id: &str, name: &str, value, how: String| Figure::new(id, name, Some(value), unit.id(), how);
    let (in_scope, are_done) = (words::items(course.counts.0), words::items(course.counts.1));
    result.figures = vec![
        Figure::new(
            "done-share",
            "Done",
            percent(finished, all),
            "%",
            format!("{} of {}", words::number(finished), words::number(all)),
        ),
        figure("scope", "Scope", all, format!("{in_scope} on {day}")),
        figure("done", "Done so far", finished, format!("{are_done} on {day}")),
        figure("left", "Left", tidy(all - finished), format!("{} - {}", words::number(all), words::number(finished))),
    ];
    result.note_unestimated(course.unestimated, unit);
    if unit != Unit::Items {
        result
            .note("estimates-today", "Sizes are today's estimates: the lines move with items, not with new estimates.");
    }
    result
}

fn summary(all: f64, finished: f64, unit: Unit) -> String {
    if all == 0.0 {
        return format!("No {} in scope.", unit.id());
    }
    let left = tidy(all - finished);
    let rest = if left == 0.0 { "nothing is left".to_owned() } else { format!("{} left", words::number(left)) };
    format!("{} of {} done; {rest}.", words::number(finished), words::amount(all, unit))
}
