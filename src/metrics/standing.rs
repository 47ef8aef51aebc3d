//! Where items stood at the end of each day: what the flow metrics share.

use crate::model::{ItemSet, NO_DAY, NO_MOMENT, PreparedDataset, StatusCategory, Step};

use super::{Exclusion, Query};

/// More days than this are not drawn one by one.
const MOST_DAYS: i64 = 750;

/// What is not known of an item's way, so that nobody can say where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Finish,
    Drop,
    Start,
}

/// The gap in an item's way: its present category has no date.
fn gap(data: &PreparedDataset, item: usize) -> Option<Gap> {
    let last = data.timeline.of_item(item).next_back().map(|step| step.category).unwrap_or_default();
    match data.life.category[item] {
        now if now == last => None,
        StatusCategory::Done => Some(Gap::Finish),
        StatusCategory::Dropped => Some(Gap::Drop),
        StatusCategory::InProgress => Some(Gap::Start),
        StatusCategory::ToDo => None,
    }
}

/// The items whose way is known, and those left out.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// Rising.
    pub(super) known: Vec<u32>,
    finish: Vec<u32>,
    drop: Vec<u32>,
    start: Vec<u32>,
    later: Vec<u32>,
}

impl Ways {
    /// Sorts the items. Those whose first step lies after `last` were not there yet.
    pub(super) fn new(data: &PreparedDataset, items: &ItemSet, window: Window) -> Self {
        let mut ways = Self::default();
        for item in items {
            let is_there = steps(data, item, window.as_of).next().is_some_and(|(day, _)| day <= window.last);
            let list = match gap(data, item) {
                Some(Gap::Finish) => &mut ways.finish,
                Some(Gap::Drop) => &mut ways.drop,
                Some(Gap::Start) => &mut ways.start,
                None if is_there => &mut ways.known,
                None => &mut ways.later,
            };
            list.push(item as u32);
        }
        ways
    }

    /// What is left out, with the reasons.
    pub(super) fn exclusions(&mut self) -> Vec<Exclusion> {
        let take = |reason: &str, items: &mut Vec<u32>| (reason.to_owned(), std::mem::take(items));
        Exclusion::list([
            take("finished, but no finish date", &mut self.finish),
            take("closed without being delivered, but no date tells when", &mut self.drop),
            take("in progress, but no start date", &mut self.start),
            take("created after the chosen period", &mut self.later),
        ])
    }
}

/// The last day that is looked at, and the moment taken as "now".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// What happened after it has not happened.
    pub(super) as_of: i64,
    /// Last day, never after `as_of`.
    pub(super) last: i32,
}

impl Window {
    /// The window of a question.
    pub(super) fn new(data: &PreparedDataset, query: &Query) -> Self {
        let as_of = query.as_of(data);
        let today = data.calendar.day_of(as_of);
        Self { as_of, last: query.to.map_or(today, |to| to.min(today)) }
    }
}

/// The steps of an item up to a moment, each with its day; [`NO_DAY`] for what was always there.
pub(super) fn steps(data: &PreparedDataset, item: usize, as_of: i64) -> impl Iterator<Item = (i32, Step)> + '_ {
    let day = |at: i64| if at == NO_MOMENT { NO_DAY } else { data.calendar.day_of(at) };
    data.timeline.of_item(item).take_while(move |step| step.at <= as_of).map(move |step| (day(step.at), step))
}

/// Tells each stay in progress as the first day whose end it was there, and the first day whose end it was not; `None` when
/// it is there still.
pub(super) fn each_stay(data: &PreparedDataset, item: usize, window: Window, mut tell: impl FnMut(i32, Option<i32>)) {
    let mut since = None;
    for (day, step) in steps(data, item, window.as_of) {
        if day > window.last {
            break;
        }
        match (since, step.category == StatusCategory::InProgress) {
            (None, true) => since = Some(day),
            (Some(first), false) => {
                since = None;
                if day > first {
                    tell(first, Some(day));
                }
            }
            _ => {}
        }
    }
    if let Some(first) = since {
        tell(first, None);
    }
}

/// Days that are drawn: each one, or, when there are too many, every seventh (or a multiple of it) up to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    /// The first day, drawn or not.
    pub(super) first: i32,
    /// The last day, always drawn.
    pub(super) last: i32,
    /// Days from one that is drawn to the next.
    pub(super) stride: i32,
}

impl Days {
    /// The days from `first` to `last`; `None` when there is none.
    pub(super) fn new(first: i32, last: i32) -> Option<Self> {
        let span = i64::from(last) - i64::from(first);
        if span < 0 {
            return None;
        }
        let mut stride = 1_i64;
        while span / stride >= MOST_DAYS {
            stride = if stride == 1 { 7 } else { stride * 2 };
        }
        i32::try_from(stride).ok().map(|stride| Self { first, last, stride })
    }

    /// The same with fewer days.
    pub(super) fn sparser(self) -> Self {
        Self { stride: if self.stride == 1 { 7 } else { self.stride.saturating_mul(2) }, ..self }
    }

    /// Number of days that are drawn.
    pub(super) fn len(self) -> usize {
        ((i64::from(self.last) - i64::from(self.first)) / i64::from(self.stride)) as usize + 1
    }

    /// The day that is drawn at a position.
    pub(super) fn day(self, position: usize) -> i32 {
        self.last - (self.len() - 1 - position) as i32 * self.stride
    }

    /// The position of the first drawn day on or after `day`; behind all for a day after the last.
    pub(super) fn position(self, day: i32) -> usize {
        let before_last = i64::from(self.last) - i64::from(day);
        if before_last < 0 {
            return self.len();
        }
        let steps = (before_last / i64::from(self.stride)) as usize;
        (self.len() - 1).saturating_sub(steps)
    }

    /// All days that are drawn.
    pub(super) fn list(self) -> Vec<i32> {
        (0..self.len()).map(|position| self.day(position)).collect()
    }

    /// Says when not every day is drawn.
    pub(super) fn note(self) -> Option<String> {
        (self.stride > 1)
            .then(|| format!("Of so many days, only every {}th is drawn, the last one included.", self.stride))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_days_are_thinned_and_the_last_stays() {
        let few = Days::new(10, 12).unwrap();
        assert_eq!((few.len(), few.list(), few.note()), (3, vec![10, 11, 12], None));
        assert_eq!([9, 10, 12, 13].map(|day| few.position(day)), [0, 0, 2, 3]);
        let many = Days::new(0, 1000).unwrap();
        assert_eq!((many.stride, many.len(), many.day(0), many.day(142)), (7, 143, 6, 1000));
        assert_eq!([0, 6, 7, 13, 14, 1000].map(|day| many.position(day)), [0, 0, 1, 1, 2, 142]);
        assert_eq!(many.position(NO_DAY), 0);
        assert_eq!(Days::new(5, 4), None);
        assert!(Days::new(-700_000, 20_000).unwrap().len() <= 750);
    }
}
