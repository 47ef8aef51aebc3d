//! What changed between an export and the one before it.

use std::collections::{HashMap, HashSet};

use crate::engine::exports::export_of;
use crate::engine::workspace::{Layer, Workspace};
use crate::engine::{ChangeLine, ChangeSummary};
use crate::model::{
    CategoryField, Dataset, Export, ListField, MomentField, NO_MOMENT, NumberField, StatusCategory, TextField,
    iso_from_day, sort_by_key,
};

/// Examples told with a kind of change.
const EXAMPLES: usize = 5;

/// A column that people ask about after a new export.
#[derive(Clone, Copy)]
enum Column {
    Text(TextField),
    Category(CategoryField),
    Number(NumberField),
    Moment(MomentField),
    List(ListField),
}

/// In the order of the summary.
const COLUMNS: &[(&str, Column)] = &[
    ("status", Column::Category(CategoryField::Status)),
    ("sprint", Column::List(ListField::Sprint)),
    ("story points", Column::Number(NumberField::Points)),
    ("original estimate (hours)", Column::Number(NumberField::OriginalEstimateHours)),
    ("remaining estimate (hours)", Column::Number(NumberField::RemainingHours)),
    ("assignee", Column::Category(CategoryField::Assignee)),
    ("team", Column::Category(CategoryField::Team)),
    ("priority", Column::Category(CategoryField::Priority)),
    ("type", Column::Category(CategoryField::Type)),
    ("parent", Column::Category(CategoryField::Parent)),
    ("due date", Column::Moment(MomentField::Due)),
    ("version", Column::List(ListField::FixVersion)),
    ("title", Column::Text(TextField::Title)),
];

/// The summaries of all files that have an earlier export of their kind in the workspace, newest first.
pub(super) fn changes(workspace: &Workspace) -> Vec<ChangeSummary> {
    let mut pairs: Vec<(usize, usize)> =
        (0..workspace.layers.len()).filter_map(|later| Some((later, earlier_of(&workspace.layers, later)?))).collect();
    sort_by_key(&mut pairs, |&(later, _)| std::cmp::Reverse(export_of(&workspace.layers[later]).taken_at));
    if pairs.is_empty() {
        return Vec::new();
    }
    let places = Places::of(&workspace.data.dataset);
    pairs.into_iter().map(|(later, earlier)| summary(workspace, &places, later, earlier)).collect()
}

/// Positions of the items that a later export no longer holds, and that no export after the earlier one holds either.
/// Finished items are left out: exports often leave old work behind.
pub(super) fn vanished_open(workspace: &Workspace, hashes: &std::collections::BTreeSet<String>) -> Vec<u32> {
    let layers = &workspace.layers;
    let wanted = (0..layers.len()).filter(|&layer| hashes.contains(&layers[layer].hash));
    let pairs: Vec<(usize, usize)> = wanted.filter_map(|later| Some((later, earlier_of(layers, later)?))).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let places = Places::of(&workspace.data.dataset);
    let mut items: Vec<u32> =
        pairs.into_iter().flat_map(|(later, earlier)| vanished(workspace, &places, later, earlier)).collect();
    items.sort_unstable();
    items.dedup();
    items.retain(|&item| !workspace.data.life.is_finished(item as usize));
    items
}

/// The newest export of the same kind that is older and of which this one holds at least half of the items: another export of
/// the same question, not the answer to another one.
fn earlier_of(layers: &[Layer], later: usize) -> Option<usize> {
    let own = export_of(&layers[later]);
    if own.dataset.is_empty() {
        return None;
    }
    let mut keys: Option<HashSet<&str>> = None;
    let mut older: Vec<(i64, &str, usize)> = (0..layers.len())
        .filter_map(|layer| {
            let export = export_of(&layers[layer]);
            let fits = export.series == own.series
                && export.taken_at != NO_MOMENT
                && export.taken_at < own.taken_at
                && !export.dataset.is_empty();
            fits.then_some((export.taken_at, layers[layer].hash.as_str(), layer))
        })
        .collect();
    older.sort_unstable();
    older.into_iter().rev().map(|(_, _, layer)| layer).find(|&layer| {
        let keys = keys.get_or_insert_with(|| (0..own.dataset.len()).map(|row| own.dataset.key(row)).collect());
        let dataset = &layers[layer].dataset;
        let held = (0..dataset.len()).filter(|&row| keys.contains(dataset.key(row))).count();
        held * 2 >= dataset.len()
    })
}

/// Positions of items in the merged dataset, by key.
struct Places<'a>(HashMap<&'a str, u32>);

impl<'a> Places<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        Self((0..dataset.len()).map(|item| (dataset.key(item), item as u32)).collect())
    }

    fn item(&self, export: &Export<'_>, row: usize) -> Option<u32> {
        let key = export.dataset.key(row);
        self.0.get(format!("{}:{key}", export.tracker).as_str()).or_else(|| self.0.get(key)).copied()
    }
}

fn vanished(workspace: &Workspace, places: &Places<'_>, later: usize, earlier: usize) -> Vec<u32> {
    let layers = &workspace.layers;
    let (before, after) = (export_of(&layers[earlier]), export_of(&layers[later]));
    let newer: Vec<Export<'_>> = layers
        .iter()
        .map(export_of)
        .filter(|export| export.tracker == after.tracker && export.taken_at > before.taken_at)
        .collect();
    let known: HashSet<&str> =
        newer.iter().flat_map(|export| (0..export.dataset.len()).map(|row| export.dataset.key(row))).collect();
    (0..before.dataset.len())
        .filter(|&row| !known.contains(before.dataset.key(row)))
        .filter_map(|row| places.item(&before, row))
        .collect()
}

fn summary(workspace: &Workspace, places: &Places<'_>, later: usize, earlier: usize) -> ChangeSummary {
    let (before, after) = (export_of(&workspace.layers[earlier]), export_of(&workspace.layers[later]));
    let old_rows: HashMap<&str, usize> = (0..before.dataset.len()).map(|row| (before.dataset.key(row), row)).collect();
    let mut new = Vec::new();
    let mut pairs = Vec::new();
    for row in 0..after.dataset.len() {
        let Some(item) = places.item(&after, row) else { continue };
        match old_rows.get(after.dataset.key(row)) {
            None => new.push(item),
            Some(&was) => pairs.push((was, row, item)),
        }
    }
    let fields: Vec<ChangeLine> = COLUMNS
        .iter()
        .filter_map(|&(title, column)| field_line(workspace, &before, &after, &pairs, title, column))
        .collect();
    let mut changed: Vec<u32> = fields.iter().flat_map(|line| line.items.iter().copied()).collect();
    changed.sort_unstable();
    changed.dedup();
    let vanished = vanished(workspace, places, later, earlier);
    let unchanged = (pairs.len() - changed.len()) as u64;
    let open = vanished.iter().filter(|&&item| !workspace.data.life.is_finished(item as usize)).count() as u64;
    let day = |moment: i64| iso_from_day(workspace.data.calendar.day_of(moment));
    ChangeSummary {
        hash: workspace.layers[later].hash.clone(),
        file: workspace.layers[later].report.file.clone(),
        day: day(after.taken_at),
        earlier_file: workspace.layers[earlier].report.file.clone(),
        earlier_day: day(before.taken_at),
        finished: line("finished", moved(workspace, &before, &after, &pairs, false)),
        reopened: line("opened again", moved(workspace, &before, &after, &pairs, true)),
        new: line("new", new),
        changed: line("changed", changed),
        vanished: line("no longer in the export", vanished),
        vanished_open: open,
        removed: workspace.removed.contains(&workspace.layers[later].hash),
        unchanged,
        fields,
    }
}

fn line(title: &str, items: Vec<u32>) -> ChangeLine {
    ChangeLine { title: title.to_owned(), items, examples: Vec::new() }
}

/// Items that came into Done, or left it.
fn moved(
    workspace: &Workspace,
    before: &Export<'_>,
    after: &Export<'_>,
    pairs: &[(usize, usize, u32)],
    away: bool,
) -> Vec<u32> {
    let merged = workspace.data.dataset.category(CategoryField::Status);
    let is_done = |export: &Export<'_>, row: usize| {
        let status = export.dataset.category(CategoryField::Status).get(row);
        merged.find(status).is_some_and(|code| workspace.data.statuses.category(code) == StatusCategory::Done)
    };
    let was_and_is = |&&(was, is, _): &&(usize, usize, u32)| {
        let (was, is) = (is_done(before, was), is_done(after, is));
        if away { was && !is } else { is && !was }
    };
    pairs.iter().filter(was_and_is).map(|&(_, _, item)| item).collect()
}

fn field_line(
    workspace: &Workspace,
    before: &Export<'_>,
    after: &Export<'_>,
    pairs: &[(usize, usize, u32)],
    title: &str,
    column: Column,
) -> Option<ChangeLine> {
    if !before.dataset.is_present(column.id()) || !after.dataset.is_present(column.id()) {
        return None;
    }
    let is_other = |&&(was, is, _): &&(usize, usize, u32)| !column.is_same(before.dataset, was, after.dataset, is);
    let differing: Vec<&(usize, usize, u32)> = pairs.iter().filter(is_other).collect();
    let words = |dataset: &Dataset, row: usize| {
        let text = column.words(workspace, dataset, row);
        if text.is_empty() { "nothing".to_owned() } else { text }
    };
    let examples = differing.iter().take(EXAMPLES).map(|&&(was, is, item)| {
        let key = workspace.data.dataset.key(item as usize);
        format!("{key}: {} → {}", words(before.dataset, was), words(after.dataset, is))
    });
    (!differing.is_empty()).then(|| ChangeLine {
        title: title.to_owned(),
        items: differing.iter().map(|&&(_, _, item)| item).collect(),
        examples: examples.collect(),
    })
}

impl Column {
    fn id(self) -> &'static str {
        match self {
            Self::Text(field) => field.id(),
            Self::Category(field) => field.id(),
            Self::Number(field) => field.id(),
            Self::Moment(field) => field.id(),
            Self::List(field) => field.id(),
        }
    }

    fn is_same(self, a: &Dataset, row_a: usize, b: &Dataset, row_b: usize) -> bool {
        match self {
            Self::Text(field) => a.text(field).get(row_a) == b.text(field).get(row_b),
            Self::Category(field) => a.category(field).get(row_a) == b.category(field).get(row_b),
            Self::Number(field) => {
                let (was, is) = (a.number(field)[row_a], b.number(field)[row_b]);
                was.to_bits() == is.to_bits() || (was.is_nan() && is.is_nan())
            }
            Self::Moment(field) => a.moment(field)[row_a] == b.moment(field)[row_b],
            Self::List(field) => a.list(field).texts_of(row_a).eq(b.list(field).texts_of(row_b)),
        }
    }

    fn words(self, workspace: &Workspace, dataset: &Dataset, row: usize) -> String {
        match self {
            Self::Text(field) => dataset.text(field).get(row).to_owned(),
            Self::Category(field) => dataset.category(field).get(row).to_owned(),
            Self::Number(field) => {
                let number = dataset.number(field)[row];
                if number.is_nan() { String::new() } else { number.to_string() }
            }
            Self::Moment(field) => match dataset.moment(field)[row] {
                NO_MOMENT => String::new(),
                moment => iso_from_day(workspace.data.calendar.day_of(moment)),
            },
            Self::List(field) => dataset.list(field).texts_of(row).collect::<Vec<_>>().join(", "),
        }
    }
}
