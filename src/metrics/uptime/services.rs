//! When each service was down, and since when anybody looked.
//!
//! Where spans of uptime tell of a service they alone are used, and its incidents are left out: the two are never blended. The
//! time that no span covers is unknown. Of a service that only incidents tell of, the time without one counts as up, from its
//! first record or the first day asked for.

use crate::model::{PreparedDataset, RecordKind};

use super::gathering::{Gathered, Raw, RawService, State, gather};
use super::intervals::{Down, Stretch, by_step, length, step_of, union, without};
use crate::metrics::stats::percent;
use crate::metrics::{Counted, Exclusion, MetricResult, Query};

/// The stretch of time that is asked about, up to the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// Its first moment; `None` = of each service the first that is known.
    pub(super) from: Option<i64>,
    /// True when the user named the first day: then nobody doubts that the service was watched.
    pub(super) is_asked: bool,
    /// The first moment after it; not after `now`.
    pub(super) to: i64,
    /// The first moment after the present.
    pub(super) now: i64,
}

/// The kinds of record that tell of uptime.
pub(super) const KINDS: [RecordKind; 2] = [RecordKind::Incident, RecordKind::Uptime];

impl Period {
    /// The first moment after the present: after the day asked for, or the last moment of the records.
    pub(super) fn now(data: &PreparedDataset, query: &Query) -> i64 {
        let last = query.as_of_records(data, &KINDS);
        if query.as_of.is_some() { last.saturating_add(1) } else { last }
    }

    /// What the question asks for: its days, else everything that is known.
    pub(super) fn asked(data: &PreparedDataset, query: &Query) -> Self {
        let now = Self::now(data, query);
        let day = |day: i32| data.calendar.start_of_day(day);
        let from = query.from.map(day);
        let to = query.to.map_or(now, |last| day(last.saturating_add(1)).min(now));
        Self { from, is_asked: from.is_some(), to, now }
    }
}

/// A time in which a service was down without a break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outage {
    /// When it began, even before the period.
    pub(super) from: i64,
    /// When it ended, even after the period; the present when it has not.
    pub(super) to: i64,
    /// True when it has not ended.
    pub(super) is_open: bool,
    /// The records that tell of it.
    pub(super) rows: Vec<u32>,
}

/// A service within the period.
#[derive(Debug, Clone)]
pub(super) struct Service<'a> {
    /// Its name; empty for incidents that name none.
    pub(super) name: &'a str,
    /// True when spans of uptime tell of it, false when incidents do.
    pub(super) by_spans: bool,
    /// The first moment that its records tell of.
    pub(super) first_known: i64,
    /// When its state is known; rising, without overlap.
    pub(super) known: Vec<Stretch>,
    /// When it was down; rising, without overlap.
    pub(super) down: Vec<Down>,
    /// Milliseconds in which it worked badly; they are no downtime.
    pub(super) degraded_ms: i64,
    /// Outages that touch the period, oldest first. Those of which only the sum in a span is known are not among them.
    pub(super) outages: Vec<Outage>,
    /// Records of which only the sum of the downtime is known.
    pub(super) sums: Vec<u32>,
    /// All its records in the period.
    pub(super) rows: Vec<u32>,
    /// Records that tell of downtime, with the time they tell of.
    down_rows: Vec<(i64, i64, u32)>,
}

impl Service<'_> {
    /// Milliseconds of which the state is known.
    pub(super) fn known_ms(&self) -> f64 {
        length(&self.known) as f64
    }

    /// Milliseconds down.
    pub(super) fn down_ms(&self) -> f64 {
        self.down.iter().map(|down| down.share * (down.to - down.from) as f64).sum()
    }

    /// Share of the known time in which it was up, percent; `None` when no time is known.
    pub(super) fn availability(&self) -> Option<f64> {
        percent(self.known_ms() - self.down_ms(), self.known_ms())
    }

    /// Milliseconds down in each step between the edges.
    pub(super) fn down_by(&self, edges: &[i64]) -> Vec<f64> {
        by_step(self.down.iter().copied(), edges)
    }

    /// Milliseconds known in each step between the edges.
    pub(super) fn known_by(&self, edges: &[i64]) -> Vec<f64> {
        by_step(self.known.iter().map(|&(from, to)| Down { from, to, share: 1.0 }), edges)
    }

    /// Records that tell of downtime in each step between the edges.
    pub(super) fn rows_by(&self, edges: &[i64]) -> Vec<Vec<u32>> {
        let mut rows = vec![Vec::new(); edges.len().saturating_sub(1)];
        for &(from, to, row) in &self.down_rows {
            let (first, last) = (step_of(from, edges), step_of((to - 1).max(from), edges));
            rows.iter_mut().take(last + 1).skip(first).for_each(|rows| rows.push(row));
        }
        rows
    }
}

/// All services of a question.
pub(super) struct Services<'a> {
    /// By name; the one without a name is the last.
    pub(super) list: Vec<Service<'a>>,
    /// What is counted: spans where they tell of every service, else incidents.
    pub(super) counted: RecordKind,
    considered: u64,
    excluded: Vec<Exclusion>,
    /// Ids of filters that a table does not know, with that table.
    not_asked: Vec<(&'static str, RecordKind)>,
}

impl<'a> Services<'a> {
    /// The services that records of the question tell of up to the end of the period.
    pub(super) fn new(data: &'a PreparedDataset, query: &Query, period: Period) -> Self {
        let Gathered { services, counted, considered, excluded, not_asked } = gather(data, query, period);
        let list = services.into_iter().map(|raw| service(raw, period)).collect();
        Self { list, counted, considered, excluded, not_asked }
    }

    /// Puts what was counted and left out into a result.
    pub(super) fn account(&mut self, result: &mut MetricResult) {
        result.counted = Counted::Records(self.counted);
        result.considered = self.considered;
        result.excluded = std::mem::take(&mut self.excluded);
    }

    /// Moves records that are not used after all to those left out, under a reason.
    pub(super) fn leave_out(&mut self, reason: &str, rows: Vec<u32>) {
        self.considered = self.considered.saturating_sub(rows.len() as u64);
        Exclusion::add(&mut self.excluded, reason, rows);
    }

    /// Filters that narrow nothing, in words.
    pub(super) fn not_asked(&self) -> impl Iterator<Item = String> {
        self.not_asked.iter().map(|(filter, kind)| format!("The filter on {filter} narrows no {}.", kind.words().1))
    }
}

fn service(raw: RawService<'_>, period: Period) -> Service<'_> {
    let RawService { name, by_spans, first_known, mut raws } = raw;
    raws.sort_unstable_by_key(|raw| (raw.from, raw.to, raw.row));
    let start = match period.from {
        Some(from) if period.is_asked => from,
        Some(from) => from.max(first_known),
        None => first_known,
    };
    let clip = |raw: &Raw| (raw.from.clamp(start, period.to.max(start)), raw.to.clamp(start, period.to.max(start)));
    let of = |wanted: State| {
        union(
            raws.iter()
                .filter(|raw| raw.state == wanted && raw.sum.is_none())
                .map(clip)
                .filter(|(a, b)| a < b)
                .collect(),
        )
    };
    let whole = of(State::Down);
    let degraded = of(State::Degraded);
    let full = union([whole.clone(), degraded.clone(), of(State::Up)].concat());
    let sums = sums_outside(&raws, &full, clip);
    let mut known = if by_spans { full } else { vec![(start, period.to)] };
    known.extend(sums.iter().map(|down| (down.from, down.to)));
    known.retain(|(from, to)| from < to);
    let pieces =
        |list: &[Stretch]| -> Vec<Down> { list.iter().map(|&(from, to)| Down { from, to, share: 1.0 }).collect() };
    let degraded_ms = without(&pieces(&degraded), &whole).iter().map(|piece| piece.to - piece.from).sum();
    let mut down = pieces(&whole);
    down.extend(sums);
    down.sort_unstable_by_key(|down| (down.from, down.to));
    let down_rows = raws.iter().filter(|raw| raw.state == State::Down);
    Service {
        name,
        by_spans,
        first_known,
        known: union(known),
        down,
        degraded_ms,
        outages: outages(&raws),
        sums: raws.iter().filter(|raw| raw.sum.is_some()).filter_map(|raw| raw.row).collect(),
        down_rows: down_rows.filter_map(|raw| Some((clip(raw).0, clip(raw).1, raw.row?))).collect(),
        rows: raws.iter().filter_map(|raw| raw.row).collect(),
    }
}

/// Spans of which only the sum is known, where no other span tells more: the sum is spread evenly over its span.
fn sums_outside(raws: &[Raw], full: &[Stretch], clip: impl Fn(&Raw) -> Stretch) -> Vec<Down> {
    let mut until = i64::MIN;
    let mut pieces = Vec::new();
    for (raw, share) in raws.iter().filter_map(|raw| Some((raw, raw.sum?))) {
        let (from, to) = clip(raw);
        let from = from.max(until);
        if from < to {
            pieces.push(Down { from, to, share });
            until = to;
        }
    }
    without(&pieces, full)
}

/// Downtimes that overlap or touch are one outage.
fn outages(raws: &[Raw]) -> Vec<Outage> {
    let mut outages: Vec<Outage> = Vec::new();
    for raw in raws.iter().filter(|raw| raw.state == State::Down && raw.sum.is_none()) {
        match outages.last_mut() {
            Some(last) if raw.from <= last.to => {
                last.to = last.to.max(raw.to);
                last.is_open |= raw.is_open;
                last.rows.extend(raw.row);
            }
            _ => outages.push(Outage {
                from: raw.from,
                to: raw.to,
                is_open: raw.is_open,
                rows: raw.row.into_iter().collect(),
            }),
        }
    }
    outages
}
