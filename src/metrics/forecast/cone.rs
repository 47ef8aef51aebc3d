//! The burnup with the course to come as a cone.

use super::basis::{Basis, by_date, in_units};
use super::past::days_of_work;
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X};
use crate::model::{ItemSet, PreparedDataset};
use throughline_simulation::Simulation;

/// ## What it measures
/// What was finished since the history window began, against the scope, and how it may go on.
/// ## How
/// Done = finished up to the day. Scope = done and open on the day, from creation dates. The course to come is that of the trials:
/// 85, 50 and 15 % of them are at or above its lower edge, middle and upper edge. It ends where 95 % of the trials are done.
/// ## Edge cases
/// Up to 2000 of the trials, and at most 130 days of work. Items closed without being delivered are in no scope. With new work
/// counted, the course is finished work less new work. Risks raise the scope, not the course: they are not drawn. Otherwise as
/// [`super::when`].
/// ## Source
/// As [`super::when`].
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-cone",
    title: "Burnup with forecast",
    definition: "What was finished since the history window began, against the scope (finished and open), and the range of \
                 the days to come as the forecast's trials draw it.",
    how_to_read: "The work is done where a line of the cone meets the scope: hopefully the upper edge, safely the lower one, \
                  which 85 % of the trials reach or exceed. A rising scope moves the meeting away.",
    per_iteration: false,
};

/// Days of work that are drawn ahead.
const MOST_AHEAD: u32 = 130;
/// Points of a course beyond which it is thinned.
const MOST_POINTS: u32 = 60;
/// Trials that the cone is made of.
const MOST_TRIALS: u32 = 2_000;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let basis = match Basis::new(ABOUT.id, data, items, query, query.unit) {
        Ok(basis) => basis,
        Err(answer) => return *answer,
    };
    let trials = query.forecast.trials.min(MOST_TRIALS);
    let simulation = Simulation { trials, ..basis.simulation() };
    // The dates are those of the forecast itself; a course of every trial would take its time many times over.
    let ends = basis.simulation().when(basis.work);
    let ahead = ends.percentile(95).unwrap_or(MOST_AHEAD).clamp(1, MOST_AHEAD);
    let (done, scope) = so_far(&basis);
    let done_now = done.last().and_then(|point| point.y).unwrap_or(0.0);
    let [middle, low, high] = to_come(&basis, &simulation, ahead, done_now);
    let mut result = basis.answer(ABOUT.id);
    let done_on = |p| ends.percentile(p).map(|day| basis.date(day));
    for p in [85, 50] {
        let value = done_on(p).map(|date| f64::from(date - basis.past.today));
        let name = format!("Days from now, {p} %");
        result.figures.push(Figure::new(&format!("p{p}"), name, value, "days", by_date(done_on(p))));
    }
    let unit = query.unit.id();
    result.figures.push(Figure::new("done", "Done in the window", Some(done_now), unit, "since its first day"));
    let all = scope.last().and_then(|point| point.y);
    result.figures.push(Figure::new("scope", "Scope", all, unit, "done and open"));
    let series = |id: &str, name: &str, role, points| Series::new(id, name, role, unit, points);
    result.series = vec![
        series("done", "Done", Role::Main, done),
        series("scope", "Scope", Role::Scope, scope),
        series("expected", "Expected (50 %)", Role::Guideline, middle),
        series("low", "At least, 85 %", Role::RangeLow, low),
        series("high", "At least, 15 %", Role::RangeHigh, high),
    ];
    result.working.push(format!(
        "Scope = {} done + {} open.",
        basis.in_words(basis.past.finished_since(basis.window.first) * 100),
        basis.in_words(basis.work)
    ));
    result.working.push(format!(
        "The edges of the cone are made of the first {trials} of the trials, the dates of all {}.",
        query.forecast.trials
    ));
    result.summary = if basis.work == 0 {
        "Nothing is open: the scope is reached.".to_owned()
    } else {
        format!(
            "{} done in the window and {} to go: all done {} with a chance of 85 %.",
            basis.in_words(basis.past.finished_since(basis.window.first) * 100),
            basis.in_words(basis.work),
            by_date(done_on(85))
        )
    };
    result
}

/// Done and scope up to now.
fn so_far(basis: &Basis<'_>) -> (Vec<Point>, Vec<Point>) {
    let past = &basis.past;
    let first = basis.window.first;
    let step = (past.today - first) / MOST_POINTS as i32 + 1;
    let all = past.finished_since(first) * 100 + basis.work;
    let (mut done, mut scope) = (Vec::new(), Vec::new());
    let mut sum = 0;
    let mut to_arrive: i64 = (first..=past.today).map(|day| past.arrived_on(day)).sum();
    for day in first..=past.today {
        sum += past.finished_on(day);
        to_arrive -= past.arrived_on(day);
        if (past.today - day) % step == 0 {
            let point = |amount| Point { x: X::Day(day), y: Some(in_units(amount)), items: Vec::new() };
            done.push(point(sum * 100));
            // Finished before it was created is an error of the data; nothing is done outside the scope.
            scope.push(point((all - to_arrive * 100).max(sum * 100)));
        }
    }
    (done, scope)
}

/// The middle, the lower and the upper edge.
fn to_come(basis: &Basis<'_>, simulation: &Simulation<'_>, ahead: u32, done_now: f64) -> [Vec<Point>; 3] {
    let step = ahead / MOST_POINTS + 1;
    let numbers: Vec<u32> =
        (0..=ahead).filter(|number| (ahead - number).is_multiple_of(step) || *number == 0).collect();
    let dates: Vec<i32> =
        days_of_work(basis.past.today, basis.work_days, &basis.settings).take(ahead as usize + 1).collect();
    let course = simulation.course(&numbers);
    [50, 85, 15].map(|p| {
        let at = |(number, amounts): (&u32, &throughline_simulation::Amounts)| Point {
            x: X::Day(dates[*number as usize]),
            y: Some(crate::metrics::stats::tidy(done_now + in_units(amounts.reached_by(p).min(basis.work)))),
            items: Vec::new(),
        };
        numbers.iter().zip(&course).map(at).collect()
    })
}
