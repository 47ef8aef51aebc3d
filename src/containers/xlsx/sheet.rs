//! The cells of a sheet.
//! Source: ECMA-376 part 1, 18.3.1.4 (`c`), 18.18.11 (`ST_CellType`).

use super::super::ContainerError;
use super::super::budget::Budget;
use super::grid::Grid;
use super::serial::{self, Epoch};
use super::strings::{read_rich_text, unescape};
use super::styles::Shown;
use super::xml::{Element, Node, Xml};

/// Excel's own limits.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;
/// Excel shows no more digits; beyond, a number is shorter with an exponent.
const LONGEST_PLAIN_NUMBER: f64 = 1e21;

/// What cells refer to.
pub(super) struct Surroundings<'a> {
    pub(super) strings: &'a [String],
    pub(super) styles: &'a [Shown],
    pub(super) epoch: Epoch,
}

/// Cells that were read as empty although they are not.
#[derive(Default)]
pub(super) struct Notes {
    errors: u64,
    without_result: u64,
    without_text: u64,
    outside: u64,
}

impl Notes {
    /// A sentence for each kind that occurred, to follow the sheet's name.
    pub(super) fn sentences(&self) -> Vec<String> {
        let counted = |count: u64, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("has 1 cell {one}")),
            _ => Some(format!("has {count} cells {many}")),
        };
        [
            counted(
                self.errors,
                "with an error such as #N/A; it was read as empty",
                "with an error such as #N/A; they were read as empty",
            ),
            counted(
                self.without_result,
                "with a formula whose result is not stored; open the workbook in Excel and save it to import it",
                "with a formula whose result is not stored; open the workbook in Excel and save it to import them",
            ),
            counted(
                self.without_text,
                "whose text is missing in the workbook; it was read as empty",
                "whose text is missing in the workbook; they were read as empty",
            ),
            counted(
                self.outside,
                "outside of Excel's largest sheet; it was not read",
                "outside of Excel's largest sheet; they were not read",
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Why a sheet is not read.
pub(super) enum SheetError {
    /// It makes no sense, in words.
    Damaged(String),
    /// It is too much.
    Refused(ContainerError),
}

impl From<String> for SheetError {
    fn from(what: String) -> Self {
        Self::Damaged(what)
    }
}

/// Reads the cells that have a value.
pub(super) fn read(
    xml: &str,
    surroundings: &Surroundings<'_>,
    budget: &mut Budget<'_>,
    notes: &mut Notes,
) -> Result<Grid, SheetError> {
    let mut grid = Grid::default();
    let mut xml = Xml::new(xml);
    // Where the next row and cell are when they do not say it themselves.
    let (mut row, mut column) = (0, 0);
    let mut begun = false;
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if element.is("row") => {
                let named = element.attribute("r").and_then(|row| row.parse::<u32>().ok());
                row = named.map_or(if begun { row + 1 } else { 0 }, |row| row.saturating_sub(1));
                (column, begun) = (0, true);
            }
            Node::Open(element) if element.is("c") => {
                if let Some(place) = element.attribute("r").and_then(|place| place_of(&place)) {
                    (row, column) = place;
                }
                let cell = Cell::read(&element, &mut xml)?;
                let text = cell.written(surroundings, notes);
                if row >= MOST_ROWS || column >= MOST_COLUMNS {
                    notes.outside += 1;
                } else if !text.is_empty() {
                    budget.count_bytes(text.len() as u64).map_err(SheetError::Refused)?;
                    grid.add(row, column, &text);
                }
                column = column.saturating_add(1);
            }
            // What follows the cells (comments, pictures, filters) is no content.
            Node::Close(name) if name == "sheetData" => break,
            _ => {}
        }
    }
    Ok(grid)
}

/// A cell as it is written.
#[derive(Default)]
struct Cell {
    kind: String,
    style: usize,
    value: String,
    has_formula: bool,
}

impl Cell {
    /// Reads up to the end of the cell.
    fn read(element: &Element<'_>, xml: &mut Xml<'_>) -> Result<Self, String> {
        let style = element.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let mut cell = Self { kind: element.attribute("t").unwrap_or_default(), style, ..Self::default() };
        let mut in_value = false;
        let mut inline = None;
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if element.is("v") => in_value = true,
                Node::Open(element) if element.is("f") => cell.has_formula = true,
                Node::Open(element) if element.is("is") => inline = Some(read_rich_text(xml, "is")?),
                Node::Close(name) if name == "v" => in_value = false,
                Node::Close(name) if name == "c" => break,
                Node::Text(text) if in_value => cell.value.push_str(&text),
                _ => {}
            }
        }
        // Some writers give a value beside the inline text; the text is what Excel shows.
        cell.value = inline.unwrap_or(cell.value);
        Ok(cell)
    }

    /// The cell's text; empty when it has none.
    fn written(self, surroundings: &Surroundings<'_>, notes: &mut Notes) -> String {
        let Self { kind, style, value, has_formula } = self;
        if value.is_empty() {
            notes.without_result += u64::from(has_formula && kind != "str");
            return value;
        }
        match kind.as_str() {
            "s" => {
                let shared = value.trim().parse().ok().and_then(|index: usize| surroundings.strings.get(index));
                notes.without_text += u64::from(shared.is_none());
                shared.cloned().unwrap_or_default()
            }
            "b" => if matches!(value.trim(), "0" | "false") { "FALSE" } else { "TRUE" }.to_owned(),
            "e" => {
                notes.errors += 1;
                String::new()
            }
            "str" => unescape(&value).into_owned(),
            // An inline text, or a date that is written as ISO already.
            "inlineStr" | "d" => value,
            _ => match value.trim().parse::<f64>() {
                Ok(number) => {
                    let shown = surroundings.styles.get(style).copied().unwrap_or(Shown::Number);
                    serial::written(number, shown, surroundings.epoch).unwrap_or_else(|| plain(number))
                }
                Err(_) => value,
            },
        }
    }
}

/// A number with as few digits as name it.
fn plain(number: f64) -> String {
    let is_plain = number == 0.0 || (1e-7..LONGEST_PLAIN_NUMBER).contains(&number.abs());
    if is_plain { format!("{number}") } else { format!("{number:e}") }
}

/// Row and column of `C7`, from 0.
fn place_of(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = reference.split_at(letters);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        assert_eq!(place_of("A1"), Some((0, 0)));
        assert_eq!(place_of("zz200000"), Some((199_999, 701)));
        assert_eq!(place_of("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "7", "A0", "ZZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(place_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_have_as_few_digits_as_name_them() {
        assert_eq!(plain(3.0), "3");
        assert_eq!(plain(0.1), "0.1");
        assert_eq!(plain(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(plain(-12_345_678_901_234.0), "-12345678901234");
        assert_eq!(plain(1e300), "1e300");
        assert_eq!(plain(0.0), "0");
    }
}
