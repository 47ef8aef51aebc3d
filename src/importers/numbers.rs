//! A number column while the file streams: whether a comma is a decimal mark is decided for the column, never per row.

use super::dates::{is_no_value, shortened};
use super::{ImportReport, ImportWarning, Problem};

/// The numbers of one column of the file; NaN where nothing is given.
#[derive(Debug)]
pub(super) struct NumberColumn {
    header: String,
    values: Vec<f64>,
    filled: u64,
    /// Rows whose mark can be a decimal mark or one of thousands: row, mark, reading as decimal.
    undecided: Vec<(u32, char, f64)>,
    /// Values that only fit a decimal comma, a decimal point.
    proofs: [u64; 2],
}

enum Read {
    Certain(f64),
    /// `1,000` or `1.000`: as thousands and as a decimal.
    Either(char, f64, f64),
    /// Fits only when this is the decimal mark.
    Decimal(char, f64),
}

impl NumberColumn {
    pub(super) fn new(header: &str) -> Self {
        Self { header: header.to_owned(), values: Vec::new(), filled: 0, undecided: Vec::new(), proofs: [0; 2] }
    }

    pub(super) fn header(&self) -> &str {
        &self.header
    }

    /// Cells that hold a number.
    pub(super) fn filled(&self) -> u64 {
        self.filled
    }

    /// Adds the next row's cell from its raw bytes when they are empty or a short number. Answers false when it needs a
    /// closer look.
    #[inline]
    pub(super) fn push_raw(&mut self, raw: &[u8]) -> bool {
        if raw.is_empty() {
            self.values.push(f64::NAN);
            return true;
        }
        let value = match small(raw) {
            Some(Read::Certain(value)) => value,
            Some(Read::Decimal(mark, value)) => {
                self.proofs[usize::from(mark == '.')] += 1;
                value
            }
            _ => return false,
        };
        self.filled += 1;
        self.values.push(value);
        true
    }

    /// Adds the next row's cell.
    pub(super) fn push(&mut self, text: &str, line: u64, report: &mut ImportReport) {
        let value = match read(text) {
            None => {
                if !text.is_empty() && !is_no_value(text) {
                    report.warn(ImportWarning {
                        line,
                        column: self.header.clone(),
                        value: shortened(text),
                        problem: Problem::NotANumber,
                    });
                }
                f64::NAN
            }
            Some(Read::Certain(value)) => value,
            Some(Read::Decimal(mark, value)) => {
                self.proofs[usize::from(mark == '.')] += 1;
                value
            }
            Some(Read::Either(mark, thousands, decimal)) => {
                self.undecided.push((self.values.len() as u32, mark, decimal));
                thousands
            }
        };
        self.filled += u64::from(!value.is_nan());
        self.values.push(value);
    }

    /// The numbers, and the decision about their marks where there was one to take.
    pub(super) fn finish(mut self) -> (Vec<f64>, Option<String>) {
        let [comma, point] = self.proofs;
        if self.undecided.is_empty() {
            return (self.values, None);
        }
        let mut as_decimal = 0;
        for (row, mark, decimal) in &self.undecided {
            // A comma is one of thousands unless the column shows decimal commas; a point is decimal unless it does.
            let is_decimal = if *mark == ',' { comma > point } else { comma <= point };
            if is_decimal {
                self.values[*row as usize] = *decimal;
                as_decimal += 1;
            }
        }
        let decision = format!(
            "Numbers such as 1,000 and 1.000 in \"{}\": {} were read as thousands and {as_decimal} as decimals, because {comma} other values of the column have a decimal comma and {point} a decimal point.",
            self.header,
            self.undecided.len() - as_decimal,
        );
        (self.values, Some(decision))
    }
}

fn read(text: &str) -> Option<Read> {
    if let Some(value) = small(text.as_bytes()) {
        return Some(value);
    }
    let text = text.trim_matches(|mark: char| mark.is_whitespace() || matches!(mark, '$' | '€' | '£' | '¥'));
    let plain: String = text.chars().filter(|mark| !matches!(mark, ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
    let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    let starts_well = plain.starts_with(|first: char| first.is_ascii_digit() || "+-.,".contains(first));
    if !starts_well {
        return None;
    }
    let commas = plain.matches(',').count();
    let points = plain.matches('.').count();
    match (commas, points) {
        (0, 0) => number(&plain).map(Read::Certain),
        (1, 0) | (0, 1) => {
            let mark = if commas == 1 { ',' } else { '.' };
            let decimal = number(&plain.replace(',', "."))?;
            let (whole, fraction) = plain.split_once(mark)?;
            let grouped = fraction.len() == 3
                && fraction.bytes().all(|digit| digit.is_ascii_digit())
                && (1..=3).contains(&whole.trim_start_matches(['-', '+']).len())
                && !whole.trim_start_matches(['-', '+']).starts_with('0');
            if grouped {
                return Some(Read::Either(mark, number(&plain.replace(mark, ""))?, decimal));
            }
            Some(Read::Decimal(mark, decimal))
        }
        // Both marks: the last one is the decimal mark. One mark several times: thousands.
        _ if commas > 0 && points > 0 => {
            let (decimal, thousands) = if plain.rfind(',') > plain.rfind('.') { (',', '.') } else { ('.', ',') };
            let value = number(&plain.replace(thousands, "").replace(decimal, "."))?;
            Some(Read::Decimal(decimal, value))
        }
        _ => number(&plain.replace([',', '.'], "")).map(Read::Certain),
    }
}

/// Whole numbers of up to nine digits and those with one decimal (`5.0`): nearly all there are.
fn small(bytes: &[u8]) -> Option<Read> {
    let (whole, tenths) = match bytes {
        [whole @ .., b'.', tenths @ b'0'..=b'9'] => (whole, Some(u32::from(tenths - b'0'))),
        whole => (whole, None),
    };
    if whole.is_empty() || whole.len() > 9 {
        return None;
    }
    let mut value = 0_u32;
    for digit in whole {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(digit - b'0');
    }
    Some(match tenths {
        // One division of whole numbers, so that 12.3 is the same number as any parser's.
        Some(tenths) => Read::Decimal('.', (f64::from(value) * 10.0 + f64::from(tenths)) / 10.0),
        None => Read::Certain(f64::from(value)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> (Vec<f64>, ImportReport) {
        let mut report = ImportReport::default();
        let mut column = NumberColumn::new("Story Points");
        for (row, cell) in cells.iter().enumerate() {
            column.push(cell, row as u64, &mut report);
        }
        (column.finish().0, report)
    }

    #[test]
    fn marks_are_read_by_the_evidence_of_the_column() {
        assert_eq!(column(&["5.0", "0.5", "13", "1,000"]).0, [5.0, 0.5, 13.0, 1000.0]);
        assert_eq!(column(&["5,0", "0,5", "1.000", "2,125"]).0, [5.0, 0.5, 1000.0, 2.125]);
        assert_eq!(
            column(&["1.234,5", "1,234.5", "1 000", "1'000", "-3", "1,2e1"]).0[..5],
            [1234.5, 1234.5, 1000.0, 1000.0, -3.0]
        );
        assert_eq!(column(&["3.125"]).0, [3.125]);
        assert_eq!(column(&["$1,200.50", "1.200,50 €", "5e-06", "-£3"]).0[..3], [1200.5, 1200.5, 0.000_005]);
    }

    #[test]
    fn what_is_no_number_is_not_given_and_reported() {
        let (values, report) = column(&["", "NULL", "N/A", "XL", "inf", "NaN", "5 points"]);
        assert!(values.iter().all(|value| value.is_nan()));
        assert_eq!(report.warning_counts, [("not-a-number".to_owned(), 3)]);
    }
}
