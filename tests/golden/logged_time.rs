//! Logged hours against capacity, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{PeopleRule, Query};
use throughline::model::{Granularity, PreparedDataset};

use crate::support::{Staff, as_of, ask, day, figure, values};

const NO: f64 = f64::NAN;

/// Ada 8 h in A; Bob 8 h, a quarter in A and three in B. Logs from Monday, January 1.
fn data() -> PreparedDataset {
    Staff::default()
        .line("Ada", "A", "2024-01-01", "", 8.0, NO)
        .line("Bob", "A", "2024-01-01", "", 8.0, 0.25)
        .line("Bob", "B", "2024-01-01", "", 8.0, 0.75)
        .off("Ada", "2024-01-08", "2024-01-09", false, "")
        .log("Ada", "2024-01-01", 20.0)
        .log("Ada", "2024-01-05", 18.0)
        .log("Bob", "2024-01-03", 40.0)
        .log("Ada", "2024-01-10", 30.0)
        .log("Eve", "2024-01-10", 7.0)
        .log("Bob", "2024-01-13", 8.0)
        .log("Bob", "2024-01-16", 3.0)
        .log("Bob", "2024-01-17", NO)
        .ready()
}

#[test]
fn both_sides_are_of_the_same_people() {
    // Weeks of Jan 1 and 8; that of the 15th is not over. Logged 78 and 38, capacity 80 and 40 + 24 = 64.
    let result = ask(&data(), "logged-time", &as_of("2024-01-17"));
    assert_eq!(values(&result, "logged"), [Some(78.0), Some(38.0)]);
    assert_eq!(values(&result, "capacity"), [Some(80.0), Some(64.0)]);
    assert_eq!(figure(&result, "logged-share"), Some(80.555_556), "116 / 144");
    assert_eq!(figure(&result, "last"), Some(59.375), "38 / 64");
    // A: 38 + 40 / 4 = 48, then 30 + 2 = 32: 80 of 50 + 34. B: 30 + 6 of 30 + 30.
    assert!(result.working.contains(&"A: 80 hours logged / 84 hours = 95.24 %.".to_owned()), "{:?}", result.working);
    assert!(result.working.contains(&"B: 36 hours logged / 60 hours = 60 %.".to_owned()), "{:?}", result.working);
    assert_eq!(result.considered, 5);
    let notes: Vec<&str> = result.notes.iter().map(|note| note.text.as_str()).collect();
    for told in [
        "1 work log is left out: no day or hours.",
        "1 work log is left out: logged by somebody without capacity.",
        "1 work log is left out: logged in the present week, which is not over.",
    ] {
        assert!(notes.contains(&told), "{notes:?}");
    }
    assert!(!format!("{result:?}").contains("Ada"));
}

#[test]
fn logs_are_listed_where_people_are_named() {
    let data = data();
    let result = ask(&data, "logged-time", &Query { people: PeopleRule::Names, ..as_of("2024-01-17") });
    assert_eq!(result.series("logged").unwrap().points[1].items, [3, 5]);
    assert_eq!((result.considered, result.candidates()), (5, 8));
    assert!(result.working.contains(&"Bob: 48 hours logged / 80 hours = 60 %.".to_owned()), "{:?}", result.working);
    // A period that was chosen leaves the other out.
    let week = Query { from: Some(day("2024-01-08")), to: Some(day("2024-01-14")), ..as_of("2024-01-17") };
    assert_eq!(values(&ask(&data, "logged-time", &week), "logged"), [Some(38.0)]);
}

#[test]
fn a_sprint_is_told_as_far_as_it_is_over() {
    // S 1 runs from Monday 8 to Friday 19; on the evening of Wednesday the 10th 3 days are over: 24 hours, 18 of them logged. The
    // sprint before has 40 hours and 10 logged.
    let data = Staff::default()
        .items(&[("I-1", "Ada", "", "S 1", NO, NO, ""), ("I-0", "Ada", "", "S 0", NO, NO, "")])
        .sprint("S 0", "2024-01-01", "2024-01-05")
        .sprint("S 1", "2024-01-08", "2024-01-19")
        .line("Ada", "A", "2024-01-01", "", 8.0, NO)
        .log("Ada", "2024-01-02", 10.0)
        .log("Ada", "2024-01-08", 10.0)
        .log("Ada", "2024-01-10", 8.0)
        .log("Eve", "2024-01-10", 8.0)
        .ready();
    let query = Query { granularity: Granularity::Day, ..as_of("2024-01-10") };
    assert_eq!(figure(&ask(&data, "logged-time", &query), "sprint-share"), Some(75.0));
    let before = Query { iteration: Some("S 0".into()), ..query };
    assert_eq!(figure(&ask(&data, "logged-time", &before), "sprint-share"), Some(25.0));
}

#[test]
fn without_logs_it_says_what_is_missing() {
    let result =
        ask(&Staff::default().line("Ada", "A", "2024-01-01", "", 8.0, NO).ready(), "logged-time", &as_of("2024-01-17"));
    assert!(!result.is_computed() && result.summary == "No file holds a work log.");
    let result = ask(&Staff::default().log("Ada", "2024-01-01", 2.0).ready(), "logged-time", &as_of("2024-01-17"));
    assert!(!result.is_computed() && result.summary.starts_with("Nobody's capacity is known"));
}
