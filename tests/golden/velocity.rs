//! Three sprints of one week, worked out by hand.
//!
//! | key | created | sprints | finished | points |
//! |---|---|---|---|---|
//! | A | Jan 2 | S 1 | Jan 9 | 3 | committed and completed in S 1
//! | B | Jan 2 | S 1, S 2 | Jan 17 | 5 | carried over; completed in S 2
//! | C | Jan 10 | S 1 | Jan 11 | 2 | added to S 1, completed there
//! | D | Jan 2 | S 2 | Jan 16 | 8 | committed and completed in S 2
//! | E | Jan 2 | S 1, S 2, S 3 | Jan 23 | 1 | carried over twice; completed in S 3, which still runs
//! | F | Jan 2 | S 2 | Jan 30 | 2 | finished outside its only sprint
//! | G | Jan 2 | S 2 | done, no date | 1 |
//! | H | Jan 2 | none | Jan 9 | 1 | not asked for
//! | I | Jan 16 | S 2 | open | 4 | added to S 2, carried over
//! | D-1 | Jan 2 | S 1 | won't do | 5 | dropped
//!
//! S 1 (Jan 8-14): committed A + B + E = 9, completed A + C = 5. Carried over B + E = 6 of scope 11.
//! S 2 (Jan 15-21): committed B + D + E + F = 16, completed B + D = 13. Carried over E + F + I = 7 of scope 20.
//! S 3 (Jan 22-28) runs on Jan 25: E completed so far. (F is not yet finished then.)

use throughline::metrics::{Filter, FilterField, Query, Status, Unit, X};
use throughline::model::{CategoryField, PreparedDataset};

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, prepare_with_windows, values};

fn data() -> PreparedDataset {
    let item = |key: &str, points: f64, sprints: &[&str]| {
        ItemBuilder::new(key).created("2024-01-02").points(points).sprints(sprints)
    };
    let items = [
        item("A", 3.0, &["S 1"]).finished("2024-01-09"),
        item("B", 5.0, &["S 1", "S 2"]).finished("2024-01-17"),
        item("C", 2.0, &["S 1"]).created("2024-01-10").finished("2024-01-11"),
        item("D", 8.0, &["S 2"]).finished("2024-01-16"),
        item("E", 1.0, &["S 1", "S 2", "S 3"]).finished("2024-01-23"),
        item("F", 2.0, &["S 2"]).finished("2024-01-30"),
        item("G", 1.0, &["S 2"]).finished_undated(),
        item("H", 1.0, &[]).finished("2024-01-09"),
        item("I", 4.0, &["S 2"]).created("2024-01-16"),
        item("D-1", 5.0, &["S 1"]).dropped("2024-01-10"),
    ];
    prepare_with_windows(
        &items,
        &[
            ("S 1", "2024-01-08T00:00", "2024-01-15T00:00"),
            ("S 2", "2024-01-15T00:00", "2024-01-22T00:00"),
            ("S 3", "2024-01-22T00:00", "2024-01-29T00:00"),
        ],
    )
}

#[test]
fn an_item_is_completed_in_the_sprint_in_which_it_was_finished() {
    let data = data();
    let result = ask(&data, "velocity", &Query { unit: Unit::Points, ..as_of("2024-01-25") });
    assert_eq!(values(&result, "committed"), [Some(9.0), Some(16.0)]);
    assert_eq!(values(&result, "completed"), [Some(5.0), Some(13.0)]);
    let completed = result.series("completed").unwrap();
    assert_eq!(completed.points[0].x, X::Name("S 1".into()));
    assert_eq!(keys(&data, &completed.points[0].items), ["A", "C"]);
    assert_eq!(keys(&data, &completed.points[1].items), ["B", "D"]);
    assert_eq!(left_out(&data, &result, "finished in a sprint that is not over"), ["E"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["G"]);
    assert_eq!((result.considered, result.candidates()), (4, 6));
}

#[test]
fn shares_rest_on_the_closed_sprints_together() {
    let data = data();
    let result = ask(&data, "velocity", &Query { unit: Unit::Points, ..as_of("2024-01-25") });
    // Committed and completed: A in S 1, B and D in S 2 = 16 of 25.
    assert_eq!(figure(&result, "say-do"), Some(64.0));
    // B + E, then E + F + I = 13 of 11 + 20.
    assert_eq!(figure(&result, "carry-over"), Some(41.935_484));
    assert_eq!(keys(&data, &result.figure("carry-over").unwrap().items), ["B", "E", "F", "I"]);
    // C = 2 of 18.
    assert_eq!(figure(&result, "unplanned"), Some(11.111_111));
    assert_eq!(result.summary, "Median velocity is 5 points a sprint (last 2 closed sprints).");
    let note = |id: &str| result.notes.iter().find(|note| note.id == id).map(|note| note.text.as_str());
    assert_eq!(
        note("running-sprint"),
        Some("S 3 is running, with 1 point completed so far; it is not in the bars or the band.")
    );
    assert_eq!(note("without-sprint"), Some("1 finished item names no sprint and has no part in this."));
    assert_eq!(note("few-sprints"), Some("Only 2 closed sprints: no band yet."));
}

#[test]
fn what_was_finished_outside_every_sprint_is_left_out() {
    let data = data();
    let result = ask(&data, "velocity", &as_of("2024-02-10"));
    assert_eq!(values(&result, "completed"), [2.0, 2.0, 1.0].map(Some));
    assert_eq!(left_out(&data, &result, "finished outside every sprint it names"), ["F"]);
    assert_eq!((result.considered, result.candidates()), (5, 7));
}

#[test]
fn the_band_looks_back_on_eight_closed_sprints() {
    // Ten sprints of one week that completed 1, 2, .. 10 items. The last eight: 3..10. p15 = the 2nd smallest = 4,
    // p50 = the 4th = 6, p85 = the 7th = 9.
    let first = support_day("2024-01-08");
    let mut items = Vec::new();
    let mut windows = Vec::new();
    let iso = throughline::model::iso_from_day;
    for sprint in 1..=10 {
        let start = first + (sprint - 1) * 7;
        let name = format!("S {sprint}");
        for number in 0..sprint {
            let key = format!("{name}-{number}");
            items.push(ItemBuilder::new(&key).finished(&iso(start + 1)).sprints(&[&name]));
        }
        windows.push((name, format!("{}T00:00", iso(start)), format!("{}T00:00", iso(start + 7))));
    }
    let windows: Vec<_> =
        windows.iter().map(|(name, start, end)| (name.as_str(), start.as_str(), end.as_str())).collect();
    let result = ask(&prepare_with_windows(&items, &windows), "velocity", &as_of("2024-06-01"));
    assert_eq!(figure(&result, "band-low"), Some(4.0));
    assert_eq!(figure(&result, "median"), Some(6.0));
    assert_eq!(figure(&result, "band-high"), Some(9.0));
    let ends = &result.series("band-low").unwrap().points;
    assert_eq!((&ends[0].x, &ends[1].x), (&X::Name("S 3".into()), &X::Name("S 10".into())));
    assert_eq!(result.summary, "Median velocity is 6 items a sprint, most often 4 to 9 (last 8 closed sprints).");
}

fn support_day(text: &str) -> i32 {
    crate::support::day(text)
}

#[test]
fn without_a_closed_sprint_there_is_no_velocity() {
    let result = ask(&data(), "velocity", &as_of("2024-01-10"));
    assert!(matches!(result.status, Status::NotComputable { .. }));
    // A, finished in the running S 1, and G, finished without a date.
    assert_eq!(result.candidates(), 2);
    let without = ask(&prepare(&[ItemBuilder::new("A")]), "velocity", &Query::default());
    assert_eq!(without.summary, "No item in this data is finished and dated.");
}

#[test]
fn parallel_sprints_are_pointed_out() {
    let item = |key: &str, sprint: &str| ItemBuilder::new(key).finished("2024-01-10").sprints(&[sprint]);
    let data = prepare_with_windows(
        &[item("A", "Red 1"), item("B", "Blue 1")],
        &[("Red 1", "2024-01-08T00:00", "2024-01-15T00:00"), ("Blue 1", "2024-01-09T00:00", "2024-01-16T00:00")],
    );
    let result = ask(&data, "velocity", &as_of("2024-02-01"));
    assert!(result.notes.iter().any(|note| note.id == "parallel-sprints"));
}

/// The sprint of `burndown::with_every_event`: 14 points committed, of which 3 + 1 + 3 were done at the close. Summing up what
/// the sprint holds in the end, with the estimates of the end, would give 3 + 8 + 2 + 1 + 8 + 5 + 2 = 29.
#[test]
fn commitment_is_that_of_the_start_and_completion_that_of_the_close() {
    let data = super::burndown::with_every_event();
    let result = ask(&data, "velocity", &Query { unit: Unit::Points, ..as_of("2024-01-31") });
    assert_eq!(values(&result, "committed"), [Some(14.0)]);
    assert_eq!(values(&result, "completed"), [Some(7.0)]);
    assert_eq!(figure(&result, "say-do"), Some(50.0));
    assert_eq!(figure(&result, "unplanned"), Some(0.0));
    // Of 17 in the scope at the end, 8 and 2 were not done.
    assert_eq!(figure(&result, "carry-over"), Some(58.823_529));
}

/// Items without sprints, done in the weeks from Monday, Jan 1: 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10 of them. The last eight whole weeks
/// completed 3 to 10: p15 = the 2nd smallest = 4, p50 = the 4th = 6, p85 = the 7th = 9. "Now" is in the week after.
#[test]
fn without_sprints_it_is_told_by_the_week() {
    let iso = throughline::model::iso_from_day;
    let first = support_day("2024-01-01");
    let items: Vec<ItemBuilder> = (0..10)
        .flat_map(|week| (0..=week).map(move |number| (week, number)))
        .map(|(week, number)| {
            ItemBuilder::new(&format!("K-{week}-{number}")).created("2023-12-01").finished(&iso(first + week * 7 + 2))
        })
        .collect();
    let data = prepare(&items);
    let query = as_of("2024-03-13");
    let result = ask(&data, "velocity", &query);
    assert_eq!(values(&result, "completed"), (1..=10).map(|number| Some(f64::from(number))).collect::<Vec<_>>());
    assert_eq!(["band-low", "median", "band-high"].map(|id| figure(&result, id)), [4.0, 6.0, 9.0].map(Some));
    assert!(result.figure("say-do").is_none(), "nothing was committed");
    let ends = &result.series("band-low").unwrap().points;
    assert_eq!((&ends[0].x, &ends[1].x), (&X::Day(first + 14), &X::Day(first + 63)));
    assert_eq!(result.summary, "Median velocity is 6 items a week, most often 4 to 9 (last 8 whole weeks).");
    assert_eq!((result.considered, result.candidates()), (55, 55));
    assert!(result.notes.iter().any(|note| note.id == "no-sprints"));
    // By the month: 1 + 2 + 3 + 4 + 5 (Jan 3 to 31), then 6 + 7 + 8 + 9 (Feb 7 to 28); March is not over.
    let months = ask(&data, "velocity", &Query { granularity: throughline::model::Granularity::Month, ..query });
    assert_eq!(values(&months, "completed"), [15.0, 30.0].map(Some));
    assert_eq!(months.summary, "Median velocity is 15 items a month (last 2 whole months).");
}

/// A team that works without sprints, in data that has some: its own items are told by the week.
#[test]
fn a_team_without_sprints_is_told_by_the_week_among_others_with_sprints() {
    let mut items =
        vec![ItemBuilder::new("S").kind("Story").created("2024-01-02").finished("2024-01-09").sprints(&["S 1"])];
    items.push(ItemBuilder::new("K").kind("Bug").created("2024-01-02").finished("2024-01-10"));
    let data = prepare_with_windows(&items, &[("S 1", "2024-01-08T00:00", "2024-01-15T00:00")]);
    let of = |kind: &str| {
        let mut query = as_of("2024-01-17");
        query.filters.push(Filter {
            field: FilterField::Category(CategoryField::Type),
            exclude: false,
            contains: false,
            values: vec![kind.to_owned()],
        });
        ask(&data, "velocity", &query)
    };
    assert_eq!(of("Story").series("completed").unwrap().points[0].x, X::Name("S 1".into()));
    let bugs = of("Bug");
    assert_eq!(bugs.series("completed").unwrap().points[0].x, X::Day(support_day("2024-01-08")));
    assert_eq!(values(&bugs, "completed"), [Some(1.0)]);
}
