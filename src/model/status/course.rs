//! What the history of the items tells of their statuses: where items begin, where they end, which status comes first.

use super::super::{ChangeField, Dataset};
use super::{StatusCategory, StatusCodes};

/// Beyond so many statuses nobody made the workflow by hand, and comparing each with each would take long.
const MOST_COMPARED: usize = 256;

/// Items that must have come to a status and stayed, before it counts as an end.
const ITEMS_AT_AN_END: u32 = 3;

/// Counts of status changes; position = code.
pub(super) struct Course {
    /// Items whose first known status it is.
    begun: Vec<u32>,
    entered: Vec<u32>,
    left: Vec<u32>,
    /// `before[a * statuses + b]`: items that were in `a` before they were in `b` for the first time. Empty without history.
    before: Vec<u32>,
}

impl Course {
    pub(super) fn new(dataset: &Dataset, codes: &StatusCodes<'_>) -> Self {
        let statuses = codes.len();
        let mut course =
            Self { begun: vec![0; statuses], entered: vec![0; statuses], left: vec![0; statuses], before: Vec::new() };
        if dataset.history.is_empty() {
            return course;
        }
        if statuses <= MOST_COMPARED {
            course.before = vec![0; statuses * statuses];
        }
        let (ends, _, fields, from, to) = dataset.history.parts();
        // Each word is looked up once, not once per change.
        let code_of = |word: &str| codes.find(word).unwrap_or(0) as usize;
        let from_codes: Vec<usize> = from.values().iter().map(code_of).collect();
        let to_codes: Vec<usize> = to.values().iter().map(code_of).collect();
        let mut seen = Vec::new();
        let mut start = 0;
        for &end in ends {
            seen.clear();
            for change in start..end as usize {
                if fields[change] == ChangeField::Status as u32 {
                    let (from, to) = (from_codes[from.code(change) as usize], to_codes[to.code(change) as usize]);
                    course.count(from, to, &mut seen);
                }
            }
            start = end as usize;
        }
        course
    }

    /// Counts one change; `seen` are the statuses of the item so far, in the order in which it came to them.
    fn count(&mut self, from: usize, to: usize, seen: &mut Vec<usize>) {
        if seen.is_empty() {
            let first = if from == 0 { to } else { from };
            self.begun[first] += 1;
        }
        self.left[from] += 1;
        self.entered[to] += 1;
        if self.before.is_empty() {
            // One is enough to tell that the item has begun.
            seen.truncate(1);
        }
        for status in [from, to] {
            if status != 0 && !seen.contains(&status) {
                if !self.before.is_empty() {
                    for &earlier in seen.iter() {
                        self.before[earlier * self.begun.len() + status] += 1;
                    }
                }
                seen.push(status);
            }
        }
    }

    /// What a status is whose name tells nothing: a beginning that no item comes back to, an end that no item leaves.
    pub(super) fn category(&self, code: usize) -> Option<StatusCategory> {
        let (begun, entered, left) = (self.begun[code], self.entered[code], self.left[code]);
        if begun > entered {
            Some(StatusCategory::ToDo)
        } else if left == 0 && entered >= ITEMS_AT_AN_END {
            Some(StatusCategory::Done)
        } else {
            None
        }
    }

    /// More items were in `a` before `b` than the other way round, and by how many.
    fn lead(&self, a: usize, b: usize) -> i64 {
        let statuses = self.begun.len();
        let count = |a: usize, b: usize| i64::from(self.before.get(a * statuses + b).copied().unwrap_or(0));
        count(a, b) - count(b, a)
    }

    /// Brings statuses into the order in which most items went through them. Where the history tells nothing they stay as
    /// they came; where it goes in circles, the status that leads the others by most comes first.
    pub(super) fn arrange(&self, mut rest: Vec<usize>) -> Vec<usize> {
        if self.before.is_empty() {
            return rest;
        }
        let mut arranged = Vec::with_capacity(rest.len());
        while !rest.is_empty() {
            let is_led = |one: usize| rest.iter().any(|&other| self.lead(other, one) > 0);
            let free = rest.iter().position(|&one| !is_led(one));
            let next = free.unwrap_or_else(|| self.foremost(&rest));
            arranged.push(rest.remove(next));
        }
        arranged
    }

    /// The position of the status with the largest sum of leads; the first of several.
    fn foremost(&self, rest: &[usize]) -> usize {
        let lead = |one: usize| rest.iter().map(|&other| self.lead(one, other)).sum::<i64>();
        (0..rest.len()).max_by_key(|&position| (lead(rest[position]), std::cmp::Reverse(position))).unwrap_or(0)
    }
}
