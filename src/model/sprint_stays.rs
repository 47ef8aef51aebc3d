//! From when to when each item was in which iteration, as the history of the items tells it.

use std::collections::HashMap;

use super::{ChangeField, Dataset, Iterations, ListField, NO_MOMENT};

/// One item in one iteration, without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// Position of the iteration in [`Iterations::list`].
    pub iteration: u32,
    /// First moment, UTC milliseconds; [`NO_MOMENT`] = from its creation on.
    pub from: i64,
    /// First moment after; [`i64::MAX`] = it still is.
    pub to: i64,
}

/// The stays of all items, in columns; without any sprint change in the history it is empty.
///
/// An iteration that an item names and that no change speaks of is one that it was created in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SprintStays {
    /// Stays of item `i` are `stays[ends[i-1]..ends[i]]`, by iteration, then by time.
    ends: Vec<u32>,
    stays: Vec<Stay>,
    /// Items that ever were in iteration `p`, rising: `items[item_ends[p-1]..item_ends[p]]`.
    item_ends: Vec<u32>,
    items: Vec<u32>,
    /// Changes of iterations that were found by comparing exports.
    reconstructed: usize,
}

impl SprintStays {
    /// Works the stays out of the history.
    pub fn new(dataset: &Dataset, iterations: &Iterations) -> Self {
        let history = &dataset.history;
        let sprints = dataset.list(ListField::Sprint);
        let position_of: HashMap<&str, u32> = iterations
            .list()
            .iter()
            .enumerate()
            .map(|(position, iteration)| (iteration.name.as_str(), position as u32))
            .collect();
        let mut position_of_code = vec![u32::MAX; sprints.values().len()];
        for (position, iteration) in iterations.list().iter().enumerate() {
            position_of_code[iteration.code as usize] = position as u32;
        }
        let (before, after) = history.texts();
        let position = |name: &str| position_of.get(name).copied().unwrap_or(u32::MAX);
        let left: Vec<u32> = before.values().iter().map(position).collect();
        let entered: Vec<u32> = after.values().iter().map(position).collect();

        let mut stays = Self::default();
        let mut any = false;
        let mut own: Vec<Stay> = Vec::new();
        for item in 0..dataset.len() {
            own.clear();
            for (at, from, to, is_reconstructed) in history.moves(item, ChangeField::Sprint) {
                any = true;
                stays.reconstructed += usize::from(is_reconstructed);
                let (from, to) = (left[from as usize], entered[to as usize]);
                if from != u32::MAX && from != to {
                    leave(&mut own, from, at);
                }
                if to != u32::MAX && from != to && !own.iter().any(|stay| stay.iteration == to && stay.to == i64::MAX) {
                    own.push(Stay { iteration: to, from: at, to: i64::MAX });
                }
            }
            for &code in sprints.codes_of(item) {
                let iteration = position_of_code[code as usize];
                if iteration != u32::MAX && !own.iter().any(|stay| stay.iteration == iteration) {
                    own.push(Stay { iteration, from: NO_MOMENT, to: i64::MAX });
                }
            }
            own.sort_unstable_by_key(|stay| (stay.iteration, stay.from));
            stays.stays.extend_from_slice(&own);
            stays.ends.push(stays.stays.len() as u32);
        }
        if !any {
            return Self::default();
        }
        stays.list_items(iterations.list().len());
        stays
    }

    fn list_items(&mut self, iterations: usize) {
        let mut members: Vec<(u32, u32)> = Vec::with_capacity(self.stays.len());
        for item in 0..self.ends.len() {
            members.extend(self.of_item(item).iter().map(|stay| (stay.iteration, item as u32)));
        }
        members.sort_unstable();
        members.dedup();
        self.items = members.iter().map(|&(_, item)| item).collect();
        self.item_ends = (0..iterations as u32)
            .map(|iteration| members.partition_point(|&(other, _)| other <= iteration) as u32)
            .collect();
    }

    /// True when the history tells of any change of iterations.
    pub fn is_told(&self) -> bool {
        !self.ends.is_empty()
    }

    /// The stays of an item, by iteration, then by time.
    pub fn of_item(&self, item: usize) -> &[Stay] {
        let end = self.ends.get(item).copied().unwrap_or(0) as usize;
        let start = if item == 0 { 0 } else { self.ends.get(item - 1).map_or(end, |&start| start as usize) };
        self.stays.get(start..end).unwrap_or_default()
    }

    /// The items that ever were in the iteration at this position, in rising order.
    pub fn items(&self, iteration: usize) -> &[u32] {
        let end = self.item_ends.get(iteration).copied().unwrap_or(0) as usize;
        let start =
            if iteration == 0 { 0 } else { self.item_ends.get(iteration - 1).map_or(end, |&start| start as usize) };
        self.items.get(start..end).unwrap_or_default()
    }

    /// Number of changes of iterations that were found by comparing exports.
    pub fn reconstructed(&self) -> usize {
        self.reconstructed
    }
}

/// Ends the open stay in an iteration; one that never began is one since the creation.
fn leave(own: &mut Vec<Stay>, iteration: u32, at: i64) {
    let is_known = own.iter().any(|stay| stay.iteration == iteration);
    if let Some(stay) = own.iter_mut().find(|stay| stay.iteration == iteration && stay.to == i64::MAX) {
        stay.to = at;
    } else if !is_known {
        own.push(Stay { iteration, from: NO_MOMENT, to: at });
    }
}
