//! Load against capacity, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{MetricResult, PeopleRule, Query, X};
use throughline::model::PreparedDataset;

use crate::support::{Staff, as_of, ask, figure, keys, left_out};

const NO: f64 = f64::NAN;

/// Sprint of Monday 8 to Friday 19 January. On the evening of Wednesday the 10th 7 days are left: Thu, Fri, Mon to Fri.
///
/// Ada, 8 h, team A: 56 hours. Bob, 8 h, half in A and half in B: 28 and 28 hours. Cid, 5 h, team B: 35 hours.
fn data() -> PreparedDataset {
    Staff::default()
        .items(&[
            ("ADA-1", "Ada", "", "S 1", 30.0, NO, ""),
            ("ADA-2", "Ada", "", "S 1", 31.6, NO, ""),
            ("BOB-1", "Bob", "", "S 1", 40.0, NO, ""),
            ("BOB-B", "Bob", "B", "S 1", 10.0, NO, ""),
            ("CID-1", "Cid", "", "S 1", NO, 2.0, ""),
            ("CID-2", "Cid", "", "S 1", NO, NO, ""),
            ("NOBODY", "", "", "S 1", 3.0, NO, ""),
            ("STRANGER", "Eve", "", "S 1", 3.0, NO, ""),
            ("STRANGER-A", "Eve", "A", "S 1", 5.0, NO, ""),
            ("OTHER", "Ada", "", "S 2", 99.0, NO, ""),
            ("DONE", "Ada", "", "S 1", 9.0, NO, "2024-01-09"),
            // Cid's pace: 4 points from Oct 12 to Jan 10.
            ("OLD-1", "Cid", "", "", NO, 3.0, "2023-12-20"),
            ("OLD-2", "Cid", "", "", NO, 1.0, "2023-11-20"),
            ("OLDER", "Cid", "", "", NO, 50.0, "2023-10-12"),
        ])
        .sprint("S 1", "2024-01-08", "2024-01-19")
        .sprint("S 2", "2024-01-22", "2024-02-02")
        .line("Ada", "A", "2024-01-01", "", 8.0, NO)
        .line("Bob", "A", "2024-01-01", "", 8.0, 0.5)
        .line("Bob", "B", "2024-01-01", "", 8.0, 0.5)
        .line("Cid", "B", "2023-12-01", "", 5.0, NO)
        .ready()
}

fn bar(result: &MetricResult, name: &str) -> (Option<f64>, Vec<u32>) {
    let points = &result.series("utilisation").unwrap().points;
    let point = points.iter().find(|point| point.x == X::Name(name.into())).unwrap();
    (point.y, point.items.clone())
}

#[test]
fn by_team_what_somebody_does_for_two_teams_divides() {
    // Cid's pace: Dec 1 to Jan 10 has 29 weekdays x 5 h = 145 hours / 4 points (the 12th of October lies 91 days back, the window
    // begins on the 13th) = 36.25 hours a point: CID-1 takes 72.5.
    // A: 30 + 31.6 + 40 / 2 + 5 (Eve's, by its team) = 86.6 of 56 + 28 = 84: 103.095238 %.
    // B: 40 / 2 + 10 + 72.5 = 102.5 of 28 + 35 = 63: 162.698413 %.
    let data = data();
    let result = ask(&data, "utilisation", &as_of("2024-01-10"));
    let (share, items) = bar(&result, "A");
    assert_eq!(share, Some(103.095_238));
    assert_eq!(keys(&data, &items), ["ADA-1", "ADA-2", "BOB-1", "STRANGER-A"]);
    let (share, items) = bar(&result, "B");
    assert_eq!(share, Some(162.698_413));
    assert_eq!(keys(&data, &items), ["BOB-1", "BOB-B", "CID-1"]);
    // 189.1 of 147.
    assert_eq!(result.figures[0].id, "utilisation");
    assert_eq!(figure(&result, "utilisation"), Some(128.639_456));
    assert_eq!((figure(&result, "load"), figure(&result, "capacity")), (Some(189.1), Some(147.0)));
    assert_eq!((figure(&result, "over-allocated"), figure(&result, "tight")), (Some(2.0), Some(0.0)));
    assert_eq!(left_out(&data, &result, "assigned to nobody"), ["NOBODY"]);
    assert_eq!(left_out(&data, &result, "assigned to somebody without capacity"), ["STRANGER"]);
    assert_eq!(left_out(&data, &result, "no remaining time, estimate or points"), ["CID-2"]);
    assert_eq!((result.considered, result.candidates()), (6, 9));
    assert_eq!(result.subject, "S 1");
    assert!(
        result.working.contains(
            &"Load of an item: 5 items by its remaining time and 1 item by its points at the pace of its assignee."
                .to_owned()
        )
    );
    assert_eq!(result.summary, "Utilisation is 128.64 % in S 1: 2 teams are over-allocated.");
}

#[test]
fn by_person_everything_is_the_assignees() {
    let data = data();
    let result = ask(&data, "utilisation", &Query { people: PeopleRule::Names, ..as_of("2024-01-10") });
    // Ada 61.6 / 56 = 110 %. Bob 50 / 56. Cid 72.5 / 35. Eve has no capacity, whatever the team.
    assert_eq!(bar(&result, "Ada").0, Some(110.0));
    assert_eq!(bar(&result, "Bob").0, Some(89.285_714));
    assert_eq!(bar(&result, "Cid").0, Some(207.142_857));
    assert_eq!(keys(&data, &bar(&result, "Bob").1), ["BOB-1", "BOB-B"]);
    assert_eq!(left_out(&data, &result, "assigned to somebody without capacity"), ["STRANGER", "STRANGER-A"]);
    assert_eq!((figure(&result, "over-allocated"), figure(&result, "tight")), (Some(2.0), Some(1.0)));
    let hidden = ask(&data, "utilisation", &Query { people: PeopleRule::Pseudonyms, ..as_of("2024-01-10") });
    assert_eq!(bar(&hidden, "Person 2"), (Some(89.285_714), Vec::new()), "no item tells who it is");
    assert!(!format!("{hidden:?}").contains("Bob"));
}

#[test]
fn a_sprint_that_is_over_has_nothing_left_and_one_ahead_has_all() {
    let data = data();
    let of = |name: &str| ask(&data, "utilisation", &Query { iteration: Some(name.into()), ..as_of("2024-01-20") });
    let result = of("S 1");
    assert!(!result.is_computed() && result.summary == "S 1 is over: nothing is left of it to do its work in.");
    // Ten days of S 2: Ada 80 of them; 99 / 80. Over all: 99 of 80 + 80 + 50.
    assert_eq!(bar(&of("S 2"), "A").0, Some(82.5), "99 of 80 + 40");
    assert_eq!(figure(&of("S 2"), "capacity"), Some(210.0));
    assert!(!of("S 9").is_computed());
}

#[test]
fn without_sprints_all_open_items_stand_against_the_coming_period() {
    // "Now" is the end of Wednesday the 10th: the coming week begins on the 15th. Load of points by the line: 8 h / 2 points a day
    // = 4 hours a point.
    let data = Staff::default()
        .items(&[
            ("A", "Ada", "", "", NO, 5.0, ""),
            ("B", "Ada", "", "", 14.0, 9.0, ""),
            ("C", "Bob", "", "", NO, 5.0, ""),
        ])
        .line_with_points("Ada", "A", "2024-01-01", "", 8.0, NO, 2.0)
        .line("Bob", "A", "2024-01-01", "2024-01-12", 8.0, NO)
        .ready();
    let result = ask(&data, "utilisation", &as_of("2024-01-10"));
    assert_eq!(figure(&result, "utilisation"), Some(85.0), "20 + 14 of 40");
    assert_eq!(figure(&result, "tight"), Some(0.0), "85 % is not above 85 %");
    assert_eq!(left_out(&data, &result, "points, but nothing tells how long its assignee takes for one"), ["C"],);
    assert!(result.notes.iter().any(|note| note.id == "all-open"));
    assert!(result.summary.starts_with("Utilisation is 85 % in the week from 2024-01-15"), "{}", result.summary);
}

#[test]
fn load_against_no_hours_is_no_percentage() {
    let data = Staff::default()
        .items(&[("A", "Ada", "", "", 5.0, NO, "")])
        .line("Ada", "A", "2024-01-01", "", 8.0, NO)
        .line("Bob", "B", "2024-01-01", "", 8.0, NO)
        .off("Ada", "2024-01-15", "2024-01-19", false, "")
        .ready();
    let result = ask(&data, "utilisation", &as_of("2024-01-10"));
    assert_eq!((bar(&result, "A").0, bar(&result, "B").0), (None, Some(0.0)));
    assert!(result.notes.iter().any(|note| note.text == "A has load, but no hours in these days."));
    let nobody = ask(&data, "utilisation", &as_of("2023-06-01"));
    assert!(!nobody.is_computed(), "no line reaches back: {}", nobody.summary);
}
