//! Flow efficiency worked out by hand, in days of 24 hours.

use throughline::model::ChangeField;

use crate::support::{ItemBuilder, as_of, ask, figure, left_out, prepare, values};

fn waiting(key: &str) -> ItemBuilder {
    // In progress for 2 days, waiting for 2.
    ItemBuilder::new(key).moves(&[
        ("2024-01-02T00:00", "In Progress"),
        ("2024-01-04T00:00", "Waiting"),
        ("2024-01-06T00:00", "Done"),
    ])
}

#[test]
fn queues_and_blocked_time_are_not_active() {
    let flagged = waiting("A").changed("2024-01-02T00:00", ChangeField::Blocked, "", "Impediment").changed(
        "2024-01-02T12:00",
        ChangeField::Blocked,
        "Impediment",
        "",
    );
    let straight = ItemBuilder::new("STRAIGHT").moves(&[("2024-01-03T00:00", "Done")]);
    let data = prepare(&[flagged, straight]);
    let result = ask(&data, "flow-efficiency", &as_of("2024-02-01"));
    // Active 2 - 0.5, waiting 2, blocked 0.5: 1.5 of 4.
    assert_eq!(values(&result, "time"), [1.5, 2.0, 0.5, 0.0].map(Some));
    assert_eq!(figure(&result, "efficiency"), Some(37.5));
    assert_eq!(left_out(&data, &result, "finished, but in progress for no time"), ["STRAIGHT"]);
    assert_eq!(result.summary, "The one finished item was worked on for 38 % of its time.");
    assert!(result.notes.iter().any(|note| note.text == "By their names these statuses are queues: Waiting."));
}

#[test]
fn without_flags_it_says_so() {
    // A: 2 of 4 days. B: 1 of 1. Together 3 of 5.
    let other = ItemBuilder::new("B").moves(&[("2024-01-03T00:00", "In Progress"), ("2024-01-04T00:00", "Done")]);
    let result = ask(&prepare(&[waiting("A"), other]), "flow-efficiency", &as_of("2024-02-01"));
    assert_eq!(figure(&result, "efficiency"), Some(60.0));
    assert_eq!(figure(&result, "median"), Some(50.0));
    assert!(result.notes.iter().any(|note| note.id == "no-flags"));
}

#[test]
fn without_a_history_it_is_not_computable() {
    let data = prepare(&[ItemBuilder::new("A").started("2024-01-02").finished("2024-01-03")]);
    assert!(!ask(&data, "flow-efficiency", &as_of("2024-02-01")).is_computed());
}
