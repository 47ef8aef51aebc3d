//! The first rows of a table that nobody knows, for the person who will name its columns.

use serde::{Deserialize, Serialize};

use super::Mapping;
use super::guess::guess_mapping;
use super::json::json_sample;
use crate::importers::FileHead;
use crate::importers::json::JsonHead;
use crate::importers::table::{TableHead, first_records, normalised};

/// Cells shown of each column.
pub(super) const SAMPLES: usize = 3;
/// A cell shown is cut to this many characters.
pub(super) const SHOWN: usize = 80;
/// Fewer columns make no table.
pub(super) const FEWEST_COLUMNS: usize = 2;

/// One column with some of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSample {
    /// As written in the file.
    pub header: String,
    /// The first distinct cells that are not empty.
    pub cells: Vec<String>,
}

/// A table by its first rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSample {
    /// The same for all files with the same header: how a mapping is found again.
    pub signature: String,
    /// The columns in their order.
    pub columns: Vec<ColumnSample>,
    /// What the columns probably are. Guessed where the file is read, so that the page need not carry the code.
    pub guess: Mapping,
    /// How the file is cut into cells.
    pub(super) source: SampleSource,
}

/// How a file is cut into rows and cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum SampleSource {
    /// Text with a header.
    Text { table: TableHead },
    /// Objects in a JSON array; the path of the array is empty for one at the top, and for JSON lines.
    Json { array: String },
}

impl TableSample {
    /// True for the objects of a JSON file.
    pub(in crate::importers) fn is_json(&self) -> bool {
        matches!(self.source, SampleSource::Json { .. })
    }
}

/// A sample of this many rows with its guess.
pub(super) fn table_sample(
    signature: String,
    columns: Vec<ColumnSample>,
    rows: usize,
    source: SampleSource,
) -> TableSample {
    TableSample { guess: guess_mapping(&signature, &columns, rows), signature, columns, source }
}

/// The table of a file; `None` when it is none. In a text the header is the first of the widest records of which no cell is a number.
pub fn sample_of(head: &FileHead<'_>) -> Option<TableSample> {
    if let Some(json) = JsonHead::of(head.text, head.complete) {
        return json_sample(head, &json);
    }
    let mut best: Option<(usize, TableSample)> = None;
    for delimiter in [b',', b';', b'\t', b'|'] {
        let records = first_records(head, delimiter);
        let Some(width) = common_width(&records) else { continue };
        let is_header = |record: &Vec<String>| {
            let filled: Vec<&String> = record.iter().filter(|cell| !cell.is_empty()).collect();
            record.len() == width && filled.len() * 2 > width && filled.iter().all(|cell| !is_number(cell))
        };
        let Some(position) = records.iter().position(is_header) else { continue };
        // Under a wrong delimiter a table has fewer columns.
        if best.as_ref().is_none_or(|(widest, _)| width > *widest) {
            best = Some((width, sample(delimiter, position, &records)));
        }
    }
    best.map(|(_, sample)| sample)
}

fn is_number(text: &str) -> bool {
    text.replace(',', ".").parse::<f64>().is_ok()
}

/// The width that most records have.
fn common_width(records: &[Vec<String>]) -> Option<usize> {
    let widths = records.iter().map(Vec::len).filter(|&width| width >= FEWEST_COLUMNS);
    let common = widths.max_by_key(|width| records.iter().filter(|record| record.len() == *width).count())?;
    let with_it = records.iter().filter(|record| record.len() == common).count();
    (with_it >= 2 && with_it * 2 > records.len()).then_some(common)
}

fn sample(delimiter: u8, position: usize, records: &[Vec<String>]) -> TableSample {
    let headers = records[position].clone();
    let names: Vec<String> = headers.iter().map(|header| normalised(header)).collect();
    let columns: Vec<ColumnSample> = headers
        .iter()
        .enumerate()
        .map(|(place, header)| {
            let mut cells: Vec<String> = Vec::new();
            for record in &records[position + 1..] {
                let cell: String =
                    record.get(place).map(String::as_str).unwrap_or_default().chars().take(SHOWN).collect();
                if !cell.is_empty() && !cells.contains(&cell) && cells.len() < SAMPLES {
                    cells.push(cell);
                }
            }
            ColumnSample { header: header.trim().to_owned(), cells }
        })
        .collect();
    let signature = names.join("\u{1f}");
    let table = TableHead { delimiter, header_records: position + 1, headers, names };
    table_sample(signature, columns, records.len() - position - 1, SampleSource::Text { table })
}
