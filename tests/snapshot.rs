//! A dataset survives its way through bytes, and bytes that are no dataset are refused without a panic.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use throughline::model::{
    CategoryField, Cell, ChangeField, ColumnKind, Dataset, ItemRow, IterationDates, ListField, MomentField, NO_MOMENT,
    NumberField, RecordKind, TextField, decode_dataset, encode_dataset,
};

#[derive(Debug, Clone)]
struct Row {
    texts: Vec<String>,
    moments: Vec<Option<i64>>,
    numbers: Vec<Option<f64>>,
    lists: Vec<Vec<u8>>,
    line: u32,
}

fn row() -> impl Strategy<Value = Row> {
    let text = prop_oneof![Just(String::new()), "[a-c]{1,2}", "\\PC{0,12}"];
    let moment = prop_oneof![
        Just(None),
        (0..2_000_000_i64).prop_map(|minutes| Some(1_600_000_000_000 + minutes * 60_000)),
        any::<i64>().prop_map(Some),
    ];
    let number = prop_oneof![Just(None), (0..200).prop_map(|half| Some(f64::from(half) / 2.0)), Just(Some(0.1))];
    (
        prop::collection::vec(text, TextField::ALL.len() + CategoryField::ALL.len()),
        prop::collection::vec(moment, MomentField::ALL.len()),
        prop::collection::vec(number, NumberField::ALL.len()),
        prop::collection::vec(prop::collection::vec(0..4_u8, 0..4), ListField::ALL.len()),
        any::<u32>(),
    )
        .prop_map(|(texts, moments, numbers, lists, line)| Row { texts, moments, numbers, lists, line })
}

/// A record with every column given.
fn add_record(dataset: &mut Dataset, kind: RecordKind, row: &Row) {
    let labels: Vec<&str> = row.texts.iter().take(2).map(String::as_str).collect();
    let cells: Vec<_> = kind
        .columns()
        .iter()
        .enumerate()
        .map(|(position, &(name, column))| {
            let text = &row.texts[position % row.texts.len()];
            let cell = match column {
                ColumnKind::Text | ColumnKind::Category => Cell::Text(text),
                ColumnKind::Moment => Cell::Moment(row.moments[position % row.moments.len()].unwrap_or(NO_MOMENT)),
                ColumnKind::Number => Cell::Number(row.numbers[position % row.numbers.len()].unwrap_or(f64::NAN)),
                ColumnKind::List => Cell::List(&labels),
            };
            (name, cell)
        })
        .collect();
    dataset.records_mut(kind).push(u64::from(row.line), &cells);
}

fn dataset(rows: &[Row]) -> Dataset {
    let mut dataset = Dataset::default();
    let mut item = ItemRow::default();
    for row in rows {
        item.begin(u64::from(row.line));
        let (texts, categories) = row.texts.split_at(TextField::ALL.len());
        for (&field, text) in TextField::ALL.iter().zip(texts) {
            item.text(field, text);
        }
        for (&field, text) in CategoryField::ALL.iter().zip(categories) {
            item.category(field, text);
        }
        for (&field, &moment) in MomentField::ALL.iter().zip(&row.moments) {
            item.moment(field, moment);
        }
        for (&field, &number) in NumberField::ALL.iter().zip(&row.numbers) {
            item.number(field, number);
        }
        for (&field, values) in ListField::ALL.iter().zip(&row.lists) {
            for value in values {
                item.add(field, &format!("value {value}"));
            }
        }
        for (&field, (&at, to)) in ChangeField::ALL.iter().zip(row.moments.iter().zip(&row.texts)) {
            item.change(at.unwrap_or(NO_MOMENT), field, "", to);
        }
        dataset.push_item(&item);
        for &kind in RecordKind::ALL {
            add_record(&mut dataset, kind, row);
        }
    }
    dataset.present = vec!["key".into(), "status".into()];
    dataset.iteration_dates = vec![IterationDates::NONE, IterationDates { start: 5, end: 9, completed: NO_MOMENT }];
    dataset
}

proptest! {
    #[test]
    fn what_is_written_is_read(rows in prop::collection::vec(row(), 0..40)) {
        let dataset = dataset(&rows);
        let bytes = encode_dataset(&dataset);
        let read = decode_dataset(&bytes);
        prop_assert_eq!(read.as_ref(), Ok(&dataset));
        prop_assert_eq!(encode_dataset(&read.unwrap()), bytes);
    }

    #[test]
    fn a_flipped_byte_is_noticed(rows in prop::collection::vec(row(), 1..10), position in any::<prop::sample::Index>(), mask in 1..=255_u8) {
        let mut bytes = encode_dataset(&dataset(&rows));
        let position = position.index(bytes.len());
        bytes[position] ^= mask;
        prop_assert!(decode_dataset(&bytes).is_err());
    }

    #[test]
    fn any_sealed_payload_is_read_or_refused(payload in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut bytes = vec![0; throughline::model::SEAL_BYTES];
        bytes.extend_from_slice(&payload);
        throughline::model::seal(&mut bytes, *b"TLDATA\0", 1);
        let _either = decode_dataset(&bytes);
    }

    #[test]
    fn a_damaged_section_behind_a_whole_seal_is_read_or_refused(
        rows in prop::collection::vec(row(), 1..10), position in any::<prop::sample::Index>(), mask in 1..=255_u8,
    ) {
        let mut bytes = encode_dataset(&dataset(&rows));
        let position = throughline::model::SEAL_BYTES + position.index(bytes.len() - throughline::model::SEAL_BYTES);
        bytes[position] ^= mask;
        throughline::model::seal(&mut bytes, *b"TLDATA\0", 1);
        if let Ok(dataset) = decode_dataset(&bytes) {
            prop_assert_eq!(dataset.uneven_column(), None);
        }
    }
}

#[test]
fn a_lie_about_the_number_of_rows_is_refused_at_once() {
    let mut bytes = encode_dataset(&Dataset::default());
    let rows = throughline::model::SEAL_BYTES..throughline::model::SEAL_BYTES + 4;
    bytes[rows].copy_from_slice(&u32::MAX.to_le_bytes());
    throughline::model::seal(&mut bytes, *b"TLDATA\0", 1);
    assert!(decode_dataset(&bytes).is_err());
}
