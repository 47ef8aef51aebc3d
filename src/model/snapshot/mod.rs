//! The dataset as bytes: what a worker hands over, what the browser stores. Reopening copies columns, it does not parse.
//!
//! Layout, little-endian: a seal (`sealed.rs`, magic `TLDATA\0`), then u32 rows, then sections: u8 kind, u8 id length, id, u32 body length, body. A reader skips kinds and
//! ids it does not know, so a later version may add columns; a change of meaning raises the version.

mod read;
mod write;

use super::sealed::SealError;

pub use read::decode_dataset;
pub use write::encode_dataset;

const MAGIC: [u8; 7] = *b"TLDATA\0";
/// Version of the layout. Raise it when the meaning of a section changes, and keep reading the older ones.
const VERSION: u8 = 1;

/// Why bytes are not a dataset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// The seal does not hold.
    #[error("the stored dataset cannot be opened: {0}")]
    Seal(#[from] SealError),
    /// The seal holds, yet a section makes no sense.
    #[error("the stored dataset does not hold together: {0}")]
    Inconsistent(&'static str),
}

#[derive(Clone, Copy)]
enum Kind {
    Text = 1,
    Category = 2,
    Moment = 3,
    Number = 4,
    List = 5,
    SourceLine = 6,
    IterationDates = 7,
    Present = 8,
    History = 9,
    Record = 10,
    RecordLine = 11,
}
