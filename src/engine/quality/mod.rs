//! The data-quality report of the open workspace: what the metrics find in the items, what the import reports tell of the
//! files, and how far the data can be used.

mod file_checks;
mod files;

use std::cmp::Reverse;

use crate::engine::QualityReport;
use crate::engine::workspace::Workspace;
use crate::metrics::{Finding, Query, findings, verdict};
use crate::model::{ItemSet, sort_by, sort_by_key};
use files::File;

/// Judges the items that the query selects, and all files. `today` is the day whose end counts as "now" when the query names
/// none: without either, nothing that the data itself says can lie in the future.
pub(super) fn quality(workspace: &Workspace, query: &Query, today: Option<i32>) -> QualityReport {
    let (found, selected) = found(workspace, query, today);
    let verdict = verdict(&workspace.data, &selected, query, &found);
    QualityReport { verdict, findings: found }
}

/// What is found in the items that the query selects, and in all files; the most serious first. Beside it, these items.
pub(super) fn found(workspace: &Workspace, query: &Query, today: Option<i32>) -> (Vec<Finding>, ItemSet) {
    let data = &workspace.data;
    let selected = query.select(data);
    let judged_at = Query { as_of: query.as_of.or(today), ..query.clone() };
    let mut found: Vec<Finding> = findings(data, &selected, &judged_at);
    found.extend(files::findings(&files_of(workspace)));
    // The most serious first; among equals the order of the lists.
    sort_by_key(&mut found, |finding| Reverse(finding.level));
    (found, selected)
}

/// By name: the order of the imports leaves no trace in the report.
fn files_of(workspace: &Workspace) -> Vec<File<'_>> {
    let mut layers: Vec<_> = workspace.layers.iter().collect();
    sort_by(&mut layers, |a, b| (&a.report.file, &a.hash).cmp(&(&b.report.file, &b.hash)));
    layers.into_iter().map(|layer| File { report: &layer.report, has_items: !layer.dataset.is_empty() }).collect()
}
