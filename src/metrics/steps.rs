//! The steps that time is told in: days, weeks, months, or the sprints of the data.

use crate::model::{Granularity, ItemSet, PreparedDataset, next_period_start, period_start};

use super::{Metric, MetricResult, Query};

/// Days by which two sprints may overlap: many end on the day on which the next begins.
const OVERLAP: i32 = 1;
/// No period reaches further than so many days.
const FAR: i32 = 36_500;

/// What a metric does where sprints are asked for as periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BySprint {
    /// It knows no periods.
    NoPeriods,
    /// It is told by the sprints.
    Told,
    /// It is told by the sprints of the teams already, and by periods only where there are none or beside them.
    OwnSprints,
    /// It is told by weeks, for this reason.
    Weeks(&'static str),
}

impl BySprint {
    /// Of rates.
    pub const RATES: Self = Self::Weeks("rates are compared over periods of one length");
    /// Of hours.
    pub const HOURS: Self = Self::Weeks("hours are compared over periods of one length");
}

impl Metric {
    /// Its answer. Where sprints are asked for as periods and it cannot be told by them, it is told by weeks and says why.
    pub fn answer(&self, data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
        if query.granularity != Granularity::Sprint {
            return (self.compute)(data, items, query);
        }
        let weekly = Query { granularity: Granularity::Week, ..query.clone() };
        let by_weeks = |why: &str| {
            let mut result = (self.compute)(data, items, &weekly);
            if result.is_computed() {
                result.note("by-week", format!("Shown by week and not by sprint: {why}."));
            }
            result
        };
        match self.by_sprint {
            BySprint::NoPeriods => (self.compute)(data, items, query),
            BySprint::Weeks(why) => by_weeks(why),
            BySprint::Told => match sprint_edges(data, items) {
                Ok(sprint_edges) => (self.compute)(data, items, &Query { sprint_edges, ..query.clone() }),
                Err(why) => by_weeks(&why),
            },
            BySprint::OwnSprints => match sprint_edges(data, items) {
                Ok(_) => (self.compute)(data, items, &weekly),
                Err(why) => by_weeks(&why),
            },
        }
    }
}

impl Query {
    /// The first day of the period that holds a day.
    pub(super) fn period_start(&self, day: i32) -> i32 {
        let shift = self.week_shift();
        period_start(day.saturating_sub(shift), self.granularity) + shift
    }

    /// The first day of the period after the one that starts on a day.
    pub(super) fn next_period_start(&self, start: i32) -> i32 {
        let shift = self.week_shift();
        next_period_start(start.saturating_sub(shift), self.granularity) + shift
    }

    /// Days from Monday to the first day of the week, where time is told in weeks.
    fn week_shift(&self) -> i32 {
        if self.granularity == Granularity::Week { self.week_start.after_monday() } else { 0 }
    }
}

impl MetricResult {
    /// Says on which day weeks begin, where they are what time is told in.
    pub(super) fn note_weeks(&mut self, query: &Query) {
        if query.granularity == Granularity::Week {
            self.note("weeks", format!("Weeks begin on {}.", query.week_start.title()));
        }
    }
}

/// The steps of a question.
pub(super) struct TimeSteps<'a>(pub(super) &'a Query);

impl TimeSteps<'_> {
    /// The first day of the step that holds a day.
    pub(super) fn start(&self, day: i32) -> i32 {
        let edges = &self.0.sprint_edges;
        match edges.first() {
            None => self.0.period_start(day),
            // What was before the first sprint is one stretch of its own.
            Some(&first) if day < first => first.saturating_sub(FAR),
            Some(&first) => edges.iter().rev().copied().find(|&edge| edge <= day).unwrap_or(first),
        }
    }

    /// The first day after the step that starts on a day.
    pub(super) fn next(&self, start: i32) -> i32 {
        let edges = &self.0.sprint_edges;
        if edges.is_empty() {
            return self.0.next_period_start(start);
        }
        edges.iter().copied().find(|&edge| edge > start).unwrap_or_else(|| start.saturating_add(FAR))
    }
}

/// First day of each sprint of these items and the first day after the last; the error says why they are no steps of time. A sprint
/// lasts until the next one begins: what is finished in between belongs to the earlier.
fn sprint_edges(data: &PreparedDataset, items: &ItemSet) -> Result<Vec<i32>, String> {
    let list = data.iterations.list().iter().enumerate();
    let own = list
        .filter(|(position, _)| data.iterations.members(*position).iter().any(|&item| items.contains(item as usize)));
    let mut windows: Vec<(i32, i32, &str)> = own
        .filter_map(|(_, iteration)| Some((iteration.window?, iteration.name.as_str())))
        .map(|(window, name)| {
            let first = data.calendar.day_of(window.start);
            (first, data.calendar.day_of(window.end - 1).max(first), name)
        })
        .collect();
    windows.sort_unstable();
    let mut edges: Vec<i32> = Vec::new();
    let mut latest: Option<(i32, i32, &str)> = None;
    for (first, last, name) in windows {
        match latest {
            // The same sprint of another team.
            Some((start, end, _)) if first - start <= OVERLAP && (last - end).abs() <= OVERLAP => continue,
            Some((_, end, other)) if first < end + 1 - OVERLAP => {
                return Err(format!(
                    "{other} and {name} run at the same time; a filter on one team leaves its own sprints"
                ));
            }
            _ => edges.push(first),
        }
        latest = Some((first, last, name));
    }
    let Some((_, end, _)) = latest else { return Err("no sprint of these items has dates".to_owned()) };
    edges.push(end.max(edges.last().copied().unwrap_or(end)) + 1);
    Ok(edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sprints_have_no_gap_and_an_end() {
        let query = Query { sprint_edges: vec![10, 24, 38], granularity: Granularity::Sprint, ..Query::default() };
        let steps = TimeSteps(&query);
        assert_eq!([10, 23, 24, 37].map(|day| steps.start(day)), [10, 10, 24, 24]);
        assert_eq!([10, 24].map(|start| steps.next(start)), [24, 38]);
        assert!(steps.start(9) < 0 && steps.next(steps.start(9)) == 10, "before the first is one stretch");
        assert_eq!(steps.start(500), 38);
        assert!(steps.next(38) > 30_000, "after the last is one stretch");
    }

    #[test]
    fn weeks_begin_where_they_are_asked_to() {
        // Day 4 was Monday, 5 January 1970.
        for (shift, id) in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().enumerate() {
            let mut query = Query::default();
            query.set("wk", id).unwrap();
            let first = 4 + shift as i32;
            assert_eq!([first, first + 6].map(|day| query.period_start(day)), [first, first], "{id}");
            assert_eq!(query.next_period_start(first), first + 7, "{id}");
        }
    }
}
