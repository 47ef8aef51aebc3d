//! Time told in sprints (`g=sprint`) and in weeks that begin on another day (`wk`), worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod support;

use support::{ItemBuilder, as_of, ask, day, left_out, prepare_with_windows, values};
use throughline::metrics::{METRICS, MetricResult, Query, X};
use throughline::model::{PreparedDataset, iso_from_day};

fn done(key: &str, on: &str, sprint: &str) -> ItemBuilder {
    ItemBuilder::new(key).created("2024-01-01").started("2024-01-02").finished(on).sprints(&[sprint])
}

/// Two sprints with a weekend between them, and one that runs.
fn team() -> PreparedDataset {
    let items = [
        done("A-1", "2024-01-07", "S 1"),
        done("A-2", "2024-01-08", "S 1"),
        done("A-3", "2024-01-19", "S 1"),
        // On the Sunday between two sprints: it belongs to the one before.
        done("A-4", "2024-01-21", "S 1"),
        done("A-5", "2024-01-22", "S 2"),
        done("A-6", "2024-02-06", "S 3"),
    ];
    prepare_with_windows(
        &items,
        &[
            ("S 1", "2024-01-08T00:00", "2024-01-20T00:00"),
            ("S 2", "2024-01-22T00:00", "2024-02-03T00:00"),
            ("S 3", "2024-02-05T00:00", "2024-02-17T00:00"),
        ],
    )
}

fn asked(key: &str, value: &str) -> Query {
    let mut query = as_of("2024-02-07");
    query.set(key, value).unwrap();
    query
}

fn days(result: &MetricResult, series: &str) -> Vec<String> {
    let points = &result.series(series).unwrap().points;
    points.iter().filter_map(|point| if let X::Day(day) = point.x { Some(iso_from_day(day)) } else { None }).collect()
}

#[test]
fn throughput_is_told_by_the_sprints_that_are_over() {
    let data = team();
    let result = ask(&data, "throughput", &asked("g", "sprint"));
    assert_eq!(days(&result, "finished"), ["2024-01-08", "2024-01-22"]);
    assert_eq!(values(&result, "finished"), [Some(3.0), Some(1.0)]);
    assert_eq!(left_out(&data, &result, "finished before the first whole sprint"), ["A-1"]);
    assert_eq!(left_out(&data, &result, "finished after the last sprint that is over"), ["A-6"]);
    assert!(result.summary.contains("sprint"), "{}", result.summary);
    assert!(result.notes.iter().all(|note| note.id != "by-week"), "{:?}", result.notes);
    // On its last day the third sprint is over, and so is the week.
    let mut later = asked("g", "sprint");
    later.as_of = Some(day("2024-02-16"));
    assert_eq!(values(&ask(&data, "throughput", &later), "finished"), [Some(3.0), Some(1.0), Some(1.0)]);
}

#[test]
fn sprints_side_by_side_are_no_steps_of_time_unless_one_team_is_asked_for() {
    let kind = |item: ItemBuilder, kind: &str| item.kind(kind);
    let items = [
        kind(done("A-1", "2024-01-10", "S 1"), "Bug"),
        kind(done("A-2", "2024-01-24", "S 2"), "Bug"),
        kind(done("B-1", "2024-01-17", "Other"), "Story"),
    ];
    let windows = [
        ("S 1", "2024-01-08T00:00", "2024-01-22T00:00"),
        ("Other", "2024-01-15T00:00", "2024-01-29T00:00"),
        ("S 2", "2024-01-22T00:00", "2024-02-05T00:00"),
    ];
    let data = prepare_with_windows(&items, &windows);
    let result = ask(&data, "throughput", &asked("g", "sprint"));
    let note = result.notes.iter().find(|note| note.id == "by-week").unwrap();
    assert!(note.text.contains("S 1 and Other run at the same time"), "{}", note.text);
    let weekly = ask(&data, "throughput", &asked("g", "week"));
    assert_eq!(days(&result, "finished"), days(&weekly, "finished"));
    let mut one = asked("g", "sprint");
    one.set("f.type", "Bug").unwrap();
    assert_eq!(values(&ask(&data, "throughput", &one), "finished"), [Some(1.0), Some(1.0)]);
    // The same sprint of two teams is one step.
    let same = [windows[0], ("Other", windows[0].1, windows[0].2), windows[2]];
    let result = ask(&prepare_with_windows(&items, &same), "throughput", &asked("g", "sprint"));
    assert_eq!(values(&result, "finished"), [Some(2.0), Some(1.0)]);
}

#[test]
fn a_metric_that_cannot_be_told_by_sprints_says_so() {
    let data = team();
    for metric in METRICS {
        let id = metric.about.id;
        let (by_sprint, weekly) = (ask(&data, id, &asked("g", "sprint")), ask(&data, id, &asked("g", "week")));
        assert_eq!(by_sprint.status, weekly.status, "{id}");
        let says = by_sprint.notes.iter().any(|note| note.id == "by-week");
        let differs = by_sprint.series != weekly.series;
        assert!(!(says && differs), "{id} says that it is told by week, and is not");
    }
    let mut nobody = asked("g", "sprint");
    nobody.set("f.type", "Epic").unwrap();
    let result = ask(&data, "throughput", &nobody);
    let note = result.notes.iter().find(|note| note.id == "by-week").unwrap();
    assert!(note.text.contains("no sprint of these items has dates"), "{}", note.text);
}

#[test]
fn weeks_begin_on_the_day_asked_for() {
    let data = team();
    let result = ask(&data, "throughput", &asked("wk", "sun"));
    // 7, 14, 21 and 28 January 2024 are Sundays; the data begins on 1 January, so the week of the 7th is whole.
    assert_eq!(days(&result, "finished"), ["2024-01-07", "2024-01-14", "2024-01-21", "2024-01-28"]);
    assert_eq!(values(&result, "finished"), [Some(2.0), Some(1.0), Some(2.0), Some(0.0)]);
    assert!(result.notes.iter().any(|note| note.text == "Weeks begin on Sunday."), "{:?}", result.notes);
    let monday = ask(&data, "throughput", &as_of("2024-02-07"));
    assert_eq!(days(&monday, "finished")[0], "2024-01-01", "the week of the 1st to the 7th");
    assert_eq!(ask(&data, "throughput", &asked("wk", "mon")), monday);
    let mut monthly = asked("wk", "sun");
    monthly.set("g", "month").unwrap();
    assert_eq!(
        values(&ask(&data, "throughput", &monthly), "finished"),
        values(&ask(&data, "throughput", &asked("g", "month")), "finished")
    );
}
