//! The records behind the services: which count, which are left out, and why.

use std::collections::BTreeMap;

use crate::metrics::{Exclusion, Query};
use crate::model::{NO_MOMENT, PreparedDataset, RecordField, RecordKind, Records};

use super::services::Period;

/// What a record says of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Up,
    Down,
    Degraded,
}

/// A record that touches the period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Raw {
    pub(super) from: i64,
    /// The present when it has not ended.
    pub(super) to: i64,
    pub(super) is_open: bool,
    pub(super) state: State,
    /// Share of its time that was down, where only the sum is known.
    pub(super) sum: Option<f64>,
    /// The record; `None` when the result counts records of another kind.
    pub(super) row: Option<u32>,
}

/// A service and its records.
#[derive(Debug)]
pub(super) struct RawService<'a> {
    pub(super) name: &'a str,
    pub(super) by_spans: bool,
    pub(super) first_known: i64,
    pub(super) raws: Vec<Raw>,
}

/// All of them, and the account of the records.
pub(super) struct Gathered<'a> {
    pub(super) services: Vec<RawService<'a>>,
    pub(super) counted: RecordKind,
    pub(super) considered: u64,
    pub(super) excluded: Vec<Exclusion>,
    pub(super) not_asked: Vec<(&'static str, RecordKind)>,
}

pub(super) const OUTSIDE: &str = "outside the chosen period";
pub(super) const MAINTENANCE: &str = "planned maintenance, which is no outage";
const NO_START: &str = "no start date";
const NO_END: &str = "resolved, but nothing tells when";
const BACKWARDS: &str = "ended before it began";
const BY_SPANS: &str = "incident of a service whose uptime is told by samples, which are used instead";
const NO_STATE: &str = "the state is not known";
const NO_LENGTH: &str = "a span without length";

/// One kind of record while it is sorted. A service's place is the code of its name.
struct Sorting<'a> {
    services: BTreeMap<u32, RawService<'a>>,
    used: u64,
    excluded: Vec<(&'static str, Vec<u32>)>,
    period: Period,
}

impl<'a> Sorting<'a> {
    const fn new(period: Period) -> Self {
        Self { services: BTreeMap::new(), used: 0, excluded: Vec::new(), period }
    }

    fn leave_out(&mut self, reason: &'static str, row: u32) {
        match self.excluded.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, rows)) => rows.push(row),
            None => self.excluded.push((reason, vec![row])),
        }
    }

    fn service(&mut self, code: u32, name: &'a str, by_spans: bool, from: i64) -> &mut RawService<'a> {
        let new = || RawService { name, by_spans, first_known: from, raws: Vec::new() };
        let service = self.services.entry(code).or_insert_with(new);
        service.first_known = service.first_known.min(from);
        service
    }

    /// True when a record touches the period. One without length lies where it begins.
    fn touches(&self, from: i64, to: i64) -> bool {
        from < self.period.to && self.period.from.is_none_or(|start| to > start || (from == to && from >= start))
    }
}

/// Sorts all records of the question.
pub(super) fn gather<'a>(data: &'a PreparedDataset, query: &Query, period: Period) -> Gathered<'a> {
    let mut not_asked = Vec::new();
    // Of an incident that names several services only those asked for count: the filter is asked of each of them below.
    let others = query.without_filters_on(RecordField::Service);
    let mut rows_of = |records: &Records| {
        let selected = others.select_records(records);
        not_asked.extend(selected.not_asked.iter().map(|&filter| (filter, records.kind())));
        selected.rows
    };
    let mut spans = Sorting::new(period);
    if let Some(records) = data.dataset.records(RecordKind::Uptime) {
        let rows = rows_of(records);
        sort_spans(records, rows.iter(), query, &mut spans);
    }
    let mut incidents = Sorting::new(period);
    if let Some(records) = data.dataset.records(RecordKind::Incident) {
        let rows = rows_of(records);
        sort_incidents(records, rows.iter(), query, &spans, &mut incidents);
    }
    let counted = if incidents.services.is_empty() && !spans.services.is_empty() {
        RecordKind::Uptime
    } else {
        RecordKind::Incident
    };
    let account = if counted == RecordKind::Uptime { &mut spans } else { &mut incidents };
    let (considered, excluded) = (account.used, std::mem::take(&mut account.excluded));
    let excluded = Exclusion::list(excluded.into_iter().map(|(reason, rows)| (reason.to_owned(), rows)));
    let mut services: Vec<RawService<'a>> =
        spans.services.into_values().chain(incidents.services.into_values()).collect();
    services.sort_by_key(|service| (service.name.is_empty(), service.name));
    if counted == RecordKind::Incident {
        // Rows of another table cannot stand beside incidents.
        let foreign = services.iter_mut().filter(|service| service.by_spans).flat_map(|service| &mut service.raws);
        foreign.for_each(|raw| raw.row = None);
    }
    Gathered { services, counted, considered, excluded, not_asked }
}

fn sort_spans<'a>(records: &'a Records, rows: impl Iterator<Item = usize>, query: &Query, sorting: &mut Sorting<'a>) {
    let (Some(services), Some(states)) = (records.category("service"), records.category("state")) else { return };
    let is_kept: Vec<bool> =
        services.values().iter().map(|name| query.keeps_record_value(RecordField::Service, name)).collect();
    let state_of: Vec<Option<State>> = states.values().iter().map(state).collect();
    let (froms, tos, minutes) = (records.moments("from"), records.moments("to"), records.numbers("minutes"));
    for row in rows.filter(|&row| is_kept[services.code(row) as usize]) {
        let (number, from) = (row as u32, froms[row]);
        // What ends after the present has not ended yet.
        let is_open = tos[row] == NO_MOMENT || tos[row] > sorting.period.now;
        let to = if is_open { sorting.period.now.max(from) } else { tos[row] };
        let reason = match state_of[states.code(row) as usize] {
            None => NO_STATE,
            Some(_) if from == NO_MOMENT => NO_START,
            Some(_) if to < from => BACKWARDS,
            Some(_) if from >= sorting.period.now => OUTSIDE,
            Some(_) if to == from => NO_LENGTH,
            Some(state) => {
                let code = services.code(row);
                let touches = sorting.touches(from, to);
                let service = sorting.service(code, services.value(code), true, from);
                if touches {
                    let down = (state == State::Down).then_some(minutes[row]).filter(|sum| !sum.is_nan());
                    // Of a span that is not over the sum is that of its whole length.
                    let whole = if tos[row] == NO_MOMENT { to } else { tos[row] } - from;
                    let sum = down.map(|sum| (sum * 60_000.0 / whole as f64).clamp(0.0, 1.0));
                    service.raws.push(Raw { from, to, is_open, state, sum, row: Some(number) });
                    sorting.used += 1;
                    continue;
                }
                OUTSIDE
            }
        };
        sorting.leave_out(reason, number);
    }
}

fn state(words: &str) -> Option<State> {
    match words {
        "up" => Some(State::Up),
        "down" => Some(State::Down),
        "degraded" => Some(State::Degraded),
        _ => None,
    }
}

fn sort_incidents<'a>(
    records: &'a Records,
    rows: impl Iterator<Item = usize>,
    query: &Query,
    spans: &Sorting<'a>,
    sorting: &mut Sorting<'a>,
) {
    let (Some(services), Some(statuses)) = (records.list("services"), records.category("status")) else { return };
    let is_kept: Vec<bool> =
        services.values().iter().map(|name| query.keeps_record_value(RecordField::Service, name)).collect();
    let told: Vec<&str> = spans.services.values().map(|service| service.name).collect();
    let is_told: Vec<bool> = services.values().iter().map(|name| told.contains(&name)).collect();
    let (maintenance, resolved) = (statuses.find("maintenance"), statuses.find("resolved"));
    let (froms, tos) = (records.moments("started-at"), records.moments("resolved-at"));
    let mut codes: Vec<u32> = Vec::new();
    for row in rows {
        codes.clear();
        let own = services.codes_of(row);
        codes.extend(if own.is_empty() { &[0][..] } else { own }.iter().filter(|&&code| is_kept[code as usize]));
        if codes.is_empty() {
            continue;
        }
        codes.retain(|&code| !is_told[code as usize]);
        let (number, from, status) = (row as u32, froms[row], Some(statuses.code(row)));
        let is_dated = from != NO_MOMENT && from < sorting.period.now;
        // What ends after the present has not ended yet.
        let is_open = tos[row] == NO_MOMENT || tos[row] > sorting.period.now;
        let to = if is_open { sorting.period.now.max(from) } else { tos[row] };
        let reason = if status == maintenance {
            // It is no outage, but somebody watched the service.
            codes.iter().filter(|_| is_dated).for_each(|&code| {
                sorting.service(code, services.values().get(code as usize), false, from);
            });
            MAINTENANCE
        } else if from == NO_MOMENT {
            NO_START
        } else if tos[row] == NO_MOMENT && status == resolved {
            NO_END
        } else if tos[row] != NO_MOMENT && tos[row] < from {
            BACKWARDS
        } else if codes.is_empty() {
            BY_SPANS
        } else if is_dated {
            let touches = sorting.touches(from, to);
            for &code in &codes {
                let service = sorting.service(code, services.values().get(code as usize), false, from);
                if touches {
                    service.raws.push(Raw { from, to, is_open, state: State::Down, sum: None, row: Some(number) });
                }
            }
            if touches {
                sorting.used += 1;
                continue;
            }
            OUTSIDE
        } else {
            OUTSIDE
        };
        sorting.leave_out(reason, number);
    }
}
