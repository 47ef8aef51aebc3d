//! What the head of a table tells: the delimiter, where the header is, and its names.

use super::names::normalised;
use crate::importers::FileHead;
use crate::importers::csv::{CsvScanner, Record, cell_text};

/// The header is looked for in this many records: exports can have a title or a `sep=;` line above it.
const RECORDS_SEARCHED: usize = 10;
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The shape of a table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(in crate::importers) struct TableHead {
    pub(in crate::importers) delimiter: u8,
    /// Records up to and including the header.
    pub(in crate::importers) header_records: usize,
    /// As written.
    pub(in crate::importers) headers: Vec<String>,
    /// Normalised, to compare with.
    pub(in crate::importers) names: Vec<String>,
}

impl TableHead {
    /// Finds the header: the record with most known names under any delimiter; `None` when no name is known.
    pub(in crate::importers) fn find(head: &FileHead<'_>, is_known: impl Fn(&str) -> bool) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for delimiter in DELIMITERS {
            for (position, headers) in first_records(head, delimiter).into_iter().enumerate() {
                let names: Vec<String> = headers.iter().map(|header| normalised(header)).collect();
                let mut known: Vec<&String> = names.iter().filter(|name| is_known(name)).collect();
                known.sort_unstable();
                known.dedup();
                let known = known.len();
                if known > 0 && best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, Self { delimiter, header_records: position + 1, headers, names }));
                }
            }
        }
        best.map(|(_, table)| table)
    }

    /// The delimiter in words.
    pub(in crate::importers) const fn delimiter_title(&self) -> &'static str {
        match self.delimiter {
            b',' => "comma",
            b';' => "semicolon",
            b'\t' => "tab",
            _ => "vertical bar",
        }
    }
}

/// The first records of the head as texts. An incomplete last record is not among them.
pub(in crate::importers) fn first_records(head: &FileHead<'_>, delimiter: u8) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut scratch = String::new();
    let mut scanner = CsvScanner::new(delimiter);
    let mut keep = |record: &Record<'_>| {
        if records.len() < RECORDS_SEARCHED {
            let texts = (0..record.len()).map(|cell| cell_text(record.raw(cell), &mut scratch).text.to_owned());
            records.push(texts.collect());
        }
        Ok(())
    };
    // A head that cannot be cut into records with this delimiter is simply not recognised with it.
    let read = scanner.push(head.text.as_bytes(), &mut keep);
    if read.is_ok() && head.complete {
        scanner.finish(&mut keep).ok();
    }
    records
}
