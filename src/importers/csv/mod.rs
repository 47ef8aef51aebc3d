//! CSV by streaming: bytes to records to cell texts. Knows nothing of any tracker.

mod block;
mod cell;
mod memory;
mod scanner;
mod written;

pub(crate) use cell::cell_text;
pub(crate) use memory::CellMemory;
pub(crate) use scanner::{CsvScanner, Record};
pub(crate) use written::RecordBuffer;
