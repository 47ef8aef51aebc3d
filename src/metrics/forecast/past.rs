//! The daily history of the selected items, and the window of it that a forecast draws from.

use super::settings::{ForecastSettings, HistoryWindow};
use crate::metrics::outcome::{Outcome, Outcomes};
use crate::metrics::{Query, Unit};
use crate::model::{ItemSet, NO_DAY, PreparedDataset, WorkDays};

/// Days of history that are looked at: ten years. It bounds the memory that a wrong date can take.
const MOST_DAYS: i32 = 3_653;
/// The window where nothing else is asked for.
const DEFAULT_WINDOW: u32 = 90;
/// Amounts are whole hundredths of an item or point.
const HUNDREDTHS: f64 = 100.0;
const ONE_ITEM: i64 = 100;

/// What was finished and what came in, day by day, and what is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    /// First day of the columns.
    pub(super) first: i32,
    /// The last day that is over at `as_of`: forecasts begin on the day after it.
    pub(super) today: i32,
    /// Items finished, per day from `first` to `today`.
    pub(super) finished_items: Vec<u32>,
    /// The same in hundredths of the unit.
    pub(super) finished: Vec<i64>,
    /// Work created on the day, in hundredths of the unit, open or finished and dated by now.
    pub(super) arrived: Vec<i64>,
    /// What is open now, in hundredths.
    pub(super) open_amount: i64,
    /// Open items.
    pub(super) open: Vec<u32>,
    /// Finished and dated items with their day.
    pub(super) done: Vec<(u32, i32)>,
    /// Finished, but nobody knows when.
    pub(super) undated: Vec<u32>,
    /// Closed without being delivered.
    pub(super) dropped: Vec<u32>,
    /// Open items without an estimate, where one is asked for.
    pub(super) unestimated: usize,
}

/// The days that are drawn from.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    /// First day, inclusive.
    pub(super) first: i32,
    /// Last day, inclusive.
    pub(super) last: i32,
    /// Finished per day of work, in hundredths.
    pub(super) finished: Vec<i64>,
    /// New work per day of work, in hundredths.
    pub(super) arrived: Vec<i64>,
    /// Days of work on which anything was finished.
    pub(super) active: usize,
    /// Days off inside.
    pub(super) days_off: usize,
    /// Items that were finished on a day off.
    pub(super) finished_on_days_off: usize,
}

/// The last day that is over at a moment: forecasts begin on the day after it.
pub(in crate::metrics) fn last_whole_day(data: &PreparedDataset, as_of: i64) -> i32 {
    let day = data.calendar.day_of(as_of);
    let is_over = data.calendar.start_of_day(day + 1) <= as_of.saturating_add(1);
    if is_over { day } else { day - 1 }
}

impl Past {
    /// One pass over the selected items.
    pub(super) fn new(data: &PreparedDataset, items: &ItemSet, query: &Query, unit: Unit) -> Self {
        let as_of = query.as_of(data);
        let today = last_whole_day(data, as_of);
        // Whatever the filter, so that a team's first days without a finish count.
        let known = data.life.first_day;
        let first = if known == NO_DAY { today } else { known.clamp(today - MOST_DAYS + 1, today) };
        let length = (today - first + 1) as usize;
        let mut past = Self {
            first,
            today,
            finished_items: vec![0; length],
            finished: vec![0; length],
            arrived: vec![0; length],
            done: Vec::with_capacity(items.count()),
            ..Self::default()
        };
        let outcomes = Outcomes::new(data, as_of, unit);
        for item in items {
            let amount = if unit == Unit::Items { ONE_ITEM } else { (outcomes.size(item) * HUNDREDTHS).round() as i64 };
            let number = item as u32;
            match outcomes.of(item) {
                Outcome::Dropped => {
                    past.dropped.push(number);
                    continue;
                }
                Outcome::Undated => {
                    past.undated.push(number);
                    continue;
                }
                Outcome::Open => {
                    past.open.push(number);
                    past.open_amount += amount;
                    past.unestimated += usize::from(outcomes.is_unestimated(item));
                }
                Outcome::Finished { day, .. } => {
                    past.done.push((number, day));
                    if let Some(place) = past.place(day) {
                        past.finished_items[place] += 1;
                        past.finished[place] += amount;
                    }
                }
            }
            if let Some(place) = past.place(data.life.created_day[item]) {
                past.arrived[place] += amount;
            }
        }
        past
    }

    /// The position of a day in the columns.
    fn place(&self, day: i32) -> Option<usize> {
        (self.first..=self.today).contains(&day).then(|| (day - self.first) as usize)
    }

    /// Finished on a day, in hundredths.
    pub(super) fn finished_on(&self, day: i32) -> i64 {
        self.place(day).map_or(0, |place| self.finished[place])
    }

    /// Come in on a day, in hundredths.
    pub(super) fn arrived_on(&self, day: i32) -> i64 {
        self.place(day).map_or(0, |place| self.arrived[place])
    }

    /// Finished from a day until now, in hundredths.
    pub(super) fn finished_since(&self, day: i32) -> i64 {
        self.place(day).map_or(0, |place| self.finished[place..].iter().sum())
    }

    /// First and last day of the window that the settings ask for, as far as the data reaches.
    pub(super) fn asked(&self, query: &Query) -> (i32, i32) {
        let back = |days: u32| (self.today.saturating_sub(days as i32 - 1), self.today);
        let (first, last) = match query.forecast.history {
            Some(HistoryWindow::Days(days)) => back(days),
            Some(HistoryWindow::Range(first, last)) => (first, last),
            None if query.from.is_some() || query.to.is_some() => {
                (query.from.unwrap_or(self.first), query.to.unwrap_or(self.today))
            }
            None => back(DEFAULT_WINDOW),
        };
        (first.max(self.first), last.min(self.today))
    }

    /// The days of work from `first` to `last`. With days off skipped, what was finished or came in on a day off counts on the
    /// day of work before it (after it where there is none): nothing is lost.
    pub(super) fn window(&self, first: i32, last: i32, work: &WorkDays, settings: &ForecastSettings) -> Window {
        let mut window = Window { first, last, ..Window::default() };
        let (mut early, mut early_arrived, mut early_items) = (0, 0, 0);
        let mut items: Vec<u32> = Vec::new();
        for day in first..=last {
            let Some(place) = self.place(day) else { continue };
            let (count, done, new) = (self.finished_items[place], self.finished[place], self.arrived[place]);
            if !settings.skip_days_off || work.is_working(day) {
                window.finished.push(done + std::mem::take(&mut early));
                window.arrived.push(new + std::mem::take(&mut early_arrived));
                items.push(count + std::mem::take(&mut early_items));
                continue;
            }
            window.days_off += 1;
            window.finished_on_days_off += count as usize;
            if let (Some(finished), Some(arrived), Some(items)) =
                (window.finished.last_mut(), window.arrived.last_mut(), items.last_mut())
            {
                *finished += done;
                *arrived += new;
                *items += count;
            } else {
                early += done;
                early_arrived += new;
                early_items += count;
            }
        }
        window.active = items.iter().filter(|&&count| count > 0).count();
        window
    }
}

impl Window {
    /// What each day brings nearer to the end, in [`throughline_simulation::STEPS`]: finished work at a capacity in percent, less new
    /// work where that counts.
    pub(super) fn days(&self, capacity: u32, growth: bool) -> Vec<i64> {
        let net = |(&finished, &arrived): (&i64, &i64)| {
            finished * i64::from(capacity) - if growth { arrived * 100 } else { 0 }
        };
        self.finished.iter().zip(&self.arrived).map(net).collect()
    }

    /// Sum of the finished work, in hundredths.
    pub(super) fn total(&self) -> i64 {
        self.finished.iter().sum()
    }
}

/// The days of work after `today`, with `today` itself at 0.
pub(super) fn days_of_work(today: i32, work: &WorkDays, settings: &ForecastSettings) -> impl Iterator<Item = i32> {
    let skips = settings.skip_days_off;
    std::iter::once(today).chain((today + 1..).filter(move |&day| !skips || work.is_working(day)))
}

/// Number of days of work after `today` up to `day`, inclusive.
pub(super) fn work_until(today: i32, day: i32, work: &WorkDays, settings: &ForecastSettings) -> u32 {
    if settings.skip_days_off { work.count(today + 1, day) } else { (day - today).max(0) as u32 }
}
