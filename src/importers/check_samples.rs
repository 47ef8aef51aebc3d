//! Checks of services (up or down at a moment) become spans: what a check found holds until the next one.

use std::collections::BTreeMap;

use crate::model::{Cell, Dataset, RecordKind};

/// A gap longer than this many usual steps between checks is a time about which nothing is known.
const LONGEST_GAP: i64 = 3;

#[derive(Debug, Clone, Copy)]
struct Check {
    at: i64,
    is_up: bool,
    line: u64,
}

/// The checks of a file, by service.
#[derive(Debug, Default)]
pub(in crate::importers) struct CheckSamples {
    source: String,
    services: BTreeMap<String, Vec<Check>>,
}

impl CheckSamples {
    /// Adds a check.
    pub(in crate::importers) fn add(&mut self, source: &str, service: &str, at: i64, is_up: bool, line: u64) {
        if self.source.is_empty() {
            source.clone_into(&mut self.source);
        }
        let check = Check { at, is_up, line };
        match self.services.get_mut(service) {
            Some(checks) => checks.push(check),
            None => {
                self.services.insert(service.to_owned(), vec![check]);
            }
        }
    }

    /// Puts the spans into the dataset; answers what was done, in words.
    pub(in crate::importers) fn into_spans(self, dataset: &mut Dataset) -> Option<String> {
        if self.services.is_empty() {
            return None;
        }
        let mut total = 0;
        for (service, mut checks) in self.services {
            total += checks.len();
            for span in spans(&mut checks) {
                let cells = [
                    ("source", Cell::Text(&self.source)),
                    ("service", Cell::Text(&service)),
                    ("state", Cell::Text(if span.is_up { "up" } else { "down" })),
                    ("from", Cell::Moment(span.from)),
                    ("to", Cell::Moment(span.to)),
                ];
                dataset.records_mut(RecordKind::Uptime).push(span.line, &cells);
            }
        }
        Some(format!(
            "{total} checks were joined to spans: what a check found holds until the next check of the service. After a gap of more than {LONGEST_GAP} usual steps it holds for one step, and nothing is known of the rest. Of two checks at one moment, down counts."
        ))
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Span {
    from: i64,
    to: i64,
    is_up: bool,
    line: u64,
}

/// The spans of one service, oldest first. A single check has no length.
fn spans(checks: &mut Vec<Check>) -> Vec<Span> {
    checks.sort_by_key(|check| (check.at, check.is_up, check.line));
    checks.dedup_by_key(|check| check.at);
    let step = usual_step(checks);
    let mut spans: Vec<Span> = Vec::new();
    for (position, check) in checks.iter().enumerate() {
        let until_next = checks.get(position + 1).map(|next| next.at - check.at);
        let length = until_next.filter(|&gap| gap <= step.saturating_mul(LONGEST_GAP)).unwrap_or(step);
        let to = check.at.saturating_add(length);
        match spans.last_mut() {
            Some(last) if last.to == check.at && last.is_up == check.is_up => last.to = to,
            _ => spans.push(Span { from: check.at, to, is_up: check.is_up, line: check.line }),
        }
    }
    spans
}

/// The median time between checks, milliseconds; 0 when there is only one check.
fn usual_step(checks: &[Check]) -> i64 {
    let mut steps: Vec<i64> = checks.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    if steps.is_empty() {
        return 0;
    }
    let middle = (steps.len() - 1) / 2;
    *steps.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans_of(checks: &[(i64, bool)]) -> Vec<(i64, i64, bool)> {
        let mut checks: Vec<Check> = checks.iter().map(|&(at, is_up)| Check { at, is_up, line: 1 }).collect();
        spans(&mut checks).into_iter().map(|span| (span.from, span.to, span.is_up)).collect()
    }

    #[test]
    fn a_state_holds_until_the_next_check() {
        assert_eq!(
            spans_of(&[(20, false), (0, true), (10, true), (30, true)]),
            [(0, 20, true), (20, 30, false), (30, 40, true)]
        );
    }

    #[test]
    fn nothing_is_known_of_a_long_gap() {
        assert_eq!(spans_of(&[(0, true), (10, true), (20, true), (100, true)]), [(0, 30, true), (100, 110, true)]);
    }

    #[test]
    fn down_counts_when_checks_of_one_moment_differ() {
        assert_eq!(spans_of(&[(0, true), (0, false), (10, true)]), [(0, 10, false), (10, 20, true)]);
        assert_eq!(spans_of(&[(5, false)]), [(5, 5, false)]);
    }
}
