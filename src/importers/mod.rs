//! Bytes of an export become a [`Dataset`] and an [`ImportReport`].
//!
//! An importer never stops at the first bad row: what can be kept is kept, the rest is reported with its place.
//! Files are fed in chunks of any size, so that a 1 GB export never lies in memory as a whole.

mod asana_csv;
mod azure_devops_csv;
mod clickup_csv;
mod csv;
mod dates;
mod durations;
mod encoding;
mod gathering;
mod github_projects_tsv;
mod gitlab_csv;
mod jira_csv;
mod job;
mod json;
mod linear_csv;
mod mapped;
mod notion_csv;
mod numbers;
mod pivotal_csv;
mod plain;
mod preview;
mod report;
mod shortcut_csv;
mod stage_dates_csv;
mod table;
mod trello_csv;
mod wrong_kind;
mod youtrack_csv;

pub use job::{ImportJob, Imported};
pub use mapped::{ColumnSample, MappedField, Mapping, TableSample, guess_mapping, mapped_fields, sample_of};
pub use preview::Preview;
pub use report::{
    Candidate, ColumnUse, DateOrder, DateReading, ImportError, ImportReport, ImportWarning, OrderEvidence, Problem,
    RefusedRow,
};

use crate::model::Calendar;

/// How sure an importer is that a file is its own, with the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confidence {
    /// 0 = not mine, 100 = certain.
    pub score: u8,
    /// What in the file says so, for the import result ("columns `Issue key`, `Issue Type`, `Custom field (…)`").
    pub evidence: String,
}

impl Confidence {
    /// "Not mine".
    pub const NONE: Self = Self { score: 0, evidence: String::new() };
}

/// The beginning of a file, decoded to UTF-8 without a byte-order mark: all that detection looks at.
#[derive(Debug, Clone, Copy)]
pub struct FileHead<'a> {
    /// File name as given by the user; only a hint.
    pub name: &'a str,
    /// First bytes as text, cut at a character border.
    pub text: &'a str,
    /// True when `text` is the whole file.
    pub complete: bool,
}

/// What the user or the workspace decides about an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportSettings {
    /// The zone in which dates without a zone are read; also the workspace's calendar.
    pub calendar: Calendar,
    /// Answers to "day or month first?", by column name; empty unless the user was asked.
    pub date_orders: Vec<(String, DateOrder)>,
    /// Id of the importer that the user chose; `None` leaves it to detection.
    pub format: Option<String>,
    /// Tables whose columns the user has named.
    pub mappings: Vec<Mapping>,
}

impl ImportSettings {
    /// Everything left to detection, dates without a zone in this calendar.
    pub const fn new(calendar: Calendar) -> Self {
        Self { calendar, date_orders: Vec::new(), format: None, mappings: Vec::new() }
    }
}

/// Begins to read a file.
pub type StartReading = fn(&FileHead<'_>, &ImportSettings) -> Result<Box<dyn Reading>, ImportError>;

/// A kind of export that can be read: two functions and two names.
pub struct Importer {
    /// Stable name, kebab-case: `jira-csv`.
    pub id: &'static str,
    /// For people: "Jira CSV export".
    pub title: &'static str,
    /// Looks at the head only.
    pub detect: fn(&FileHead<'_>) -> Confidence,
    /// Begins to read a file whose head was recognised.
    pub start: StartReading,
}

/// A file being read. Chunks are UTF-8 (the job decodes) and may be cut anywhere, even inside a character.
pub trait Reading {
    /// Reads the next chunk.
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError>;
    /// Rows read so far, for progress.
    fn rows(&self) -> u64;
    /// Ends the file. The report's `file` and `bytes` are filled in by the job.
    fn finish(self: Box<Self>) -> Result<Imported, ImportError>;
}

/// Alphabetic. To add one: write the file, add its line, drop a sample into `tests/exports/<id>/`.
pub static IMPORTERS: &[&Importer] = &[
    &asana_csv::ASANA_CSV,
    &azure_devops_csv::AZURE_DEVOPS_CSV,
    &clickup_csv::CLICKUP_CSV,
    &github_projects_tsv::GITHUB_PROJECTS_TSV,
    &gitlab_csv::GITLAB_CSV,
    &plain::ITERATIONS_CSV,
    &jira_csv::JIRA_CSV,
    &linear_csv::LINEAR_CSV,
    &mapped::MAPPED,
    &notion_csv::NOTION_CSV,
    &pivotal_csv::PIVOTAL_CSV,
    &shortcut_csv::SHORTCUT_CSV,
    &stage_dates_csv::STAGE_DATES_CSV,
    &plain::STATUS_HISTORY_CSV,
    &trello_csv::TRELLO_CSV,
    &plain::WORK_ITEMS_CSV,
    &youtrack_csv::YOUTRACK_CSV,
];

/// Id of the importer for tables whose columns the user names.
pub const MAPPED_ID: &str = "mapped-table";

/// Two importers this close are equally sure: the user decides.
const AS_SURE: u8 = 1;

/// The importers that may read a file, the surest first, with their evidence. None means that we do not know the format;
/// several mean that the user has to choose.
pub fn detect(head: &FileHead<'_>) -> Vec<(&'static Importer, Confidence)> {
    let mut found: Vec<(&'static Importer, Confidence)> = IMPORTERS
        .iter()
        .map(|importer| (*importer, (importer.detect)(head)))
        .filter(|(_, confidence)| confidence.score >= 50)
        .collect();
    let best = found.iter().map(|(_, confidence)| confidence.score).max().unwrap_or(0);
    found.retain(|(_, confidence)| confidence.score + AS_SURE >= best);
    found.sort_by_key(|(_, confidence)| std::cmp::Reverse(confidence.score));
    found
}
