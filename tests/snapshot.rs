//! A dataset survives its way through bytes, and bytes that are no dataset are refused without a panic.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use throughline::model::{
    CategoryField, Dataset, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField, decode_dataset,
    encode_dataset,
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

fn dataset(rows: &[Row]) -> Dataset {
    let mut dataset = Dataset::default();
    for row in rows {
        let (texts, categories) = row.texts.split_at(TextField::ALL.len());
        TextField::ALL.iter().zip(texts).for_each(|(&field, text)| dataset.text_mut(field).push(text));
        CategoryField::ALL.iter().zip(categories).for_each(|(&field, text)| dataset.category_mut(field).push(text));
        for (&field, moment) in MomentField::ALL.iter().zip(&row.moments) {
            dataset.moment_mut(field).push(moment.unwrap_or(NO_MOMENT));
        }
        for (&field, number) in NumberField::ALL.iter().zip(&row.numbers) {
            dataset.number_mut(field).push(number.unwrap_or(f64::NAN));
        }
        for (&field, values) in ListField::ALL.iter().zip(&row.lists) {
            for value in values {
                dataset.list_mut(field).add(&format!("value {value}"));
            }
            dataset.list_mut(field).end_row();
        }
        dataset.source_line.push(row.line);
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
