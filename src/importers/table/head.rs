//! What the head of a table tells: the delimiter, where the header is, and its names.

use super::names::normalised;
use crate::importers::csv::{CsvScanner, Record, cell_text};
use crate::importers::wrong_kind::begins_as_json;
use crate::importers::{FileHead, ImportError};

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

/// True when an ASCII word occurs somewhere, in letters of any case.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return true };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes)
        .any(|place| bytes.get(place..place + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
}

/// The first records of the head as texts. An incomplete last record is not among them.
pub(in crate::importers) fn first_records(head: &FileHead<'_>, delimiter: u8) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = Vec::new();
    // JSON on one line would be a header of a million columns, which every table's importer would look up.
    if begins_as_json(head.text) {
        return records;
    }
    let mut scratch = String::new();
    let mut scanner = CsvScanner::new(delimiter);
    let mut keep = |record: &Record<'_>| {
        if records.len() < RECORDS_SEARCHED {
            let texts = (0..record.len()).map(|cell| cell_text(record.raw(cell), &mut scratch).text.to_owned());
            records.push(texts.collect());
        }
        // Any error ends the scan: nothing after these records is looked at.
        if records.len() < RECORDS_SEARCHED { Ok(()) } else { Err(ImportError::Empty) }
    };
    // A head that cannot be cut into records with this delimiter is simply not recognised with it.
    let read = scanner.push(head.text.as_bytes(), &mut keep);
    if read.is_ok() && head.complete {
        scanner.finish(&mut keep).ok();
    }
    records
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        for text in ["Iteration Start", "x,ITERATION", "iterationiteration"] {
            assert!(has_word(text, "iteration"), "{text}");
        }
        for text in ["", "iteratio", "iterat\u{131}on", "i"] {
            assert!(!has_word(text, "iteration"), "{text}");
        }
    }

    #[test]
    fn the_header_is_the_record_with_most_known_names() {
        let text = "Report;of;May\nsep=;\nID;Title;\u{201e}x\u{201c}\n1;One;id\n";
        let head = FileHead { name: "x.csv", text, complete: true };
        let table = TableHead::find(&head, |name| ["id", "title"].contains(&name));
        let table = table.map(|table| (table.delimiter, table.header_records, table.names.len()));
        assert_eq!(table, Some((b';', 3, 3)));
    }
}
