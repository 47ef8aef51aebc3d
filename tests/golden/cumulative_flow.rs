//! Cumulative flow worked out by hand.

use throughline::metrics::{Query, Role};

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare, values};

/// Where each item stands at the end of the days from January 1 to 5; in brackets what the high-water mark makes of it:
///
/// | item | 1     | 2           | 3           | 4                     | 5                     |
/// |------|-------|-------------|-------------|-----------------------|-----------------------|
/// | A    | to do | in progress | in progress | done                  | done                  |
/// | B    |       | to do       | in progress | to do \[in progress\] | to do \[in progress\] |
/// | C    |       |             | done        | done                  | done                  |
/// | D    |       |             |             |                       | to do                 |
pub(super) fn four_items() -> Vec<ItemBuilder> {
    vec![
        ItemBuilder::new("A").moves(&[("2024-01-02", "In Progress"), ("2024-01-04", "Done")]),
        ItemBuilder::new("B").created("2024-01-02").moves(&[("2024-01-03", "In Progress"), ("2024-01-04", "To Do")]),
        ItemBuilder::new("C")
            .created("2024-01-03")
            .moves(&[("2024-01-03T13:00", "In Progress"), ("2024-01-03T15:00", "Done")]),
        ItemBuilder::new("D").created("2024-01-05"),
    ]
}

#[test]
fn bands_hold_the_furthest_stage_reached_day_by_day() {
    let data = prepare(&four_items());
    let result = ask(&data, "cumulative-flow", &as_of("2024-01-05"));
    let order: Vec<(&str, &str)> =
        result.series.iter().map(|series| (series.id.as_str(), series.name.as_str())).collect();
    let expected = [("band-3", "Done"), ("band-2", "In Progress"), ("band-1", "To Do"), ("arrivals", "Arrived in all")];
    assert_eq!(order, expected);
    assert!(result.series[..3].iter().all(|series| series.role == Role::Stacked));
    assert_eq!(values(&result, "band-3"), [0.0, 0.0, 1.0, 2.0, 2.0].map(Some));
    assert_eq!(values(&result, "band-2"), [0.0, 1.0, 2.0, 1.0, 1.0].map(Some));
    assert_eq!(values(&result, "band-1"), [1.0, 1.0, 0.0, 0.0, 1.0].map(Some));
    assert_eq!(values(&result, "arrivals"), [1.0, 2.0, 3.0, 3.0, 4.0].map(Some));
    let came = |band: &str| -> Vec<Vec<String>> {
        result.series(band).unwrap().points.iter().map(|point| keys(&data, &point.items)).collect()
    };
    // C went through "In Progress" within a day: it came to "Done" on that day.
    assert_eq!(came("band-3"), [vec![], vec![], vec!["C"], vec!["A"], vec![]]);
    assert_eq!(came("band-2"), [vec![], vec!["A"], vec!["B"], vec![], vec![]]);
    assert_eq!(keys(&data, &result.figure("moved-back").unwrap().items), ["B"]);
    assert!(result.notes.iter().any(|note| {
        note.text == "1 item moved back to an earlier stage; it stays in the furthest band it had reached."
    }));
    assert_eq!(result.summary, "Of 4 items at the end of 2024-01-05, 1 is in progress and 2 are finished.");
}

#[test]
fn a_chosen_period_begins_with_what_was_there() {
    let data = prepare(&four_items());
    let query = Query { from: Some(day("2024-01-03")), to: Some(day("2024-01-04")), ..as_of("2024-01-05") };
    let result = ask(&data, "cumulative-flow", &query);
    assert_eq!(values(&result, "band-2"), [2.0, 1.0].map(Some));
    assert_eq!(keys(&data, &result.series("band-2").unwrap().points[0].items), ["A", "B"]);
    assert_eq!(left_out(&data, &result, "created after the chosen period"), ["D"]);
    assert_eq!((result.considered, result.candidates()), (3, 4));
}

#[test]
fn dates_alone_make_bands_of_categories() {
    let data = prepare(&[
        ItemBuilder::new("A").started("2024-01-02").finished("2024-01-03"),
        ItemBuilder::new("B").dropped("2024-01-02"),
        ItemBuilder::new("UNDATED").finished_undated(),
        ItemBuilder::new("BEGUN").status("In Progress"),
    ]);
    let result = ask(&data, "cumulative-flow", &as_of("2024-01-03"));
    let ids: Vec<&str> = result.series.iter().map(|series| series.id.as_str()).collect();
    assert_eq!(ids, ["done", "dropped", "in-progress", "to-do", "arrivals"]);
    assert_eq!(values(&result, "done"), [0.0, 0.0, 1.0].map(Some));
    assert_eq!(values(&result, "dropped"), [0.0, 1.0, 1.0].map(Some));
    assert_eq!(values(&result, "in-progress"), [0.0, 1.0, 0.0].map(Some));
    assert_eq!(values(&result, "to-do"), [2.0, 0.0, 0.0].map(Some));
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["UNDATED"]);
    assert_eq!(left_out(&data, &result, "in progress, but no start date"), ["BEGUN"]);
}

#[test]
fn more_than_six_statuses_are_gathered() {
    let moves = ["Analysis", "Development", "In Review", "Testing", "UAT", "Done"];
    let dates: Vec<String> = (2..8).map(|day| format!("2024-01-0{day}")).collect();
    let moves: Vec<(&str, &str)> = dates.iter().map(String::as_str).zip(moves).collect();
    let result = ask(&prepare(&[ItemBuilder::new("A").moves(&moves)]), "cumulative-flow", &as_of("2024-01-08"));
    let names: Vec<&str> = result.series.iter().map(|series| series.name.as_str()).collect();
    assert_eq!(names, ["Done", "In progress", "To Do", "Arrived in all"]);
    assert_eq!(figure(&result, "in-progress"), Some(0.0));
    assert_eq!(values(&result, "in-progress"), [0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0].map(Some));
    assert!(result.notes.iter().any(|note| note.id == "gathered" && note.text.ends_with("gathered: In progress.")));
}
