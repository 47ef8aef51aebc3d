//! The writing half.

use super::{Kind, MAGIC, VERSION};
use crate::model::dataset::NO_MOMENT;
use crate::model::records::Column;
use crate::model::sealed::{SEAL_BYTES, seal};
use crate::model::{
    Categorical, CategoryField, Dataset, History, ListColumn, ListField, MomentField, NumberField, Records, TextColumn,
    TextField,
};

/// Writes a dataset as bytes.
pub fn encode_dataset(dataset: &Dataset) -> Vec<u8> {
    let mut out = Vec::with_capacity(SEAL_BYTES + dataset.len() * 128);
    out.resize(SEAL_BYTES, 0);
    put_u32(&mut out, dataset.len() as u32);
    for &field in TextField::ALL {
        section(&mut out, Kind::Text, field.id(), |body| put_text(body, dataset.text(field)));
    }
    for &field in CategoryField::ALL {
        section(&mut out, Kind::Category, field.id(), |body| put_category(body, dataset.category(field)));
    }
    for &field in MomentField::ALL {
        section(&mut out, Kind::Moment, field.id(), |body| put_moments(body, dataset.moment(field)));
    }
    for &field in NumberField::ALL {
        section(&mut out, Kind::Number, field.id(), |body| put_numbers(body, dataset.number(field)));
    }
    for &field in ListField::ALL {
        section(&mut out, Kind::List, field.id(), |body| put_list(body, dataset.list(field)));
    }
    section(&mut out, Kind::SourceLine, "", |body| put_lengths(body, &dataset.source_line));
    section(&mut out, Kind::IterationDates, "", |body| {
        let dates = dataset.iteration_dates.iter().flat_map(|dates| [dates.start, dates.end, dates.completed]);
        put_moments(body, &dates.collect::<Vec<_>>());
    });
    if !dataset.history.is_empty() {
        section(&mut out, Kind::History, "", |body| put_history(body, &dataset.history));
    }
    for records in dataset.record_tables() {
        put_records(&mut out, records);
    }
    section(&mut out, Kind::Present, "", |body| body.extend_from_slice(dataset.present.join("\n").as_bytes()));

    seal(&mut out, MAGIC, VERSION);
    out
}

/// Ends, moments, fields, then the texts before and after with their codes, then the earliest moments.
fn put_history(body: &mut Vec<u8>, history: &History) {
    let (ends, at, fields, from, to) = history.parts();
    put_lengths(body, ends);
    put_moments(body, at);
    put_narrow(body, fields);
    for words in [from, to] {
        put_category(body, words);
    }
    if !history.after().is_empty() {
        put_moments(body, history.after());
    }
}

/// A section for each column of a table, `deployments/status`, and one for the lines.
fn put_records(out: &mut Vec<u8>, records: &Records) {
    let kind = records.kind().id();
    for (name, column) in records.parts() {
        section(out, Kind::Record, &format!("{kind}/{name}"), |body| match column {
            Column::Text(column) => put_text(body, column),
            Column::Category(column) => put_category(body, column),
            Column::Moment(column) => put_moments(body, column),
            Column::Number(column) => put_numbers(body, column),
            Column::List(column) => put_list(body, column),
        });
    }
    section(out, Kind::RecordLine, kind, |body| put_lengths(body, records.lines()));
}

fn put_category(body: &mut Vec<u8>, column: &Categorical) {
    put_text(body, column.values());
    put_narrow(body, column.codes());
}

fn put_list(body: &mut Vec<u8>, column: &ListColumn) {
    let (ends, codes, values) = column.parts();
    put_text(body, values);
    put_lengths(body, ends);
    put_narrow(body, codes);
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
