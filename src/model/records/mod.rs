//! Records beside the work items: deployments, incidents, capacity, costs… One table for each kind, in columns.

mod columns;
mod merging;

use super::dataset::{NO_MOMENT, fields};
use super::{Categorical, ListColumn, TextColumn};
use ColumnKind::{Category, List, Moment, Number, Text};
use columns::IDENTITY;

fields! {
    /// A kind of record. Its columns are [`RecordKind::columns`].
    RecordKind {
        /// A version brought to an environment.
        Deployment = "deployments",
        /// A pull or merge request, or a commit.
        Change = "changes",
        /// A run of a build or deployment pipeline.
        Run = "runs",
        /// A disturbance of a service.
        Incident = "incidents",
        /// A span in which a service was up or down.
        Uptime = "uptime",
        /// Hours a person has per day, over a span.
        Capacity = "capacity",
        /// Days on which a person, a region or everybody does not work.
        TimeOff = "time-off",
        /// Hours that were worked.
        WorkLog = "work-log",
        /// Hours or units of a resource planned for a work item.
        Assignment = "assignments",
        /// A typed link between two work items, with lag.
        Dependency = "dependencies",
        /// Money planned or spent.
        Cost = "costs",
        /// Something that may go wrong.
        Risk = "risks",
        /// A dated goal.
        Milestone = "milestones",
        /// A measure of code at a moment.
        CodeMeasure = "code-measures",
        /// An iteration as the tracker plans it, apart from its work items.
        Iteration = "iterations",
    }
}

fields! {
    /// A column of records that can be filtered on. Its id is the name of the column, but for services of incidents, which are
    /// a list.
    RecordField {
        /// What is deployed or disturbed.
        Service = "service",
        /// Where it is deployed.
        Environment = "environment",
        /// How grave an incident is.
        Severity = "severity",
        /// Who.
        Person = "person",
    }
}

impl RecordKind {
    /// One of them, and several: "deployment", "deployments".
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Deployment => ("deployment", "deployments"),
            Self::Change => ("change", "changes"),
            Self::Run => ("run", "runs"),
            Self::Incident => ("incident", "incidents"),
            Self::Uptime => ("span of uptime", "spans of uptime"),
            Self::Capacity => ("line of capacity", "lines of capacity"),
            Self::TimeOff => ("time off", "times off"),
            Self::WorkLog => ("work log", "work logs"),
            Self::Assignment => ("assignment", "assignments"),
            Self::Dependency => ("dependency", "dependencies"),
            Self::Cost => ("cost", "costs"),
            Self::Risk => ("risk", "risks"),
            Self::Milestone => ("milestone", "milestones"),
            Self::CodeMeasure => ("code measure", "code measures"),
            Self::Iteration => ("iteration", "iterations"),
        }
    }
}

impl RecordField {
    /// The columns that hold it, whatever the kind of record.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Service => &["service", "services"],
            Self::Environment => &["environment"],
            Self::Severity => &["severity"],
            Self::Person => &["person"],
        }
    }
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Its own text in nearly every row.
    Text,
    /// One of few texts.
    Category,
    /// UTC milliseconds, [`NO_MOMENT`] when not given. A day is the moment it begins in the workspace's zone.
    Moment,
    /// NaN when not given.
    Number,
    /// Several of few texts.
    List,
}

/// One cell given to [`Records::push`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// For text and category columns; empty = not given.
    Text(&'a str),
    /// For moment columns.
    Moment(i64),
    /// For number columns.
    Number(f64),
    /// For list columns; empty texts are left out.
    List(&'a [&'a str]),
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::model) enum Column {
    Text(TextColumn),
    Category(Categorical),
    Moment(Vec<i64>),
    Number(Vec<f64>),
    List(ListColumn),
}

impl Column {
    fn new(kind: ColumnKind) -> Self {
        match kind {
            Text => Self::Text(TextColumn::default()),
            Category => Self::Category(Categorical::default()),
            Moment => Self::Moment(Vec::new()),
            Number => Self::Number(Vec::new()),
            List => Self::List(ListColumn::default()),
        }
    }

    pub(in crate::model) fn len(&self) -> usize {
        match self {
            Self::Text(column) => column.len(),
            Self::Category(column) => column.len(),
            Self::Moment(column) => column.len(),
            Self::Number(column) => column.len(),
            Self::List(column) => column.len(),
        }
    }

    /// Appends a cell; one of another kind is "not given".
    fn push(&mut self, cell: Option<Cell<'_>>) {
        match (self, cell) {
            (Self::Text(column), Some(Cell::Text(text))) => column.push(text),
            (Self::Text(column), _) => column.push(""),
            (Self::Category(column), Some(Cell::Text(text))) => column.push(text),
            (Self::Category(column), _) => column.push(""),
            (Self::Moment(column), Some(Cell::Moment(moment))) => column.push(moment),
            (Self::Moment(column), _) => column.push(NO_MOMENT),
            (Self::Number(column), Some(Cell::Number(number))) => column.push(number),
            (Self::Number(column), _) => column.push(f64::NAN),
            (Self::List(column), cell) => {
                if let Some(Cell::List(texts)) = cell {
                    for text in texts {
                        column.add(text);
                    }
                }
                column.end_row();
            }
        }
    }

    /// Appends a row of another table's column of the same kind.
    fn push_from(&mut self, other: &Self, row: usize) {
        match (self, other) {
            (Self::Text(to), Self::Text(from)) => to.push(from.get(row)),
            (Self::Category(to), Self::Category(from)) => to.push(from.get(row)),
            (Self::Moment(to), Self::Moment(from)) => to.push(from[row]),
            (Self::Number(to), Self::Number(from)) => to.push(from[row]),
            (Self::List(to), Self::List(from)) => {
                from.texts_of(row).for_each(|text| to.add(text));
                to.end_row();
            }
            (to, _) => to.push(None),
        }
    }

    /// Whether a row has a value: an empty text or list, no moment and NaN are none.
    fn is_given(&self, row: usize) -> bool {
        match self {
            Self::Text(column) => !column.get(row).is_empty(),
            Self::Category(column) => !column.get(row).is_empty(),
            Self::Moment(column) => column[row] != NO_MOMENT,
            Self::Number(column) => !column[row].is_nan(),
            Self::List(column) => !column.codes_of(row).is_empty(),
        }
    }

    /// A row as text that is equal for equal content and orders rows somehow.
    fn write_row(&self, row: usize, out: &mut String) {
        use std::fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = match self {
            Self::Text(column) => write!(out, "{}\u{1f}", column.get(row)),
            Self::Category(column) => write!(out, "{}\u{1f}", column.get(row)),
            Self::Moment(column) => write!(out, "{}\u{1f}", column[row]),
            Self::Number(column) => write!(out, "{}\u{1f}", column[row]),
            Self::List(column) => column
                .texts_of(row)
                .try_for_each(|text| write!(out, "{text}\u{1e}"))
                .and_then(|()| write!(out, "\u{1f}")),
        };
    }
}

/// The records of one kind. Row `i` of every column is the same record.
#[derive(Debug, Clone)]
pub struct Records {
    kind: RecordKind,
    columns: Vec<Column>,
    /// Line of the source file on which the record begins, from 1; 0 when unknown.
    source_line: Vec<u32>,
}

impl Records {
    /// An empty table.
    pub fn new(kind: RecordKind) -> Self {
        let columns = kind.columns().iter().map(|&(_, column)| Column::new(column)).collect();
        Self { kind, columns, source_line: Vec::new() }
    }

    /// What kind of record it holds.
    pub const fn kind(&self) -> RecordKind {
        self.kind
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.source_line.len()
    }

    /// True when there is no record.
    pub fn is_empty(&self) -> bool {
        self.source_line.is_empty()
    }

    /// Line of the source file of a record; 0 when unknown.
    pub fn line(&self, row: usize) -> u32 {
        self.source_line.get(row).copied().unwrap_or(0)
    }

    /// Appends a record: its cells by column name. Columns that are not named are not given.
    pub fn push(&mut self, line: u64, cells: &[(&str, Cell<'_>)]) {
        let names = self.kind.columns();
        debug_assert!(
            cells.iter().all(|(name, _)| names.iter().any(|(known, _)| known == name)),
            "{}: a column of {cells:?} is not known",
            self.kind.id()
        );
        for ((name, _), column) in names.iter().zip(&mut self.columns) {
            column.push(cells.iter().find(|(given, _)| given == name).map(|&(_, cell)| cell));
        }
        self.source_line.push(u32::try_from(line).unwrap_or(0));
    }

    /// The columns in which something that has happened is dated: the latest of them is as new as the data is.
    const fn events(&self) -> &'static [&'static str] {
        match self.kind {
            RecordKind::Deployment => &["created-at", "deployed-at"],
            RecordKind::Change => &["opened-at", "merged-at", "closed-at"],
            RecordKind::Run => &["created-at", "started-at", "finished-at"],
            RecordKind::Incident => &["started-at", "acknowledged-at", "resolved-at"],
            RecordKind::Uptime => &["from", "to"],
            RecordKind::WorkLog | RecordKind::CodeMeasure => &["date"],
            // Plans: their dates may lie ahead.
            _ => &[],
        }
    }

    /// The latest moment at which something happened; `None` where none is dated, and for plans.
    pub fn last_moment(&self) -> Option<i64> {
        let latest = |name: &&str| self.moments(name).iter().copied().max();
        self.events().iter().filter_map(latest).max().filter(|&moment| moment != NO_MOMENT)
    }

    fn column(&self, name: &str) -> Option<&Column> {
        self.kind.columns().iter().position(|(known, _)| *known == name).and_then(|position| self.columns.get(position))
    }

    /// A text or category cell; empty when not given, or when there is no such column.
    pub fn text(&self, name: &str, row: usize) -> &str {
        match self.column(name) {
            Some(Column::Text(column)) => column.get(row),
            Some(Column::Category(column)) => column.get(row),
            _ => "",
        }
    }

    /// A cell as text for people: the cell of a text or list column, a number, or the moment as `write_moment` puts it; empty
    /// when not given.
    pub fn words(&self, name: &str, row: usize, write_moment: impl Fn(i64) -> String) -> String {
        match self.column(name) {
            Some(Column::Text(column)) => column.get(row).to_owned(),
            Some(Column::Category(column)) => column.get(row).to_owned(),
            Some(Column::Number(column)) if !column[row].is_nan() => column[row].to_string(),
            Some(Column::Moment(column)) if column[row] != NO_MOMENT => write_moment(column[row]),
            Some(Column::List(column)) => column.texts_of(row).collect::<Vec<_>>().join(", "),
            _ => String::new(),
        }
    }

    /// True when any row has a value in this column.
    pub fn tells(&self, name: &str) -> bool {
        self.column(name).is_some_and(|column| (0..self.len()).any(|row| column.is_given(row)))
    }

    /// A category column.
    pub fn category(&self, name: &str) -> Option<&Categorical> {
        match self.column(name) {
            Some(Column::Category(column)) => Some(column),
            _ => None,
        }
    }

    /// A moment column; empty when there is no such column.
    pub fn moments(&self, name: &str) -> &[i64] {
        match self.column(name) {
            Some(Column::Moment(column)) => column,
            _ => &[],
        }
    }

    /// A number column; empty when there is no such column.
    pub fn numbers(&self, name: &str) -> &[f64] {
        match self.column(name) {
            Some(Column::Number(column)) => column,
            _ => &[],
        }
    }

    /// A list column.
    pub fn list(&self, name: &str) -> Option<&ListColumn> {
        match self.column(name) {
            Some(Column::List(column)) => Some(column),
            _ => None,
        }
    }

    /// The name and the cells of every column, as the snapshot stores them.
    pub(in crate::model) fn parts(&self) -> impl Iterator<Item = (&'static str, &Column)> {
        self.kind.columns().iter().map(|(name, _)| *name).zip(&self.columns)
    }

    pub(in crate::model) fn lines(&self) -> &[u32] {
        &self.source_line
    }

    /// Puts a stored column in its place; one of an unknown name or of another kind is left out.
    pub(in crate::model) fn restore(&mut self, name: &str, column: Column) {
        let position = self.kind.columns().iter().position(|(known, _)| *known == name);
        if let Some(place) = position.and_then(|position| self.columns.get_mut(position))
            && std::mem::discriminant(place) == std::mem::discriminant(&column)
        {
            *place = column;
        }
    }

    pub(in crate::model) fn restore_lines(&mut self, lines: Vec<u32>) {
        self.source_line = lines;
    }

    /// Fills up columns that an older version did not write; false when one has another length.
    pub(in crate::model) fn complete(&mut self) -> bool {
        let rows = self.source_line.len();
        for column in &mut self.columns {
            if column.len() == 0 {
                (0..rows).for_each(|_| column.push(None));
            }
        }
        self.columns.iter().all(|column| column.len() == rows)
    }

    /// What two versions of one record have in common.
    pub fn identity(&self, row: usize) -> String {
        let [source, id, _] = IDENTITY;
        match self.text(id, row) {
            "" => self.content(row),
            name => format!("{}\u{1f}{name}", self.text(source, row)),
        }
    }

    /// Everything a record says.
    pub(in crate::model) fn content(&self, row: usize) -> String {
        let mut content = String::new();
        self.columns.iter().for_each(|column| column.write_row(row, &mut content));
        content
    }

    /// True when two records are versions of one.
    pub fn has_repeats(&self) -> bool {
        let mut identities: Vec<String> = (0..self.len()).map(|row| self.identity(row)).collect();
        super::sort_by(&mut identities, String::cmp);
        identities.windows(2).any(|pair| pair[0] == pair[1])
    }

    fn updated(&self, row: usize) -> i64 {
        self.moments(IDENTITY[2]).get(row).copied().unwrap_or(NO_MOMENT)
    }
}

/// Equal when every record says the same, whatever codes the columns use.
impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.source_line == other.source_line
            && (0..self.len()).all(|row| self.content(row) == other.content(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_begins_with_the_identity_and_repeats_no_name() {
        for &kind in RecordKind::ALL {
            let names: Vec<&str> = kind.columns().iter().map(|(name, _)| *name).collect();
            assert_eq!(names[..3], IDENTITY, "{}", kind.id());
            let mut unique = names.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(unique.len(), names.len(), "{}", kind.id());
        }
    }

    #[test]
    fn what_is_not_given_is_empty_nan_or_no_moment() {
        let mut records = Records::new(RecordKind::Cost);
        records.push(7, &[("amount", Cell::Number(2.5))]);
        assert_eq!(records.numbers("amount"), [2.5]);
        assert!(records.numbers("planned")[0].is_nan());
        assert_eq!(records.moments("date"), [NO_MOMENT]);
        assert_eq!((records.text("vendor", 0), records.line(0)), ("", 7));
    }
}
