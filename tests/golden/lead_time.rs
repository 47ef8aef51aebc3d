//! Lead times worked out by hand.

use crate::support::{ItemBuilder, as_of, ask, figure, left_out, prepare, values};

#[test]
fn lead_time_runs_from_the_creation() {
    let items = [
        ItemBuilder::new("A").created("2024-01-01").started("2024-01-02").finished("2024-01-07"),
        ItemBuilder::new("B").created("2024-01-07").finished("2024-01-07"),
        ItemBuilder::new("NEGATIVE").created("2024-01-09").finished("2024-01-07"),
        ItemBuilder::new("DROPPED").created("2024-01-01").dropped("2024-01-07"),
    ];
    let data = prepare(&items);
    let result = ask(&data, "lead-time", &as_of("2024-02-01"));
    assert_eq!(values(&result, "lead-time"), [Some(7.0), Some(1.0)]);
    // Two values: the median is the 1st smallest.
    assert_eq!(figure(&result, "p50"), Some(1.0));
    assert_eq!(left_out(&data, &result, "finished before it was created"), ["NEGATIVE"]);
    assert_eq!((result.considered, result.candidates()), (2, 3));
    assert_eq!(result.summary, "Median lead time is 1 day (2 items).");
}

#[test]
fn days_are_those_of_the_workspace_zone() {
    use throughline::model::{Calendar, Edits, PreparedDataset};
    // 23:30 UTC is the next day in Berlin.
    let items = [ItemBuilder::new("A").created("2024-01-01T23:30").finished("2024-01-02T12:00")];
    let berlin = Calendar::new("Europe/Berlin").unwrap();
    let data = PreparedDataset::new(crate::support::dataset(&items).into(), berlin, &Edits::default());
    assert_eq!(values(&ask(&data, "lead-time", &as_of("2024-02-01")), "lead-time"), [Some(1.0)]);
    assert_eq!(values(&ask(&prepare(&items), "lead-time", &as_of("2024-02-01")), "lead-time"), [Some(2.0)]);
}
