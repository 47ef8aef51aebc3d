//! What the head of a file tells: the delimiter, where the header is, and what each column holds.

use super::headers::{Holds, holds};
use super::rows::is_key;
use crate::importers::table::first_records;
use crate::importers::{Confidence, FileHead};

/// The shape of a Jira CSV.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// Records up to and including the header.
    pub(super) header_records: usize,
    pub(super) headers: Vec<String>,
    /// What each column holds; as long as `headers`.
    pub(super) holds: Vec<Option<Holds>>,
    /// True when a row of the head has an issue key under the key's header.
    shows_keys: bool,
}

impl Layout {
    /// Finds the header: the record with most known columns under any delimiter.
    pub(super) fn find(head: &FileHead<'_>) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for delimiter in [b',', b';', b'\t', b'|'] {
            let records = first_records(head, delimiter);
            for (position, headers) in records.iter().enumerate() {
                let holds: Vec<Option<Holds>> = headers.iter().map(|header| holds(header)).collect();
                let known = distinct(&holds).len();
                if known >= 2 && best.as_ref().is_none_or(|(most, _)| known > *most) {
                    let key = holds.iter().position(|holds| *holds == Some(Holds::Key));
                    let shows_keys = key.is_some_and(|key| {
                        records[position + 1..].iter().any(|row| row.get(key).is_some_and(|cell| is_key(cell)))
                    });
                    let (header_records, headers) = (position + 1, headers.clone());
                    best = Some((known, Self { delimiter, header_records, headers, holds, shows_keys }));
                }
            }
        }
        best.map(|(_, layout)| layout)
    }

    /// Positions of the columns that hold something.
    pub(super) fn columns(&self, wanted: Holds) -> Vec<usize> {
        self.holds.iter().enumerate().filter(|(_, holds)| **holds == Some(wanted)).map(|(column, _)| column).collect()
    }

    /// The delimiter in words.
    pub(super) const fn delimiter_title(&self) -> &'static str {
        match self.delimiter {
            b',' => "comma",
            b';' => "semicolon",
            b'\t' => "tab",
            _ => "vertical bar",
        }
    }

    /// How sure it is that this is a Jira export, and by which columns.
    pub(super) fn confidence(&self) -> Confidence {
        let has = |wanted: Holds| self.holds.contains(&Some(wanted));
        let marks = [
            Holds::Id,
            Holds::Type,
            Holds::Status,
            Holds::ProjectKey,
            Holds::Sum,
            Holds::CustomField,
            Holds::StoryPoints,
            Holds::EpicLink,
            Holds::StatusCategory,
        ];
        let found: Vec<Holds> = marks.into_iter().filter(|mark| has(*mark)).collect();
        let others = [Holds::Summary, Holds::Created, Holds::Updated, Holds::Resolved, Holds::Assignee, Holds::Sprint];
        let plain = others.iter().filter(|mark| has(**mark)).count();
        let key = self.columns(Holds::Key).first().copied();
        let full_key_name = key.is_some_and(|key| self.headers[key].trim().chars().count() > 5);
        let score = match (key.is_some(), full_key_name, found.len(), plain) {
            (true, true, 2.., _) => 95,
            (true, true, ..) if found.len() + plain >= 1 => 75,
            (true, false, 1.., _) if found.len() + plain >= 3 => 65,
            // A column just called "Key", with keys of Jira's kind in it.
            (true, ..) if found.len() + plain >= 1 && self.shows_keys => 55,
            // Jira without its key column: recognised, so that the missing column can be named.
            (false, _, 2.., _)
                if found.len() + plain >= 4 && (has(Holds::Sum) || has(Holds::CustomField) || has(Holds::Id)) =>
            {
                60
            }
            _ => return Confidence::NONE,
        };
        let names: Vec<String> = key
            .into_iter()
            .chain(found.iter().filter_map(|mark| self.columns(*mark).first().copied()))
            .take(5)
            .map(|column| format!("\"{}\"", self.headers[column].trim()))
            .collect();
        Confidence { score, evidence: format!("columns {}", names.join(", ")) }
    }
}

fn distinct(holds: &[Option<Holds>]) -> Vec<Holds> {
    let mut known: Vec<Holds> = holds.iter().flatten().copied().collect();
    known.sort_unstable();
    known.dedup();
    known
}
