//! What is pasted into which host, for the share dialog: words that the first load does not carry.

use super::OutputFile;
use crate::embedding::{Embeddable, HostSheet, host_sheets};

/// The sheets as one file that only the page of the same release reads.
pub(super) fn make(what: &Embeddable) -> OutputFile {
    // Plain texts always have an encoding.
    let bytes = postcard::to_stdvec(&host_sheets(what)).unwrap_or_default();
    OutputFile { name: "host-sheets".to_owned(), mime: "application/octet-stream".to_owned(), bytes }
}

/// Reads them; `None` when they are of another release.
pub fn read_host_sheets(files: &[OutputFile]) -> Option<Vec<HostSheet>> {
    postcard::from_bytes(&files.first()?.bytes).ok()
}
