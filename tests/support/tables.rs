//! Datasets from plain tables, as a user would import them, for tests of what rests on records.

use std::sync::Arc;

use throughline::importers::{ImportJob, ImportSettings};
use throughline::metrics::MetricResult;
use throughline::model::{Calendar, Dataset, Decisions, Edits, PreparedDataset, RecordKind, Records, merge_layers};

/// The dataset of one file.
pub fn imported(name: &str, text: &str) -> Dataset {
    let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
    job.push(text.as_bytes()).unwrap();
    job.finish().unwrap_or_else(|error| panic!("{name}: {error}")).dataset
}

/// These files (name and text) in one dataset, in UTC.
pub fn tables(files: &[(&str, &str)], decisions: &Decisions) -> PreparedDataset {
    let datasets: Vec<Dataset> = files.iter().map(|(name, text)| imported(name, text)).collect();
    let layers: Vec<&Dataset> = datasets.iter().collect();
    let edits = Edits { decisions: Arc::new(decisions.clone()), ..Edits::default() };
    PreparedDataset::new(Arc::new(merge_layers(&layers).0), Calendar::default(), &edits)
}

fn of(data: &PreparedDataset, kind: RecordKind) -> &Records {
    data.dataset.records(kind).unwrap_or_else(|| panic!("no {}", kind.id()))
}

/// Ids of records.
pub fn ids(data: &PreparedDataset, kind: RecordKind, rows: &[u32]) -> Vec<String> {
    rows.iter().map(|&row| of(data, kind).text("id", row as usize).to_owned()).collect()
}

/// The row of an id.
pub fn row_of(data: &PreparedDataset, kind: RecordKind, id: &str) -> usize {
    let records = of(data, kind);
    (0..records.len()).find(|&row| records.text("id", row) == id).unwrap_or_else(|| panic!("no {id}"))
}

/// The identity of an id, as decisions name it.
pub fn identity(data: &PreparedDataset, kind: RecordKind, id: &str) -> String {
    of(data, kind).identity(row_of(data, kind, id))
}

/// The ids left out for a reason, in the order of rows; empty when nothing was.
pub fn left_out(data: &PreparedDataset, kind: RecordKind, result: &MetricResult, reason: &str) -> Vec<String> {
    let exclusion = result.excluded.iter().find(|exclusion| exclusion.reason == reason);
    let mut ids = exclusion.map(|exclusion| ids(data, kind, &exclusion.items)).unwrap_or_default();
    ids.sort();
    ids
}
