//! Reading a table: records are checked and collected, and become rows of the dataset once the whole file is known.

use super::columns::Columns;
use super::head::TableHead;
use super::names::normalised;
use super::{Row, TableFormat};
use crate::importers::csv::{CsvScanner, Record, cell_text};
use crate::importers::gathering::Gathering;
use crate::importers::{ColumnUse, ImportError, ImportSettings, ImportWarning, Imported, Problem, Reading, RefusedRow};

/// Wider files are refused: no tool writes them.
const MOST_COLUMNS: usize = 65_536;
const EXPORT_AGAIN: &str = "Export the file again without opening it in another program";

/// A table being read. Its rows come from the bytes of the file, or one by one.
pub(in crate::importers) struct TableReading {
    format: &'static TableFormat,
    table: TableHead,
    columns: Columns,
    scanner: CsvScanner,
    gathering: Gathering,
    /// Records still to be skipped: those up to the header.
    skip: usize,
    /// Filled cells of each column.
    filled: Vec<u32>,
    blank: u64,
    rows_read: u64,
    refused: Vec<RefusedRow>,
}

impl TableReading {
    pub(super) fn new(
        format: &'static TableFormat,
        table: TableHead,
        columns: Columns,
        file: &str,
        settings: &ImportSettings,
    ) -> Result<Self, ImportError> {
        let width = table.headers.len();
        if width > MOST_COLUMNS {
            return Err(ImportError::TooLarge {
                what: format!("its header has {width} columns; up to {MOST_COLUMNS} can be read"),
                next: "Export fewer fields".into(),
            });
        }
        let mut scanner = CsvScanner::new(table.delimiter);
        scanner.expect_width(width);
        let mut gathering = Gathering::new(settings);
        file.clone_into(&mut gathering.file);
        Ok(Self {
            format,
            skip: table.header_records,
            filled: vec![0; width],
            table,
            columns,
            scanner,
            gathering,
            blank: 0,
            rows_read: 0,
            refused: Vec::new(),
        })
    }

    /// Accounts for a row that cannot be read at all.
    pub(in crate::importers) fn refuse(&mut self, line: u64, reason: String) {
        self.rows_read += 1;
        self.refused.push(RefusedRow { line, reason });
    }

    /// Takes the next row.
    pub(in crate::importers) fn add(&mut self, record: &Record<'_>) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if record.is_blank_from(0) {
            self.blank += 1;
            return;
        }
        self.rows_read += 1;
        if let Err(reason) = self.check(record) {
            self.refused.push(RefusedRow { line: record.line, reason });
            return;
        }
        record.count_filled(&mut self.filled);
        let Gathering { clock, report, .. } = &mut self.gathering;
        self.columns.add(record, clock, report);
    }

    /// Says why a record is no row, in words; warns about what is odd and bearable.
    fn check(&mut self, record: &Record<'_>) -> Result<(), String> {
        let (width, cells) = (self.table.headers.len(), record.len());
        if self.is_header(record) {
            self.warn(record.line, Problem::RepeatedHeader);
            return Err("the header is repeated here; the row was skipped".into());
        }
        if cells > width && !record.is_blank_from(width) {
            let cause = record.unclosed_quote.map(|line| format!("a quote on line {line} is never closed, and "));
            let cause = cause.unwrap_or_default();
            return Err(format!(
                "{cause}the row has {cells} cells where the header has {width}, so its values may stand under the wrong headers. {EXPORT_AGAIN}"
            ));
        }
        if let Some(line) = record.unclosed_quote {
            self.warn(line, Problem::UnclosedQuote);
        } else if cells < width {
            self.warn(record.line, Problem::ShortRow);
        } else if cells > width {
            self.warn(record.line, Problem::TrailingCells);
        }
        Ok(())
    }

    /// True when at least two cells, and all that are filled, repeat their headers.
    fn is_header(&self, record: &Record<'_>) -> bool {
        let mut scratch = String::new();
        let mut same = 0;
        for (cell, name) in self.table.names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            let text = cell_text(record.raw(cell), &mut scratch).text;
            if text.is_empty() {
                continue;
            }
            if text.len() > 200 || normalised(text) != *name {
                return false;
            }
            same += 1;
        }
        same >= 2
    }

    fn warn(&mut self, line: u64, problem: Problem) {
        let report = &mut self.gathering.report;
        report.warn(ImportWarning { line, column: String::new(), value: String::new(), problem });
    }

    /// One line per header.
    fn columns_used(&self) -> Vec<ColumnUse> {
        let mut used: Vec<ColumnUse> = Vec::new();
        for (place, (header, &filled)) in self.table.headers.iter().zip(&self.filled).enumerate() {
            let field = self.columns.field_of(place).map(str::to_owned);
            match used.iter_mut().find(|known| known.header == *header) {
                Some(known) => {
                    known.repeats += 1;
                    known.filled += u64::from(filled);
                }
                None => used.push(ColumnUse { header: header.clone(), repeats: 1, field, filled: u64::from(filled) }),
            }
        }
        used
    }
}

impl Reading for TableReading {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        // Taken out so that its records can be handed to the rest of us.
        let mut scanner = std::mem::replace(&mut self.scanner, CsvScanner::new(self.table.delimiter));
        let read = scanner.push(chunk, &mut |record| {
            self.add(record);
            Ok(())
        });
        self.scanner = scanner;
        read
    }

    fn rows(&self) -> u64 {
        self.rows_read
    }

    fn finish(mut self: Box<Self>) -> Result<Imported, ImportError> {
        let mut scanner = std::mem::replace(&mut self.scanner, CsvScanner::new(self.table.delimiter));
        scanner.finish(&mut |record| {
            self.add(record);
            Ok(())
        })?;
        let used = self.columns_used();
        let Self { format, table, mut columns, mut gathering, blank, rows_read, refused, .. } = *self;
        let settings = gathering.settings.clone();
        columns.settle(&settings, &mut gathering.clock, &mut gathering.report);
        for row in 0..columns.rows() {
            let line = columns.line(row);
            gathering.begin_row(line);
            let outcome = (format.row)(&Row { columns: &columns, index: row, line }, &mut gathering);
            gathering.end_row(outcome);
        }
        gathering.report.rows_read = rows_read;
        gathering.report.refused.extend(refused);
        gathering.report.refused.sort_by_key(|row| row.line);
        gathering.report.columns = used;
        table.delimiter_title().clone_into(&mut gathering.report.delimiter);
        if blank > 0 {
            gathering.note(format!("Rows without any content were left out and are not counted: {blank}."));
        }
        gathering.finish()
    }
}
