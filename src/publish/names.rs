//! What becomes public with a bundle, for people to read before they publish: names, columns, first rows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::FileEntry;
use crate::engine::MergedWorkspace;
use crate::model::{
    CategoryField, Dataset, ListField, MomentField, NO_MOMENT, NumberField, RecordKind, Records, TextField,
    iso_from_day,
};

/// Names listed of each kind; the rest is counted.
const NAMES_LISTED: usize = 40;
/// Rows shown.
const ROWS: usize = 3;
const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// Names of one kind that become public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicNames {
    /// What they are: "sprint", "team", "deployments: service".
    pub kind: String,
    /// The first of them in the order of the alphabet.
    pub names: Vec<String>,
    /// How many there are.
    pub total: u64,
}

/// What becomes public.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// The files, the manifest and the settings of the site among them.
    pub files: Vec<FileEntry>,
    /// Work items whose rows are published; 0 with sums alone.
    pub items: u64,
    /// Records whose rows are published, by kind.
    pub records: Vec<(String, u64)>,
    /// Columns of the work items with the number of cells that have a value.
    pub columns: Vec<(String, u64)>,
    /// Names by kind.
    pub names: Vec<PublicNames>,
    /// The first rows of the work items: the id of the column and its text.
    pub rows: Vec<Vec<(String, String)>>,
    /// Dated notes of the user that are published.
    pub notes: Vec<String>,
    /// What is taken out, and what no bundle holds, in sentences.
    pub left_out: Vec<String>,
}

/// Columns whose words are ours or the tracker's, and name nobody and nothing.
const WORDS: &[&str] = &[
    "status-category",
    "resolution",
    "priority",
    "state",
    "event",
    "severity",
    "unplanned",
    "half-day",
    "repeats",
    "billable",
    "currency",
    "measure",
];

/// The names that a dataset tells.
pub(super) fn public_names(merged: &MergedWorkspace) -> Vec<PublicNames> {
    let dataset = &merged.dataset;
    let mut all: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for &field in CategoryField::ALL {
        let texts = dataset.category(field).values().iter();
        all.entry(kind_of(field.id())).or_default().extend(texts);
    }
    for &field in ListField::ALL {
        all.entry(kind_of(field.id())).or_default().extend(dataset.list(field).values().iter());
    }
    for records in dataset.record_tables() {
        for (name, _) in records.kind().columns() {
            let kind = kind_of(name);
            if let Some(column) = records.category(name) {
                all.entry(kind).or_default().extend(column.values().iter());
            } else if let Some(column) = records.list(name) {
                all.entry(kind).or_default().extend(column.values().iter());
            } else if ["version", "name"].contains(name) {
                all.entry(kind).or_default().extend((0..records.len()).map(|row| records.text(name, row)));
            }
        }
    }
    all.into_iter()
        .filter(|(kind, _)| !WORDS.contains(&kind.as_str()))
        .filter_map(|(kind, names)| {
            let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            let listed = names.iter().take(NAMES_LISTED).map(|&name| name.to_owned()).collect();
            (!names.is_empty()).then_some(PublicNames { kind, names: listed, total: names.len() as u64 })
        })
        .collect()
}

/// People are people, whatever the column calls them.
fn kind_of(column: &str) -> String {
    match column {
        "assignee" | "reporter" | "author" | "person" | "owner" => "person".to_owned(),
        "services" => "service".to_owned(),
        "labels" => "label".to_owned(),
        "parent" | "blocked-by" | "blocks" | "work-items" => "item".to_owned(),
        other => other.to_owned(),
    }
}

/// Columns of the work items with the number of cells that have a value, those without one left out.
pub(super) fn columns(dataset: &Dataset) -> Vec<(String, u64)> {
    let rows = 0..dataset.len();
    let count = |given: &dyn Fn(usize) -> bool| rows.clone().filter(|&row| given(row)).count() as u64;
    let texts =
        TextField::ALL.iter().map(|&field| (field.id(), count(&|row| !dataset.text(field).get(row).is_empty())));
    let categories =
        CategoryField::ALL.iter().map(|&field| (field.id(), count(&|row| dataset.category(field).code(row) != 0)));
    let lists =
        ListField::ALL.iter().map(|&field| (field.id(), count(&|row| !dataset.list(field).codes_of(row).is_empty())));
    let moments =
        MomentField::ALL.iter().map(|&field| (field.id(), count(&|row| dataset.moment(field)[row] != NO_MOMENT)));
    let numbers =
        NumberField::ALL.iter().map(|&field| (field.id(), count(&|row| !dataset.number(field)[row].is_nan())));
    let history = (!dataset.history.is_empty()).then(|| ("history of changes", dataset.history.changes() as u64));
    let all = texts.chain(categories).chain(lists).chain(moments).chain(numbers).chain(history);
    all.filter(|(_, count)| *count > 0).map(|(id, count)| (id.to_owned(), count)).collect()
}

/// The first rows of the work items as they are published.
pub(super) fn first_rows(dataset: &Dataset) -> Vec<Vec<(String, String)>> {
    (0..dataset.len().min(ROWS)).map(|row| row_of(dataset, row)).collect()
}

fn row_of(dataset: &Dataset, row: usize) -> Vec<(String, String)> {
    let day = |moment: i64| {
        if moment == NO_MOMENT { String::new() } else { iso_from_day(moment.div_euclid(MILLISECONDS_A_DAY) as i32) }
    };
    let number = |number: f64| if number.is_nan() { String::new() } else { number.to_string() };
    let texts = TextField::ALL.iter().map(|&field| (field.id(), dataset.text(field).get(row).to_owned()));
    let categories = CategoryField::ALL.iter().map(|&field| (field.id(), dataset.category(field).get(row).to_owned()));
    let lists = ListField::ALL
        .iter()
        .map(|&field| (field.id(), dataset.list(field).texts_of(row).collect::<Vec<_>>().join(", ")));
    let moments = MomentField::ALL.iter().map(|&field| (field.id(), day(dataset.moment(field)[row])));
    let numbers = NumberField::ALL.iter().map(|&field| (field.id(), number(dataset.number(field)[row])));
    let all = texts.chain(categories).chain(lists).chain(moments).chain(numbers);
    all.filter(|(_, text)| !text.is_empty()).map(|(id, text)| (id.to_owned(), text)).collect()
}

/// Records by kind.
pub(super) fn record_counts(dataset: &Dataset) -> Vec<(String, u64)> {
    let count = |records: &Records| (RecordKind::words(records.kind()).1.to_owned(), records.len() as u64);
    dataset.record_tables().map(count).collect()
}
