//! The whole periods that a question covers.

use crate::model::{Granularity, NO_DAY, PreparedDataset};

use super::steps::TimeSteps;
use super::{Exclusion, Query, words};

/// Where a day lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the whole period at this position.
    Whole(usize),
    /// In the first period of the data, which the data covers only in part.
    PartialFirst,
    /// In the period that is not over at `as_of`.
    Present,
    /// Outside the period that was asked for.
    Outside,
}

/// Whole periods, one after the other without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Periods {
    /// First day of each period, rising.
    pub(super) starts: Vec<i32>,
    /// First day after the last period.
    pub(super) end: i32,
    /// Position of the period of each day from the first start.
    position_of_day: Vec<u32>,
    data_start: i32,
    present: i32,
}

impl Periods {
    /// The whole periods from the first finish in the data (whatever the filter, so that parts add up to the whole) or
    /// `query.from`, to `as_of` or `query.to`. `None` when nothing in the data is finished and dated.
    ///
    /// The first period counts as whole when anything in the data is older than its first day.
    pub(super) fn new(data: &PreparedDataset, query: &Query, as_of: i64) -> Option<Self> {
        let known = |&day: &i32| day != NO_DAY;
        let today = data.calendar.day_of(as_of);
        let first_finish = data.life.finished_day.iter().copied().filter(known).min().filter(|&day| day <= today)?;
        let first_seen = data.life.created_day.iter().copied().filter(known).min().unwrap_or(first_finish);
        Some(Self::since(first_finish, first_seen, data, query, as_of))
    }

    /// The whole periods from that of `first_event` on; the first counts as whole when the data begins, at `first_seen`,
    /// before its first day or on it.
    pub(super) fn since(first_event: i32, first_seen: i32, data: &PreparedDataset, query: &Query, as_of: i64) -> Self {
        let today = data.calendar.day_of(as_of);
        let steps = TimeSteps(query);
        let next = |start| steps.next(start);

        let mut data_start = steps.start(first_event);
        if first_seen.min(first_event) > data_start {
            data_start = next(data_start);
        }
        let present_start = steps.start(today);
        let is_over = data.calendar.start_of_day(next(present_start)) <= as_of.saturating_add(1);
        let present = if is_over { next(present_start) } else { present_start };
        let start = query.from.map_or(data_start, |from| data_start.max(first_start_from(from, &steps)));
        let end = query.to.map_or(present, |to| present.min(steps.start(to.saturating_add(1))));
        Self::between(start, end, &steps, data_start, present)
    }

    fn between(start: i32, end: i32, steps: &TimeSteps<'_>, data_start: i32, present: i32) -> Self {
        let mut starts = Vec::new();
        let mut position_of_day = Vec::new();
        let mut period = start;
        while period < end {
            let after = steps.next(period);
            position_of_day.extend(std::iter::repeat_n(starts.len() as u32, (after - period) as usize));
            starts.push(period);
            period = after;
        }
        Self { starts, end: end.max(start), position_of_day, data_start, present }
    }

    /// First and last day of each period.
    pub(super) fn spans(&self) -> Vec<(i32, i32)> {
        let ends = self.starts.iter().skip(1).chain([&self.end]);
        self.starts.iter().zip(ends).map(|(&start, &next)| (start, next - 1)).collect()
    }

    /// Where a day lies.
    pub(super) fn place(&self, day: i32) -> Place {
        let offset = self.starts.first().map(|&start| i64::from(day) - i64::from(start));
        let position =
            offset.and_then(|offset| usize::try_from(offset).ok()).and_then(|offset| self.position_of_day.get(offset));
        match position {
            Some(&position) => Place::Whole(position as usize),
            None if day < self.data_start => Place::PartialFirst,
            None if day >= self.present => Place::Present,
            None => Place::Outside,
        }
    }
}

/// Finished items that fall into no whole period, by the reason.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    partial_first: Vec<u32>,
    present: Vec<u32>,
    outside: Vec<u32>,
}

impl Elsewhere {
    /// Takes in an item by its place; answers the position of a whole period instead.
    pub(super) fn sort(&mut self, place: Place, item: u32) -> Option<usize> {
        match place {
            Place::Whole(position) => return Some(position),
            Place::PartialFirst => self.partial_first.push(item),
            Place::Present => self.present.push(item),
            Place::Outside => self.outside.push(item),
        }
        None
    }

    /// Adds them to what was left out.
    pub(super) fn add_to(&mut self, excluded: &mut Vec<Exclusion>, query: &Query) {
        let period = words::period(query.granularity, 1);
        let mut add = |reason: &str, items: &mut Vec<u32>| Exclusion::add(excluded, reason, std::mem::take(items));
        let (before, after) = match query.granularity {
            Granularity::Sprint => (
                "finished before the first whole sprint".to_owned(),
                "finished after the last sprint that is over".to_owned(),
            ),
            _ => (
                format!("finished in the first {period}, which the data covers only in part"),
                format!("finished in the present {period}, which is not over"),
            ),
        };
        add(&before, &mut self.partial_first);
        add(&after, &mut self.present);
        add("finished outside the chosen period", &mut self.outside);
    }
}

/// The last day of each period from the day `first` to `last`; the first and the last may be cut short.
pub(super) fn period_ends(first: i32, last: i32, steps: &TimeSteps<'_>) -> Vec<i32> {
    let mut ends = Vec::new();
    let mut day = first;
    while day <= last {
        let next = steps.next(steps.start(day)).min(last + 1);
        ends.push(next - 1);
        day = next;
    }
    ends
}

/// The start of the first period that begins on or after `day`.
fn first_start_from(day: i32, steps: &TimeSteps<'_>) -> i32 {
    let start = steps.start(day);
    if start < day { steps.next(start) } else { start }
}
