//! What came, what was resolved and what stayed open, per period.

use crate::metrics::outcome::Outcomes;
use crate::metrics::periods::{Periods, Place};
use crate::metrics::standing::Window;
use crate::metrics::stats::tidy;
use crate::metrics::{Exclusion, MetricResult, Point, Query, Role, Series, Unit, X, words};
use crate::model::{ItemSet, NO_DAY, PreparedDataset};

use super::course::{Turn, each_turn, is_unknown, unknown_end};

/// With more items behind the line of what is open, only its last point names them.
const MOST_BEHIND: u64 = 1_000_000;

/// Some items and their size.
#[derive(Debug, Clone, Default)]
pub(in crate::metrics) struct Amount {
    /// Sum of the sizes; an item counts as often as it happened to it.
    pub(in crate::metrics) size: f64,
    /// The items, each once.
    pub(in crate::metrics) items: Vec<u32>,
}

impl Amount {
    /// Takes an item in; those of one item must follow each other.
    fn add(&mut self, item: u32, size: f64) {
        self.size += size;
        if self.items.last() != Some(&item) {
            self.items.push(item);
        }
    }
}

/// An item that was open, by positions of periods: at the ends of `from` to before `to`.
struct Stay {
    item: u32,
    from: usize,
    to: usize,
    size: f64,
}

/// Marked items over the whole periods of a question.
pub(in crate::metrics) struct Flow {
    /// The periods.
    pub(in crate::metrics) periods: Periods,
    /// Per period.
    pub(in crate::metrics) created: Vec<Amount>,
    /// Per period: done, or closed without being delivered.
    pub(in crate::metrics) resolved: Vec<Amount>,
    /// Per period: opened again.
    pub(in crate::metrics) reopened: Vec<Amount>,
    /// Open at the end of each period.
    pub(in crate::metrics) open: Vec<f64>,
    /// Open before the first period.
    pub(in crate::metrics) before: f64,
    /// Open at the end of the last day that is looked at.
    pub(in crate::metrics) now: Amount,
    /// That day.
    pub(in crate::metrics) last_day: i32,
    /// Items that it tells of.
    pub(in crate::metrics) considered: u64,
    /// The others.
    pub(in crate::metrics) excluded: Vec<Exclusion>,
    /// Items with a status history that were resolved in one of the periods, and of these those opened again since.
    pub(in crate::metrics) told: [Vec<u32>; 2],
    /// Items of which nobody knows the creation.
    pub(in crate::metrics) unknown_creation: usize,
    /// Items that count 0 because they have no estimate.
    pub(in crate::metrics) unestimated: usize,
    stays: Vec<Stay>,
}

impl Flow {
    /// Follows the marked items of a selection; where it cannot, the answer says why.
    pub(in crate::metrics) fn new(
        id: &str,
        data: &PreparedDataset,
        items: &ItemSet,
        query: &Query,
        unit: Unit,
    ) -> Result<Self, Box<MetricResult>> {
        let window = Window::new(data, query);
        let today = data.calendar.day_of(window.as_of);
        let known = |&day: &i32| day != NO_DAY && day <= today;
        // Of all the data, whatever the filter and the rule, so that parts add up to the whole.
        let Some(first) = data.life.created_day.iter().copied().filter(known).min() else {
            return Err(Box::new(MetricResult::not_computable(
                id,
                "No item in this data has a creation date.",
                "Items with the day they were created.",
            )));
        };
        let periods = Periods::since(first, first, data, query, window.as_of);
        let outcomes = Outcomes::new(data, window.as_of, unit);
        let mut flow = Self::empty(periods, window.last);
        let mut unknown = Vec::new();
        let mut later = Vec::new();
        for item in items {
            match unknown_end(data, item) {
                Some(reason) => unknown.push((reason, item as u32)),
                None if !flow.follow(data, item, &outcomes, window) => later.push(item as u32),
                None => {}
            }
        }
        for (reason, item) in unknown {
            Exclusion::add(&mut flow.excluded, reason, [item]);
        }
        flow.excluded.sort_by(|a, b| a.reason.cmp(&b.reason));
        Exclusion::add(&mut flow.excluded, "created after the chosen period", later);
        if flow.periods.starts.is_empty() || flow.considered == 0 {
            return Err(Box::new(flow.without_periods(id, query)));
        }
        flow.add_up();
        Ok(flow)
    }

    fn empty(periods: Periods, last_day: i32) -> Self {
        let number = periods.starts.len();
        let none = || vec![Amount::default(); number];
        Self {
            periods,
            created: none(),
            resolved: none(),
            reopened: none(),
            open: Vec::new(),
            before: 0.0,
            now: Amount::default(),
            last_day,
            considered: 0,
            excluded: Vec::new(),
            told: [Vec::new(), Vec::new()],
            unknown_creation: 0,
            unestimated: 0,
            stays: Vec::new(),
        }
    }

    fn without_periods(self, id: &str, query: &Query) -> MetricResult {
        let (reason, needs) = if self.considered == 0 {
            ("Of none of these items is known when it was open.".to_owned(), "Items with the day they were closed.")
        } else {
            let period = words::period(query.granularity, 1);
            let reason = format!("There is no whole {period} in the data or in the chosen period yet.");
            (reason, "A longer period, or a smaller step: days instead of weeks.")
        };
        let mut result = MetricResult::not_computable(id, reason, needs);
        result.excluded = self.excluded;
        result
    }

    /// The position of the period at whose end a day counts first; behind all for days after the last period.
    fn position(&self, day: i32) -> usize {
        match self.periods.place(day) {
            Place::Whole(position) => position,
            _ if self.periods.starts.first().is_some_and(|&start| day < start) => 0,
            _ => self.periods.starts.len(),
        }
    }

    /// Takes in an item; false when it was created after the last day.
    fn follow(&mut self, data: &PreparedDataset, item: usize, outcomes: &Outcomes<'_>, window: Window) -> bool {
        let (number, size) = (item as u32, outcomes.size(item));
        let first_start = self.periods.starts.first().copied().unwrap_or(i32::MAX);
        let is_told = data.timeline.is_told(item);
        let (mut is_there, mut is_open, mut was_resolved, mut was_reopened) = (false, false, false, false);
        let mut since = None;
        each_turn(data, item, window.as_of, |day, turn| {
            if day > window.last {
                return;
            }
            let sign = if turn == Turn::Resolved { -1.0 } else { 1.0 };
            if day < first_start {
                self.before += sign * size;
            }
            let position = self.position(day);
            if let Place::Whole(position) = self.periods.place(day) {
                let list = match turn {
                    Turn::Created => &mut self.created,
                    Turn::Resolved => &mut self.resolved,
                    Turn::Reopened => &mut self.reopened,
                };
                list[position].add(number, size);
                was_resolved |= turn == Turn::Resolved;
            }
            is_there = true;
            self.unknown_creation += usize::from(turn == Turn::Created && is_unknown(day));
            is_open = turn != Turn::Resolved;
            was_reopened |= was_resolved && turn == Turn::Reopened;
            if is_open {
                since = Some(position);
            } else if let Some(from) = since.take()
                && from < position
            {
                self.stays.push(Stay { item: number, from, to: position, size });
            }
        });
        if is_open {
            self.now.add(number, size);
        }
        let periods = self.periods.starts.len();
        if let Some(from) = since.filter(|&from| from < periods) {
            self.stays.push(Stay { item: number, from, to: periods, size });
        }
        if is_told && was_resolved {
            self.told[0].push(number);
            if was_reopened {
                self.told[1].push(number);
            }
        }
        self.considered += u64::from(is_there);
        self.unestimated += usize::from(is_there && outcomes.is_unestimated(item));
        is_there
    }

    fn add_up(&mut self) {
        let mut change = vec![0.0; self.periods.starts.len() + 1];
        for stay in &self.stays {
            change[stay.from] += stay.size;
            change[stay.to] -= stay.size;
        }
        change.pop();
        let running = change.iter().scan(0.0, |sum, change| {
            *sum += change;
            Some(tidy(*sum))
        });
        self.open = running.collect();
        self.before = tidy(self.before);
    }

    /// The sum over all periods, with the items of them.
    pub(in crate::metrics) fn total(list: &[Amount]) -> Amount {
        let mut items: Vec<u32> = list.iter().flat_map(|amount| amount.items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        Amount { size: tidy(list.iter().map(|amount| amount.size).sum()), items }
    }

    /// A series of one of the lists.
    pub(in crate::metrics) fn series(&self, id: &str, name: &str, role: Role, unit: Unit, list: &[Amount]) -> Series {
        let points = self.periods.starts.iter().zip(list);
        let points = points.map(|(&start, amount)| Point {
            x: X::Day(start),
            y: Some(tidy(amount.size)),
            items: amount.items.clone(),
        });
        Series::new(id, name, role, unit.id(), points.collect())
    }

    /// The line of what is open at the end of each period.
    pub(in crate::metrics) fn open_series(&self, name: &str, unit: Unit) -> Series {
        let number = self.periods.starts.len();
        let behind: u64 = self.stays.iter().map(|stay| (stay.to - stay.from) as u64).sum();
        let named_from = if behind > MOST_BEHIND { number - 1 } else { 0 };
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); number];
        for stay in &self.stays {
            members[stay.from.max(named_from).min(stay.to)..stay.to].iter_mut().for_each(|list| list.push(stay.item));
        }
        let points = self.periods.starts.iter().zip(&self.open).zip(members);
        let points = points.map(|((&start, &y), items)| Point { x: X::Day(start), y: Some(y), items });
        Series::new("open", name, Role::Main, unit.id(), points.collect())
    }

    /// What a reader must know of creations that are not known.
    pub(in crate::metrics) fn note_creation(&self, result: &mut MetricResult) {
        if self.unknown_creation > 0 {
            let items = words::capitalised(&words::items(self.unknown_creation));
            let rest = words::verb(
                self.unknown_creation,
                "has no creation date and counts as there from the beginning.",
                "have no creation date and count as there from the beginning.",
            );
            result.note("creation-unknown", format!("{items} {rest}"));
        }
    }
}
