//! Bytes of an export become a [`Dataset`] and an [`ImportReport`].
//!
//! An importer never stops at the first bad row: what can be kept is kept, the rest is reported with its place.
//! Files are fed in chunks of any size, so that a 1 GB export never lies in memory as a whole.

mod asana_csv;
mod asana_json;
mod azure_devops_csv;
mod azure_devops_json;
mod beads_jsonl;
mod bitbucket_deployments;
mod bitbucket_issues;
mod bitbucket_pipelines;
mod check_samples;
mod circleci_workflows;
mod clickup_csv;
mod clockify_csv;
mod cloud_cost;
mod csv;
mod dates;
mod durations;
mod encoding;
mod export_help;
mod gathering;
mod github_deployments;
mod github_issues;
mod github_projects_tsv;
mod github_releases;
mod github_runs;
mod gitlab_csv;
mod gitlab_deployments;
mod gitlab_issues;
mod gitlab_jobs;
mod gitlab_pipelines;
mod google_cloud_status;
mod harvest_csv;
mod ics;
mod jira_assistant_csv;
mod jira_csv;
mod jira_json;
mod jira_sprints;
mod jira_worklogs;
mod jira_xml;
mod job;
mod json;
mod linear_csv;
mod mapped;
mod mentioned_keys;
mod mentions;
mod ms_project_csv;
mod mspdi;
mod notion_csv;
mod numbers;
mod opsgenie_incidents;
mod pagerduty_csv;
mod pagerduty_incidents;
mod pivotal_csv;
mod plain;
mod preview;
mod prometheus_range;
mod report;
mod scale;
mod shortcut_csv;
mod sonarqube_history;
mod sonarqube_issues;
mod sonarqube_measures;
mod stage_dates_csv;
mod statuspage_incidents;
mod table;
mod tapd_stories;
mod tempo_csv;
mod time_entry;
mod toggl_csv;
mod trello_csv;
mod trello_json;
mod upptime_summary;
mod uptimerobot_csv;
mod wrong_kind;
mod xml;
mod youtrack_csv;
mod youtrack_xml;

pub use export_help::{ExportHelp, export_help};
pub use job::{ImportJob, Imported};
pub use mapped::{ColumnSample, MappedField, Mapping, TableSample, mapped_fields, sample_of};
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
    /// The user wants to name the columns, whatever the file is: [`ImportError::ColumnsAsked`] is the answer.
    pub ask_columns: bool,
}

impl ImportSettings {
    /// Everything left to detection, dates without a zone in this calendar.
    pub const fn new(calendar: Calendar) -> Self {
        Self { calendar, date_orders: Vec::new(), format: None, mappings: Vec::new(), ask_columns: false }
    }

    /// How the user named the columns of this table.
    fn mapping_of(&self, table: &TableSample) -> Option<&Mapping> {
        self.mappings.iter().find(|mapping| mapping.signature == table.signature)
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
    /// Ends a file of which only the beginning was given: that its end is missing is no error.
    fn finish_beginning(self: Box<Self>) -> Result<Imported, ImportError> {
        self.finish()
    }
}

/// Alphabetic. To add one: write the file, add its line, drop a sample into `tests/exports/<id>/`.
pub static IMPORTERS: &[&Importer] = &[
    &asana_csv::ASANA_CSV,
    &asana_json::ASANA_JSON,
    &cloud_cost::AWS_CUR_CSV,
    &cloud_cost::AZURE_COST_CSV,
    &azure_devops_csv::AZURE_DEVOPS_CSV,
    &azure_devops_json::AZURE_DEVOPS_JSON,
    &beads_jsonl::BEADS_JSONL,
    &bitbucket_deployments::BITBUCKET_DEPLOYMENTS,
    &bitbucket_issues::BITBUCKET_ISSUES,
    &bitbucket_pipelines::BITBUCKET_PIPELINES,
    &circleci_workflows::CIRCLECI_WORKFLOWS,
    &clickup_csv::CLICKUP_CSV,
    &clockify_csv::CLOCKIFY_CSV,
    &cloud_cost::FOCUS_CSV,
    &cloud_cost::GCP_BILLING_CSV,
    &github_deployments::GITHUB_DEPLOYMENTS,
    &github_issues::GITHUB_ISSUES,
    &github_projects_tsv::GITHUB_PROJECTS_TSV,
    &github_releases::GITHUB_RELEASES,
    &github_runs::GITHUB_RUNS,
    &gitlab_csv::GITLAB_CSV,
    &gitlab_deployments::GITLAB_DEPLOYMENTS,
    &gitlab_issues::GITLAB_ISSUES,
    &gitlab_jobs::GITLAB_JOBS,
    &gitlab_pipelines::GITLAB_PIPELINES,
    &google_cloud_status::GOOGLE_CLOUD_STATUS,
    &harvest_csv::HARVEST_CSV,
    &ics::ICS,
    &plain::ITERATIONS_CSV,
    &jira_assistant_csv::JIRA_ASSISTANT_CSV,
    &jira_csv::JIRA_CSV,
    &jira_json::JIRA_JSON,
    &jira_sprints::JIRA_SPRINTS,
    &jira_worklogs::JIRA_WORKLOGS,
    &jira_xml::JIRA_XML,
    &linear_csv::LINEAR_CSV,
    &mapped::MAPPED,
    &ms_project_csv::MS_PROJECT_CSV,
    &mspdi::MSPDI,
    &notion_csv::NOTION_CSV,
    &opsgenie_incidents::OPSGENIE_INCIDENTS,
    &pagerduty_csv::PAGERDUTY_CSV,
    &pagerduty_incidents::PAGERDUTY_INCIDENTS,
    &pivotal_csv::PIVOTAL_CSV,
    &plain::PLAIN_CAPACITY,
    &plain::PLAIN_CHANGES,
    &plain::PLAIN_CODE_MEASURES,
    &plain::PLAIN_COSTS,
    &plain::PLAIN_DEPLOYMENTS,
    &plain::PLAIN_HOLIDAYS,
    &plain::PLAIN_INCIDENTS,
    &plain::PLAIN_MILESTONES,
    &plain::PLAIN_RISKS,
    &plain::PLAIN_TIME_OFF,
    &plain::PLAIN_UPTIME,
    &plain::PLAIN_UPTIME_CHECKS,
    &plain::PLAIN_WORK_LOG,
    &prometheus_range::PROMETHEUS_RANGE,
    &shortcut_csv::SHORTCUT_CSV,
    &sonarqube_history::SONARQUBE_HISTORY,
    &sonarqube_issues::SONARQUBE_ISSUES,
    &sonarqube_measures::SONARQUBE_MEASURES,
    &stage_dates_csv::STAGE_DATES_CSV,
    &plain::STATUS_HISTORY_CSV,
    &statuspage_incidents::STATUSPAGE_INCIDENTS,
    &tapd_stories::TAPD_STORIES,
    &tempo_csv::TEMPO_CSV,
    &toggl_csv::TOGGL_CSV,
    &trello_csv::TRELLO_CSV,
    &trello_json::TRELLO_JSON,
    &upptime_summary::UPPTIME_SUMMARY,
    &uptimerobot_csv::UPTIMEROBOT_CSV,
    &plain::WORK_ITEMS_CSV,
    &youtrack_csv::YOUTRACK_CSV,
    &youtrack_xml::YOUTRACK_XML,
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
