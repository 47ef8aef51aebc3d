//! Bins of cycle times worked out by hand.

use throughline::metrics::{DayRule, Query, X};

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, values};

fn item(key: &str, from: &str, to: &str) -> ItemBuilder {
    ItemBuilder::new(key).started(from).finished(to)
}

#[test]
fn each_item_lies_in_the_bin_of_its_days() {
    // A 1 day, B and C 3 days, D 5 days: five bins, two of them empty.
    let data = prepare(&[
        item("A", "2024-01-02", "2024-01-02"),
        item("B", "2024-01-02", "2024-01-04"),
        item("C", "2024-01-03", "2024-01-05"),
        item("D", "2024-01-02", "2024-01-06"),
        ItemBuilder::new("NO-START").finished("2024-01-04"),
    ]);
    let result = ask(&data, "cycle-time-histogram", &as_of("2024-02-01"));
    assert_eq!(values(&result, "items"), [1.0, 0.0, 2.0, 0.0, 1.0].map(Some));
    let points = &result.series("items").unwrap().points;
    assert_eq!((&points[2].x, keys(&data, &points[2].items)), (&X::Name("3".to_owned()), vec!["B".into(), "C".into()]));
    assert_eq!(figure(&result, "p50"), Some(3.0));
    assert_eq!(result.summary, "The fullest bin is 3 days: 2 of 4 items (50 %).");
    assert_eq!(left_out(&data, &result, "finished, but no start date"), ["NO-START"]);
    assert_eq!((result.considered, result.candidates()), (4, 5));
}

#[test]
fn elapsed_days_lie_between_whole_ones() {
    let data = prepare(&[
        item("A", "2024-01-02T00:00", "2024-01-02T12:00"),
        item("B", "2024-01-02T00:00", "2024-01-03T00:00"),
        item("C", "2024-01-02T00:00", "2024-01-03T12:00"),
    ]);
    let result = ask(&data, "cycle-time-histogram", &Query { days: DayRule::Elapsed, ..as_of("2024-02-01") });
    let names: Vec<&X> = result.series("items").unwrap().points.iter().map(|point| &point.x).collect();
    assert_eq!(names, [&X::Name("0 to <1".to_owned()), &X::Name("1 to <2".to_owned())]);
    assert_eq!(values(&result, "items"), [1.0, 2.0].map(Some));
}
