//! Tables: an export with a header and rows, described by its columns and one function that turns a row into records.
//!
//! Everything that tables have in common is here: finding delimiter and header, damaged rows, one decision for all dates and
//! all numbers of a column, the account of every row. A format is a list of columns and a function.

mod cells;
mod columns;
mod ending;
mod filling;
mod head;
mod names;
mod reading;

use super::gathering::Gathering;
use super::{Confidence, FileHead, ImportError, ImportSettings, Reading};
use columns::Columns;
pub(in crate::importers) use ending::ended_by;
pub(in crate::importers) use filling::FIRST_ASSIGNEE;
pub(in crate::importers) use head::{TableHead, first_records};
use names::is_named;
pub(in crate::importers) use reading::TableReading;

pub(in crate::importers) use names::normalised;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::importers) enum Grammar {
    /// Any text.
    Text,
    /// A date or a moment. Which of two readings is right is decided for the whole column.
    Date(DateRole),
    /// The same, where the source says that its dates without a zone are UTC.
    UtcDate(DateRole),
    /// A number.
    Number,
    /// A duration as people and trackers write it; a bare number is in this unit.
    Duration(DurationUnit),
    /// Texts between any of these separators. Brackets around the whole list are taken off.
    List(&'static [char]),
}

/// What a date column tells about the order of events, which helps to tell day and month apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::importers) enum DateRole {
    /// When the record began to exist.
    Created,
    /// Not before the creation.
    Later,
    /// Neither.
    Other,
}

/// The unit of a duration written as a bare number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::importers) enum DurationUnit {
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
}

/// One column of a format.
#[derive(Debug)]
pub(in crate::importers) struct ColumnSpec {
    /// The name the row function asks for.
    pub(in crate::importers) id: &'static str,
    /// Headers that are this column, normalised: lower case, single spaces. The first one that the file has counts; a header
    /// that occurs several times gives several cells. A `…` stands for any text: `amount (…)` for `Amount (USD)`.
    pub(in crate::importers) names: &'static [&'static str],
    /// How its cells are read.
    pub(in crate::importers) grammar: Grammar,
    /// Id of the field that it feeds, for the account of the columns; empty when it only helps.
    pub(in crate::importers) field: &'static str,
}

/// Shorthand for lists of columns.
pub(in crate::importers) const fn column(
    id: &'static str,
    names: &'static [&'static str],
    grammar: Grammar,
    field: &'static str,
) -> ColumnSpec {
    ColumnSpec { id, names, grammar, field }
}

/// Turns a row into a work item or records; an error is the reason why the row is refused.
pub(in crate::importers) type RowFunction = fn(&Row<'_>, &mut Gathering) -> Result<(), String>;

/// A format.
pub(in crate::importers) struct TableFormat {
    /// Detection: of each group one column must be there. Ids of columns.
    pub(in crate::importers) marks: &'static [&'static [&'static str]],
    /// How sure it is when all marks are there.
    pub(in crate::importers) score: u8,
    /// Its columns; others are kept out of the dataset and listed as not used.
    pub(in crate::importers) columns: &'static [ColumnSpec],
    /// What a row becomes.
    pub(in crate::importers) row: RowFunction,
}

impl TableFormat {
    /// How sure it is that a file is of this format, and by which columns.
    pub(in crate::importers) fn detect(&self, head: &FileHead<'_>) -> Confidence {
        self.layout(head).map_or(Confidence::NONE, |(_, confidence)| confidence)
    }

    /// As [`Self::detect`], but not mine when the header has one of these names: a neighbour has the same columns and more.
    pub(in crate::importers) fn detect_unless(&self, head: &FileHead<'_>, others: &[&str]) -> Confidence {
        match self.layout(head) {
            Some((table, confidence)) if !table.names.iter().any(|name| others.contains(&name.as_str())) => confidence,
            _ => Confidence::NONE,
        }
    }

    /// Begins to read.
    pub(in crate::importers) fn start(
        &'static self,
        head: &FileHead<'_>,
        settings: &ImportSettings,
    ) -> Result<Box<dyn Reading>, ImportError> {
        let table = TableHead::find(head, |name| self.spec_of(name).is_some()).ok_or_else(|| ImportError::Unknown {
            seen: "no line of column names was found".into(),
            next: "Export the file again without opening it in another program".into(),
            table: None,
        })?;
        self.start_at(table, head.name, settings)
    }

    /// Begins to read a table whose header is known; names may have been given other names than the file has.
    pub(in crate::importers) fn start_at(
        &'static self,
        table: TableHead,
        file: &str,
        settings: &ImportSettings,
    ) -> Result<Box<dyn Reading>, ImportError> {
        let columns = Columns::new(places_by_name(self.columns, &table), &table);
        Ok(Box::new(TableReading::new(self, table, columns, file, settings)?))
    }

    /// Begins to read a table whose columns were named by hand.
    pub(in crate::importers) fn start_mapped(
        &'static self,
        table: MappedTable,
        file: &str,
        settings: &ImportSettings,
    ) -> Result<Box<dyn Reading>, ImportError> {
        Ok(Box::new(self.mapped_reading(table, file, settings)?))
    }

    /// The same, for rows that come one by one.
    pub(in crate::importers) fn mapped_reading(
        &'static self,
        table: MappedTable,
        file: &str,
        settings: &ImportSettings,
    ) -> Result<TableReading, ImportError> {
        let MappedTable { head, places } = table;
        let mut by_spec: Vec<(&'static ColumnSpec, Vec<usize>)> = Vec::new();
        for (place, spec) in places.into_iter().filter(|(place, _)| *place < head.headers.len()) {
            match by_spec.iter_mut().find(|(known, _)| known.id == spec.id) {
                Some((_, known)) => known.push(place),
                None => by_spec.push((spec, vec![place])),
            }
        }
        let columns = Columns::new(by_spec, &head);
        TableReading::new(self, head, columns, file, settings)
    }

    fn spec_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.names.iter().any(|known| is_named(known, name)))
    }

    /// False when the words of some mark are nowhere in the head, so that it need not be cut into records: there are many
    /// formats, and each looks at every file.
    fn may_be(&self, text: &str) -> bool {
        let names =
            |id: &str| self.columns.iter().find(|column| column.id == id).map_or(&[][..], |column| column.names);
        let longest_word = |name: &'static str| name.split(' ').max_by_key(|word| word.len()).unwrap_or(name);
        let occurs = |name: &&'static str| !name.is_ascii() || head::has_word(text, longest_word(name));
        self.marks.iter().all(|group| group.iter().any(|id| names(id).iter().any(occurs)))
    }

    fn layout(&self, head: &FileHead<'_>) -> Option<(TableHead, Confidence)> {
        if !self.may_be(head.text) {
            return None;
        }
        let table = TableHead::find(head, |name| self.spec_of(name).is_some())?;
        let position = |id: &str| {
            let spec = self.columns.iter().find(|column| column.id == id)?;
            spec.names.iter().find_map(|name| table.names.iter().position(|header| is_named(name, header)))
        };
        let found = self.marks.iter().map(|group| group.iter().find_map(|id| position(id)));
        let found: Vec<usize> = found.collect::<Option<_>>()?;
        let names: Vec<String> =
            found.iter().take(5).map(|&column| format!("\"{}\"", table.headers[column].trim())).collect();
        let confidence = Confidence { score: self.score, evidence: format!("columns {}", names.join(", ")) };
        Some((table, confidence))
    }
}

/// A table and the columns that the user named.
pub(in crate::importers) struct MappedTable {
    pub(in crate::importers) head: TableHead,
    /// Position in the file and what it holds.
    pub(in crate::importers) places: Vec<(usize, &'static ColumnSpec)>,
}

/// Where the file has each column: of several names that it has, the one that the format lists first.
fn places_by_name(specs: &'static [ColumnSpec], table: &TableHead) -> Vec<(&'static ColumnSpec, Vec<usize>)> {
    specs
        .iter()
        .filter_map(|spec| {
            let name = spec.names.iter().find(|name| table.names.iter().any(|header| is_named(name, header)))?;
            Some((spec, (0..table.names.len()).filter(|&place| is_named(name, &table.names[place])).collect()))
        })
        .collect()
}

/// A row of the table, its cells by the ids of the format's columns.
#[derive(Clone, Copy)]
pub(in crate::importers) struct Row<'a> {
    columns: &'a Columns,
    index: usize,
    /// Line of the file on which the row begins, from 1.
    pub(in crate::importers) line: u64,
}

impl<'a> Row<'a> {
    /// True when the file has this column.
    pub(in crate::importers) fn has(&self, id: &str) -> bool {
        self.columns.has(id)
    }

    /// The header of a column as the file writes it; empty when there is none.
    pub(in crate::importers) fn header(&self, id: &str) -> &'a str {
        self.columns.header(id)
    }

    /// The text of a cell; empty when there is none.
    pub(in crate::importers) fn text(&self, id: &str) -> &'a str {
        self.columns.text(id, self.index)
    }

    /// The different texts of a whole text column, for what only all rows together decide. Ask once for a file, not for each
    /// row.
    pub(in crate::importers) fn distinct(&self, id: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.columns.distinct(id)
    }

    /// Everything that the format knows of the row, as one text: equal for equal rows.
    pub(in crate::importers) fn content(&self) -> String {
        self.columns.content(self.index)
    }

    /// The moment of a date cell.
    pub(in crate::importers) fn moment(&self, id: &str) -> Option<i64> {
        self.columns.moment(id, self.index)
    }

    /// The number of a cell.
    pub(in crate::importers) fn number(&self, id: &str) -> Option<f64> {
        self.columns.number(id, self.index)
    }

    /// A duration in hours.
    pub(in crate::importers) fn hours(&self, id: &str) -> Option<f64> {
        self.columns.number(id, self.index)
    }

    /// The parts of a list cell.
    pub(in crate::importers) fn list(&self, id: &str) -> Vec<&'a str> {
        self.columns.list(id, self.index)
    }

    /// True for `yes`, `true`, `1`, `x` and the like.
    pub(in crate::importers) fn is_true(&self, id: &str) -> bool {
        let text = self.text(id);
        ["true", "yes", "y", "1", "x", "ja", "oui", "sí"].iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    /// The name in `Ann Lee <ann@example.org>`; a bare address is its own name.
    pub(in crate::importers) fn person(&self, id: &str) -> &'a str {
        person_of(self.text(id))
    }
}

/// The name in `Ann Lee <ann@example.org>`.
pub(in crate::importers) fn person_of(text: &str) -> &str {
    match text.split_once('<') {
        Some((name, address)) if !name.trim().is_empty() && address.contains('@') => name.trim(),
        Some((_, address)) if address.contains('@') => address.trim_end_matches('>').trim(),
        _ => text.trim(),
    }
}
