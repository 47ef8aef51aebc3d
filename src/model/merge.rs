//! Several imports of one source become one dataset: merged by key, the newest version of an item wins.
//!
//! The result does not depend on the order of the imports: versions of an item are ordered by `updated`, then by their
//! content. A field takes its value from the newest version whose import had a column for it, because an absent column
//! is not an empty value.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};

use super::{
    CategoryField, Dataset, IterationDates, ListField, MomentField, NumberField, RecordKind, Records, TextField,
};

/// Where one item of a merged dataset comes from: the newest of its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedItem {
    /// Position of the layer in the merged list.
    pub layer: u32,
    /// Row in that layer.
    pub row: u32,
}

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

/// Merges layers by key. Layers may repeat a key (the same rules apply inside one layer).
/// Answers the dataset and, per item, the layer and row of its newest version.
pub fn merge_layers(layers: &[&Dataset]) -> (Dataset, Vec<MergedItem>) {
    let versions = versions_by_key(layers);
    let merged: Vec<MergedItem> = versions.iter().filter_map(|list| list.last().copied()).collect();
    let mut out = Dataset::default();
    for layer in layers {
        for id in &layer.present {
            if !out.is_present(id) {
                out.present.push(id.clone());
            }
        }
    }
    out.present.sort_unstable();
    let choose = |id: &str| -> Vec<MergedItem> {
        let has: Vec<bool> = layers.iter().map(|layer| layer.is_present(id)).collect();
        let newest_with = |list: &[MergedItem]| list.iter().rev().find(|version| has[version.layer as usize]).copied();
        versions.iter().zip(&merged).map(|(list, &newest)| newest_with(list).unwrap_or(newest)).collect()
    };
    for &field in TextField::ALL {
        for version in choose(field.id()) {
            out.text_mut(field).push(layers[version.layer as usize].text(field).get(version.row as usize));
        }
    }
    for &field in CategoryField::ALL {
        for version in choose(field.id()) {
            out.category_mut(field).push(layers[version.layer as usize].category(field).get(version.row as usize));
        }
    }
    for &field in MomentField::ALL {
        *out.moment_mut(field) = choose(field.id())
            .iter()
            .map(|version| layers[version.layer as usize].moment(field)[version.row as usize])
            .collect();
    }
    for &field in NumberField::ALL {
        *out.number_mut(field) = choose(field.id())
            .iter()
            .map(|version| layers[version.layer as usize].number(field)[version.row as usize])
            .collect();
    }
    for &field in ListField::ALL {
        for version in choose(field.id()) {
            let column = out.list_mut(field);
            layers[version.layer as usize].list(field).texts_of(version.row as usize).for_each(|text| column.add(text));
            column.end_row();
        }
    }
    merge_history(layers, &versions, &mut out);
    merge_records(layers, &mut out);
    out.source_line =
        merged.iter().map(|version| layers[version.layer as usize].source_line[version.row as usize]).collect();
    merge_iteration_dates(layers, &mut out);
    (out, merged)
}

/// Versions of each item, oldest first; items in order of first appearance.
fn versions_by_key(layers: &[&Dataset]) -> Vec<Vec<MergedItem>> {
    let hasher = FixedState::default();
    let mut table: HashTable<u32> = HashTable::new();
    let mut versions: Vec<Vec<MergedItem>> = Vec::new();
    let key_of = |version: MergedItem| layers[version.layer as usize].key(version.row as usize);
    for (layer, dataset) in layers.iter().enumerate() {
        for row in 0..dataset.len() {
            let version = MergedItem { layer: layer as u32, row: row as u32 };
            let key = key_of(version);
            let hash = hasher.hash_one(key);
            let known = table.find(hash, |&item| key_of(versions[item as usize][0]) == key).copied();
            if let Some(item) = known {
                versions[item as usize].push(version);
            } else {
                let item = versions.len() as u32;
                versions.push(vec![version]);
                table.insert_unique(hash, item, |&other| hasher.hash_one(key_of(versions[other as usize][0])));
            }
        }
    }
    for list in versions.iter_mut().filter(|list| list.len() > 1) {
        list.sort_by_cached_key(|version| {
            let dataset = layers[version.layer as usize];
            (dataset.moment(MomentField::Updated)[version.row as usize], content_hash(dataset, version.row as usize))
        });
    }
    versions
}

/// A number that is equal for equal content, whatever codes the columns use.
fn content_hash(dataset: &Dataset, row: usize) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for &field in TextField::ALL {
        dataset.text(field).get(row).hash(&mut hasher);
    }
    for &field in CategoryField::ALL {
        dataset.category(field).get(row).hash(&mut hasher);
    }
    for &field in MomentField::ALL {
        dataset.moment(field)[row].hash(&mut hasher);
    }
    for &field in NumberField::ALL {
        dataset.number(field)[row].to_bits().hash(&mut hasher);
    }
    for &field in ListField::ALL {
        dataset.list(field).texts_of(row).for_each(|text| text.hash(&mut hasher));
        0xff_u8.hash(&mut hasher);
    }
    hasher.finish()
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

/// Every change that any version of an item tells of, once.
fn merge_history(layers: &[&Dataset], versions: &[Vec<MergedItem>], out: &mut Dataset) {
    if layers.iter().all(|layer| layer.history.is_empty()) {
        return;
    }
    for list in versions {
        let of_version = |version: &MergedItem| layers[version.layer as usize].history.of_item(version.row as usize);
        out.history.push_item(&mut list.iter().flat_map(of_version).collect());
    }
}

/// Every record, its cells from the newest versions that give them.
fn merge_records(layers: &[&Dataset], out: &mut Dataset) {
    for &kind in RecordKind::ALL {
        let tables: Vec<&Records> = layers.iter().filter_map(|layer| layer.records(kind)).collect();
        if let Some(merged) = Records::merged(&tables) {
            *out.records_mut(kind) = merged;
        }
    }
}

/// The latest stated dates of each iteration name, whichever layer states them.
fn merge_iteration_dates(layers: &[&Dataset], out: &mut Dataset) {
    let names = out.list(ListField::Sprint).values().clone();
    let mut merged = vec![IterationDates::NONE; names.len()];
    for layer in layers {
        let sprints = layer.list(ListField::Sprint);
        for (code, dates) in layer.iteration_dates.iter().enumerate() {
            let name = sprints.value(code as u32);
            if let Some(target) = out.list(ListField::Sprint).find(name).filter(|&code| code > 0) {
                let target = &mut merged[target as usize];
                *target = (*target).max_by_completion(*dates);
            }
        }
    }
    if merged.iter().any(|dates| *dates != IterationDates::NONE) {
        out.iteration_dates = merged;
    }
}

impl IterationDates {
    /// The version that knows more: a later completion, then a later end, then a later start.
    pub(super) fn max_by_completion(self, other: Self) -> Self {
        let rank = |dates: Self| (dates.completed, dates.end, dates.start);
        if rank(other) > rank(self) { other } else { self }
    }
}

impl MergeCounts {
    /// Compares the dataset before and after an import, for every key the import named, and adds the import's own repeats.
    pub fn compare(before: &Dataset, after: &Dataset, import: &Dataset) -> Self {
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
        for row in 0..import.len() {
            let key = import.key(row);
            match (find(&old, before, key), find(&new, after, key)) {
                (None, _) => counts.new += 1,
                (Some(was), Some(is)) if !same_content(before, was, after, is) => counts.updated += 1,
                _ => counts.unchanged += 1,
            }
        }
        counts.compare_records(before, import);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(rows: &[(&str, i64, &str)], present: &[&str]) -> Dataset {
        let mut dataset = Dataset::default();
        for &(key, updated, status) in rows {
            for &field in TextField::ALL {
                dataset.text_mut(field).push(if field == TextField::Key { key } else { "" });
            }
            for &field in CategoryField::ALL {
                dataset.category_mut(field).push(if field == CategoryField::Status { status } else { "" });
            }
            for &field in MomentField::ALL {
                dataset.moment_mut(field).push(if field == MomentField::Updated {
                    updated
                } else {
                    super::super::NO_MOMENT
                });
            }
            for &field in NumberField::ALL {
                dataset.number_mut(field).push(f64::NAN);
            }
            for &field in ListField::ALL {
                dataset.list_mut(field).end_row();
            }
            dataset.source_line.push(1);
        }
        dataset.present = present.iter().map(|&id| id.to_owned()).collect();
        dataset
    }

    fn statuses(dataset: &Dataset) -> Vec<(String, String)> {
        let mut list: Vec<_> = (0..dataset.len())
            .map(|row| (dataset.key(row).to_owned(), dataset.category(CategoryField::Status).get(row).to_owned()))
            .collect();
        list.sort();
        list
    }

    #[test]
    fn the_newest_version_wins_in_any_order() {
        let a = layer(&[("A-1", 1, "To Do"), ("A-2", 5, "Done")], &["key", "status", "updated"]);
        let b = layer(&[("A-1", 2, "Done"), ("A-2", 4, "To Do"), ("A-3", 1, "To Do")], &["key", "status", "updated"]);
        let (ab, _) = merge_layers(&[&a, &b]);
        let (ba, _) = merge_layers(&[&b, &a]);
        assert_eq!(statuses(&ab), statuses(&ba));
        assert_eq!(
            statuses(&ab),
            [("A-1", "Done"), ("A-2", "Done"), ("A-3", "To Do")]
                .map(|(key, status)| (key.to_owned(), status.to_owned()))
        );
        assert_eq!(ab.uneven_column(), None);
    }

    #[test]
    fn an_absent_column_wipes_nothing() {
        let all = layer(&[("A-1", 1, "In Progress")], &["key", "status", "updated"]);
        let current = layer(&[("A-1", 9, "")], &["key", "updated"]);
        let (merged, _) = merge_layers(&[&all, &current]);
        assert_eq!(merged.category(CategoryField::Status).get(0), "In Progress");
        assert_eq!(merged.moment(MomentField::Updated), [9]);
    }

    #[test]
    fn counts_add_up_to_the_rows() {
        let before = layer(&[("A-1", 1, "To Do"), ("A-2", 1, "To Do")], &["key", "status", "updated"]);
        let import =
            layer(&[("A-1", 2, "Done"), ("A-2", 1, "To Do"), ("A-3", 1, "To Do")], &["key", "status", "updated"]);
        let (after, _) = merge_layers(&[&before, &import]);
        let counts = MergeCounts::compare(&before, &after, &import);
        assert_eq!(counts, MergeCounts { new: 1, updated: 1, unchanged: 1 });
    }
}
