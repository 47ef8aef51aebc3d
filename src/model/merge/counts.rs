//! What an import did to the dataset, counted.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::BuildHasher;

use super::{CategoryField, Dataset, Export, ListField, MomentField, NumberField, TextField};

/// How the rows of one import changed a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct MergeCounts {
    /// Rows that brought an item the dataset did not have.
    pub new: u64,
    /// Rows that changed an item.
    pub updated: u64,
    /// Rows that changed nothing.
    pub unchanged: u64,
}

/// True when two rows say the same in every field.
fn same_content(a: &Dataset, row_a: usize, b: &Dataset, row_b: usize) -> bool {
    TextField::ALL.iter().all(|&field| a.text(field).get(row_a) == b.text(field).get(row_b))
        && CategoryField::ALL.iter().all(|&field| a.category(field).get(row_a) == b.category(field).get(row_b))
        && MomentField::ALL.iter().all(|&field| a.moment(field)[row_a] == b.moment(field)[row_b])
        && NumberField::ALL.iter().all(|&field| {
            let (x, y) = (a.number(field)[row_a], b.number(field)[row_b]);
            x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan())
        })
        && ListField::ALL.iter().all(|&field| a.list(field).texts_of(row_a).eq(b.list(field).texts_of(row_b)))
        && a.history.of_item(row_a).eq(b.history.of_item(row_b))
}

impl MergeCounts {
    /// Compares the dataset before and after an import, for every item that the import names.
    pub fn compare(before: &Dataset, after: &Dataset, import: &Export<'_>) -> Self {
        let index = |dataset: &Dataset| {
            let hasher = FixedState::default();
            let mut table: HashTable<u32> = HashTable::with_capacity(dataset.len());
            for row in 0..dataset.len() as u32 {
                let hash = hasher.hash_one(dataset.key(row as usize));
                table.insert_unique(hash, row, |&other| hasher.hash_one(dataset.key(other as usize)));
            }
            (table, hasher)
        };
        let find = |(table, hasher): &(HashTable<u32>, FixedState), dataset: &Dataset, key: &str| {
            table.find(hasher.hash_one(key), |&row| dataset.key(row as usize) == key).map(|&row| row as usize)
        };
        let (old, new) = (index(before), index(after));
        let mut counts = Self::default();
        let Export { dataset, tracker, .. } = *import;
        let mut shared = format!("{tracker}:");
        for row in 0..dataset.len() {
            // A key that several trackers use is written with its tracker in the merged dataset.
            shared.truncate(tracker.len() + 1);
            shared.push_str(dataset.key(row));
            let key = if find(&new, after, &shared).is_some() { &shared } else { dataset.key(row) };
            match (find(&old, before, key), find(&new, after, key)) {
                (None, _) => counts.new += 1,
                (Some(was), Some(is)) if !same_content(before, was, after, is) => counts.updated += 1,
                _ => counts.unchanged += 1,
            }
        }
        counts.compare_records(before, dataset);
        counts
    }
}

impl MergeCounts {
    /// The same for records: new by their identity, updated when they say something else than before.
    fn compare_records(&mut self, before: &Dataset, import: &Dataset) {
        for records in import.record_tables() {
            let old = before.records(records.kind());
            let known: HashMap<String, String> =
                old.iter().flat_map(|old| (0..old.len()).map(|row| (old.identity(row), old.content(row)))).collect();
            for row in 0..records.len() {
                match known.get(&records.identity(row)) {
                    None => self.new += 1,
                    Some(content) if *content != records.content(row) => self.updated += 1,
                    Some(_) => self.unchanged += 1,
                }
            }
        }
    }
}
