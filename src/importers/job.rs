//! Reading one file from its first byte: decode, detect, hand over to the importer.

use super::{ImportError, ImportReport, ImportSettings};
use crate::model::Dataset;

/// What a file became.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The items of this file alone; keys occur once.
    pub dataset: Dataset,
    /// What happened.
    pub report: ImportReport,
}

/// One file being imported. Push its bytes in order, then finish.
pub struct ImportJob {
    _name: String,
    _settings: ImportSettings,
}

impl ImportJob {
    /// Begins an import.
    pub fn new(name: &str, settings: ImportSettings) -> Self {
        Self { _name: name.to_owned(), _settings: settings }
    }

    /// Reads the next bytes of the file.
    pub fn push(&mut self, _chunk: &[u8]) -> Result<(), ImportError> {
        Ok(())
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        0
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Imported, ImportError> {
        Err(ImportError::Empty)
    }
}
