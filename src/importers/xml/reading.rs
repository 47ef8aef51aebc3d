//! A file of records being read: what every XML importer does alike.

use super::columns::ElementUses;
use super::records::{Ending, LARGEST_RECORD, XmlRecord, XmlRecords, XmlShape};
use super::{NamedField, XmlElement};
use crate::importers::gathering::Gathering;
use crate::importers::{ImportError, ImportSettings, ImportWarning, Imported, Problem, Reading};

/// What one format makes of its records.
pub(in crate::importers) trait XmlFormat {
    /// Takes the next record. The format says itself which records are rows of the file ([`Gathering::begin_row`]).
    fn record(&mut self, path: &'static str, line: u64, element: &XmlElement, to: &mut Gathering);

    /// The field of a name of its own that an element is, for the account of what was read. Its values must be asked for
    /// only when they are used.
    fn named_field(&self, _element: &XmlElement) -> Option<NamedField> {
        None
    }

    /// The file is at its end: what can only be decided with all records known.
    fn finish(&mut self, to: &mut Gathering);
}

/// One file.
pub(in crate::importers) struct XmlReading<F> {
    records: XmlRecords,
    gathering: Gathering,
    format: F,
    uses: ElementUses,
}

impl<F: XmlFormat> XmlReading<F> {
    pub(in crate::importers) fn new(shape: &'static XmlShape, format: F, settings: &ImportSettings) -> Self {
        Self {
            records: XmlRecords::new(shape),
            gathering: Gathering::new(settings),
            format,
            uses: ElementUses::default(),
        }
    }
}

fn take<F: XmlFormat>(format: &mut F, to: &mut Gathering, uses: &mut ElementUses, record: &XmlRecord<'_>) {
    if let Some(element) = record.element {
        format.record(record.path, record.line, element, to);
        uses.add(element, &|element| format.named_field(element));
    } else {
        to.begin_row(record.line);
        let name = record.path.rsplit('/').next().unwrap_or(record.path);
        to.end_row(Err(format!(
            "this <{name}> takes more than {} MiB, which no export needs. Remove its long texts in the tracker, then export again",
            LARGEST_RECORD >> 20
        )));
    }
}

impl<F: XmlFormat> Reading for XmlReading<F> {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        let Self { records, gathering, format, uses } = self;
        records.push(chunk, &mut |record| take(format, gathering, uses, &record))
    }

    fn rows(&self) -> u64 {
        self.gathering.report.rows_read
    }

    fn finish(self: Box<Self>) -> Result<Imported, ImportError> {
        let Self { records, mut gathering, mut format, mut uses } = *self;
        let Ending { bad_lines, bad_places, left_out } =
            records.finish(&mut |record| take(&mut format, &mut gathering, &mut uses, &record))?;
        let lines = bad_lines.into_iter().chain(std::iter::repeat(0));
        for line in lines.take(usize::try_from(bad_places).unwrap_or(usize::MAX)) {
            let (column, value) = (String::new(), char::REPLACEMENT_CHARACTER.to_string());
            gathering.report.warn(ImportWarning { line, column, value, problem: Problem::NotInEncoding });
        }
        gathering.report.columns = uses.columns(left_out);
        format.finish(&mut gathering);
        gathering.finish()
    }
}
