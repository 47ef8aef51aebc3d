//! A workspace without its files: the merged dataset, and what the user said about it. It is what is published, after a part
//! of it was taken out (`publish`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::workspace::Workspace;
use super::{Annotation, Engine, EngineError};
use crate::importers::ImportReport;
use crate::metrics::Marks;
use crate::model::{Dataset, Decisions, MarkRule, StatusCategory};

/// What a workspace is without the files that it was made of.
#[derive(Debug, Clone)]
pub struct MergedWorkspace {
    /// Name for people.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Made-up data.
    pub sample: bool,
    /// Items and records of all files.
    pub dataset: Arc<Dataset>,
    /// What the imports said, added up, without a word of what the files hold.
    pub report: ImportReport,
    /// First and last day, inclusive, typed by the user, by iteration.
    pub windows: BTreeMap<String, (i32, i32)>,
    /// Categories chosen by the user, by status.
    pub statuses: BTreeMap<String, StatusCategory>,
    /// Statuses as the user put them in order.
    pub status_order: Vec<String>,
    /// Keys of open items that count as taken out of scope, because a later export no longer holds them.
    pub out_of_scope: Vec<String>,
    /// Dated notes in the order of days.
    pub annotations: Vec<Annotation>,
    /// What the user decided.
    pub decisions: Decisions,
    /// The rules in use for bugs, escaped bugs and debt: the user's, else those worked out from the data.
    pub rules: Vec<(Marks, MarkRule)>,
}

impl Engine {
    /// The open workspace without its files.
    pub fn merged(&self) -> Result<MergedWorkspace, EngineError> {
        Ok(self.workspace()?.merged())
    }

    /// An engine in which this is open, as if all of it had come in one file.
    pub fn of_merged(id: &str, merged: MergedWorkspace) -> Result<Self, EngineError> {
        let mut engine = Self::default();
        engine.open_instead(Workspace::of_merged(id, merged)?);
        Ok(engine)
    }
}

/// The reports of several imports as one: numbers, and the words that describe formats. File names, cells and headers are left
/// out, since they quote what the files hold.
pub(super) fn report_of_all<'a>(reports: impl Iterator<Item = &'a ImportReport>) -> ImportReport {
    let mut all =
        ImportReport { file: "Published data".to_owned(), format: "published".to_owned(), ..Default::default() };
    let mut formats: Vec<&str> = Vec::new();
    let mut refused = 0;
    for report in reports {
        if !formats.contains(&report.format_title.as_str()) {
            formats.push(&report.format_title);
        }
        // Files of several zones have none in common.
        if all.zone.is_empty() {
            all.zone.clone_from(&report.zone);
        }
        all.kept += report.kept;
        all.repeated += report.repeated;
        refused += report.refused.len();
        all.row_cap = all.row_cap.take().or_else(|| report.row_cap.clone());
        for (problem, count) in &report.warning_counts {
            match all.warning_counts.iter_mut().find(|(known, _)| known == problem) {
                Some((_, sum)) => *sum += count,
                None => all.warning_counts.push((problem.clone(), *count)),
            }
        }
    }
    all.rows_read = all.kept + all.repeated;
    all.format_title = formats.join(", ");
    "published without the files it came from".clone_into(&mut all.evidence);
    if refused > 0 {
        all.decisions.push(format!("{refused} rows of the files could not be read and are in no number."));
    }
    all
}
