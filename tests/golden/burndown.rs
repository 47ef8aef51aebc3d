//! A two-week sprint, Monday 2024-01-08 00:00 to Sunday 2024-01-21 (ends 2024-01-22 00:00), worked out day by day.
//!
//! | key | created | finished | points | what it shows |
//! |---|---|---|---|---|
//! | C-1 | Jan 2 | Tue Jan 9 | 3 | committed, completed |
//! | C-2 | Jan 3 | Thu Jan 18 | 5 | committed, completed |
//! | C-3 | Jan 4 | open | 8 | committed, not completed |
//! | C-4 | Jan 5 | Tue Jan 23 | 2 | committed, finished after the end: not completed |
//! | C-5 | Sun Jan 7 23:59 | open | none | the last minute before the start: committed, 0 points |
//! | A-1 | Mon Jan 8 00:00 | Sat Jan 13 | 2 | the exact start instant: added, completed on a Saturday |
//! | A-2 | Wed Jan 10 | open | 1 | added |
//! | B-1 | Jan 2 | Fri Jan 5 | 5 | finished before the start: left out |
//! | U-1 | Jan 2 | done, no date | 3 | left out |
//! | D-1 | Jan 2 | won't do, Jan 10 | 3 | left out |
//! | L-1 | Jan 25 | open | 3 | created after the end: left out |
//!
//! Points: committed 3 + 5 + 8 + 2 + 0 = 18; added 2 + 1 = 3; completed 3 + 5 + 2 = 10; remaining 18 + 3 - 10 = 11.
//! Items: committed 5, added 2, completed 3, remaining 4.

use throughline::metrics::{MetricResult, Query, Role, Status, Unit, X};
use throughline::model::PreparedDataset;

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare, prepare_with_windows, values};

const SPRINT: &str = "PLAT Sprint 2";

fn items() -> Vec<ItemBuilder> {
    let item = |key: &str, created: &str| ItemBuilder::new(key).created(created).sprints(&[SPRINT]);
    vec![
        item("C-1", "2024-01-02").finished("2024-01-09").points(3.0),
        item("C-2", "2024-01-03").finished("2024-01-18").points(5.0),
        item("C-3", "2024-01-04").points(8.0),
        item("C-4", "2024-01-05").finished("2024-01-23").points(2.0),
        item("C-5", "2024-01-07T23:59"),
        item("A-1", "2024-01-08T00:00").finished("2024-01-13").points(2.0),
        item("A-2", "2024-01-10").points(1.0),
        item("B-1", "2024-01-02").finished("2024-01-05").points(5.0),
        item("U-1", "2024-01-02").finished_undated().points(3.0),
        item("D-1", "2024-01-02").dropped("2024-01-10").points(3.0),
        item("L-1", "2024-01-25").points(3.0),
    ]
}

fn data() -> PreparedDataset {
    prepare_with_windows(&items(), &[(SPRINT, "2024-01-08T00:00", "2024-01-22T00:00")])
}

fn points(at: &str) -> Query {
    Query { unit: Unit::Points, ..as_of(at) }
}

fn days(result: &MetricResult, series: &str) -> Vec<i32> {
    let day_of = |x: &X| match x {
        X::Day(day) => *day,
        X::Name(name) => panic!("{name} is no day"),
    };
    result.series(series).unwrap().points.iter().map(|point| day_of(&point.x)).collect()
}

#[test]
fn remaining_falls_and_rises_day_by_day() {
    let data = data();
    let result = ask(&data, "burndown", &points("2024-01-29"));
    assert_eq!(result.status, Status::Computed);
    assert_eq!(result.subject, SPRINT);
    #[rustfmt::skip]
    let expected = [
        18.0,                                   // Sun Jan 7: the start value
        20.0,                                   // Mon Jan 8: + A-1 (2)
        17.0,                                   // Tue Jan 9: - C-1 (3)
        18.0,                                   // Wed Jan 10: + A-2 (1); D-1 is dropped and never counted
        18.0, 18.0,                             // Thu, Fri
        16.0,                                   // Sat Jan 13: - A-1 (2)
        16.0, 16.0, 16.0, 16.0,                 // Sun to Wed Jan 17
        11.0,                                   // Thu Jan 18: - C-2 (5)
        11.0, 11.0, 11.0,                       // Fri to Sun Jan 21; C-4 comes too late
    ];
    assert_eq!(values(&result, "remaining"), expected.map(Some));
    let first = day("2024-01-07");
    assert_eq!(days(&result, "remaining"), (first..=first + 14).collect::<Vec<_>>());
    for (id, value) in [("committed", 18.0), ("added", 3.0), ("completed", 10.0), ("not-completed", 11.0)] {
        assert_eq!(figure(&result, id), Some(value), "{id}");
    }
    // 10 of 21.
    assert_eq!(figure(&result, "done-share"), Some(47.619_048));
    assert!(
        result.working.iter().any(|line| line == "Remaining = 18 committed + 3 added - 10 completed = 11."),
        "{:?}",
        result.working
    );
    assert_eq!(result.summary, "PLAT Sprint 2: 10 of 21 points completed, 3 added after the start.");
}

#[test]
fn items_stand_behind_every_point() {
    let data = data();
    let result = ask(&data, "burndown", &as_of("2024-01-29"));
    assert_eq!(figure(&result, "committed"), Some(5.0));
    assert_eq!(figure(&result, "not-completed"), Some(4.0));
    let behind = |series: &str, position: usize| keys(&data, &result.series(series).unwrap().points[position].items);
    assert_eq!(behind("remaining", 0), ["C-1", "C-2", "C-3", "C-4", "C-5"]);
    assert_eq!(behind("remaining", 2), ["C-2", "C-3", "C-4", "C-5", "A-1"]);
    assert_eq!(behind("remaining", 14), ["C-3", "C-4", "C-5", "A-2"]);
    assert_eq!(days(&result, "added"), [day("2024-01-08"), day("2024-01-10")]);
    assert_eq!(behind("added", 0), ["A-1"]);
    assert_eq!(days(&result, "completed"), [day("2024-01-09"), day("2024-01-13"), day("2024-01-18")]);
    assert_eq!(behind("completed", 1), ["A-1"]);
    assert_eq!(values(&result, "scope").first(), Some(&Some(5.0)));
    assert_eq!(values(&result, "scope").last(), Some(&Some(7.0)));
}

#[test]
fn the_ideal_line_is_flat_on_weekends_and_ends_at_zero_on_the_last_working_day() {
    let result = ask(&data(), "burndown", &points("2024-01-29"));
    // 18 over 10 working days: 1.8 a day.
    #[rustfmt::skip]
    let expected = [
        18.0,
        16.2, 14.4, 12.6, 10.8, 9.0,            // Mon to Fri
        9.0, 9.0,                               // Sat, Sun
        7.2, 5.4, 3.6, 1.8, 0.0,                // Mon to Fri
        0.0, 0.0,                               // Sat, Sun
    ];
    assert_eq!(values(&result, "ideal"), expected.map(Some));
    assert_eq!(result.series("ideal").unwrap().role, Role::Guideline);
}

#[test]
fn what_is_left_out_is_counted_by_reason() {
    let data = data();
    let result = ask(&data, "burndown", &points("2024-01-29"));
    assert_eq!(left_out(&data, &result, "finished before the sprint began"), ["B-1"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["U-1"]);
    assert_eq!(left_out(&data, &result, "closed without being delivered"), ["D-1"]);
    assert_eq!(left_out(&data, &result, "created after the sprint ended"), ["L-1"]);
    assert_eq!(result.considered, 7);
    assert_eq!(result.candidates(), 11);
    let notes: Vec<_> = result.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(notes, ["window-source", "final-content", "unestimated", "undated"]);
}

#[test]
fn days_after_now_are_unknown_and_what_has_not_happened_does_not_count() {
    let data = data();
    let result = ask(&data, "burndown", &points("2024-01-12"));
    let remaining = values(&result, "remaining");
    assert_eq!(&remaining[..6], &[18.0, 20.0, 17.0, 18.0, 18.0, 18.0].map(Some));
    assert_eq!(&remaining[6..], &[None; 9]);
    assert_eq!(figure(&result, "completed"), Some(3.0));
    // Jan 13 to Jan 21.
    assert_eq!(figure(&result, "days-left"), Some(9.0));
    assert_eq!(result.summary, "PLAT Sprint 2: 3 of 21 points completed, 3 added after the start; 9 days left.");
}

#[test]
fn what_happens_on_the_day_taken_as_now_has_happened() {
    let completed = |at: &str| figure(&ask(&data(), "burndown", &as_of(at)), "completed");
    assert_eq!(completed("2024-01-08"), Some(0.0));
    assert_eq!(completed("2024-01-09"), Some(1.0));
}

#[test]
fn an_estimate_changed_later_cannot_be_seen() {
    // The file holds today's estimate only: a change moves the start value too, and the note says so.
    let mut items = items();
    items[0].points = 8.0;
    let data = prepare_with_windows(&items, &[(SPRINT, "2024-01-08T00:00", "2024-01-22T00:00")]);
    let result = ask(&data, "burndown", &points("2024-01-29"));
    assert_eq!(figure(&result, "committed"), Some(23.0));
    let note = result.notes.iter().find(|note| note.id == "final-content").unwrap();
    assert!(note.text.contains("estimates are today's"));
}

#[test]
fn an_item_without_a_usable_creation_date_is_committed_and_said_so() {
    let mut unknown = ItemBuilder::new("X-1").sprints(&[SPRINT]);
    unknown.created = throughline::model::NO_MOMENT;
    // Finished before it was created: the creation cannot be right.
    let reversed = ItemBuilder::new("X-2").created("2024-01-15").finished("2024-01-11").sprints(&[SPRINT]);
    let window = [(SPRINT, "2024-01-08T00:00", "2024-01-22T00:00")];
    let result = ask(&prepare_with_windows(&[unknown, reversed], &window), "burndown", &as_of("2024-01-29"));
    assert_eq!(figure(&result, "committed"), Some(2.0));
    assert_eq!(figure(&result, "completed"), Some(1.0));
    let note = result.notes.iter().find(|note| note.id == "creation-unknown").unwrap();
    assert_eq!(note.text, "2 items have no usable creation date and count as committed.");
}

#[test]
fn a_window_that_starts_at_ten_divides_the_morning_from_the_rest_of_the_day() {
    let item = |key: &str, created: &str| ItemBuilder::new(key).created(created).sprints(&[SPRINT]);
    let items = [
        item("A", "2024-01-08T09:59"),
        item("B", "2024-01-08T10:00"),
        item("C", "2024-01-02").finished("2024-01-08T09:59"),
        item("D", "2024-01-02").finished("2024-01-08T10:00"),
        item("E", "2024-01-02").finished("2024-01-12T15:59"),
        item("F", "2024-01-02").finished("2024-01-12T16:00"),
    ];
    let data = prepare_with_windows(&items, &[(SPRINT, "2024-01-08T10:00", "2024-01-12T16:00")]);
    let result = ask(&data, "burndown", &as_of("2024-01-29"));
    // Committed A, D, E, F; added B; completed D (Monday) and E (Friday).
    assert_eq!(values(&result, "remaining"), [4.0, 4.0, 4.0, 4.0, 4.0, 3.0].map(Some));
    assert_eq!(left_out(&data, &result, "finished before the sprint began"), ["C"]);
}

#[test]
fn a_sprint_on_a_weekend_still_has_an_ideal_line() {
    let items = [ItemBuilder::new("A").sprints(&[SPRINT])];
    let data = prepare_with_windows(&items, &[(SPRINT, "2024-01-13T00:00", "2024-01-15T00:00")]);
    assert_eq!(values(&ask(&data, "burndown", &as_of("2024-01-20")), "ideal"), [1.0, 0.5, 0.0].map(Some));
}

#[test]
fn the_running_sprint_is_taken_when_none_is_named() {
    let item = |key: &str, sprint: &str| ItemBuilder::new(key).sprints(&[sprint]);
    let data = prepare_with_windows(
        &[item("A", "S 1"), item("B", "S 2"), item("C", "S 3")],
        &[
            ("S 1", "2024-01-08T00:00", "2024-01-15T00:00"),
            ("S 2", "2024-01-15T00:00", "2024-01-22T00:00"),
            ("S 3", "2024-01-22T00:00", "2024-01-29T00:00"),
        ],
    );
    assert_eq!(ask(&data, "burndown", &as_of("2024-01-17")).subject, "S 2");
    assert_eq!(ask(&data, "burndown", &as_of("2024-02-17")).subject, "S 3");
    let named = Query { iteration: Some("S 1".into()), ..as_of("2024-01-17") };
    assert_eq!(ask(&data, "burndown", &named).subject, "S 1");
}

#[test]
fn what_cannot_be_computed_says_why() {
    let reason = |result: MetricResult| match result.status {
        Status::NotComputable { reason, needs } => {
            assert!(!needs.is_empty());
            reason
        }
        Status::Computed => panic!("computed: {}", result.summary),
    };
    let without = prepare(&[ItemBuilder::new("A")]);
    assert_eq!(reason(ask(&without, "burndown", &Query::default())), "This data names no sprints.");
    let data = data();
    let unknown = Query { iteration: Some("Nope".into()), ..Query::default() };
    assert_eq!(reason(ask(&data, "burndown", &unknown)), "There is no sprint \"Nope\" in this data.");
    assert_eq!(
        reason(ask(&data, "burndown", &as_of("2024-01-06"))),
        "PLAT Sprint 2 begins on 2024-01-08, after the day of this data."
    );
    let undated = prepare(&[ItemBuilder::new("A").sprints(&["Someday"])]);
    let named = Query { iteration: Some("Someday".into()), as_of: Some(day("2024-02-01")), ..Query::default() };
    assert_eq!(
        reason(ask(&undated, "burndown", &named)),
        "The dates of Someday are not known, and its items do not tell."
    );
}

/// The sprint begins at 17:00 on the day of an export made at noon: it is the present one and tells what was planned. On the
/// day before it has not begun, and S 1 is told.
#[test]
fn a_sprint_has_begun_on_its_first_day_whatever_the_hour() {
    let items = [
        ItemBuilder::new("OLD").sprints(&["S 1"]).into_sprint("2024-01-02", "S 1").points(1.0),
        ItemBuilder::new("NEW")
            .created("2024-01-15T09:00")
            .sprints(&["S 2"])
            .into_sprint("2024-01-15T10:00", "S 2")
            .points(3.0),
    ];
    let windows = [("S 1", "2024-01-03T00:00", "2024-01-12T00:00"), ("S 2", "2024-01-15T17:00", "2024-01-29T00:00")];
    let data = prepare_with_windows(&items, &windows);
    let exported = ask(&data, "burndown", &Query { unit: Unit::Points, ..Query::default() });
    assert_eq!((exported.subject.as_str(), figure(&exported, "committed")), ("S 2", Some(3.0)));
    assert_eq!(ask(&data, "burndown", &points("2024-01-14")).subject, "S 1");
}

/// One item for each kind of event, in a sprint from Monday 2024-01-08 00:00 to Monday 2024-01-22 00:00.
pub(crate) fn with_every_event() -> PreparedDataset {
    let item = |key: &str, points: f64| ItemBuilder::new(key).points(points);
    let planned = |key: &str, points: f64| item(key, points).sprints(&["S 1"]).into_sprint("2024-01-04", "S 1");
    let items = [
        planned("DONE", 3.0).moves(&[("2024-01-08", "In Progress"), ("2024-01-09", "Done")]),
        planned("LARGER", 8.0).estimated("2024-01-10", "5", "8"),
        item("AT-START", 2.0).sprints(&["S 1"]).into_sprint("2024-01-08T00:00", "S 1"),
        item("IN-AND-OUT", 4.0).into_sprint("2024-01-11", "S 1").out_of_sprint("2024-01-12", "S 1"),
        planned("AGAIN", 1.0).moves(&[
            ("2024-01-08", "In Progress"),
            ("2024-01-09", "Done"),
            ("2024-01-11", "In Progress"),
            ("2024-01-15", "Done"),
        ]),
        planned("LARGER-AFTER", 8.0).moves(&[("2024-01-09", "In Progress"), ("2024-01-10", "Done")]).estimated(
            "2024-01-12",
            "3",
            "8",
        ),
        planned("BEFORE", 5.0).moves(&[("2024-01-03", "In Progress"), ("2024-01-05", "Done")]),
        item("OUT-BEFORE", 5.0).into_sprint("2024-01-03", "S 1").out_of_sprint("2024-01-06", "S 1"),
        planned("DROPPED", 2.0).moves(&[("2024-01-16", "Done")]).dropped_by_history(),
    ];
    prepare_with_windows(&items, &[("S 1", "2024-01-08T00:00", "2024-01-22T00:00")])
}

/// Committed: 3 + 5 + 1 + 3 + 2 = 14.
/// Jan 8: 2 added = 16. Jan 9: 3 and 1 completed = 12. Jan 10: 3 more by a new estimate, 3 completed = 12.
/// Jan 11: 4 added, 1 opened again = 17. Jan 12: 4 removed = 13; the new estimate of what is done counts no more.
/// Jan 15: 1 completed = 12. Jan 16: 2 dropped, so removed = 10. Left are 8 and 2.
#[test]
fn every_kind_of_event_has_its_day_and_the_sum_reconciles() {
    let data = with_every_event();
    let result = ask(&data, "burndown", &points("2024-01-31"));
    let remaining = [14.0, 16.0, 12.0, 12.0, 17.0, 13.0, 13.0, 13.0, 12.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0];
    assert_eq!(values(&result, "remaining"), remaining.map(Some));
    let scope = [14.0, 16.0, 16.0, 19.0, 23.0, 19.0, 19.0, 19.0, 19.0, 17.0, 17.0, 17.0, 17.0, 17.0, 17.0];
    assert_eq!(values(&result, "scope"), scope.map(Some));
    let marks = |id: &str| {
        let points = &result.series(id).unwrap().points;
        points.iter().map(|point| (point.x.clone(), point.y.unwrap(), keys(&data, &point.items))).collect::<Vec<_>>()
    };
    let on = |text: &str, size: f64, items: &[&str]| {
        (X::Day(day(text)), size, items.iter().map(|&key| key.to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(marks("added"), [on("2024-01-08", 2.0, &["AT-START"]), on("2024-01-11", 4.0, &["IN-AND-OUT"])]);
    assert_eq!(marks("removed"), [on("2024-01-12", 4.0, &["IN-AND-OUT"]), on("2024-01-16", 2.0, &["DROPPED"])]);
    assert_eq!(marks("re-estimated"), [on("2024-01-10", 3.0, &["LARGER"])]);
    assert_eq!(marks("reopened"), [on("2024-01-11", 1.0, &["AGAIN"])]);
    assert_eq!(
        marks("completed"),
        [
            on("2024-01-09", 4.0, &["DONE", "AGAIN"]),
            on("2024-01-10", 3.0, &["LARGER-AFTER"]),
            on("2024-01-15", 1.0, &["AGAIN"])
        ]
    );
    for (id, value) in [
        ("committed", 14.0),
        ("added", 6.0),
        ("removed", 6.0),
        ("re-estimated", 3.0),
        ("completed", 7.0),
        ("not-completed", 10.0),
    ] {
        assert_eq!(figure(&result, id), Some(value), "{id}");
    }
    assert_eq!(
        result.working[1],
        "Remaining = 14 committed + 6 added - 6 removed + 3 re-estimated - 8 completed + 1 opened again = 10."
    );
    assert_eq!(left_out(&data, &result, "finished before it could be in the sprint"), ["BEFORE"]);
    assert_eq!(left_out(&data, &result, "not in the sprint while it ran"), ["OUT-BEFORE"]);
    assert_eq!(keys(&data, &result.figure("not-completed").unwrap().items), ["LARGER", "AT-START"]);
    assert_eq!(result.summary, "S 1: 7 of 17 points completed, 6 added after the start, 6 removed.");
    assert!(result.notes.iter().any(|note| note.id == "history"));
}

/// On Jan 11 the item that was opened again is open, and the days to come are unknown.
#[test]
fn the_present_day_ends_the_course() {
    let data = with_every_event();
    let result = ask(&data, "burndown", &points("2024-01-11"));
    let known: Vec<_> = values(&result, "remaining").into_iter().flatten().collect();
    assert_eq!(known, [14.0, 16.0, 12.0, 12.0, 17.0]);
    assert_eq!(figure(&result, "completed"), Some(6.0), "DONE and LARGER-AFTER");
}
