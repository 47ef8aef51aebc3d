//! What an importer gathers while a file streams, and how the account of its rows is closed: rows read = kept + repeated +
//! refused.

use std::collections::HashMap;

use super::check_samples::CheckSamples;
use super::cloud_cost::CostSums;
use super::dates::LocalClock;
use super::scale::Scale;
use super::{ImportError, ImportReport, ImportSettings, ImportWarning, Imported, Problem, RefusedRow};
use crate::model::{
    Calendar, CategoryField, Cell, Dataset, ItemRow, IterationDates, ListField, RecordKind, Records, TextField,
    merge_layers,
};

/// Notes of one file, and zones that it names: a file with more of them is damaged or hostile.
const MOST_NOTES: usize = 100;

/// The dataset, the report and the work item being filled.
pub(in crate::importers) struct Gathering {
    /// Filled and then kept by [`Self::keep_item`].
    pub(in crate::importers) item: ItemRow,
    pub(in crate::importers) dataset: Dataset,
    pub(in crate::importers) report: ImportReport,
    /// Reads local times in the zone of the import.
    pub(in crate::importers) clock: LocalClock,
    pub(in crate::importers) settings: ImportSettings,
    /// Name of the file as given by the user; only tables set it.
    pub(in crate::importers) file: String,
    /// Keys of the items above the present one, in tables that are outlines.
    pub(in crate::importers) outline: Vec<String>,
    /// How often a name was taken as a key.
    names: HashMap<String, u32>,
    /// Checks of services that become spans at the end of the file.
    pub(in crate::importers) checks: CheckSamples,
    /// Costs that are summed and become records at the end of the file.
    pub(in crate::importers) costs: CostSums,
    /// What was decided for a whole column, by the column's id.
    pub(in crate::importers) scales: HashMap<&'static str, Scale>,
    /// Calendars of the zones that the file names.
    zones: HashMap<String, Option<Calendar>>,
    /// How often each content occurred, by its hash.
    occurrences: HashMap<u64, u32>,
    /// Line of the row being read, from 1.
    line: u64,
}

impl Gathering {
    pub(in crate::importers) fn new(settings: &ImportSettings) -> Self {
        Self {
            item: ItemRow::default(),
            dataset: Dataset::default(),
            report: ImportReport::default(),
            clock: LocalClock::new(settings.calendar.clone()),
            settings: settings.clone(),
            file: String::new(),
            outline: Vec::new(),
            names: HashMap::new(),
            checks: CheckSamples::default(),
            costs: CostSums::default(),
            scales: HashMap::new(),
            zones: HashMap::new(),
            occurrences: HashMap::new(),
            line: 0,
        }
    }

    /// Begins the next row of the file: it is counted, and the item is empty again.
    pub(in crate::importers) fn begin_row(&mut self, line: u64) {
        self.report.rows_read += 1;
        self.line = line;
        self.item.begin(line);
    }

    /// What comes next stands on this line and is no row of its own.
    pub(in crate::importers) fn look_at(&mut self, line: u64) {
        self.line = line;
    }

    /// Ends a row by what was made of it.
    pub(in crate::importers) fn end_row(&mut self, outcome: Result<(), String>) {
        if let Err(reason) = outcome {
            self.report.refused.push(RefusedRow { line: self.line, reason });
        }
    }

    /// Puts the filled item into the dataset. An item without a key is a reason to refuse the row.
    /// Where no project is given, it is what stands before the number of the key.
    pub(in crate::importers) fn keep_item(&mut self) -> Result<(), String> {
        if self.item.category_of(CategoryField::Project).is_empty()
            && let Some((project, number)) = self.item.key().rsplit_once(['-', '#', '!'])
            && !number.is_empty()
            && number.bytes().all(|digit| digit.is_ascii_digit())
        {
            let project = project.to_owned();
            self.item.category(CategoryField::Project, &project);
        }
        self.keep_item_as_given()
    }

    /// The same for keys whose beginning names the tracker, not a project.
    pub(in crate::importers) fn keep_item_as_given(&mut self) -> Result<(), String> {
        if self.item.key().is_empty() {
            return Err("the row names no key, so it cannot be told which item it is".into());
        }
        self.dataset.push_item(&self.item);
        Ok(())
    }

    /// A key made of a name, for records that have no id of their own: the second of one name gets "(2)".
    pub(in crate::importers) fn key_of_name(&mut self, name: &str) -> String {
        let times = self.names.entry(name.to_owned()).or_default();
        *times += 1;
        if *times == 1 { name.to_owned() } else { format!("{name} ({times})") }
    }

    /// The moment at which a planned span is over: a day without a time includes that day.
    pub(in crate::importers) fn end_of_span(&self, end: i64) -> i64 {
        let calendar = &self.settings.calendar;
        let day = calendar.day_of(end);
        if calendar.start_of_day(day) == end { calendar.start_of_day(day + 1) } else { end }
    }

    /// The file's name without folders and ending.
    pub(in crate::importers) fn file_stem(&self) -> &str {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Adds a record of the row being read.
    pub(in crate::importers) fn record(&mut self, kind: RecordKind, cells: &[(&str, Cell<'_>)]) {
        self.dataset.records_mut(kind).push(self.line, cells);
    }

    /// The id of an event to which its source gives none: empty for the first row that says exactly this, numbered for the
    /// further ones. So two equal entries of one file stay two, and the same file imported twice stays one.
    pub(in crate::importers) fn id_of_equal_rows(&mut self, content: &str) -> String {
        let hash = xxhash_rust::xxh3::xxh3_64(content.as_bytes());
        let count = self.occurrences.entry(hash).or_default();
        *count += 1;
        if *count == 1 { String::new() } else { format!("{content} | {count}") }
    }

    /// The moment of a text that holds an ISO date, with or without an offset; a warning when it is no date.
    pub(in crate::importers) fn moment(&mut self, column: &str, text: &str) -> Option<i64> {
        if text.is_empty() {
            return None;
        }
        match super::dates::instant_or_local(text) {
            Some(Ok(moment)) => Some(moment),
            Some(Err(local)) => Some(self.clock.moment(local).0),
            None => {
                if !super::dates::is_no_value(text) {
                    self.warn(column, text, Problem::NotADate);
                }
                None
            }
        }
    }

    /// Adds a warning about the row being read.
    pub(in crate::importers) fn warn(&mut self, column: &str, value: &str, problem: Problem) {
        let (column, value) = (column.to_owned(), super::dates::shortened(value));
        self.report.warn(ImportWarning { line: self.line, column, value, problem });
    }

    /// Tells something about the whole file that affects the numbers. Said once.
    pub(in crate::importers) fn note(&mut self, sentence: String) {
        let decisions = &mut self.report.decisions;
        if decisions.len() >= MOST_NOTES || decisions.contains(&sentence) {
            return;
        }
        decisions.push(sentence);
        if decisions.len() + 1 == MOST_NOTES {
            decisions.push("There was more of this kind to tell; it was left out here.".into());
        }
    }

    /// The moment of a local reading (milliseconds since 1970-01-01 00:00 on the clock) in a zone of its own; `None` when the
    /// zone is not known.
    pub(in crate::importers) fn moment_in_zone(&mut self, zone: &str, local: i64) -> Option<i64> {
        if !self.zones.contains_key(zone) && self.zones.len() < MOST_NOTES {
            self.zones.insert(zone.to_owned(), Calendar::new(zone));
        }
        self.zones.get(zone)?.as_ref().map(|calendar| calendar.moment_of_local(local))
    }

    /// Ends the file: of several versions of an item or record the newest stays, and the rows are accounted for.
    pub(in crate::importers) fn finish(mut self) -> Result<Imported, ImportError> {
        if let Some(note) = std::mem::take(&mut self.checks).into_spans(&mut self.dataset) {
            self.note(note);
        }
        let costs = std::mem::take(&mut self.costs);
        for note in costs.into_records(&self.file, &self.settings.calendar, &mut self.dataset) {
            self.note(note);
        }
        let Self { mut dataset, mut report, item, .. } = self;
        if report.rows_read == 0 {
            return Err(ImportError::HeaderOnly);
        }
        let mut present = item.present();
        present.extend(std::mem::take(&mut dataset.present));
        present.sort_unstable();
        present.dedup();
        dataset.present = present;
        let sprints = dataset.list(ListField::Sprint).values().len();
        if !dataset.iteration_dates.is_empty() {
            dataset.iteration_dates.resize(sprints, IterationDates::NONE);
        }
        let count = |dataset: &Dataset| (dataset.len() + dataset.record_count()) as u64;
        let (before, items) = (count(&dataset), dataset.len() as u64);
        if has_repeats(&dataset) {
            dataset = merge_layers(&[&dataset]).0;
        }
        let readable = report.rows_read - report.refused.len() as u64;
        // Records that stand inside of an item (its work logs) are not rows of their own.
        let repeated = if before > readable { items - dataset.len() as u64 } else { before - count(&dataset) };
        report.repeated = repeated.min(readable);
        report.kept = readable - report.repeated;
        report.warnings.sort_by_key(|warning| warning.line);
        Ok(Imported { dataset, report })
    }
}

fn has_repeats(dataset: &Dataset) -> bool {
    let keys = dataset.text(TextField::Key);
    let mut sorted: Vec<&str> = keys.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1]) || dataset.record_tables().any(Records::has_repeats)
}
