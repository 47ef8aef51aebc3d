//! Time in status worked out by hand, in days of 24 hours.

use throughline::metrics::X;

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, values};

#[test]
fn all_visits_before_the_finish_are_added_up() {
    // A: to do 1 day, in progress 2 and 0.5 days, in review 0.5. B: to do 2, in progress 1.
    let data = prepare(&[
        ItemBuilder::new("A").created("2024-01-01T00:00").moves(&[
            ("2024-01-02T00:00", "In Progress"),
            ("2024-01-04T00:00", "In Review"),
            ("2024-01-04T12:00", "In Progress"),
            ("2024-01-05T00:00", "Done"),
        ]),
        ItemBuilder::new("B")
            .created("2024-01-01T00:00")
            .moves(&[("2024-01-03T00:00", "In Progress"), ("2024-01-04T00:00", "Done")]),
        ItemBuilder::new("UNTOLD").finished("2024-01-04"),
        ItemBuilder::new("OPEN"),
    ]);
    let result = ask(&data, "time-in-status", &as_of("2024-02-01"));
    let names: Vec<&X> = result.series("median").unwrap().points.iter().map(|point| &point.x).collect();
    let name = |name: &str| X::Name(name.to_owned());
    assert_eq!(names, [&name("To Do"), &name("In Progress"), &name("In Review")]);
    // The 1st smallest of two, and of one.
    assert_eq!(values(&result, "median"), [1.0, 1.0, 0.5].map(Some));
    assert_eq!(values(&result, "p85"), [None, None, None]);
    assert_eq!(figure(&result, "total"), Some(7.0));
    assert_eq!([1, 2, 3].map(|place| figure(&result, &format!("total-{place}"))), [3.0, 3.5, 0.5].map(Some));
    assert_eq!(keys(&data, &result.series("median").unwrap().points[2].items), ["A"]);
    assert_eq!(left_out(&data, &result, "finished, but no status history that tells the whole way"), ["UNTOLD"]);
    let expected = "Most of the time before the finish, 50 % of 7 days, was spent in In Progress (2 items).";
    assert_eq!(result.summary, expected);
}

#[test]
fn time_in_done_before_it_was_opened_again_is_not_counted() {
    let data = prepare(&[ItemBuilder::new("A").created("2024-01-01T00:00").moves(&[
        ("2024-01-02T00:00", "In Progress"),
        ("2024-01-03T00:00", "Done"),
        ("2024-01-07T00:00", "In Progress"),
        ("2024-01-08T00:00", "Done"),
    ])]);
    let result = ask(&data, "time-in-status", &as_of("2024-02-01"));
    assert_eq!(values(&result, "median"), [1.0, 2.0].map(Some));
}

#[test]
fn without_a_history_it_is_not_computable() {
    let data = prepare(&[ItemBuilder::new("A").started("2024-01-02").finished("2024-01-03")]);
    assert!(!ask(&data, "time-in-status", &as_of("2024-02-01")).is_computed());
}
