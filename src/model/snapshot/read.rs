//! The reading half. It trusts nothing: bytes may come from anywhere.

use super::{Kind, MAGIC, SnapshotError, VERSION};
use crate::model::dataset::NO_MOMENT;
use crate::model::records::Column;
use crate::model::sealed::unseal;
use crate::model::{
    Categorical, CategoryField, ColumnKind, Dataset, History, IterationDates, ListColumn, ListField, MomentField,
    NumberField, RecordKind, TextColumn, TextField,
};

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
    for &kind in RecordKind::ALL {
        if dataset.records(kind).is_some() && !dataset.records_mut(kind).complete() {
            return Err(SnapshotError::Inconsistent(kind.id()));
        }
    }
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
            *dataset.category_mut(field) = body.category()?.ok_or(inconsistent(field.id()))?;
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
            *dataset.list_mut(field) = body.list()?.ok_or(inconsistent(field.id()))?;
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
    } else if kind == Kind::History as u8 {
        dataset.history = body.history()?;
    } else if kind == Kind::RecordLine as u8 {
        if let Some(kind) = RecordKind::from_id(id) {
            dataset.records_mut(kind).restore_lines(body.lengths()?);
        }
    } else if kind == Kind::Record as u8
        && let Some((kind, column)) = id.split_once('/')
        && let Some(kind) = RecordKind::from_id(kind)
        && let Some(&(name, cells)) = kind.columns().iter().find(|(name, _)| *name == column)
    {
        let column = body.record_column(cells)?;
        dataset.records_mut(kind).restore(name, column);
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

    fn category(&mut self) -> Result<Option<Categorical>, SnapshotError> {
        let values = self.text()?;
        Ok(Categorical::from_parts(self.narrow()?, values))
    }

    fn list(&mut self) -> Result<Option<ListColumn>, SnapshotError> {
        let values = self.text()?;
        let ends = self.lengths()?;
        Ok(ListColumn::from_parts(ends, self.narrow()?, values))
    }

    fn history(&mut self) -> Result<History, SnapshotError> {
        let inconsistent = SnapshotError::Inconsistent("the history");
        let (ends, at, fields) = (self.lengths()?, self.moments()?, self.narrow()?);
        let from = self.category()?.ok_or(inconsistent.clone())?;
        let to = self.category()?.ok_or(inconsistent.clone())?;
        // Older snapshots end here: they hold only what sources told.
        let after = if self.bytes.is_empty() { Vec::new() } else { self.moments()? };
        History::from_parts(ends, at, fields, from, to, after).ok_or(inconsistent)
    }

    fn record_column(&mut self, cells: ColumnKind) -> Result<Column, SnapshotError> {
        let inconsistent = SnapshotError::Inconsistent("a column of records");
        Ok(match cells {
            ColumnKind::Text => Column::Text(self.text()?),
            ColumnKind::Category => Column::Category(self.category()?.ok_or(inconsistent)?),
            ColumnKind::Moment => Column::Moment(self.moments()?),
            ColumnKind::Number => Column::Number(self.numbers()?),
            ColumnKind::List => Column::List(self.list()?.ok_or(inconsistent)?),
        })
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
                    if steps == u32::MAX {
                        NO_MOMENT
                    } else {
                        smallest.saturating_add(i64::from(steps).saturating_mul(unit))
                    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by the fuzzer: the largest unit times the largest step is beyond 64 bits.
    #[test]
    fn moments_of_a_lying_unit_are_the_last_moment() {
        let mut bytes = 1_u32.to_le_bytes().to_vec();
        bytes.extend(0_i64.to_le_bytes());
        bytes.extend(u32::MAX.to_le_bytes());
        bytes.push(4);
        bytes.extend((u32::MAX - 1).to_le_bytes());
        let mut reader = Reader { limit: bytes.len(), bytes: &bytes };
        assert_eq!(reader.moments().ok(), Some(vec![i64::MAX]));
    }
}
