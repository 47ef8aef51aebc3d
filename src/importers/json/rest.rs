//! The text of a document outside the wanted arrays: small, and kept whole for totals, names and pages.

use serde_json::Value;

use super::elements::{LONGEST_ELEMENT, damaged};
use crate::importers::ImportError;

/// More than this outside the wanted arrays is not kept.
const LONGEST_REST: usize = 8 << 20;
/// What a document counts besides its text, so that millions of tiny ones are not kept either.
const DOCUMENT: usize = 64;

/// What a file holds outside the elements that were handed out.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::importers) enum JsonRest {
    /// Each document of the file, with the wanted arrays standing as `[]`: one for a single answer, several for pages
    /// written one after another, none for JSON lines and top-level arrays whose elements were wanted.
    Kept(Vec<Value>),
    /// More than 8 MiB: dropped.
    TooLarge,
}

impl JsonRest {
    /// The only document, or the first.
    pub(in crate::importers) fn first(&self) -> Option<&Value> {
        match self {
            Self::Kept(documents) => documents.first(),
            Self::TooLarge => None,
        }
    }
}

/// Collects the rest of one document after the other.
#[derive(Debug, Default)]
pub(super) struct Rest {
    /// Text of the document at hand from earlier chunks and before wanted arrays.
    text: Vec<u8>,
    /// Where the text goes on in the chunk at hand.
    from: Option<usize>,
    /// Offsets in `text` at which the line of the file jumps, with the line there.
    jumps: Vec<(usize, u64)>,
    limit: usize,
    /// The document at hand went over its limit.
    over: bool,
    /// Text bytes of the documents kept.
    kept: usize,
    documents: Vec<Value>,
    too_large: bool,
}

impl Rest {
    /// A document begins here. `may_be_element`: it is handed out as a whole unless it holds a wanted array.
    pub(super) fn begin(&mut self, at: usize, line: u64, may_be_element: bool) {
        self.text.clear();
        self.jumps.clear();
        self.jumps.push((0, line));
        self.from = Some(at);
        self.over = false;
        self.limit = if may_be_element { LONGEST_ELEMENT } else { self.room() };
    }

    /// A wanted array begins: its elements, from here on, are not kept.
    pub(super) fn pause(&mut self, chunk: &[u8], to: usize) {
        self.limit = self.room();
        self.take(chunk, to);
        self.from = None;
    }

    /// A wanted array ended before this offset.
    pub(super) fn resume(&mut self, at: usize, line: u64) {
        self.jumps.push((self.text.len(), line));
        self.from = Some(at);
    }

    /// The chunk ends.
    pub(super) fn cut(&mut self, chunk: &[u8]) {
        self.take(chunk, chunk.len());
        self.from = self.from.map(|_| 0);
    }

    /// The document at hand as a whole, up to this offset of the chunk; `None` when it is over its limit. What lies in
    /// the chunk is not copied.
    pub(super) fn whole<'a>(&'a mut self, chunk: &'a [u8], to: usize) -> Option<&'a [u8]> {
        let run = &chunk[self.from.take().unwrap_or(to)..to];
        if self.over || self.text.len() + run.len() > self.limit {
            return None;
        }
        if self.text.is_empty() {
            return Some(run);
        }
        self.text.extend_from_slice(run);
        Some(&self.text)
    }

    /// The document at hand ends before this offset: reads and keeps it.
    pub(super) fn keep(&mut self, chunk: &[u8], to: usize) -> Result<(), ImportError> {
        self.limit = self.room();
        let jumps = std::mem::take(&mut self.jumps);
        let Some(text) = self.whole(chunk, to) else {
            self.too_large = true;
            self.documents = Vec::new();
            return Ok(());
        };
        let length = text.len();
        let document = serde_json::from_slice(text)
            .map_err(|error| damaged(line_of(&error, text, &jumps), format!("this is not JSON: {}", reason(&error))))?;
        self.kept = LONGEST_REST.min(self.kept + length + DOCUMENT);
        self.documents.push(document);
        self.jumps = jumps;
        Ok(())
    }

    pub(super) fn finish(self) -> JsonRest {
        if self.too_large { JsonRest::TooLarge } else { JsonRest::Kept(self.documents) }
    }

    /// Bytes that may still be kept; none once something was dropped.
    fn room(&self) -> usize {
        if self.too_large { 0 } else { LONGEST_REST - self.kept }
    }

    fn take(&mut self, chunk: &[u8], to: usize) {
        let Some(from) = self.from else { return };
        let run = &chunk[from..to];
        self.over |= self.text.len() + run.len() > self.limit;
        if self.over {
            self.text = Vec::new();
        } else {
            self.text.extend_from_slice(run);
        }
    }
}

/// What `serde_json` says, without the place: it counts from the text it was given.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// The line of the file that an error in `text` lies on.
fn line_of(error: &serde_json::Error, text: &[u8], jumps: &[(usize, u64)]) -> u64 {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => memchr::memchr_iter(b'\n', text).nth(line - 2).map_or(0, |at| at + 1),
    };
    // At column 0 the line break itself was too early.
    let place = (line_start + error.column()).saturating_sub(1).min(text.len());
    let (offset, line) = jumps.iter().rev().find(|(offset, _)| *offset <= place).copied().unwrap_or((0, 1));
    line + memchr::memchr_iter(b'\n', &text[offset..place]).count() as u64
}
