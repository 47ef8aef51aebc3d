//! The days that a number of capacity is about: a sprint, or the coming period.

use crate::metrics::sprint_content::{has_member, is_over};
use crate::metrics::{MetricResult, Query, words};
use crate::model::{ItemSet, PreparedDataset, Window, iso_from_day};

/// Some days with their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) first: i32,
    pub(super) last: i32,
    /// "Sprint 12", "the week from 2024-01-08".
    pub(super) name: String,
    /// Position of the sprint.
    pub(super) sprint: Option<usize>,
}

impl Days {
    pub(super) const fn span(&self) -> (i32, i32) {
        (self.first, self.last)
    }
}

/// The moment taken as "now". Without any dated thing in the data it is the day that capacity begins.
pub(super) fn now(data: &PreparedDataset, query: &Query) -> Option<i64> {
    let is_dated = data.last_moment.is_some();
    if query.as_of.is_some() || is_dated {
        return Some(query.as_of(data));
    }
    let first = data.capacity.lines().iter().map(|line| line.first).filter(|&day| day != i32::MIN).min()?;
    Some(data.calendar.start_of_day(first))
}

/// The answer where nothing tells what "now" is.
pub(super) fn undated(id: &str) -> MetricResult {
    MetricResult::not_computable(
        id,
        "Nothing in this data is dated, so nobody knows which days are ahead.",
        "Dated work items or work logs, or a day to look from.",
    )
}

/// The first day that is not over: work can still be done on it.
pub(super) fn first_open_day(data: &PreparedDataset, as_of: i64) -> i32 {
    let day = data.calendar.day_of(as_of);
    let is_over = data.calendar.start_of_day(day + 1) <= as_of.saturating_add(1);
    if is_over { day + 1 } else { day }
}

/// First and last day of a window; never none.
pub(super) fn days_of(data: &PreparedDataset, window: Window) -> (i32, i32) {
    let first = data.calendar.day_of(window.start);
    (first, data.calendar.day_of(window.end - 1).max(first))
}

/// The sprint of these items that runs, else the next one that is dated.
pub(super) fn present_or_coming(data: &PreparedDataset, items: &ItemSet, as_of: i64) -> Option<usize> {
    let list = data.iterations.list();
    let dated: Vec<(usize, Window)> = (0..list.len())
        .filter_map(|position| Some((position, list[position].window?)))
        .filter(|&(position, window)| !is_over(window, as_of) && has_member(data, items, position))
        .collect();
    let runs = dated.iter().rev().find(|(_, window)| window.start <= as_of);
    runs.or_else(|| dated.iter().min_by_key(|(_, window)| window.start)).map(|&(position, _)| position)
}

/// A sprint's days by its position.
pub(super) fn of_sprint(data: &PreparedDataset, position: usize) -> Option<Days> {
    let iteration = data.iterations.list().get(position)?;
    let (first, last) = days_of(data, iteration.window?);
    Some(Days { first, last, name: iteration.name.clone(), sprint: Some(position) })
}

/// The days of the period that begins on `first`.
pub(super) fn of_period(first: i32, query: &Query) -> Days {
    let last = query.next_period_start(first) - 1;
    let name = format!("the {} from {}", words::period(query.granularity, 1), iso_from_day(first));
    Days { first, last, name, sprint: None }
}

/// The whole period that begins on the day or after it.
pub(super) fn coming_period(day: i32, query: &Query) -> Days {
    let start = query.period_start(day);
    of_period(if start < day { query.next_period_start(start) } else { start }, query)
}

/// The days ahead in which the load of a question is to be done: what is left of the sprint asked for, else of the one that runs, else
/// the coming sprint, else the coming period. The error is the metric's answer.
pub(super) fn days_ahead(
    id: &str,
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
    as_of: i64,
) -> Result<Days, Box<MetricResult>> {
    let open = first_open_day(data, as_of);
    let refuse = |reason: String, needs: &str| Box::new(MetricResult::not_computable(id, reason, needs));
    let position = match &query.iteration {
        None => present_or_coming(data, items, as_of),
        Some(name) => Some(data.iterations.position_of(name).ok_or_else(|| {
            refuse(format!("There is no sprint \"{name}\" in this data."), "The name of one of its sprints.")
        })?),
    };
    let Some(position) = position else { return Ok(coming_period(open, query)) };
    let name = &data.iterations.list()[position].name;
    let refused = |reason: String, needs: &str| {
        let mut answer = refuse(reason, needs);
        name.clone_into(&mut answer.subject);
        answer
    };
    let days = of_sprint(data, position).ok_or_else(|| {
        refused(
            format!("The dates of {name} are not known, and its items do not tell."),
            "The first and last day of the sprint; set them on the sprint view.",
        )
    })?;
    if days.last < open {
        return Err(refused(
            format!("{name} is over: nothing is left of it to do its work in."),
            "A sprint that runs or is ahead; what was worked in a past one is told by the logged time.",
        ));
    }
    Ok(Days { first: days.first.max(open), ..days })
}
