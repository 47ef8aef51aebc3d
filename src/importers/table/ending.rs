//! What can only be done once a whole file is read: references by name, remarks about columns that nobody filled.

use crate::importers::{ImportError, Imported, Reading};

/// Completes what a file became. The number of bytes that were read comes with it.
type Completion = fn(&mut Imported, u64);

struct Ended {
    reading: Box<dyn Reading>,
    bytes: u64,
    complete: Completion,
}

/// The reading, completed by a function at its end.
pub(in crate::importers) fn ended_by(reading: Box<dyn Reading>, complete: Completion) -> Box<dyn Reading> {
    Box::new(Ended { reading, bytes: 0, complete })
}

impl Reading for Ended {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        self.bytes += chunk.len() as u64;
        self.reading.push(chunk)
    }

    fn rows(&self) -> u64 {
        self.reading.rows()
    }

    fn finish(self: Box<Self>) -> Result<Imported, ImportError> {
        let mut imported = self.reading.finish()?;
        (self.complete)(&mut imported, self.bytes);
        Ok(imported)
    }
}
