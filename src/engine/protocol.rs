//! What page and worker say to each other. Only types and their meanings; postcard on the wire.

use serde::{Deserialize, Serialize};

use crate::engine::Visibility;
use crate::importers::{ImportError, ImportReport, Mapping};
use crate::metrics::{Finding, Groups, Headline, Marks, MetricResult, Query, Verdict, VerdictLine, VerdictState};
use crate::model::{
    DayOff, Decision, Decisions, MarkRule, MergeCounts, PersonPlan, RecordKind, StatusCategory, WindowOrigin,
};

/// Raised when any type of this file changes its meaning. Page and worker compare it first.
pub const PROTOCOL_VERSION: u32 = 9;

/// A question to the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Always the first message and always the first variant, so that any old worker can read it.
    Hello {
        /// The page's [`PROTOCOL_VERSION`].
        protocol: u32,
    },
    /// Begins an empty workspace; the open one is let go (it stays stored).
    NewWorkspace {
        /// Stable id, chosen by the page.
        id: String,
        /// Name for people.
        name: String,
        /// IANA zone of the workspace.
        zone: String,
        /// Made-up data: shown with a badge everywhere.
        sample: bool,
    },
    /// Opens a workspace from its stored bytes (see `engine::workspace`).
    OpenWorkspace {
        /// The document.
        document: Vec<u8>,
        /// The layers it names, in its order.
        layers: Vec<Vec<u8>>,
    },
    /// Adds the result of an import worker. Can be undone in one step, with all its terms.
    AddLayer {
        /// The dataset as bytes.
        dataset: Vec<u8>,
        /// What happened while reading.
        report: Box<ImportReport>,
        /// What else changes with it.
        terms: AddTerms,
    },
    /// Takes a source out again.
    RemoveLayer {
        /// Hash of the layer, as in [`SourceSummary`].
        hash: String,
    },
    /// What the open workspace is: for the shell, the import result and the filter bar.
    Describe,
    /// Several metrics of one view in one go.
    Metrics {
        /// Ids of metrics.
        ids: Vec<String>,
        /// The question.
        query: Query,
    },
    /// A page of the items table.
    Items(ItemsQuery),
    /// Sets or clears (`None`) the window of an iteration. Can be undone.
    SetWindow {
        /// Name of the iteration.
        iteration: String,
        /// First day and last day, both inclusive, in the workspace zone.
        days: Option<(i32, i32)>,
    },
    /// Says what a status counts as, or leaves it to the guess again (`None`). Can be undone.
    SetStatus {
        /// The tracker's word.
        status: String,
        /// What it counts as.
        category: Option<StatusCategory>,
    },
    /// Takes the last edit back.
    Undo,
    /// Does it again.
    Redo,
    /// Everything known of one item.
    Item {
        /// Its key.
        key: String,
    },
    /// What changed between each export and the one before it.
    Changes,
    /// Says whether open items that an export no longer holds count as taken out of scope. Can be undone.
    SetRemoved {
        /// Hash of the later export's layer.
        hash: String,
        /// True: out of scope. False: as they were last seen.
        removed: bool,
    },
    /// What in the data would mislead, and how far it can be used.
    Quality {
        /// Which items.
        query: Query,
        /// The day whose end counts as "now" when the query names none; `None` = the data's last moment.
        today: Option<i32>,
    },
    /// Puts statuses in the order of the workflow; an empty list leaves it to the guess again. Can be undone.
    SetStatusOrder {
        /// The tracker's words; a status never leaves those of its category.
        order: Vec<String>,
    },
    /// What can be seen with the files of the open workspace.
    Visibility {
        /// The question.
        query: Query,
    },
    /// The headline numbers of metrics by the values of the query's `by`.
    Groups {
        /// Ids of metrics.
        ids: Vec<String>,
        /// The question.
        query: Query,
    },
    /// Writes a note at a day, or changes one. Can be undone.
    SetAnnotation {
        /// The note to change; `None` = a new one.
        id: Option<u32>,
        /// The day it is about, in the workspace zone.
        day: i32,
        /// What it says: one line, at most [`ANNOTATION_LENGTH`] characters.
        text: String,
    },
    /// Takes a note away. Can be undone.
    RemoveAnnotation {
        /// The note.
        id: u32,
    },
    /// Decides something about deployments, bugs, debt, people or targets. Can be undone.
    Decide(Decision),
    /// A page of records.
    Records(RecordsQuery),
    /// What a rule marks, before it is decided on.
    Marked {
        /// What is marked.
        marks: Marks,
        /// The rule; `None` = the one in use.
        rule: Option<MarkRule>,
    },
    /// The calendar of people and days off.
    Calendar(CalendarQuery),
    /// How everything stands, on one page.
    Overview {
        /// The question.
        query: Query,
    },
    /// A page of the links between records.
    Links(LinksQuery),
    /// Gives the workspace another name. Can be undone until it is closed.
    Rename {
        /// At most [`NAME_LENGTH`] characters of one line.
        name: String,
    },
    /// Turns the open workspace into one of the user's own, which can be changed; what it came from stays stored as it is.
    MakeOwn {
        /// Stable id, chosen by the page.
        id: String,
        /// Name for people.
        name: String,
    },
    /// Takes up everything that the user decided in another workspace: after its files were read again.
    Adopt {
        /// The other workspace's document.
        document: Vec<u8>,
    },
}

impl Request {
    /// The question in it, when it has one.
    pub(super) const fn query_mut(&mut self) -> Option<&mut Query> {
        match self {
            Self::Metrics { query, .. }
            | Self::Groups { query, .. }
            | Self::Visibility { query }
            | Self::Quality { query, .. }
            | Self::Overview { query } => Some(query),
            Self::Items(items) => Some(&mut items.query),
            Self::Records(records) => Some(&mut records.query),
            Self::Calendar(calendar) => Some(&mut calendar.query),
            _ => None,
        }
    }

    /// True for what changes an open workspace. Adding a file is one, too.
    pub const fn is_edit(&self) -> bool {
        matches!(
            self,
            Self::AddLayer { .. }
                | Self::RemoveLayer { .. }
                | Self::SetWindow { .. }
                | Self::SetStatus { .. }
                | Self::SetStatusOrder { .. }
                | Self::SetRemoved { .. }
                | Self::SetAnnotation { .. }
                | Self::RemoveAnnotation { .. }
                | Self::Decide(_)
                | Self::Undo
                | Self::Redo
                | Self::Rename { .. }
                | Self::Adopt { .. }
        )
    }
}

/// Longest name of a workspace, in characters.
pub const NAME_LENGTH: usize = 120;

/// The engine's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// Answer to `Hello`.
    Hello {
        /// The worker's [`PROTOCOL_VERSION`].
        protocol: u32,
    },
    /// The open workspace after a change, or as asked.
    Workspace(Box<WorkspaceSummary>),
    /// An import was added.
    Added {
        /// What the rows did.
        counts: MergeCounts,
        /// The workspace now.
        workspace: Box<WorkspaceSummary>,
    },
    /// One result per asked id, in order.
    Metrics(Vec<MetricResult>),
    /// A page of items.
    Items(ItemsPage),
    /// One item.
    Item(Box<ItemDetail>),
    /// What changed, newest export first; empty when no file has an earlier export.
    Changes(Vec<ChangeSummary>),
    /// The request could not be met; the workspace is unchanged.
    Failed(EngineError),
    /// The data-quality report.
    Quality(Box<QualityReport>),
    /// What can be seen, metric by metric.
    Visibility(Vec<Visibility>),
    /// Headline numbers by group.
    Groups(Groups),
    /// A page of records.
    Records(RecordsPage),
    /// What a rule marks.
    Marked(MarkedItems),
    /// To [`Request::Calendar`].
    Calendar(Box<CalendarPage>),
    /// How everything stands.
    Overview(Box<Overview>),
    /// A page of links.
    Links(LinksPage),
}

/// What in the data would mislead, and how far it can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityReport {
    /// The result in words.
    pub verdict: Verdict,
    /// The most serious first.
    pub findings: Vec<Finding>,
}

/// Why a request could not be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EngineError {
    /// Nothing is open.
    #[error("no workspace is open")]
    NothingOpen,
    /// Bytes do not make a workspace.
    #[error("{0}")]
    Unreadable(String),
    /// A name or id does not exist.
    #[error("there is no {0}")]
    Unknown(String),
    /// A value cannot be used.
    #[error("{0}")]
    Invalid(String),
    /// An import failed.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The sample stays as it is.
    #[error("the sample project is read-only. Make it yours to change it: that opens a copy of your own")]
    ReadOnlySample,
    /// Another tab has the workspace open and changes it.
    #[error("this workspace is open for editing in another tab. Choose \"Edit here instead\" to change it in this one")]
    OpenElsewhere,
}

/// The open workspace in short.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct WorkspaceSummary {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Made-up data.
    pub sample: bool,
    /// IANA zone.
    pub zone: String,
    /// Grows with every change; answers to older generations are stale.
    pub generation: u64,
    /// Files in it, oldest import first.
    pub sources: Vec<SourceSummary>,
    /// Number of items.
    pub items: u64,
    /// Of these finished.
    pub finished: u64,
    /// Sum of points; 0 when no item is estimated.
    pub points: f64,
    /// Items with points.
    pub estimated: u64,
    /// First and last day with an event, if any.
    pub days: Option<(i32, i32)>,
    /// The last day on which anything happened, to items or in records.
    pub last_day: Option<i32>,
    /// Iterations in time order.
    pub iterations: Vec<IterationSummary>,
    /// Statuses with their category and count, in the order of the workflow.
    pub statuses: Vec<StatusSummary>,
    /// True when the user set that order.
    pub status_order_chosen: bool,
    /// Records beside the items: kind and number, for the kinds that there are.
    pub records: Vec<(String, u64)>,
    /// Tables whose columns the user has named.
    pub mappings: Vec<Mapping>,
    /// Values that can be filtered on: field id and its values with counts, most frequent first, at most 200 each.
    pub choices: Vec<(String, Vec<(String, u64)>)>,
    /// Of these fields, how many values are left out of `choices`.
    pub choices_left_out: Vec<(String, u64)>,
    /// Dated notes in the order of days.
    pub annotations: Vec<Annotation>,
    /// What the user decided about deployments, bugs, debt, people and targets.
    pub decisions: Decisions,
    /// Environments and releases.
    pub delivery: DeliverySummary,
    /// What an undo would take back, in words.
    pub undo: Option<String>,
    /// What a redo would do again, in words.
    pub redo: Option<String>,
}

impl WorkspaceSummary {
    /// The day up to which the data is told, wherever it is said: the one asked for, else the last on which anything happened.
    pub fn data_to(&self, query: &Query) -> Option<i32> {
        query.as_of.or(self.last_day)
    }

    /// The sprint that a question is about: the one it names, else the one that the metrics take, which runs at the data's last
    /// moment or is the last begun.
    pub fn sprint_of(&self, query: &Query) -> Option<usize> {
        if let Some(name) = &query.iteration
            && let Some(position) = self.iterations.iter().position(|iteration| iteration.name == *name)
        {
            return Some(position);
        }
        let as_of = query.as_of.or(self.days.map(|days| days.1)).unwrap_or(0);
        let begun = |iteration: &IterationSummary| iteration.window.is_some_and(|(first, _, _)| first <= as_of);
        let runs = |iteration: &IterationSummary| {
            iteration.window.is_some_and(|(first, last, _)| first <= as_of && as_of <= last)
        };
        self.iterations
            .iter()
            .rposition(runs)
            .or_else(|| self.iterations.iter().rposition(begun))
            .or_else(|| self.iterations.iter().position(|iteration| iteration.window.is_some()))
            .or(if self.iterations.is_empty() { None } else { Some(0) })
    }
}

/// Longest text of an annotation, in characters.
pub const ANNOTATION_LENGTH: usize = 200;

/// A dated note of the user, marked on every chart over days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// Stays the same when the note is changed.
    pub id: u32,
    /// The day it is about, in the workspace zone.
    pub day: i32,
    /// What it says.
    pub text: String,
}

/// One file of the workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceSummary {
    /// Hash of its dataset, hex.
    pub hash: String,
    /// What happened when it was read.
    pub report: ImportReport,
    /// What its rows did to the workspace.
    pub counts: MergeCounts,
    /// Work items in it.
    pub items: u64,
    /// Records in it: kind and number, for the kinds that there are.
    pub records: Vec<(String, u64)>,
    /// The day whose state it shows; `None` when neither its content nor its name tells.
    pub day: Option<i32>,
}

/// Everything known of one item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ItemDetail {
    /// Its position.
    pub item: u32,
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// What is given: title of the field and its value in words.
    pub fields: Vec<(String, String)>,
    /// What changed, oldest first.
    pub changes: Vec<ItemChange>,
    /// Changes of code that name its key, oldest first.
    pub links: Vec<ItemLink>,
    /// File its newest version came from.
    pub source: String,
    /// Line in it, from 1; 0 when unknown.
    pub line: u32,
}

/// One change of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ItemChange {
    /// The field: "Status".
    pub what: String,
    /// Before; empty when there was nothing.
    pub from: String,
    /// After; empty when there is nothing.
    pub to: String,
    /// The day, ISO; the latest possible one when reconstructed.
    pub day: String,
    /// Empty when a source tells of the change. Else it was found by comparing exports and happened after this day.
    pub after: String,
}

/// A change of code (pull request, merge request) that names an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ItemLink {
    /// Its number or id.
    pub name: String,
    /// Its title.
    pub title: String,
    /// open, merged, closed.
    pub state: String,
    /// Day it was opened, ISO; empty when unknown.
    pub opened: String,
    /// Day it was merged, ISO; empty when it was not.
    pub merged: String,
    /// Its page on the web (`https:` or `http:`); else empty.
    pub url: String,
}

/// What changed between an export and the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChangeSummary {
    /// Hash of the later export's layer.
    pub hash: String,
    /// Its file.
    pub file: String,
    /// The day whose state it shows, ISO.
    pub day: String,
    /// The file of the earlier export.
    pub earlier_file: String,
    /// Its day.
    pub earlier_day: String,
    /// Items that the earlier one did not hold.
    pub new: ChangeLine,
    /// Items of which a column of `fields` changed.
    pub changed: ChangeLine,
    /// Items that came into Done.
    pub finished: ChangeLine,
    /// Items that left Done.
    pub reopened: ChangeLine,
    /// Items of the earlier one that neither this nor any other later export holds.
    pub vanished: ChangeLine,
    /// Of these not finished.
    pub vanished_open: u64,
    /// True when these count as taken out of scope.
    pub removed: bool,
    /// Items that say the same in every column of `fields`.
    pub unchanged: u64,
    /// By column, those that changed.
    pub fields: Vec<ChangeLine>,
}

/// One kind of change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChangeLine {
    /// In words: "finished", "story points".
    pub title: String,
    /// The items, by position.
    pub items: Vec<u32>,
    /// A few of them in words: "PLAT-7: To Do → Done".
    pub examples: Vec<String>,
}

/// One iteration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IterationSummary {
    /// Name.
    pub name: String,
    /// First day and last day, both inclusive, with who says so; `None` when unknown.
    pub window: Option<(i32, i32, WindowOrigin)>,
    /// Items that name it.
    pub items: u32,
    /// Of these finished inside it.
    pub finished: u32,
}

/// One status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusSummary {
    /// The tracker's word.
    pub name: String,
    /// Its category.
    pub category: StatusCategory,
    /// True when the user chose the category.
    pub chosen: bool,
    /// Items in it; 0 for a status that only the history names.
    pub items: u64,
}

/// Which items, in which order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemsQuery {
    /// Filters.
    pub query: Query,
    /// Only these items (positions), for "the items behind a point"; `None` = all that pass the filters.
    pub only: Option<Vec<u32>>,
    /// Column to sort by.
    pub sort: ItemColumn,
    /// Largest first.
    pub descending: bool,
    /// First row wanted.
    pub offset: u64,
    /// Number of rows wanted.
    pub limit: u32,
}

/// A column of the items table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ItemColumn {
    /// Key, in natural order (`ABC-9` before `ABC-10`).
    #[default]
    Key,
    /// Title.
    Title,
    /// Type.
    Type,
    /// Status.
    Status,
    /// Assignee.
    Assignee,
    /// Points.
    Points,
    /// Sprint (the present one).
    Sprint,
    /// Created.
    Created,
    /// Started.
    Started,
    /// Finished.
    Finished,
}

/// A page of the items table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ItemsPage {
    /// Rows in all.
    pub total: u64,
    /// First row of this page.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<ItemRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Position in the dataset.
    pub item: u32,
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Type.
    pub item_type: String,
    /// Status in the tracker's word.
    pub status: String,
    /// Its category.
    pub category: StatusCategory,
    /// Assignee; empty when none.
    pub assignee: String,
    /// Points, if estimated.
    pub points: Option<f64>,
    /// Present sprint; empty when none.
    pub sprint: String,
    /// Days; `None` when unknown.
    pub created: Option<i32>,
    /// Day work started.
    pub started: Option<i32>,
    /// Day finished.
    pub finished: Option<i32>,
    /// File and line the newest version came from.
    pub source: String,
    /// Line, from 1; 0 when unknown.
    pub line: u32,
}

/// What changes together with adding a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AddTerms {
    /// Hash of the layer that goes: the same file was read another way.
    pub instead_of: Option<String>,
    /// What is remembered of the file's columns.
    pub mapping: MappingTerm,
}

/// What is remembered of how a table's columns are named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum MappingTerm {
    /// What was remembered.
    #[default]
    Kept,
    /// This, for the next file with the same header.
    Remembered(Mapping),
    /// Nothing of the table with this signature.
    Forgotten(String),
}

/// Which records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordsQuery {
    /// Of which kind.
    pub kind: RecordKind,
    /// Filters.
    pub query: Query,
    /// Only these rows, in this order, for "the records behind a point"; `None` = all that pass the filters.
    pub only: Option<Vec<u32>>,
    /// First row wanted.
    pub offset: u64,
    /// Number of rows wanted.
    pub limit: u32,
}

/// A page of records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsPage {
    /// Of which kind.
    pub kind: RecordKind,
    /// Names of the columns in which any record has a value.
    pub columns: Vec<String>,
    /// Rows in all.
    pub total: u64,
    /// First row of this page.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<RecordRow>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRow {
    /// Its row in the table.
    pub row: u32,
    /// What two versions of it have in common: decisions name it by that.
    pub identity: String,
    /// A text for each of the page's columns.
    pub cells: Vec<String>,
    /// Line of the file, from 1; 0 when unknown.
    pub line: u32,
}

/// What a rule marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedItems {
    /// The rule that was asked about.
    pub rule: MarkRule,
    /// True when the user decided the one in use; else it is worked out from the data.
    pub is_chosen: bool,
    /// Items that it marks.
    pub count: u64,
    /// Of how many: all items, or all bugs for those found in production.
    pub of: u64,
    /// A few of them: key and title.
    pub examples: Vec<String>,
}

/// Which part of the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarQuery {
    /// The question: whether people are named, and what "now" is.
    pub query: Query,
    /// First day; `None` = that of the present month.
    pub first: Option<i32>,
    /// Number of days; `None` = to the end of the month.
    pub days: Option<u32>,
    /// Number of people wanted.
    pub limit: u32,
}

/// Days off and capacity, person by person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarPage {
    /// First day.
    pub first: i32,
    /// Days of the week that are worked on, from Monday.
    pub week: [bool; 7],
    /// Days off of everybody, day by day.
    pub everybody: Vec<DayOff>,
    /// People with capacity, in the order of their names; none where only teams are told.
    pub people: Vec<CalendarPerson>,
    /// How many there are.
    pub total: u64,
    /// People that items are assigned to and whose capacity is not known; none where people are not named.
    pub without: Vec<String>,
}

/// One person in the calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarPerson {
    /// The name, by which decisions name them.
    pub person: String,
    /// What they are called on screen: a pseudonym where that is asked for.
    pub shown: String,
    /// Team, hours a day and allocation: those of the first line that holds in these days.
    pub plan: PersonPlan,
    /// Number of lines of capacity.
    pub lines: u32,
    /// True when the user decided on the capacity.
    pub is_decided: bool,
    /// Hours in these days; `None` = unknown.
    pub hours: Option<f64>,
    /// Days off, day by day.
    pub days: Vec<DayOff>,
}

/// How everything stands, on one page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Overview {
    /// The day whose state it shows, ISO.
    pub as_of: String,
    /// "5 good, 2 to watch, 1 bad, 3 unknown".
    pub verdict_words: String,
    /// Every verdict in a fixed order, those that are put away included.
    pub verdicts: Vec<VerdictLine>,
    /// The headline of every area in a fixed order, known or not.
    pub headlines: Vec<Headline>,
    /// Since when `changes` are told, as a heading.
    pub since: String,
    /// What changed since the data before; never empty.
    pub changes: Vec<ChangeNote>,
    /// What to look at first, the worst first.
    pub worries: Vec<Worry>,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChangeNote {
    /// In words.
    pub text: String,
    /// Id of the view that shows it; empty when none does.
    pub view: String,
    /// The items that changed, by position; empty when it is not about items.
    pub items: Vec<u32>,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worry {
    /// What the rule of a verdict says; `None` = found in the data.
    pub state: Option<VerdictState>,
    /// Few words.
    pub title: String,
    /// The numbers, in sentences.
    pub text: String,
    /// The rule of the verdict in words; empty for what was found in the data.
    pub rule: String,
    /// Id of the view to go to; empty when none shows it.
    pub view: String,
}

/// Which links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksQuery {
    /// Incidents with the deployment that caused them, or changes of code with their work items.
    pub kind: RecordKind,
    /// Only those that are linked to nothing.
    pub only_open: bool,
    /// First row wanted.
    pub offset: u64,
    /// Number of rows wanted.
    pub limit: u32,
}

/// A page of links, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksPage {
    /// Of which records.
    pub kind: RecordKind,
    /// Rows in all.
    pub total: u64,
    /// First row of this page.
    pub offset: u64,
    /// The rows.
    pub rows: Vec<LinkRow>,
}

/// A record and what it is linked to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LinkRow {
    /// Decisions name it by that.
    pub identity: String,
    /// Its id, or what tells it from others.
    pub name: String,
    /// Its title; may be empty.
    pub title: String,
    /// When it began or was merged; empty when unknown.
    pub when: String,
    /// Its services.
    pub what: String,
    /// What it is linked to.
    pub target: Option<LinkTarget>,
    /// Who says so, or why there is none.
    pub how: String,
    /// True when the user decided it.
    pub is_decided: bool,
    /// What it may be linked to, the most likely first.
    pub choices: Vec<LinkTarget>,
    /// For a change of code: the deployment that it reached, and how that is known.
    pub reached: String,
}

/// What a record may be linked to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LinkTarget {
    /// Identity of a deployment, or key of an item.
    pub identity: String,
    /// In words.
    pub name: String,
}

/// Environments and releases.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeliverySummary {
    /// The environments that are deployed to, most deployments first.
    pub environments: Vec<EnvironmentSummary>,
    /// True when the user chose which of them are production.
    pub is_chosen: bool,
    /// Days on which a version came to production, in their order.
    pub releases: Vec<ReleaseDay>,
}

/// One environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvironmentSummary {
    /// Its name; empty for deployments that name none.
    pub name: String,
    /// Deployments to it.
    pub deployments: u64,
    /// True when it is production.
    pub is_production: bool,
}

/// The versions that came to production on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseDay {
    /// The day.
    pub day: i32,
    /// A few of them.
    pub versions: Vec<String>,
    /// How many more.
    pub more: u64,
}
