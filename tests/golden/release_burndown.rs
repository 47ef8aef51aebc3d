//! Sprints S 1 (Jan 8 to 14), S 2 (Jan 17 to 21, two days of pause before it) and S 3 (Jan 22 to 28, not over), by hand.
//!
//! | key | points | created | sprints | what happens |
//! |---|---|---|---|---|
//! | A | 3 | Jan 2 | S 1 | done Jan 9 |
//! | B | 5 | Jan 3 | S 1, S 2 | done Jan 10, opened again Jan 16, done Jan 18 |
//! | C | 2 | Jan 10 | S 1 | won't do Jan 19 |
//! | D | 8, from Jan 20 on 13 | Jan 15 | S 2, S 3 | open |
//! | E | 1 | Jan 2 | S 1 | done Jan 5, before the first sprint: left out |
//! | F | 4 | Jan 23 | none | open; created in S 3 |
//! | U | 1 | Jan 2 | S 1 | done, no date: left out |
//! | X | 1 | unknown | S 1 | left out |
//!
//! At the start of S 1: A + B = 8.
//!
//! | until the end of | added | removed | re-estimated | completed | opened again | left |
//! |---|---|---|---|---|---|---|
//! | S 1 | C 2 | | | A 3, B 5 | | 2 |
//! | S 2 | D 8 | C 2 | D 5 | B 5 | B 5 | 2 + 8 - 2 + 5 - 5 + 5 = 13 |
//! | S 3, so far | F 4 | | | | | 17 |

use throughline::metrics::{Query, Unit, X};
use throughline::model::{NO_MOMENT, PreparedDataset};

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare, prepare_with_windows, values};

fn items() -> Vec<ItemBuilder> {
    let item = |key: &str, points: f64, created: &str, sprints: &[&str]| {
        ItemBuilder::new(key).points(points).created(created).sprints(sprints)
    };
    let mut unknown = item("X", 1.0, "2024-01-02", &["S 1"]);
    unknown.created = NO_MOMENT;
    vec![
        item("A", 3.0, "2024-01-02", &["S 1"]).moves(&[("2024-01-09", "Done")]),
        item("B", 5.0, "2024-01-03", &["S 1", "S 2"]).moves(&[
            ("2024-01-10", "Done"),
            ("2024-01-16", "To Do"),
            ("2024-01-18", "Done"),
        ]),
        item("C", 2.0, "2024-01-10", &["S 1"]).dropped("2024-01-19"),
        item("D", 13.0, "2024-01-15", &["S 2", "S 3"]).estimated("2024-01-20", "8", "13"),
        item("E", 1.0, "2024-01-02", &["S 1"]).finished("2024-01-05"),
        item("F", 4.0, "2024-01-23", &[]),
        item("U", 1.0, "2024-01-02", &["S 1"]).finished_undated(),
        unknown,
    ]
}

fn data() -> PreparedDataset {
    with_sprints(&items())
}

fn with_sprints(items: &[ItemBuilder]) -> PreparedDataset {
    prepare_with_windows(
        items,
        &[
            ("S 1", "2024-01-08T00:00", "2024-01-15T00:00"),
            ("S 2", "2024-01-17T00:00", "2024-01-22T00:00"),
            ("S 3", "2024-01-22T00:00", "2024-01-29T00:00"),
        ],
    )
}

fn points(at: &str) -> Query {
    Query { unit: Unit::Points, ..as_of(at) }
}

#[test]
fn it_burns_down_sprint_by_sprint() {
    let data = data();
    let result = ask(&data, "release-burndown", &points("2024-01-25"));
    let remaining = result.series("remaining").unwrap();
    let names = ["Start", "S 1", "S 2", "S 3"].map(|name| X::Name(name.into()));
    assert_eq!(remaining.points.iter().map(|point| point.x.clone()).collect::<Vec<_>>(), names);
    assert_eq!(values(&result, "remaining"), [8.0, 2.0, 13.0, 17.0].map(Some));
    assert_eq!(values(&result, "added"), [2.0, 8.0, 4.0].map(Some));
    assert_eq!(values(&result, "removed"), [Some(2.0)]);
    assert_eq!(values(&result, "re-estimated"), [Some(5.0)]);
    assert_eq!(values(&result, "completed"), [8.0, 5.0].map(Some));
    assert_eq!(values(&result, "reopened"), [Some(5.0)]);
    assert_eq!(keys(&data, &remaining.points[2].items), ["B", "C", "D"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["U"]);
    assert_eq!(left_out(&data, &result, "no creation date"), ["X"]);
    let before = "finished before the first day of the course, or before its own creation";
    assert_eq!(left_out(&data, &result, before), ["E"]);
    assert_eq!((result.considered, result.candidates()), (5, 8));
    assert_eq!(
        result.working[1],
        "Left = 8 at the start + 14 added - 2 removed + 5 re-estimated - 13 completed + 5 opened again = 17."
    );
    assert_eq!(result.summary, "In 3 sprints 8 points completed and 14 added: 17 points left.");
}

#[test]
fn what_happens_after_the_last_sprint_stands_apart() {
    let result = ask(&data(), "release-burndown", &points("2024-02-10"));
    assert_eq!(values(&result, "remaining"), [8.0, 2.0, 13.0, 17.0].map(Some), "nothing happened after S 3");
    let mut later = items();
    later.push(ItemBuilder::new("G").points(1.0).created("2024-02-01"));
    let result = ask(&with_sprints(&later), "release-burndown", &points("2024-02-10"));
    let last = result.series("remaining").unwrap().points.last().unwrap();
    assert_eq!((&last.x, last.y), (&X::Name("Since then".into()), Some(18.0)));
}

#[test]
fn without_sprints_it_burns_down_by_the_week() {
    let mut items = items();
    for item in &mut items {
        item.sprints.clear();
    }
    let result = ask(&prepare(&items), "release-burndown", &points("2024-01-28"));
    // The weeks end on Jan 7, 14, 21 and 28. A, B and E come and E is done in the first: 3 + 5 + 1 - 1 = 8.
    let remaining = result.series("remaining").unwrap();
    let days = ["2024-01-01", "2024-01-07", "2024-01-14", "2024-01-21", "2024-01-28"];
    assert_eq!(
        remaining.points.iter().map(|point| point.x.clone()).collect::<Vec<_>>(),
        days.map(|text| X::Day(day(text)))
    );
    assert_eq!(values(&result, "remaining"), [0.0, 8.0, 2.0, 13.0, 17.0].map(Some));
    assert_eq!(figure(&result, "left"), Some(17.0));
    // Done: A 3, B 5, E 1 of those and the 17 left.
    assert_eq!(figure(&result, "done-share"), Some(34.615_385));
}

#[test]
fn sprints_at_the_same_time_are_told_by_the_week() {
    let item = |key: &str, sprint: &str| ItemBuilder::new(key).created("2024-01-02").sprints(&[sprint]);
    let data = prepare_with_windows(
        &[item("A", "Red 1"), item("B", "Blue 1")],
        &[("Red 1", "2024-01-08T00:00", "2024-01-15T00:00"), ("Blue 1", "2024-01-09T00:00", "2024-01-16T00:00")],
    );
    let result = ask(&data, "release-burndown", &as_of("2024-01-20"));
    assert!(result.notes.iter().any(|note| note.id == "parallel-sprints"));
    assert!(result.series("remaining").unwrap().points.iter().all(|point| matches!(point.x, X::Day(_))));
}

#[test]
fn without_creation_dates_there_is_none() {
    let mut item = ItemBuilder::new("A");
    item.created = NO_MOMENT;
    let result = ask(&prepare(&[item]), "release-burndown", &as_of("2024-01-28"));
    assert!(!result.is_computed());
    assert_eq!(result.candidates(), 1);
}
