//! Several exports become one dataset: the versions of an item are found by its tracker and key, the newest wins.
//!
//! The result does not depend on the order of the imports: versions of an item are ordered by `updated` (without it, by the
//! date of their export), then by their content. A field takes its value from the newest version whose export had a column
//! for it, because an absent column is not an empty value.

mod counts;
mod reconstructed;
mod versions;

pub use counts::MergeCounts;

use super::{
    CategoryField, Dataset, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, RecordKind, Records,
    TextField,
};
use versions::Versions;

/// One export of a tracker, to be merged with others.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    /// Its items and records.
    pub dataset: &'a Dataset,
    /// The tracker it comes from. The same key in two trackers is two items. Empty for tables of no certain tracker: their
    /// items join the one tracker that has their key.
    pub tracker: &'a str,
    /// The kind of export. Only exports of one kind are compared with each other, because two kinds may have different words
    /// for the same thing.
    pub series: &'a str,
    /// The moment whose state it shows, [`NO_MOMENT`] when unknown.
    pub taken_at: i64,
}

impl<'a> Export<'a> {
    /// An export about which nothing else is known.
    pub const fn of(dataset: &'a Dataset) -> Self {
        Self { dataset, tracker: "", series: "", taken_at: NO_MOMENT }
    }
}

/// Where one item of a merged dataset comes from: the newest of its versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedItem {
    /// Position of the layer in the merged list.
    pub layer: u32,
    /// Row in that layer.
    pub row: u32,
}

/// Merges datasets by key alone. See [`merge_exports`].
pub fn merge_layers(layers: &[&Dataset]) -> (Dataset, Vec<MergedItem>) {
    let exports: Vec<Export<'_>> = layers.iter().map(|dataset| Export::of(dataset)).collect();
    merge_exports(&exports)
}

/// Merges exports. An export may repeat a key (the same rules apply inside one).
/// Answers the dataset and, per item, the export and row of its newest version. A key that two trackers use for different
/// items is written `tracker:key`, also where another item names it. What changed between two dated exports of one kind, and
/// no source tells of, is in the history as reconstructed.
pub fn merge_exports(exports: &[Export<'_>]) -> (Dataset, Vec<MergedItem>) {
    let found = Versions::find(exports);
    let versions = &found.of_item;
    let layers: Vec<&Dataset> = exports.iter().map(|export| export.dataset).collect();
    let merged: Vec<MergedItem> = versions.iter().filter_map(|list| list.last().copied()).collect();
    let mut out = Dataset::default();
    for layer in &layers {
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
        for (item, version) in choose(field.id()).into_iter().enumerate() {
            let text = layers[version.layer as usize].text(field).get(version.row as usize);
            out.text_mut(field).push(&if field == TextField::Key { found.name(item, text) } else { text.into() });
        }
    }
    for &field in CategoryField::ALL {
        for (item, version) in choose(field.id()).into_iter().enumerate() {
            let text = layers[version.layer as usize].category(field).get(version.row as usize);
            out.category_mut(field).push(&if field == CategoryField::Parent {
                found.name(item, text)
            } else {
                text.into()
            });
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
        let names_items = matches!(field, ListField::BlockedBy | ListField::Blocks);
        for (item, version) in choose(field.id()).into_iter().enumerate() {
            let column = out.list_mut(field);
            for text in layers[version.layer as usize].list(field).texts_of(version.row as usize) {
                column.add(&if names_items { found.name(item, text) } else { text.into() });
            }
            column.end_row();
        }
    }
    reconstructed::merge_history(exports, versions, &mut out);
    merge_records(&layers, &mut out);
    out.source_line =
        merged.iter().map(|version| layers[version.layer as usize].source_line[version.row as usize]).collect();
    merge_iteration_dates(&layers, &mut out);
    (out, merged)
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

#[cfg(test)]
mod tests;
