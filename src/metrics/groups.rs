//! The headline numbers of metrics, value by value of a field: by team, by type, by label.

use serde::{Deserialize, Serialize};

use super::{FilterField, Metric, Query, Status};
use crate::model::{Categorical, ItemSet, ListColumn, PreparedDataset, sort_by};

/// Values with a row of their own: those with the most items. The rest stands together in one row.
pub const LARGEST_GROUPS: usize = 12;

/// Headline numbers by group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Groups {
    /// The field.
    pub field: FilterField,
    /// Name and unit of the headline number, per metric in the order asked.
    pub heads: Vec<(String, String)>,
    /// The most items first, then the rest, then items without a value.
    pub rows: Vec<GroupRow>,
    /// True when an item may stand in several groups: it has a list of values.
    pub overlaps: bool,
}

/// Which items stand together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupOf {
    /// Those with this value.
    Value(String),
    /// Those with one of the less frequent values: how many values.
    Others(u64),
    /// Those without a value.
    NotGiven,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Whose.
    pub of: GroupOf,
    /// Items in it.
    pub items: u64,
    /// The headline number per metric.
    pub numbers: Vec<GroupNumber>,
}

/// The headline number of one metric in one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupNumber {
    /// The number; `None` = not computable.
    pub value: Option<f64>,
    /// Items the metric used.
    pub considered: u64,
    /// Why there is no number; else empty.
    pub reason: String,
}

/// The codes of a field's values, item by item.
#[derive(Clone, Copy)]
enum Codes<'a> {
    One(&'a Categorical),
    Many(&'a ListColumn),
}

impl<'a> Codes<'a> {
    fn values(self) -> usize {
        match self {
            Self::One(column) => column.values().len(),
            Self::Many(column) => column.values().len(),
        }
    }

    fn value(self, code: u32) -> &'a str {
        match self {
            Self::One(column) => column.value(code),
            Self::Many(column) => column.value(code),
        }
    }

    /// Calls with each code of an item; code 0 is "not given".
    fn each(self, item: usize, mut call: impl FnMut(u32)) {
        match self {
            Self::One(column) => call(column.code(item)),
            Self::Many(column) if column.codes_of(item).is_empty() => call(0),
            Self::Many(column) => column.codes_of(item).iter().for_each(|&code| call(code)),
        }
    }
}

/// The items of each group; nothing for a field of texts, of which each item has its own.
pub fn group_items(data: &PreparedDataset, items: &ItemSet, field: FilterField) -> Vec<(GroupOf, ItemSet)> {
    let Some(codes) = codes_of(data, field) else { return Vec::new() };
    let mut counts = vec![0_u64; codes.values().max(1)];
    items.iter().for_each(|item| codes.each(item, |code| counts[code as usize] += 1));
    let mut used: Vec<u32> = (1..counts.len() as u32).filter(|&code| counts[code as usize] > 0).collect();
    sort_by(&mut used, |&a, &b| {
        counts[b as usize].cmp(&counts[a as usize]).then_with(|| codes.value(a).cmp(codes.value(b)))
    });
    let (largest, others) = used.split_at(used.len().min(LARGEST_GROUPS));
    let mut groups: Vec<GroupOf> = largest.iter().map(|&code| GroupOf::Value(codes.value(code).to_owned())).collect();
    let mut group_of = vec![usize::MAX; counts.len()];
    largest.iter().enumerate().for_each(|(group, &code)| group_of[code as usize] = group);
    if !others.is_empty() {
        for &code in others {
            group_of[code as usize] = groups.len();
        }
        groups.push(GroupOf::Others(others.len() as u64));
    }
    if counts[0] > 0 {
        group_of[0] = groups.len();
        groups.push(GroupOf::NotGiven);
    }
    let of_group = |group: usize| {
        let mut set = items.clone();
        set.retain(|item| {
            let mut is_in = false;
            codes.each(item, |code| is_in |= group_of[code as usize] == group);
            is_in
        });
        set
    };
    groups.into_iter().enumerate().map(|(group, of)| (of, of_group(group))).collect()
}

fn codes_of(data: &PreparedDataset, field: FilterField) -> Option<Codes<'_>> {
    match field {
        FilterField::Category(field) => Some(Codes::One(data.dataset.category(field))),
        FilterField::List(field) => Some(Codes::Many(data.dataset.list(field))),
        FilterField::Text(_) | FilterField::Record(_) => None,
    }
}

/// The headline number of each metric in each group; the headline of a metric is its first figure.
pub fn groups(
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
    field: FilterField,
    metrics: &[&Metric],
) -> Groups {
    let mut heads = vec![(String::new(), String::new()); metrics.len()];
    let rows = group_items(data, items, field)
        .into_iter()
        .map(|(of, set)| {
            let numbers = metrics.iter().zip(&mut heads).map(|(metric, head)| {
                let result = metric.answer(data, &set, query);
                let figure = result.figures.first();
                if let Some(figure) = figure
                    && head.0.is_empty()
                {
                    *head = (figure.name.clone(), figure.unit.clone());
                }
                let reason = match &result.status {
                    Status::Computed => String::new(),
                    Status::NotComputable { reason, .. } => reason.clone(),
                };
                GroupNumber { value: figure.and_then(|figure| figure.value), considered: result.considered, reason }
            });
            GroupRow { of, items: set.count() as u64, numbers: numbers.collect() }
        })
        .collect();
    // A metric that no group can compute still has a name.
    for (head, metric) in heads.iter_mut().zip(metrics) {
        if head.0.is_empty() {
            metric.about.title.clone_into(&mut head.0);
        }
    }
    Groups { field, heads, rows, overlaps: matches!(field, FilterField::List(_)) }
}
