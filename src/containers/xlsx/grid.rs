//! The cells of a sheet with a value, and the sheet as CSV (RFC 4180).

use super::super::ContainerError;
use super::super::budget::Budget;

/// Cells of a sheet. Texts lie behind one another, so that a million cells are two allocations.
#[derive(Default)]
pub(super) struct Grid {
    cells: Vec<Cell>,
    text: String,
}

#[derive(Clone, Copy)]
struct Cell {
    row: u32,
    column: u32,
    begin: usize,
    end: usize,
}

impl Grid {
    /// Adds a cell that is not empty.
    pub(super) fn add(&mut self, row: u32, column: u32, text: &str) {
        let begin = self.text.len();
        self.text.push_str(text);
        self.cells.push(Cell { row, column, begin, end: self.text.len() });
    }

    /// The sheet as CSV, empty when no cell has a value. It begins at the first row and column that have one; rows are
    /// as wide as the first, or wider where they have more.
    pub(super) fn into_csv(mut self, budget: &mut Budget<'_>) -> Result<Vec<u8>, ContainerError> {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let Some(left) = self.cells.iter().map(|cell| cell.column).min() else { return Ok(Vec::new()) };
        let mut csv = Vec::new();
        let mut width = 0;
        let mut row = self.cells.first().map_or(0, |cell| cell.row);
        for cells in self.cells.chunk_by(|one, other| one.row == other.row) {
            let before = csv.len();
            let next = cells.first().map_or(row, |cell| cell.row);
            // Empty rows stay, so that a line of the file is a row of the sheet.
            csv.extend((row..next).flat_map(|_| *b"\r\n"));
            row = next + 1;
            let mut column = left;
            for cell in cells {
                csv.extend((column..cell.column).map(|_| b','));
                column = cell.column;
                push_quoted(&mut csv, self.text.get(cell.begin..cell.end).unwrap_or_default());
            }
            if width == 0 {
                width = column - left;
            }
            csv.extend((column - left..width).map(|_| b','));
            csv.extend(b"\r\n");
            budget.count_bytes((csv.len() - before) as u64)?;
        }
        Ok(csv)
    }
}

fn push_quoted(csv: &mut Vec<u8>, text: &str) {
    if !text.contains(['"', ',', '\n', '\r']) && text.trim().len() == text.len() {
        return csv.extend(text.as_bytes());
    }
    csv.push(b'"');
    csv.extend(text.replace('"', "\"\"").as_bytes());
    csv.push(b'"');
}
