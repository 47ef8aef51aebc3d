//! Links between items: who is part of what, and which links lead nowhere.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::model::PreparedDataset;
use crate::model::{
    Categorical, CategoryField, Dataset, ListColumn, ListField, NumberField, StatusCategory, TextField,
};

const ESTIMATED: u8 = 1;
const BEGUN: u8 = 2;
const OPEN: u8 = 4;
/// No item has this key.
const NOBODY: u32 = u32::MAX;

type ItemOfKey<'a> = HashMap<&'a str, u32, FixedState>;

/// What the links of a dataset say. One pass over the keys, and only when there are links.
pub(super) struct Links {
    /// Per item: what is true of at least one of its parts.
    parts: Vec<u8>,
    /// Per item: true when one of its links leads nowhere.
    orphans: Vec<bool>,
}

impl Links {
    pub(super) fn new(data: &PreparedDataset) -> Self {
        let dataset = &*data.dataset;
        let parent = dataset.category(CategoryField::Parent);
        let lists = [dataset.list(ListField::BlockedBy), dataset.list(ListField::Blocks)];
        if parent.values().len() <= 1 && lists.iter().all(|list| list.values().len() <= 1) {
            return Self { parts: Vec::new(), orphans: Vec::new() };
        }
        let item_of = items_by_key(dataset);
        let parents: Vec<u32> = parent.values().iter().map(|key| item_of.get(key).copied().unwrap_or(NOBODY)).collect();
        let leads_nowhere = lists.map(|list| list.values().iter().map(|key| !item_of.contains_key(key)).collect());
        Self {
            parts: parts(data, parent, &parents),
            orphans: orphans(dataset.len(), parent, &parents, lists, &leads_nowhere),
        }
    }

    /// True when one of its parts has story points.
    pub(super) fn has_estimated_child(&self, item: usize) -> bool {
        self.has(item, ESTIMATED)
    }

    /// True when one of its parts is in progress or done.
    pub(super) fn has_begun_child(&self, item: usize) -> bool {
        self.has(item, BEGUN)
    }

    /// True when one of its parts is neither done nor dropped.
    pub(super) fn has_open_child(&self, item: usize) -> bool {
        self.has(item, OPEN)
    }

    /// True when it names a parent or a blocking item that is not in the dataset.
    pub(super) fn is_orphan(&self, item: usize) -> bool {
        self.orphans.get(item).copied().unwrap_or(false)
    }

    fn has(&self, item: usize, flag: u8) -> bool {
        self.parts.get(item).is_some_and(|flags| flags & flag != 0)
    }
}

fn items_by_key(dataset: &Dataset) -> ItemOfKey<'_> {
    let mut item_of = HashMap::with_capacity_and_hasher(dataset.len(), FixedState::default());
    item_of.extend(dataset.text(TextField::Key).iter().zip(0..));
    item_of
}

fn parts(data: &PreparedDataset, parent: &Categorical, parents: &[u32]) -> Vec<u8> {
    let points = data.dataset.number(NumberField::Points);
    let mut parts = vec![0; data.dataset.len()];
    for item in 0..parts.len() {
        let whole = parents[parent.code(item) as usize];
        // An item that names itself is no part.
        if whole == NOBODY || whole as usize == item {
            continue;
        }
        let estimated = if points[item] > 0.0 { ESTIMATED } else { 0 };
        parts[whole as usize] |= match data.life.category[item] {
            StatusCategory::ToDo => OPEN | estimated,
            StatusCategory::InProgress => OPEN | BEGUN | estimated,
            StatusCategory::Done => BEGUN | estimated,
            StatusCategory::Dropped => 0,
        };
    }
    parts
}

fn orphans(
    items: usize,
    parent: &Categorical,
    parents: &[u32],
    lists: [&ListColumn; 2],
    leads_nowhere: &[Vec<bool>; 2],
) -> Vec<bool> {
    let is_orphan = |item: usize| {
        let code = parent.code(item);
        (code != 0 && parents[code as usize] == NOBODY)
            || lists
                .iter()
                .zip(leads_nowhere)
                .any(|(list, nowhere)| list.codes_of(item).iter().any(|&code| nowhere[code as usize]))
    };
    (0..items).map(is_orphan).collect()
}
