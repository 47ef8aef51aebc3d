//! A JSON file that nobody knows, as a table: an array of objects, an object with one such array, or JSON lines.
//!
//! The columns are the paths to the plain values of the objects: `fields.status.name`. Values of lists stand in one cell:
//! `labels`, `assignees[].login`.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::sample::{FEWEST_COLUMNS, SAMPLES, SHOWN, SampleSource, TableSample, table_sample};
use super::{ColumnSample, FORMAT};
use crate::importers::csv::RecordBuffer;
use crate::importers::json::parts::text;
use crate::importers::json::reading::parsed;
use crate::importers::json::{JsonElement, JsonElements, JsonHead, JsonKind};
use crate::importers::table::{ColumnSpec, MappedTable, TableHead, TableReading, normalised};
use crate::importers::{ColumnUse, FileHead, ImportError, ImportSettings, Imported, Reading};

/// Columns offered: an object with an id as each key is no table.
const MOST_COLUMNS: usize = 400;
/// Paths counted that the beginning of the file did not show.
const MOST_OTHERS: usize = 1000;
/// Stands between the values of a list.
const BETWEEN: &str = "\n";

/// The table of a JSON file by its beginning; `None` when it is none.
pub(super) fn json_sample(head: &FileHead<'_>, json: &JsonHead) -> Option<TableSample> {
    let array = array_of_objects(json)?;
    let mut rows: Vec<Vec<(String, String)>> = Vec::new();
    let mut elements = JsonElements::new(&[&array]);
    // What is cut or damaged further on does not matter here: what was handed out before counts.
    let _ = elements.push(head.text.as_bytes(), &mut |element| {
        let object = parsed::<Value>(&element).ok().filter(Value::is_object);
        rows.extend(object.map(|object| cells_of(&object)));
        Ok(())
    });
    let mut columns: Vec<ColumnSample> = Vec::new();
    for (path, cell) in rows.iter().flatten() {
        let known = columns.iter().position(|column| column.header == *path).unwrap_or_else(|| {
            columns.push(ColumnSample { header: path.clone(), cells: Vec::new() });
            columns.len() - 1
        });
        let (cells, cell) = (&mut columns[known].cells, cell.chars().take(SHOWN).collect::<String>());
        if !cell.trim().is_empty() && cells.len() < SAMPLES && !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    // The order must be that of the set of paths, as the signature is: a mapping counts positions.
    columns.sort_by_cached_key(|column| (column.header.matches(['.', '[']).count(), column.header.clone()));
    columns.truncate(MOST_COLUMNS);
    if columns.len() < FEWEST_COLUMNS {
        return None;
    }
    let paths: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
    let signature = format!("json\u{1f}{array}\u{1f}{}", paths.join("\u{1f}"));
    Some(table_sample(signature, columns, rows.len(), SampleSource::Json { array }))
}

/// The path of the only array of objects, of several the one that lies highest; the empty path for the top.
fn array_of_objects(json: &JsonHead) -> Option<String> {
    if json.kind == JsonKind::Lines {
        return Some(String::new());
    }
    // A list in a list element is no list of the document.
    let arrays = json.paths().filter_map(|path| path.split_once("[].").map(|(array, _)| array));
    let arrays = arrays.filter(|array| !array.contains("[]"));
    let mut arrays: Vec<&str> = arrays.collect();
    arrays.sort_unstable();
    arrays.dedup();
    let depth = |array: &str| if array.is_empty() { 0 } else { 1 + array.matches('.').count() };
    let highest = arrays.iter().map(|array| depth(array)).min()?;
    let mut at_the_top = arrays.into_iter().filter(|array| depth(array) == highest);
    let array = at_the_top.next()?.to_owned();
    at_the_top.next().is_none().then_some(array)
}

/// The plain values of an object with their paths. Those of one path stand in one cell.
fn cells_of(object: &Value) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    walk(object, &mut String::new(), &mut cells);
    cells
}

fn walk(value: &Value, path: &mut String, cells: &mut Vec<(String, String)>) {
    let before = path.len();
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key);
                walk(member, path, cells);
                path.truncate(before);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                if element.is_object() || element.is_array() {
                    path.push_str("[]");
                }
                walk(element, path, cells);
                path.truncate(before);
            }
        }
        plain => match cells.iter_mut().find(|(known, _)| known == path) {
            Some((_, cell)) => {
                cell.push_str(BETWEEN);
                cell.push_str(&text(plain));
            }
            None => cells.push((path.clone(), text(plain).into_owned())),
        },
    }
}

/// Begins to read a file whose columns were named.
pub(super) fn start(
    array: &str,
    headers: Vec<String>,
    places: Vec<(usize, &'static ColumnSpec)>,
    file: &str,
    settings: &ImportSettings,
) -> Result<Box<dyn Reading>, ImportError> {
    let positions = headers.iter().enumerate().map(|(place, path)| (path.clone(), place)).collect();
    let names = headers.iter().map(|header| normalised(header)).collect();
    let cells = vec![String::new(); headers.len()];
    let head = TableHead { delimiter: 0, header_records: 0, headers, names };
    let table = FORMAT.mapped_reading(MappedTable { head, places }, file, settings)?;
    let rows = Rows { table, positions, cells, others: BTreeMap::new(), buffer: RecordBuffer::default() };
    Ok(Box::new(MappedJson { elements: JsonElements::new(&[array]), rows }))
}

struct MappedJson {
    elements: JsonElements,
    rows: Rows,
}

struct Rows {
    table: TableReading,
    /// Place of each path.
    positions: HashMap<String, usize>,
    /// Cells of the row at hand.
    cells: Vec<String>,
    /// Paths that the beginning of the file did not show, and how often they have a value.
    others: BTreeMap<String, u64>,
    buffer: RecordBuffer,
}

impl Rows {
    fn add(&mut self, element: &JsonElement<'_>) {
        let object = match parsed::<Value>(element) {
            Ok(object) if object.is_object() => object,
            Ok(_) => return self.table.refuse(element.line, "it is no object with names and values".into()),
            Err(reason) => return self.table.refuse(element.line, reason),
        };
        self.cells.iter_mut().for_each(String::clear);
        for (path, cell) in cells_of(&object) {
            if let Some(place) = self.positions.get(&path) {
                self.cells[*place] = cell;
            } else if !cell.is_empty() && (self.others.len() < MOST_OTHERS || self.others.contains_key(&path)) {
                *self.others.entry(path).or_default() += 1;
            }
        }
        match self.buffer.fill(element.line, &self.cells) {
            Some(record) => self.table.add(&record),
            None => self.table.refuse(element.line, "its texts are longer than can be held".into()),
        }
    }

    fn finish(self) -> Result<Imported, ImportError> {
        let mut imported = Box::new(self.table).finish()?;
        let not_used = |(header, filled)| ColumnUse { header, repeats: 1, field: None, filled };
        imported.report.columns.extend(self.others.into_iter().map(not_used));
        Ok(imported)
    }
}

impl Reading for MappedJson {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        let Self { elements, rows } = self;
        elements.push(chunk, &mut |element| {
            rows.add(&element);
            Ok(())
        })
    }

    fn rows(&self) -> u64 {
        self.rows.table.rows()
    }

    fn finish(self: Box<Self>) -> Result<Imported, ImportError> {
        let Self { elements, mut rows } = *self;
        elements.finish(&mut |element| {
            rows.add(&element);
            Ok(())
        })?;
        rows.finish()
    }

    fn finish_beginning(self: Box<Self>) -> Result<Imported, ImportError> {
        self.rows.finish()
    }
}
