//! Records become rows of the dataset, one by one.

use super::layout::Layout;
use super::plan::Plan;
use super::sprint;
use crate::importers::csv::{Record, cell_text};
use crate::importers::dates::{LocalClock, instant_or_local, is_no_value, shortened};
use crate::importers::{ImportReport, ImportSettings, ImportWarning, Problem, RefusedRow};
use crate::model::{CategoryField, Dataset, IterationDates, ListField, NO_MOMENT, TextField};

const EXPORT_AGAIN: &str = "Export the file again without opening it in another program";

/// The file's rows so far.
pub(super) struct Rows {
    pub(super) layout: Layout,
    pub(super) plan: Plan,
    pub(super) settings: ImportSettings,
    pub(super) clock: LocalClock,
    pub(super) dataset: Dataset,
    pub(super) report: ImportReport,
    /// Records still to be skipped: those up to the header.
    skip: usize,
    /// Filled cells of each column, over the rows that were kept.
    pub(super) filled: Vec<u32>,
    /// Rows with fewer cells than the header.
    pub(super) short: u64,
    /// Rows without any content.
    pub(super) blank: u64,
    /// Internal ids of the items, and those of the parents that only an id names; 0 when not given.
    pub(super) ids: Vec<u64>,
    pub(super) parent_ids: Vec<u64>,
    /// Columns that another column was taken over.
    pub(super) not_used: Vec<usize>,
    /// Code of the board of the present record's last sprint.
    board: u32,
    scratch: String,
}

impl Rows {
    pub(super) fn new(layout: Layout, plan: Plan, settings: ImportSettings) -> Self {
        Self {
            clock: LocalClock::new(settings.calendar.clone()),
            skip: layout.header_records,
            filled: vec![0; layout.headers.len()],
            layout,
            plan,
            settings,
            dataset: Dataset::default(),
            report: ImportReport::default(),
            short: 0,
            blank: 0,
            ids: Vec::new(),
            parent_ids: Vec::new(),
            not_used: Vec::new(),
            board: 0,
            scratch: String::new(),
        }
    }

    /// Takes the next record: header, row, or something to refuse.
    pub(super) fn add(&mut self, record: &Record<'_>) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if record.raw(self.plan.key).is_empty() && record.is_blank_from(0) {
            self.blank += 1;
            return;
        }
        self.report.rows_read += 1;
        if let Err(reason) = self.check(record) {
            self.report.refused.push(RefusedRow { line: record.line, reason });
            return;
        }
        record.count_filled(&mut self.filled);
        self.dataset.source_line.push(u32::try_from(record.line).unwrap_or(0));
        self.add_texts(record);
        self.add_categories(record);
        self.add_parent(record);
        self.add_lists(record);
        self.add_sprints(record);
        self.add_dates_and_numbers(record);
    }

    /// Says why a record is no row, in words; warns about what is odd and bearable.
    fn check(&mut self, record: &Record<'_>) -> Result<(), String> {
        let Self { plan, layout, report, scratch, short, .. } = self;
        let mut warn = |line: u64, column: &str, problem: Problem| {
            let (column, value) = (column.to_owned(), column.to_owned());
            report.warn(ImportWarning { line, column, value, problem });
        };
        let (width, cells) = (layout.headers.len(), record.len());
        let key_column = layout.headers[plan.key].trim();
        let key = cell_text(record.raw(plan.key), scratch).text;
        if key.eq_ignore_ascii_case(key_column) {
            warn(record.line, key_column, Problem::RepeatedHeader);
            return Err("the header is repeated here; the row was skipped".into());
        }
        if cells > width && !record.is_blank_from(width) {
            let cause = record.unclosed_quote.map(|line| format!("a quote on line {line} is never closed, and "));
            let cause = cause.unwrap_or_default();
            return Err(format!(
                "{cause}the row has {cells} cells where the header has {width}, so its values may stand under the wrong headers. {EXPORT_AGAIN}"
            ));
        }
        if key.is_empty() {
            let cut = if cells < width {
                "; it is also shorter than the header, as after a line break without quotes"
            } else {
                ""
            };
            return Err(format!(
                "the row has no value in \"{key_column}\", so it cannot be told which item it is{cut}"
            ));
        }
        if !is_key(key) && (cells < width || key.contains(char::is_whitespace) || key.len() > 255) {
            let key = shortened(key);
            return Err(format!(
                "\"{key}\" in \"{key_column}\" is not an issue key; the cells of this row have probably shifted. {EXPORT_AGAIN}"
            ));
        }
        if let Some(line) = record.unclosed_quote {
            warn(line, "", Problem::UnclosedQuote);
        } else if cells < width {
            *short += 1;
            warn(record.line, "", Problem::ShortRow);
        } else if cells > width {
            warn(record.line, "", Problem::TrailingCells);
        }
        Ok(())
    }

    fn add_texts(&mut self, record: &Record<'_>) {
        let Self { plan, dataset, scratch, report, layout, .. } = self;
        let mut cells = Cells { record, headers: &layout.headers, scratch };
        dataset.text_mut(TextField::Key).push(cells.text(plan.key, report));
        dataset.text_mut(TextField::Title).push(cells.first(&plan.title, report));
    }

    fn add_categories(&mut self, record: &Record<'_>) {
        let Self { plan, dataset, scratch, report, layout, .. } = self;
        let mut cells = Cells { record, headers: &layout.headers, scratch };
        for source in &mut plan.categories {
            let column = dataset.category_mut(source.field);
            if source.field == CategoryField::Project && source.columns.is_empty() {
                let key = cells.text(plan.key, report);
                column.push(key.rsplit_once('-').map_or("", |(project, _)| project));
                continue;
            }
            let cell = cells.first_filled(&source.columns);
            let code = source.memory.code(cell.map_or(&[], |cell| record.raw(cell)), || {
                let (text, certain) = cells.checked(cell, report);
                (column.code_of(text), certain)
            });
            column.push_code(code);
        }
    }

    /// The parent's key where there is one, else its internal id, which is joined at the end of the file.
    fn add_parent(&mut self, record: &Record<'_>) {
        let Self { plan, dataset, scratch, report, layout, ids, parent_ids, .. } = self;
        let mut cells = Cells { record, headers: &layout.headers, scratch };
        let column = dataset.category_mut(CategoryField::Parent);
        let mut parent_id = 0;
        if let Some(cell) = cells.first_filled(&plan.parent_keys.columns) {
            let code = plan.parent_keys.memory.code(record.raw(cell), || {
                let (text, certain) = cells.checked(Some(cell), report);
                (column.code_of(text), certain)
            });
            column.push_code(code);
        } else {
            match cells.first(&plan.parent_ids, report) {
                key if is_key(key) => column.push(key),
                id => {
                    parent_id = whole_number(id);
                    column.push_code(0);
                }
            }
        }
        if let (Some(id), false) = (plan.id, plan.parent_ids.is_empty()) {
            parent_ids.push(parent_id);
            ids.push(whole_number(cells.text(id, report)));
        }
    }

    fn add_lists(&mut self, record: &Record<'_>) {
        let Self { plan, dataset, scratch, report, layout, .. } = self;
        let mut cells = Cells { record, headers: &layout.headers, scratch };
        for source in &mut plan.lists {
            let list = dataset.list_mut(source.field);
            for &cell in &source.columns {
                let code = source.memory.code(record.raw(cell), || {
                    let (text, certain) = cells.checked(Some(cell), report);
                    (list.code_of(text), certain)
                });
                list.add_code(code);
            }
            list.end_row();
        }
    }

    fn add_sprints(&mut self, record: &Record<'_>) {
        self.board = 0;
        for index in 0..self.plan.sprints.columns.len() {
            let Self { plan, dataset, scratch, report, layout, .. } = self;
            let column = plan.sprints.columns[index];
            let mut cells = Cells { record, headers: &layout.headers, scratch };
            let list = dataset.list_mut(ListField::Sprint);
            let mut server_text = None;
            let code = plan.sprints.memory.code(record.raw(column), || {
                let (text, certain) = cells.checked(Some(column), report);
                if is_no_value(text) {
                    return (0, certain);
                }
                if sprint::is_record(text) {
                    server_text = Some(text.to_owned());
                    return (0, false);
                }
                (list.code_of(text), certain)
            });
            list.add_code(code);
            if let Some(text) = server_text {
                self.add_sprint_records(&text, column, record.line);
            }
        }
        self.dataset.list_mut(ListField::Sprint).end_row();
        self.dataset.category_mut(CategoryField::Board).push_code(self.board);
    }

    fn add_sprint_records(&mut self, text: &str, column: usize, line: u64) {
        let records = sprint::records(text);
        if records.is_empty() {
            let column = self.layout.headers[column].clone();
            self.report.warn(ImportWarning { line, column, value: shortened(text), problem: Problem::SprintText });
            self.dataset.list_mut(ListField::Sprint).add(text);
        }
        for record in records {
            let mut moment = |date: Option<&str>| match date.and_then(instant_or_local) {
                Some(Ok(moment)) => moment,
                Some(Err(local)) => self.clock.moment(local).0,
                None => NO_MOMENT,
            };
            let dates = IterationDates {
                start: moment(record.start),
                end: moment(record.end),
                completed: moment(record.completed),
            };
            if let Some(number) = record.board {
                self.board = self.dataset.category_mut(CategoryField::Board).code_of(&sprint::board_name(number));
            }
            let list = self.dataset.list_mut(ListField::Sprint);
            list.add(record.name);
            let code = list.code_of(record.name) as usize;
            let known = &mut self.dataset.iteration_dates;
            if known.len() <= code {
                known.resize(code + 1, IterationDates::NONE);
            }
            // Rows repeat the sprint; a completion may be stated in later ones only when they were exported later.
            let known = &mut known[code];
            known.start = known.start.max(dates.start);
            known.end = known.end.max(dates.end);
            known.completed = known.completed.max(dates.completed);
        }
    }

    fn add_dates_and_numbers(&mut self, record: &Record<'_>) {
        let Self { plan, scratch, report, layout, clock, .. } = self;
        let mut cells = Cells { record, headers: &layout.headers, scratch };
        for source in &mut plan.dates {
            let raw = cells.first_filled(&source.columns).map_or(&[][..], |cell| record.raw(cell));
            if !source.values.push_raw(raw, clock) {
                let text = cells.first(&source.columns, report);
                source.values.push(text, record.line, clock, report);
            }
        }
        for source in &mut plan.numbers {
            let raw = cells.first_filled(&source.columns).map_or(&[][..], |cell| record.raw(cell));
            if !source.values.push_raw(raw) {
                let text = cells.first(&source.columns, report);
                source.values.push(text, record.line, report);
            }
        }
    }
}

/// The cells of one record as texts.
struct Cells<'a> {
    record: &'a Record<'a>,
    headers: &'a [String],
    scratch: &'a mut String,
}

impl Cells<'_> {
    #[inline]
    fn text(&mut self, cell: usize, report: &mut ImportReport) -> &str {
        self.checked(Some(cell), report).0
    }

    /// The first cell with a value.
    #[inline]
    fn first(&mut self, cells: &[usize], report: &mut ImportReport) -> &str {
        self.checked(self.first_filled(cells), report).0
    }

    #[inline]
    fn first_filled(&self, cells: &[usize]) -> Option<usize> {
        cells.iter().copied().find(|&cell| !matches!(self.record.raw(cell), b"" | b"\"\""))
    }

    /// A cell's text, and whether its bytes are what the file's encoding says. Where they are not, it is reported.
    fn checked(&mut self, cell: Option<usize>, report: &mut ImportReport) -> (&str, bool) {
        let Some(column) = cell else { return ("", true) };
        let cell = cell_text(self.record.raw(column), self.scratch);
        if !cell.in_encoding {
            report.warn(ImportWarning {
                line: self.record.line,
                column: self.headers[column].clone(),
                value: shortened(cell.text),
                problem: Problem::NotInEncoding,
            });
        }
        (cell.text, cell.in_encoding)
    }
}

/// `ABC-123`: letters, digits and underscores, a dash, a number.
pub(super) fn is_key(text: &str) -> bool {
    let Some((project, number)) = text.rsplit_once('-') else { return false };
    project.starts_with(char::is_alphabetic)
        && project.chars().all(|mark| mark.is_alphanumeric() || mark == '_')
        && !number.is_empty()
        && number.bytes().all(|digit| digit.is_ascii_digit())
}

/// An internal id; spreadsheets add `.0`. 0 when it is none.
fn whole_number(text: &str) -> u64 {
    text.strip_suffix(".0").unwrap_or(text).parse().unwrap_or(0)
}
