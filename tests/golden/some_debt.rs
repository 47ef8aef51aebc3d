//! Technical debt and measures that several golden cases share.

use std::sync::Arc;

use throughline::metrics::MetricResult;
use throughline::model::{Calendar, Cell, Dataset, Edits, ListField, PreparedDataset, RecordKind};

use crate::support::{ItemBuilder, moment};

pub(super) fn debt(key: &str, created: &str) -> ItemBuilder {
    ItemBuilder::new(key).created(created).names(ListField::Label, "tech-debt")
}

pub(super) fn measured(rows: &[(&str, &str, f64, &str)]) -> PreparedDataset {
    let mut dataset = Dataset::default();
    for (line, (at, measure, value, component)) in rows.iter().enumerate() {
        let cells = [
            ("date", Cell::Moment(moment(at))),
            ("measure", Cell::Text(measure)),
            ("value", Cell::Number(*value)),
            ("component", Cell::Text(component)),
        ];
        dataset.records_mut(RecordKind::CodeMeasure).push(line as u64 + 2, &cells);
    }
    PreparedDataset::new(Arc::new(dataset), Calendar::default(), &Edits::default())
}

/// Measures of two components.
pub(super) fn two_components() -> PreparedDataset {
    measured(&[
        ("2024-01-31", "sqale_index", 5400.0, "rental"),
        ("2024-02-29", "sqale_index", 4980.0, "rental"),
        ("2024-02-29", "coverage", 81.4, "rental"),
        ("2024-02-29T08:00", "coverage", 70.0, "rental"),
        ("2024-02-29", "coverage", 60.0, "workshop"),
        ("2024-02-29", "ncloc", 1200.0, "rental"),
    ])
}

pub(super) fn left_out_rows(result: &MetricResult, reason: &str) -> Vec<u32> {
    result.excluded.iter().filter(|left| left.reason == reason).flat_map(|left| left.items.clone()).collect()
}
