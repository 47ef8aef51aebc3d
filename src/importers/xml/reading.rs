//! A file of records being read: what every XML importer does alike.

use super::XmlElement;
use super::records::{LARGEST_RECORD, XmlRecord, XmlRecords, XmlShape};
use crate::importers::gathering::Gathering;
use crate::importers::{ImportError, ImportSettings, ImportWarning, Imported, Problem, Reading};

/// What one format makes of its records.
pub(in crate::importers) trait XmlFormat {
    /// Takes the next record. The format says itself which records are rows of the file ([`Gathering::begin_row`]).
    fn record(&mut self, path: &'static str, line: u64, element: &XmlElement, to: &mut Gathering);

    /// The file is at its end: what can only be decided with all records known.
    fn finish(&mut self, to: &mut Gathering);
}

/// One file.
pub(in crate::importers) struct XmlReading<F> {
    records: XmlRecords,
    gathering: Gathering,
    format: F,
}

impl<F: XmlFormat> XmlReading<F> {
    pub(in crate::importers) fn new(shape: &'static XmlShape, format: F, settings: &ImportSettings) -> Self {
        Self { records: XmlRecords::new(shape), gathering: Gathering::new(settings), format }
    }
}

fn take<F: XmlFormat>(format: &mut F, to: &mut Gathering, record: &XmlRecord<'_>) {
    if let Some(element) = record.element {
        format.record(record.path, record.line, element, to);
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
        let Self { records, gathering, format } = self;
        records.push(chunk, &mut |record| take(format, gathering, &record))
    }

    fn rows(&self) -> u64 {
        self.gathering.report.rows_read
    }

    fn finish(self: Box<Self>) -> Result<Imported, ImportError> {
        let Self { records, mut gathering, mut format } = *self;
        let (lines, places) = records.finish(&mut |record| take(&mut format, &mut gathering, &record))?;
        let lines = lines.into_iter().chain(std::iter::repeat(0));
        for line in lines.take(usize::try_from(places).unwrap_or(usize::MAX)) {
            let (column, value) = (String::new(), char::REPLACEMENT_CHARACTER.to_string());
            gathering.report.warn(ImportWarning { line, column, value, problem: Problem::NotInEncoding });
        }
        format.finish(&mut gathering);
        gathering.finish()
    }
}
