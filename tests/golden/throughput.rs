//! Throughput worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, Status, Unit};
use throughline::model::Granularity;

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare, values};

/// `number` items finished on a day.
fn finished(items: &mut Vec<ItemBuilder>, number: usize, at: &str) {
    for _ in 0..number {
        items.push(ItemBuilder::new(&format!("T-{}", items.len() + 1)).created("2023-12-04").finished(at));
    }
}

#[test]
fn weeks_without_a_finish_count_as_zero() {
    // Ten weeks: 10, 0, 0, 0, 0, 0, 0, 0, 0, 10. Mean 20 / 10 = 2.0; median = the 5th smallest = 0.
    let mut items = Vec::new();
    finished(&mut items, 10, "2024-01-02");
    finished(&mut items, 10, "2024-03-05");
    let result = ask(&prepare(&items), "throughput", &as_of("2024-03-13"));
    let expected = [10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 10.0];
    assert_eq!(values(&result, "finished"), expected.map(Some));
    assert_eq!(figure(&result, "mean"), Some(2.0));
    assert_eq!(figure(&result, "median"), Some(0.0));
    assert_eq!(figure(&result, "p85"), Some(10.0));
    assert_eq!(figure(&result, "total"), Some(20.0));
    assert_eq!(result.summary, "Median throughput is 0 items a week (10 whole weeks).");
}

#[test]
fn only_whole_periods_count_and_the_rest_is_counted_as_left_out() {
    // The data begins on Wednesday Jan 3 (creation) and ends on Wednesday Jan 24: whole weeks are Jan 8 and Jan 15.
    let item = |key: &str, at: &str| ItemBuilder::new(key).created("2024-01-03").finished(at);
    let items = [
        item("FIRST", "2024-01-05"),
        item("A", "2024-01-08"),
        item("B", "2024-01-14"),
        item("C", "2024-01-15"),
        item("NOW", "2024-01-23"),
        ItemBuilder::new("UNDATED").created("2024-01-03").finished_undated(),
        item("DROPPED", "2024-01-09").dropped("2024-01-09"),
        ItemBuilder::new("OPEN").created("2024-01-03"),
    ];
    let data = prepare(&items);
    let result = ask(&data, "throughput", &as_of("2024-01-24"));
    assert_eq!(values(&result, "finished"), [Some(2.0), Some(1.0)]);
    assert_eq!(keys(&data, &result.series("finished").unwrap().points[0].items), ["A", "B"]);
    assert_eq!(left_out(&data, &result, "finished in the first week, which the data covers only in part"), ["FIRST"]);
    assert_eq!(left_out(&data, &result, "finished in the present week, which is not over"), ["NOW"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["UNDATED"]);
    assert_eq!((result.considered, result.candidates()), (3, 6));
    assert!(
        result.notes.iter().any(|note| note.text == "1 item was closed without being delivered and was not counted.")
    );
    assert_eq!(figure(&result, "p85"), None);
    assert_eq!(figure(&result, "last"), Some(1.0));
}

#[test]
fn the_present_week_is_whole_once_it_is_over() {
    let mut items = Vec::new();
    finished(&mut items, 1, "2024-01-02");
    let data = prepare(&items);
    // "Now" is the end of the day: Sunday, 7 January ends the week that began on the 1st; Saturday does not.
    assert_eq!(values(&ask(&data, "throughput", &as_of("2024-01-07")), "finished"), [Some(1.0)]);
    assert!(!ask(&data, "throughput", &as_of("2024-01-06")).is_computed());
}

#[test]
fn days_and_months_are_periods_too() {
    let mut items = Vec::new();
    finished(&mut items, 1, "2024-01-31");
    finished(&mut items, 2, "2024-02-29");
    finished(&mut items, 3, "2024-03-01");
    let data = prepare(&items);
    let by = |granularity| Query { granularity, ..as_of("2024-03-31") };
    assert_eq!(values(&ask(&data, "throughput", &by(Granularity::Month)), "finished"), [1.0, 2.0, 3.0].map(Some));
    // Jan 31 to Mar 31.
    let days = values(&ask(&data, "throughput", &by(Granularity::Day)), "finished");
    assert_eq!(days.len(), 61);
    assert_eq!((days[0], days[1], days[29], days[30]), (Some(1.0), Some(0.0), Some(2.0), Some(3.0)));
}

#[test]
fn points_are_summed_and_missing_ones_are_named() {
    let item = |key: &str| ItemBuilder::new(key).created("2023-12-01").finished("2024-01-03");
    let data = prepare(&[item("A").points(2.5), item("B").points(1.0), item("C")]);
    let result = ask(&data, "throughput", &Query { unit: Unit::Points, ..as_of("2024-01-10") });
    assert_eq!(values(&result, "finished"), [Some(3.5)]);
    assert_eq!(result.considered, 3);
    assert!(result.notes.iter().any(|note| note.text == "1 item has no estimate and counts 0 points."));
    assert_eq!(result.summary, "3.5 points finished in the one whole week of the data.");
}

#[test]
fn a_chosen_period_keeps_its_whole_weeks() {
    let mut items = Vec::new();
    for at in ["2024-01-02", "2024-01-09", "2024-01-16", "2024-01-23", "2024-01-30"] {
        finished(&mut items, 1, at);
    }
    let data = prepare(&items);
    // From Tuesday Jan 9 to Tuesday Jan 30: the whole weeks are Jan 15 and Jan 22.
    let query = Query { from: Some(day("2024-01-09")), to: Some(day("2024-01-30")), ..as_of("2024-02-20") };
    let result = ask(&data, "throughput", &query);
    assert_eq!(values(&result, "finished"), [Some(1.0), Some(1.0)]);
    assert_eq!(left_out(&data, &result, "finished outside the chosen period"), ["T-1", "T-2", "T-5"]);
}

#[test]
fn nothing_finished_is_not_zero() {
    let result = ask(&prepare(&[ItemBuilder::new("A")]), "throughput", &as_of("2024-02-01"));
    assert!(matches!(result.status, Status::NotComputable { .. }));
    assert!(result.series.is_empty());
}
