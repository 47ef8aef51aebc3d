//! Weeks from Monday 2024-01-01 to Sunday 2024-01-28, worked out by hand.
//!
//! | key | points | created | what happens |
//! |---|---|---|---|
//! | A | 3 | Jan 2 | done Jan 9 |
//! | B | 5 | Jan 3 | done Jan 10, opened again Jan 16, done Jan 25 |
//! | C | 2 | Jan 10 | won't do Jan 17 |
//! | D | 8 | Jan 15 | open |
//! | U | 1 | Jan 2 | done, no date: left out |
//! | X | 1 | unknown | left out |
//!
//! | week ends | scope | done |
//! |---|---|---|
//! | Jan 7 | A + B = 8 | 0 |
//! | Jan 14 | + C = 10 | A + B = 8 |
//! | Jan 21 | + D - C = 16 | - B = 3 |
//! | Jan 28 | 16 | + B = 8 |

use throughline::metrics::{Query, Status, Unit, X};
use throughline::model::{NO_MOMENT, PreparedDataset};

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare, values};

fn data() -> PreparedDataset {
    let item = |key: &str, points: f64, created: &str| ItemBuilder::new(key).points(points).created(created);
    let mut unknown = item("X", 1.0, "2024-01-02");
    unknown.created = NO_MOMENT;
    let again =
        item("B", 5.0, "2024-01-03").moves(&[("2024-01-10", "Done"), ("2024-01-16", "To Do"), ("2024-01-25", "Done")]);
    prepare(&[
        item("A", 3.0, "2024-01-02").finished("2024-01-09"),
        again,
        item("C", 2.0, "2024-01-10").dropped("2024-01-17"),
        item("D", 8.0, "2024-01-15"),
        item("U", 1.0, "2024-01-02").finished_undated(),
        unknown,
    ])
}

fn points(at: &str) -> Query {
    Query { unit: Unit::Points, from: Some(day("2024-01-01")), ..as_of(at) }
}

#[test]
fn both_lines_follow_the_weeks() {
    let data = data();
    let result = ask(&data, "burnup", &points("2024-01-28"));
    assert_eq!(values(&result, "scope"), [8.0, 10.0, 16.0, 16.0].map(Some));
    assert_eq!(values(&result, "done"), [0.0, 8.0, 3.0, 8.0].map(Some));
    let done = &result.series("done").unwrap().points;
    assert_eq!(done[1].x, X::Day(day("2024-01-14")));
    assert_eq!(keys(&data, &done[1].items), ["A", "B"]);
    assert_eq!(figure(&result, "done-share"), Some(50.0));
    assert_eq!(figure(&result, "left"), Some(8.0));
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["U"]);
    assert_eq!(left_out(&data, &result, "no creation date"), ["X"]);
    assert_eq!((result.considered, result.candidates()), (4, 6));
    assert_eq!(result.summary, "8 of 16 points done; 8 left.");
    assert_eq!(result.working[1], "Left = scope - done = 16 - 8 = 8.");
}

#[test]
fn a_period_begins_with_what_was_there_before() {
    let query = Query { from: Some(day("2024-01-15")), to: Some(day("2024-01-21")), ..points("2024-01-28") };
    let result = ask(&data(), "burnup", &query);
    assert_eq!((values(&result, "scope"), values(&result, "done")), (vec![Some(16.0)], vec![Some(3.0)]));
    let early = Query { to: Some(day("2024-01-07")), ..points("2024-01-28") };
    let result = ask(&data(), "burnup", &early);
    assert_eq!(values(&result, "scope"), [Some(8.0)]);
    assert_eq!(left_out(&data(), &result, "created after the chosen period"), ["C", "D"]);
}

#[test]
fn without_creation_dates_there_is_no_burnup() {
    let mut item = ItemBuilder::new("A");
    item.created = NO_MOMENT;
    let result = ask(&prepare(&[item]), "burnup", &as_of("2024-01-28"));
    assert!(matches!(result.status, Status::NotComputable { .. }));
    assert_eq!(result.candidates(), 1);
}
