//! The steps of the course: sprint by sprint where there are sprints one after the other, else period by period.

use crate::metrics::periods::period_ends;
use crate::metrics::sprint_content::has_member;
use crate::metrics::steps::TimeSteps;
use crate::metrics::{Query, X};
use crate::model::{ItemSet, PreparedDataset};

use super::{after_name, start_name};

/// One step.
pub(super) struct Step {
    /// Its place on the axis.
    pub(super) x: X,
    /// First moment after it, UTC milliseconds.
    pub(super) end: i64,
    /// True for what comes after the last sprint.
    pub(super) is_after_all: bool,
}

/// How the steps came about.
pub(super) enum Told {
    /// One step a sprint.
    BySprint,
    /// One step a period.
    ByPeriod {
        /// True where there are sprints, but at the same time.
        is_parallel: bool,
    },
}

/// All steps, without a gap.
pub(super) struct Steps {
    /// First moment of the course.
    pub(super) start: i64,
    /// The place of the work left at the start.
    pub(super) start_x: X,
    pub(super) list: Vec<Step>,
    pub(super) told: Told,
    pub(super) first_day: i32,
    pub(super) last_day: i32,
}

impl Steps {
    /// The steps of these items, from `begin`, the day of the first creation, or the first day asked for. `None` = no day is left.
    pub(super) fn new(data: &PreparedDataset, items: &ItemSet, query: &Query, begin: i32) -> Option<Self> {
        let as_of = query.as_of(data);
        let now = as_of.saturating_add(1);
        let asked = |last: i32| query.from.is_none_or(|from| from <= last) && query.to.is_none_or(|to| last <= to);
        let mut sprints = Vec::new();
        for (position, sprint) in data.iterations.list().iter().enumerate() {
            let Some(window) = sprint.window.filter(|window| window.start <= as_of) else { continue };
            if asked(data.calendar.day_of(window.end - 1)) && has_member(data, items, position) {
                sprints.push((sprint.name.as_str(), window.start, window.end.min(now)));
            }
        }
        let is_parallel = sprints.windows(2).any(|pair| pair[1].1 < pair[0].2);
        if sprints.is_empty() || is_parallel {
            return Self::by_period(data, query, begin, is_parallel);
        }
        let step = |&(name, _, end): &(&str, i64, i64)| Step { x: X::Name(name.to_owned()), end, is_after_all: false };
        let mut list: Vec<Step> = sprints.iter().map(step).collect();
        let (start, mut end) = (sprints[0].1, sprints[sprints.len() - 1].2);
        if end < now && query.to.is_none() {
            list.push(Step { x: after_name(), end: now, is_after_all: true });
            end = now;
        }
        let day = |moment| data.calendar.day_of(moment);
        Some(Self {
            start,
            start_x: start_name(),
            list,
            told: Told::BySprint,
            first_day: day(start),
            last_day: day(end - 1),
        })
    }

    fn by_period(data: &PreparedDataset, query: &Query, begin: i32, is_parallel: bool) -> Option<Self> {
        let as_of = query.as_of(data);
        let today = data.calendar.day_of(as_of);
        let last = query.to.map_or(today, |to| to.min(today));
        let first = query.from.unwrap_or(begin);
        if first > last {
            return None;
        }
        let step = |day: i32| {
            let end = data.calendar.start_of_day(day + 1).min(as_of.saturating_add(1));
            Step { x: X::Day(day), end, is_after_all: false }
        };
        Some(Self {
            start: data.calendar.start_of_day(first),
            start_x: X::Day(first - 1),
            list: period_ends(first, last, &TimeSteps(query)).into_iter().map(step).collect(),
            told: Told::ByPeriod { is_parallel },
            first_day: first,
            last_day: last,
        })
    }

    /// First moment after the last step.
    pub(super) fn end(&self) -> i64 {
        self.list.last().map_or(self.start, |step| step.end)
    }

    /// The position of the step of a moment inside the course.
    pub(super) fn step_of(&self, at: i64) -> usize {
        self.list.partition_point(|step| step.end <= at)
    }
}
