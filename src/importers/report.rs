//! What happened to a file: every row accounted for, every decision with its evidence.

use serde::{Deserialize, Serialize};

use super::TableSample;

/// The result of reading one file. `rows_read = kept + repeated + refused.len()`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// File name.
    pub file: String,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Id of the importer.
    pub format: String,
    /// Title of the importer.
    pub format_title: String,
    /// What in the file made it so, in words.
    pub evidence: String,
    /// "UTF-8", "UTF-8 with byte-order mark", "UTF-16 LE", "Windows-1252"….
    pub encoding: String,
    /// The delimiter in words: "comma", "semicolon", "tab".
    pub delimiter: String,
    /// Data rows in the file (records after the header, empty lines not counted).
    pub rows_read: u64,
    /// Distinct work items that came out of them.
    pub kept: u64,
    /// Rows that name an item the file had already named; the newest version was taken.
    pub repeated: u64,
    /// Rows of which nothing could be kept, each with its place. Complete, never cut.
    pub refused: Vec<RefusedRow>,
    /// Everything that was not as expected. At most [`ImportReport::WARNINGS_KEPT`] of each problem are listed;
    /// `warning_counts` counts all.
    pub warnings: Vec<ImportWarning>,
    /// How often each problem occurred, by its kind's id.
    pub warning_counts: Vec<(String, u64)>,
    /// How each column of the file was used.
    pub columns: Vec<ColumnUse>,
    /// How the dates of each date column were read.
    pub dates: Vec<DateReading>,
    /// The zone that dates without a zone were read in.
    pub zone: String,
    /// Sentences about decisions that affect the numbers ("Story points are read from …").
    pub decisions: Vec<String>,
    /// Set when the row count suggests that the exporter cut the file (exactly 1,000 rows …), in words.
    pub row_cap: Option<String>,
}

impl ImportReport {
    /// Warnings of one kind that are listed with their place; the rest is counted.
    pub const WARNINGS_KEPT: usize = 200;

    /// Adds a warning: always counted, listed while there is room.
    pub fn warn(&mut self, warning: ImportWarning) {
        let id = warning.problem.id();
        let known = self.warning_counts.iter().position(|(known, _)| known == id).unwrap_or_else(|| {
            self.warning_counts.push((id.to_owned(), 0));
            self.warning_counts.len() - 1
        });
        let count = &mut self.warning_counts[known].1;
        *count += 1;
        if *count <= Self::WARNINGS_KEPT as u64 {
            self.warnings.push(warning);
        }
    }

    /// Number of warnings of all kinds.
    pub fn warning_total(&self) -> u64 {
        self.warning_counts.iter().map(|(_, count)| count).sum()
    }
}

/// A row of which nothing could be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRow {
    /// Line of the file on which the record begins, from 1.
    pub line: u64,
    /// Why, and what to do about it.
    pub reason: String,
}

/// Something in a row that was not as expected; the row was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportWarning {
    /// Line of the file on which the record begins, from 1; 0 for the file as a whole.
    pub line: u64,
    /// Column header as written in the file; empty for the row as a whole.
    pub column: String,
    /// The value, shortened to 80 characters.
    pub value: String,
    /// What is wrong with it, and what was done.
    pub problem: Problem,
}

/// Kinds of problems, each with its consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Problem {
    /// Text in a date column is not a date; the item was kept without it.
    NotADate,
    /// Text in a number column is not a number; the item was kept without it.
    NotANumber,
    /// A row is shorter than the header; missing cells were taken as empty.
    ShortRow,
    /// A row is wider than the header by empty cells; they were ignored.
    TrailingCells,
    /// A cell is not valid in the file's encoding; it was read as Windows-1252.
    NotInEncoding,
    /// A quote was opened and never closed; the row was kept as far as it was readable.
    UnclosedQuote,
    /// A row that repeats the header; it was skipped and is listed as refused.
    RepeatedHeader,
    /// A local time that a clock change skipped; it was read as the later moment.
    SkippedByClockChange,
    /// A sprint cell has the shape of a server record that could not be taken apart; its text is used as the name.
    SprintText,
    /// A date does not fit the day and month order that the rest of the column has; it was read the only way it makes sense.
    AgainstTheOrder,
    /// The source holds more changes of an item than the file; the item was kept with those that are there.
    HistoryCut,
}

impl Problem {
    /// Stable name for counting and for JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotADate => "not-a-date",
            Self::NotANumber => "not-a-number",
            Self::ShortRow => "short-row",
            Self::TrailingCells => "trailing-cells",
            Self::NotInEncoding => "not-in-encoding",
            Self::UnclosedQuote => "unclosed-quote",
            Self::RepeatedHeader => "repeated-header",
            Self::SkippedByClockChange => "skipped-by-clock-change",
            Self::SprintText => "sprint-text",
            Self::AgainstTheOrder => "against-the-order",
            Self::HistoryCut => "history-cut",
        }
    }
}

/// How a column of the file was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnUse {
    /// Header as written in the file.
    pub header: String,
    /// How many columns carry this header.
    pub repeats: u32,
    /// Field id it feeds ("status", "points"…), or "read" where the format does not tell which; `None` when it is not used.
    pub field: Option<String>,
    /// Cells with a value.
    pub filled: u64,
}

/// Day or month first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DateOrder {
    /// 31/12/2024.
    DayFirst,
    /// 12/31/2024.
    MonthFirst,
}

/// How an order was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderEvidence {
    /// The shape leaves no choice (a month name, ISO).
    Unambiguous,
    /// Values above 12 fix it.
    Proven,
    /// Other columns or the order of rows fit only one reading.
    Inferred,
    /// The user said so.
    Chosen,
    /// Nothing decides; day first was assumed and the user is asked.
    Assumed,
}

/// How the dates of one column were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateReading {
    /// Header as written in the file.
    pub column: String,
    /// The shape in words: "DD/MMM/YY h:mm AM", "DD/MM/YYYY HH:mm".
    pub shape: String,
    /// The order, where the shape leaves a choice.
    pub order: Option<DateOrder>,
    /// How it was found.
    pub evidence: OrderEvidence,
    /// The evidence in words ("312 of 4,180 values have a day above 12").
    pub because: String,
    /// Up to three cells with both readings (ISO), when the order was assumed.
    pub samples: Vec<(String, String, String)>,
}

impl DateReading {
    /// True when at least one shape of the column has a clock reading and no zone of its own.
    pub fn has_times_without_zone(&self) -> bool {
        self.shape.split(", ").any(|shape| shape.contains(":mm") && !shape.ends_with("zone"))
    }
}

/// What a file may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Id of the importer.
    pub format: String,
    /// Its title.
    pub title: String,
    /// What in the file says so, in words.
    pub evidence: String,
}

/// Why a whole file was refused. The workspace is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ImportError {
    /// Nothing in it.
    #[error("the file is empty. Export it again and check that the filter finds work items")]
    Empty,
    /// A header and nothing else.
    #[error("the file has a header but no rows. Export it again and check that the filter finds work items")]
    HeaderOnly,
    /// A known kind of file that is no export (PDF, ZIP, picture…).
    #[error("this is {found}, not an export that can be read. {next}")]
    WrongKind {
        /// What it is, with article: "a PDF document".
        found: String,
        /// What to do.
        next: String,
    },
    /// Text, but no known format.
    #[error("no known export format: {seen}. {next}")]
    Unknown {
        /// What was seen (the header's first columns, say).
        seen: String,
        /// What to do.
        next: String,
        /// The table, when it is one: its columns can be named.
        table: Option<Box<TableSample>>,
    },
    /// The user wants to name the columns of a table, whatever it is.
    #[error("the columns of this table are to be named. Say what each of them holds")]
    ColumnsAsked {
        /// The table. Its guess is what the user named before, where that is so.
        table: Box<TableSample>,
        /// Title of the only format that the file is recognised as.
        format: Option<String>,
        /// True when the user has named these columns before.
        named: bool,
    },
    /// The user wants to name the columns of something that has none.
    #[error("no table was found whose columns could be named. The file keeps its present reading")]
    NoTable,
    /// Several importers are equally sure.
    #[error("it could be {}. Choose what it is", candidates.iter().map(|candidate| candidate.title.as_str()).collect::<Vec<_>>().join(" or "))]
    Ambiguous {
        /// What it may be.
        candidates: Vec<Candidate>,
    },
    /// The format is known, but a column without which nothing can be read is missing.
    #[error("the column \"{column}\" is missing. {next}")]
    MissingColumn {
        /// Column header.
        column: String,
        /// What to do.
        next: String,
    },
    /// So damaged that the rows cannot be told apart.
    #[error("line {line}: {what}. {next}")]
    Damaged {
        /// Line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// What to do.
        next: String,
    },
    /// Larger than can be held.
    #[error("the file is too large: {what}. {next}")]
    TooLarge {
        /// The measure and the limit.
        what: String,
        /// What to do.
        next: String,
    },
}
