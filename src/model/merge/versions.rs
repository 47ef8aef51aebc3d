//! Which rows of which exports are the same item.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, Hasher};

use crate::model::sort_by_key;

use super::{CategoryField, Dataset, Export, ListField, MergedItem, MomentField, NO_MOMENT, NumberField, TextField};

/// The items of several exports.
pub(super) struct Versions<'a> {
    /// Versions of each item, oldest first; items in order of first appearance.
    pub(super) of_item: Vec<Vec<MergedItem>>,
    /// The tracker of each item.
    trackers: Vec<&'a str>,
    /// Keys that several trackers use.
    shared: HashSet<&'a str>,
}

impl<'a> Versions<'a> {
    pub(super) fn find(exports: &[Export<'a>]) -> Self {
        let mut found = Self { of_item: Vec::new(), trackers: Vec::new(), shared: HashSet::new() };
        let mut index = Index::default();
        let mut named: Vec<&str> =
            exports.iter().map(|export| export.tracker).filter(|name| !name.is_empty()).collect();
        named.sort_unstable();
        named.dedup();
        // Tables of no certain tracker come last: by then it is known which trackers have their keys.
        let (certain, uncertain): (Vec<usize>, Vec<usize>) =
            (0..exports.len()).partition(|&layer| !exports[layer].tracker.is_empty());
        for layer in certain.into_iter().chain(uncertain) {
            let Export { dataset, tracker, .. } = exports[layer];
            for row in 0..dataset.len() {
                let key = dataset.key(row);
                let owner = if tracker.is_empty() { found.owner(exports, &index, &named, key) } else { tracker };
                let version = MergedItem { layer: layer as u32, row: row as u32 };
                found.add(exports, &mut index, owner, key, version);
            }
        }
        if named.len() > 1 {
            found.mark_shared(exports, &index, &named);
        }
        for list in found.of_item.iter_mut().filter(|list| list.len() > 1) {
            sort_by_key(list, |version| age(exports, *version));
        }
        found
    }

    /// The one tracker that has the key; none when no tracker or several have it.
    fn owner(&self, exports: &[Export<'a>], index: &Index, named: &[&'a str], key: &str) -> &'a str {
        let mut having = named.iter().filter(|&&tracker| index.find(self, exports, tracker, key).is_some());
        match (having.next(), having.next()) {
            (Some(only), None) => only,
            _ => "",
        }
    }

    fn add(&mut self, exports: &[Export<'a>], index: &mut Index, tracker: &'a str, key: &str, version: MergedItem) {
        if let Some(item) = index.find(self, exports, tracker, key) {
            self.of_item[item as usize].push(version);
        } else {
            let item = self.of_item.len() as u32;
            self.of_item.push(vec![version]);
            self.trackers.push(tracker);
            index.insert(self, exports, tracker, key, item);
        }
    }

    fn mark_shared(&mut self, exports: &[Export<'a>], index: &Index, named: &[&'a str]) {
        for item in 0..self.of_item.len() {
            let key = self.key(exports, item);
            let own = self.trackers[item];
            if named.iter().any(|&other| other != own && index.find(self, exports, other, key).is_some()) {
                self.shared.insert(key);
            }
        }
    }

    fn key(&self, exports: &[Export<'a>], item: usize) -> &'a str {
        let first = self.of_item[item][0];
        exports[first.layer as usize].dataset.key(first.row as usize)
    }

    /// How the merged dataset writes a key that an item has or names: with its tracker, when several use it.
    pub(super) fn name<'k>(&self, item: usize, key: &'k str) -> Cow<'k, str> {
        let tracker = self.trackers[item];
        if tracker.is_empty() || !self.shared.contains(key) { key.into() } else { format!("{tracker}:{key}").into() }
    }
}

/// Items by tracker and key.
#[derive(Default)]
struct Index {
    hasher: FixedState,
    table: HashTable<u32>,
}

impl Index {
    fn hash(&self, tracker: &str, key: &str) -> u64 {
        self.hasher.hash_one((tracker, key))
    }

    fn find(&self, versions: &Versions<'_>, exports: &[Export<'_>], tracker: &str, key: &str) -> Option<u32> {
        let is_it =
            |&item: &u32| versions.key(exports, item as usize) == key && versions.trackers[item as usize] == tracker;
        self.table.find(self.hash(tracker, key), is_it).copied()
    }

    fn insert(&mut self, versions: &Versions<'_>, exports: &[Export<'_>], tracker: &str, key: &str, item: u32) {
        let hash = self.hash(tracker, key);
        let Self { hasher, table } = self;
        table.insert_unique(hash, item, |&other| {
            hasher.hash_one((versions.trackers[other as usize], versions.key(exports, other as usize)))
        });
    }
}

/// What the versions of an item are ordered by, oldest first.
fn age(exports: &[Export<'_>], version: MergedItem) -> (i64, i64, u64) {
    let Export { dataset, taken_at, .. } = exports[version.layer as usize];
    let row = version.row as usize;
    let updated = dataset.moment(MomentField::Updated)[row];
    (if updated == NO_MOMENT { taken_at } else { updated }, taken_at, content_hash(dataset, row))
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
