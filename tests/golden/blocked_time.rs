//! Blocked time worked out by hand, in days of 24 hours.

use throughline::metrics::{Query, X};
use throughline::model::{ChangeField, PreparedDataset};

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, prepare, values};

/// A: a day for the supplier. B: half a day each for the supplier and the licence. C: for the licence since the 4th.
fn blocked() -> PreparedDataset {
    let change = |item: ItemBuilder, at: &str, from: &str, to: &str| item.changed(at, ChangeField::Blocked, from, to);
    let a = change(ItemBuilder::new("A"), "2024-01-02T00:00", "", "Supplier");
    let b = change(ItemBuilder::new("B"), "2024-01-02T00:00", "", "Supplier");
    let b = change(b, "2024-01-02T12:00", "Supplier", "Licence");
    prepare(&[
        change(a, "2024-01-03T00:00", "Supplier", ""),
        change(b, "2024-01-03T00:00", "Licence", ""),
        change(ItemBuilder::new("C"), "2024-01-04T00:00", "", "Licence"),
        ItemBuilder::new("FREE"),
    ])
}

#[test]
fn reasons_are_added_up_and_what_is_blocked_still_counts_up_to_now() {
    let data = blocked();
    let result = ask(&data, "blocked-time", &as_of("2024-01-04"));
    let points = &result.series("blocked").unwrap().points;
    assert_eq!(points[0].x, X::Name("Supplier".to_owned()));
    assert_eq!(values(&result, "blocked"), [1.5, 1.5].map(Some));
    assert_eq!(keys(&data, &points[1].items), ["B", "C"]);
    assert_eq!(figure(&result, "total"), Some(3.0));
    assert_eq!(figure(&result, "median"), Some(1.0));
    assert_eq!(keys(&data, &result.figure("now").unwrap().items), ["C"]);
    assert_eq!(result.considered, 4);
    let expected = "3 items were blocked for 3 days in all; the reason \"Supplier\" took 1.5 days.";
    assert_eq!(result.summary, expected);
}

#[test]
fn only_the_part_in_the_chosen_period_counts() {
    let query = Query { from: Some(day("2024-01-03")), to: Some(day("2024-01-03")), ..as_of("2024-01-04") };
    assert!(!ask(&blocked(), "blocked-time", &query).is_computed());
    let query = Query { from: Some(day("2024-01-02")), to: Some(day("2024-01-02")), ..as_of("2024-01-04") };
    assert_eq!(figure(&ask(&blocked(), "blocked-time", &query), "total"), Some(2.0));
}

#[test]
fn without_flags_it_is_not_computable() {
    assert!(!ask(&prepare(&[ItemBuilder::new("A")]), "blocked-time", &as_of("2024-02-01")).is_computed());
}
