//! What the next sprint can take on, and the plan in a forecast, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, Unit, X};
use throughline::model::PreparedDataset;

use crate::golden::forecast_when::{and_open, finished, query};
use crate::support::{Staff, as_of, ask, figure, keys, left_out, midnight, values};

const NO: f64 = f64::NAN;
const SPRINTS: [(&str, &str, &str); 7] = [
    ("S 1", "2024-01-01", "2024-01-05"),
    ("S 2", "2024-01-08", "2024-01-12"),
    ("S 3", "2024-01-15", "2024-01-19"),
    ("S 4", "2024-01-22", "2024-01-26"),
    ("S 5", "2024-01-29", "2024-02-02"),
    ("S 6", "2024-02-05", "2024-02-09"),
    ("S 7", "2024-02-12", "2024-02-16"),
];

/// Points completed on the first day of each sprint; an open item in the last ones.
fn data(points: &[f64], ahead: usize) -> PreparedDataset {
    let mut items = Vec::new();
    let names: Vec<String> = (1..=7).map(|number| format!("I-{number}")).collect();
    for (place, &(sprint, first, _)) in SPRINTS.iter().enumerate().take(points.len() + ahead) {
        let (size, finished) = points.get(place).map_or((1.0, ""), |&size| (size, first));
        items.push((names[place].as_str(), "Ada", "", sprint, NO, size, finished));
    }
    // Ada has 40 hours a week, 32 in S 2, and nothing is known of S 1. Bob joins for S 7 with 20.
    let mut staff = Staff::default()
        .items(&items)
        .line("Ada", "A", "2024-01-08", "", 8.0, NO)
        .line("Bob", "A", "2024-02-12", "", 4.0, NO)
        .off("Ada", "2024-01-09", "2024-01-09", false, "");
    for (name, first, last) in SPRINTS.iter().take(points.len() + ahead) {
        staff = staff.sprint(name, first, last);
    }
    staff.ready()
}

#[test]
fn hours_times_the_focus_factor() {
    // S 2 to S 6: 8 / 32 = 0.25, 4 / 40 = 0.1, 12 / 40 = 0.3, 6 / 40 = 0.15, 8 / 40 = 0.2. Median 0.2; p15 = the 1st, p85 = the 5th.
    // S 7 has 60 hours: 12 points, 6 to 18.
    let data = data(&[50.0, 8.0, 4.0, 12.0, 6.0, 8.0], 1);
    let result = ask(&data, "capacity-plan", &Query { unit: Unit::Points, ..as_of("2024-02-09") });
    assert_eq!(result.figures[0].id, "suggestion");
    assert_eq!(
        ["suggestion", "low", "high", "capacity"].map(|id| figure(&result, id)),
        [12.0, 6.0, 18.0, 60.0].map(Some)
    );
    assert_eq!(figure(&result, "focus-factor"), Some(0.2));
    assert_eq!(result.summary, "With 60 hours of capacity, plan 12 points into S 7, most likely 6 to 18 points.");
    // The band: 32 x 0.1, 40 x 0.1 ..., 60 x 0.1.
    assert_eq!(values(&result, "low"), [3.2, 4.0, 4.0, 4.0, 4.0, 6.0].map(Some));
    assert_eq!(result.series("high").unwrap().points[5].x, X::Name("S 7".into()));
    assert_eq!(left_out(&data, &result, "completed when no capacity is known"), ["I-1"]);
    assert_eq!((result.considered, result.candidates()), (5, 6));
    assert_eq!(keys(&data, &result.series("completed").unwrap().points[0].items), ["I-2"]);
}

#[test]
fn without_a_dated_sprint_ahead_the_next_one_follows_the_last() {
    // S 3 ended on Friday 19; "now" is its evening. The next one is as long: Saturday 20 to Wednesday 24 = 3 days = 24 hours. Factors
    // 0.25 and 0.1: the median of two is the 1st. No range.
    let result =
        ask(&data(&[50.0, 8.0, 4.0], 0), "capacity-plan", &Query { unit: Unit::Points, ..as_of("2024-01-19") });
    assert_eq!(["suggestion", "low", "capacity"].map(|id| figure(&result, id)), [Some(2.4), None, Some(24.0)]);
    assert!(result.notes.iter().any(|note| note.id == "assumed-sprint"));
    assert_eq!(result.summary, "With 24 hours of capacity, plan 2.4 points into the sprint from 2024-01-20.");
}

#[test]
fn without_any_factor_there_is_no_plan() {
    let result = ask(&data(&[50.0], 1), "capacity-plan", &as_of("2024-01-05"));
    assert!(!result.is_computed() && result.summary.starts_with("No closed sprint or period has known capacity"));
}

/// One finish a day of work in January, twenty open items, and Ada's hours: 8 until the 26th, 4 after it.
fn planned(lines: &[(&str, &str, f64)]) -> PreparedDataset {
    use throughline::model::{Calendar, Cell, Edits, PreparedDataset, RecordKind};
    let weekdays = (1..=26).filter(|day| !matches!((day - 1) % 7, 5 | 6));
    let mut data = crate::support::dataset(&and_open(finished(1, weekdays), 10));
    for &(from, to, hours) in lines {
        let cells = [
            ("person", Cell::Text("Ada")),
            ("from", Cell::Moment(midnight(from))),
            ("to", Cell::Moment(midnight(to))),
            ("hours-per-day", Cell::Number(hours)),
        ];
        data.records_mut(RecordKind::Capacity).push(1, &cells);
    }
    PreparedDataset::new(std::sync::Arc::new(data), Calendar::default(), &Edits::default())
}

#[test]
fn the_capacity_of_the_plan_slows_the_forecast() {
    // History: January 1 to 26, 20 days of work, 160 hours: 8 a day. Ahead: Jan 27 to Feb 21 = 18 days of work, 72 hours: 4 a day.
    // 50 %: ten items take 20 days of work, from Monday 29 to Friday, February 23: 28 days.
    let data = planned(&[("2024-01-01", "2024-01-26", 8.0), ("2024-01-27", "2024-12-31", 4.0)]);
    let p85 = |capacity: &str| ask(&data, "forecast-when", &query("2024-01-26", &[("capacity", capacity)]));
    let result = p85("plan");
    assert_eq!(figure(&result, "p85"), Some(28.0));
    assert_eq!(figure(&p85("0.5"), "p85"), Some(28.0));
    assert_eq!(
        result.working[1],
        "Capacity by the plan = (72 hours / 18 days of work (2024-01-27 to 2024-02-21)) / (160 hours / 20 days of work \
         (2024-01-01 to 2024-01-26)) = 50 %."
    );
}

#[test]
fn a_plan_that_does_not_reach_is_no_plan() {
    for lines in [&[][..], &[("2024-01-27", "2024-12-31", 4.0)], &[("2024-01-01", "2024-01-26", 8.0)]] {
        let data = planned(lines);
        let result = ask(&data, "forecast-when", &query("2024-01-26", &[("capacity", "plan")]));
        assert!(!result.is_computed() && result.summary.contains("from the plan"), "{}", result.summary);
    }
}
