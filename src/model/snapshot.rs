//! The dataset as bytes: what a worker hands over, what the browser stores. Reopening copies columns, it does not parse.
//!
//! Layout, little-endian: a seal (`sealed.rs`, magic `TLDATA\0`), then u32 rows, then sections: u8 kind, u8 id length, id, u32 body length, body. A reader skips kinds and
//! ids it does not know, so a later version may add columns; a change of meaning raises the version.

use super::dataset::NO_MOMENT;
use super::sealed::{SEAL_BYTES, SealError, seal, unseal};
use super::{
    Categorical, CategoryField, Dataset, IterationDates, ListColumn, ListField, MomentField, NumberField, TextColumn,
    TextField,
};

const MAGIC: [u8; 7] = *b"TLDATA\0";
/// Version of the layout. Raise it when the meaning of a section changes, and keep reading the older ones.
const VERSION: u8 = 1;

/// Why bytes are not a dataset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// The seal does not hold.
    #[error("the stored dataset cannot be opened: {0}")]
    Seal(#[from] SealError),
    /// The seal holds, yet a section makes no sense.
    #[error("the stored dataset does not hold together: {0}")]
    Inconsistent(&'static str),
}

#[derive(Clone, Copy)]
enum Kind {
    Text = 1,
    Category = 2,
    Moment = 3,
    Number = 4,
    List = 5,
    SourceLine = 6,
    IterationDates = 7,
    Present = 8,
}

/// Writes a dataset as bytes.
pub fn encode_dataset(dataset: &Dataset) -> Vec<u8> {
    let mut out = Vec::with_capacity(SEAL_BYTES + dataset.len() * 128);
    out.resize(SEAL_BYTES, 0);
    put_u32(&mut out, dataset.len() as u32);
    for &field in TextField::ALL {
        section(&mut out, Kind::Text, field.id(), |body| put_text(body, dataset.text(field)));
    }
    for &field in CategoryField::ALL {
        let column = dataset.category(field);
        section(&mut out, Kind::Category, field.id(), |body| {
            put_text(body, column.values());
            put_narrow(body, column.codes());
        });
    }
    for &field in MomentField::ALL {
        section(&mut out, Kind::Moment, field.id(), |body| put_moments(body, dataset.moment(field)));
    }
    for &field in NumberField::ALL {
        section(&mut out, Kind::Number, field.id(), |body| put_numbers(body, dataset.number(field)));
    }
    for &field in ListField::ALL {
        let (ends, codes, values) = dataset.list(field).parts();
        section(&mut out, Kind::List, field.id(), |body| {
            put_text(body, values);
            put_lengths(body, ends);
            put_narrow(body, codes);
        });
    }
    section(&mut out, Kind::SourceLine, "", |body| put_lengths(body, &dataset.source_line));
    section(&mut out, Kind::IterationDates, "", |body| {
        let dates = dataset.iteration_dates.iter().flat_map(|dates| [dates.start, dates.end, dates.completed]);
        put_moments(body, &dates.collect::<Vec<_>>());
    });
    section(&mut out, Kind::Present, "", |body| body.extend_from_slice(dataset.present.join("\n").as_bytes()));

    seal(&mut out, MAGIC, VERSION);
    out
}

/// Reads a dataset back. Never panics, whatever the bytes.
pub fn decode_dataset(bytes: &[u8]) -> Result<Dataset, SnapshotError> {
    let (_version, payload) = unseal(bytes, MAGIC, VERSION)?;
    let dataset = decode_payload(payload)?;
    match dataset.uneven_column() {
        None => Ok(dataset),
        Some(column) => Err(SnapshotError::Inconsistent(column)),
    }
}

fn decode_payload(payload: &[u8]) -> Result<Dataset, SnapshotError> {
    let limit = payload.len() * 4;
    let mut reader = Reader { bytes: payload, limit };
    let rows = reader.u32()? as usize;
    let mut dataset = Dataset::default();
    while !reader.bytes.is_empty() {
        let kind = reader.u8()?;
        let id_length = reader.u8()?;
        let id = std::str::from_utf8(reader.take(usize::from(id_length))?).unwrap_or_default();
        let length = reader.u32()? as usize;
        let mut body = Reader { bytes: reader.take(length)?, limit };
        decode_section(&mut dataset, kind, id, &mut body)?;
    }
    // Checked before columns are filled up: a lie about the rows must not make us write four billion of them.
    if dataset.text(TextField::Key).len() != rows {
        return Err(SnapshotError::Inconsistent("the number of rows"));
    }
    fill_missing(&mut dataset, rows);
    Ok(dataset)
}

fn decode_section(dataset: &mut Dataset, kind: u8, id: &str, body: &mut Reader<'_>) -> Result<(), SnapshotError> {
    let inconsistent = SnapshotError::Inconsistent;
    if kind == Kind::Text as u8 {
        if let Some(field) = TextField::from_id(id) {
            *dataset.text_mut(field) = body.text()?;
        }
    } else if kind == Kind::Category as u8 {
        if let Some(field) = CategoryField::from_id(id) {
            let values = body.text()?;
            *dataset.category_mut(field) =
                Categorical::from_parts(body.narrow()?, values).ok_or(inconsistent(field.id()))?;
        }
    } else if kind == Kind::Moment as u8 {
        if let Some(field) = MomentField::from_id(id) {
            *dataset.moment_mut(field) = body.moments()?;
        }
    } else if kind == Kind::Number as u8 {
        if let Some(field) = NumberField::from_id(id) {
            *dataset.number_mut(field) = body.numbers()?;
        }
    } else if kind == Kind::List as u8 {
        if let Some(field) = ListField::from_id(id) {
            let values = body.text()?;
            let ends = body.lengths()?;
            *dataset.list_mut(field) =
                ListColumn::from_parts(ends, body.narrow()?, values).ok_or(inconsistent(field.id()))?;
        }
    } else if kind == Kind::SourceLine as u8 {
        dataset.source_line = body.lengths()?;
    } else if kind == Kind::IterationDates as u8 {
        dataset.iteration_dates = body
            .moments()?
            .chunks_exact(3)
            .map(|dates| IterationDates { start: dates[0], end: dates[1], completed: dates[2] })
            .collect();
    } else if kind == Kind::Present as u8 {
        let text = std::str::from_utf8(body.bytes).map_err(|_utf8| inconsistent("present"))?;
        dataset.present = text.split('\n').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    }
    Ok(())
}

/// A column that an older version did not write is "not given" for every row.
fn fill_missing(dataset: &mut Dataset, rows: usize) {
    for &field in CategoryField::ALL {
        while dataset.category(field).is_empty() && rows > 0 {
            *dataset.category_mut(field) = {
                let mut column = Categorical::default();
                (0..rows).for_each(|_| column.push(""));
                column
            };
        }
    }
    for &field in MomentField::ALL {
        if dataset.moment(field).is_empty() {
            dataset.moment_mut(field).resize(rows, NO_MOMENT);
        }
    }
    for &field in NumberField::ALL {
        if dataset.number(field).is_empty() {
            dataset.number_mut(field).resize(rows, f64::NAN);
        }
    }
    for &field in ListField::ALL {
        if dataset.list(field).is_empty() {
            (0..rows).for_each(|_| dataset.list_mut(field).end_row());
        }
    }
}

fn section(out: &mut Vec<u8>, kind: Kind, id: &str, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(kind as u8);
    out.push(id.len() as u8);
    out.extend_from_slice(id.as_bytes());
    let at = out.len();
    put_u32(out, 0);
    write(out);
    let length = (out.len() - at - 4) as u32;
    out[at..at + 4].copy_from_slice(&length.to_le_bytes());
}

fn put_u32(out: &mut Vec<u8>, value: u32) {
    out.extend_from_slice(&value.to_le_bytes());
}

/// Texts: u32 byte length, bytes, then the length of each row.
fn put_text(out: &mut Vec<u8>, column: &TextColumn) {
    let (bytes, ends) = column.parts();
    put_u32(out, bytes.len() as u32);
    out.extend_from_slice(bytes.as_bytes());
    put_lengths(out, ends);
}

/// Rising or at least slowly moving numbers, as differences (wrapping), so that they fit one or two bytes.
fn put_lengths(out: &mut Vec<u8>, ends: &[u32]) {
    let mut last = 0_u32;
    let lengths: Vec<u32> = ends
        .iter()
        .map(|&end| {
            let length = end.wrapping_sub(last);
            last = end;
            length
        })
        .collect();
    put_narrow(out, &lengths);
}

/// u32 count, u8 width (1, 2 or 4 bytes), then the numbers in the narrowest width that holds all of them.
fn put_narrow(out: &mut Vec<u8>, numbers: &[u32]) {
    put_u32(out, numbers.len() as u32);
    let largest = numbers.iter().copied().max().unwrap_or(0);
    if u8::try_from(largest).is_ok() {
        out.push(1);
        out.extend(numbers.iter().map(|&number| number as u8));
    } else if u16::try_from(largest).is_ok() {
        out.push(2);
        out.extend(numbers.iter().flat_map(|&number| (number as u16).to_le_bytes()));
    } else {
        out.push(4);
        out.extend(numbers.iter().flat_map(|&number| number.to_le_bytes()));
    }
}

/// u32 count, i64 smallest, u32 unit in milliseconds, u8 width. Unit 60,000 / 1,000 / 1 when every moment is a multiple of it
/// away from the smallest: then u32 steps, `u32::MAX` = not given. Width 8 keeps plain i64.
fn put_moments(out: &mut Vec<u8>, moments: &[i64]) {
    put_u32(out, moments.len() as u32);
    let given = || moments.iter().copied().filter(|&moment| moment != NO_MOMENT);
    let smallest = given().min().unwrap_or(0);
    let largest = given().max().unwrap_or(0);
    let fits = |unit: i64| {
        largest.checked_sub(smallest).is_some_and(|span| span / unit < i64::from(u32::MAX))
            && given().all(|moment| (moment - smallest) % unit == 0)
    };
    let unit = [60_000, 1_000, 1].into_iter().find(|&unit| fits(unit));
    out.extend_from_slice(&smallest.to_le_bytes());
    put_u32(out, unit.unwrap_or(0) as u32);
    if given().next().is_none() {
        out.push(0);
    } else if let Some(unit) = unit {
        out.push(4);
        out.extend(moments.iter().flat_map(|&moment| {
            let steps = if moment == NO_MOMENT { u32::MAX } else { ((moment - smallest) / unit) as u32 };
            steps.to_le_bytes()
        }));
    } else {
        out.push(8);
        out.extend(moments.iter().flat_map(|moment| moment.to_le_bytes()));
    }
}

/// u32 count, u8 width: 0 when none is given, 4 when every number survives as f32, else 8.
fn put_numbers(out: &mut Vec<u8>, numbers: &[f64]) {
    put_u32(out, numbers.len() as u32);
    if numbers.iter().all(|number| number.is_nan()) {
        out.push(0);
    } else if numbers.iter().all(|&number| number.is_nan() || f64::from(number as f32).to_bits() == number.to_bits()) {
        out.push(4);
        out.extend(numbers.iter().flat_map(|&number| (number as f32).to_le_bytes()));
    } else {
        out.push(8);
        out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// Largest believable count: every row and every name takes bytes of the payload somewhere.
    limit: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], SnapshotError> {
        let Some((taken, rest)) = self.bytes.split_at_checked(length) else {
            return Err(SnapshotError::Inconsistent("a section runs past the end"));
        };
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], SnapshotError> {
        self.take(N)?.try_into().map_err(|_length| SnapshotError::Inconsistent("a number is cut off"))
    }

    fn u8(&mut self) -> Result<u8, SnapshotError> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32, SnapshotError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn text(&mut self) -> Result<TextColumn, SnapshotError> {
        let length = self.u32()? as usize;
        let bytes =
            std::str::from_utf8(self.take(length)?).map_err(|_utf8| SnapshotError::Inconsistent("a text"))?.to_owned();
        TextColumn::from_parts(bytes, self.lengths()?).ok_or(SnapshotError::Inconsistent("a text column"))
    }

    fn lengths(&mut self) -> Result<Vec<u32>, SnapshotError> {
        let mut last = 0_u32;
        let mut ends = self.narrow()?;
        for end in &mut ends {
            last = last.wrapping_add(*end);
            *end = last;
        }
        Ok(ends)
    }

    fn narrow(&mut self) -> Result<Vec<u32>, SnapshotError> {
        let count = self.u32()? as usize;
        let width = usize::from(self.u8()?);
        let body = self.take(count.checked_mul(width).ok_or(SnapshotError::Inconsistent("a count"))?)?;
        match width {
            1 => Ok(body.iter().map(|&byte| u32::from(byte)).collect()),
            2 => Ok(body.as_chunks().0.iter().map(|&bytes| u32::from(u16::from_le_bytes(bytes))).collect()),
            4 => Ok(body.as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect()),
            _ => Err(SnapshotError::Inconsistent("a number width")),
        }
    }

    fn moments(&mut self) -> Result<Vec<i64>, SnapshotError> {
        let count = self.u32()? as usize;
        let smallest = i64::from_le_bytes(self.array()?);
        let unit = i64::from(self.u32()?);
        match self.u8()? {
            0 if count <= self.limit => Ok(vec![NO_MOMENT; count]),
            4 => {
                let body = self.take(count.checked_mul(4).ok_or(SnapshotError::Inconsistent("a count"))?)?;
                let moment = |steps: u32| {
                    if steps == u32::MAX { NO_MOMENT } else { smallest.saturating_add(i64::from(steps) * unit) }
                };
                Ok(body.as_chunks().0.iter().map(|&bytes| moment(u32::from_le_bytes(bytes))).collect())
            }
            8 => {
                let body = self.take(count.checked_mul(8).ok_or(SnapshotError::Inconsistent("a count"))?)?;
                Ok(body.as_chunks().0.iter().map(|&bytes| i64::from_le_bytes(bytes)).collect())
            }
            _ => Err(SnapshotError::Inconsistent("a moment width")),
        }
    }

    fn numbers(&mut self) -> Result<Vec<f64>, SnapshotError> {
        let count = self.u32()? as usize;
        match self.u8()? {
            0 if count <= self.limit => Ok(vec![f64::NAN; count]),
            4 => {
                let body = self.take(count.checked_mul(4).ok_or(SnapshotError::Inconsistent("a count"))?)?;
                Ok(body.as_chunks().0.iter().map(|&bytes| f64::from(f32::from_le_bytes(bytes))).collect())
            }
            8 => {
                let body = self.take(count.checked_mul(8).ok_or(SnapshotError::Inconsistent("a count"))?)?;
                Ok(body.as_chunks().0.iter().map(|&bytes| f64::from_le_bytes(bytes)).collect())
            }
            _ => Err(SnapshotError::Inconsistent("a number width")),
        }
    }
}
