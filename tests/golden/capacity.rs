//! Hours of capacity worked out by hand. 2024-01-01 is a Monday, 2024-02-29 a Thursday.

use throughline::metrics::{MetricResult, PeopleRule, Query, X};
use throughline::model::{Calendar, Cell, Decision, Granularity, PersonPlan, RecordKind};

use crate::support::{Staff, as_of, ask, day, figure, values};

fn staff() -> Staff {
    Staff::default()
}

/// From a first to a last day, told by the month.
fn months(at: &str, from: &str, to: &str) -> Query {
    Query { granularity: Granularity::Month, from: Some(day(from)), to: Some(day(to)), ..as_of(at) }
}

fn weeks(at: &str, from: &str, to: &str) -> Query {
    Query { granularity: Granularity::Week, ..months(at, from, to) }
}

fn by_name(result: &MetricResult, name: &str) -> Vec<Option<f64>> {
    let series = result.series.iter().find(|series| series.name == name).unwrap();
    series.points.iter().map(|point| point.y).collect()
}

#[test]
fn a_week_without_a_holiday_an_absence_and_a_half_day() {
    // Ada 8 h, Bob 6 h. Week of Jan 8: Ada 5 days = 40, less Monday off = 32, less a half Tuesday = 28. Bob 5 x 6 = 30.
    // Wednesday is a holiday for both: Ada 20, Bob 24. Saturday the 13th is a holiday, too, and changes nothing.
    let data = staff()
        .line("Ada", "A", "2024-01-01", "", 8.0, f64::NAN)
        .line("Bob", "A", "2024-01-01", "", 6.0, f64::NAN)
        .off("Ada", "2024-01-08", "2024-01-08", false, "")
        .off("Ada", "2024-01-09", "2024-01-09", true, "")
        .off("", "2024-01-10", "2024-01-10", false, "")
        .off("", "2024-01-13", "2024-01-13", false, "")
        .ready();
    let result = ask(&data, "capacity", &weeks("2024-01-08", "2024-01-08", "2024-01-21"));
    // The week after is whole: 40 + 30.
    assert_eq!(values(&result, "part-1"), [Some(44.0), Some(70.0)]);
    assert_eq!(result.series[0].name, "A");
    // The end of Monday 8 is "now": the present week is that of the 8th, 70 hours less 26 off.
    assert_eq!((figure(&result, "hours"), figure(&result, "days-off")), (Some(44.0), Some(26.0)));
    assert_eq!(result.summary, "There are 44 hours of capacity in the week from 2024-01-08 (2 people or teams).");
    assert_eq!(result.considered, 2);
}

#[test]
fn what_is_off_twice_is_off_once_and_two_halves_are_a_half() {
    // Monday: a holiday inside a week of absence. Thursday and Friday of the next week: half off, told twice.
    let data = staff()
        .line("Ada", "A", "2024-01-01", "", 8.0, f64::NAN)
        .off("", "2024-01-08", "2024-01-08", false, "")
        .off("Ada", "2024-01-08", "2024-01-12", false, "")
        .off("Ada", "2024-01-10", "2024-01-11", true, "")
        .off("Ada", "2024-01-18", "2024-01-19", true, "")
        .off("Ada", "2024-01-18", "2024-01-19", true, "")
        .ready();
    let result = ask(&data, "capacity", &weeks("2024-01-08", "2024-01-08", "2024-01-21"));
    assert_eq!(values(&result, "part-1"), [Some(0.0), Some(32.0)]);
}

#[test]
fn an_allocation_over_two_teams_and_a_change_of_hours() {
    // Tom 7.5 h, 60 % in A and 40 % in B until Jan 31, then all in B at 6 h. January has 23 weekdays, February 2024 has 21: a
    // leap year. A: 23 x 7.5 x 0.6 = 103.5. B: 23 x 7.5 x 0.4 = 69, then 21 x 6 = 126.
    let data = staff()
        .line("Tom", "A", "2024-01-01", "2024-01-31", 7.5, 0.6)
        .line("Tom", "B", "2024-01-01", "2024-01-31", 7.5, 0.4)
        .line("Tom", "B", "2024-02-01", "", 6.0, f64::NAN)
        .ready();
    let result = ask(&data, "capacity", &months("2024-01-15", "2024-01-01", "2024-02-29"));
    // In February nobody is in A: unknown, not 0.
    assert_eq!(by_name(&result, "A"), [Some(103.5), None]);
    assert_eq!(by_name(&result, "B"), [Some(69.0), Some(126.0)]);
    let named = ask(
        &data,
        "capacity",
        &Query { people: PeopleRule::Names, ..months("2024-01-15", "2024-01-01", "2024-02-29") },
    );
    assert_eq!(by_name(&named, "Tom"), [Some(172.5), Some(126.0)]);
    assert_eq!(named.series[0].points[0].items, [0, 1], "the rows of the table stand behind it");
    assert!(result.series.iter().flat_map(|series| &series.points).all(|point| point.items.is_empty()));
}

#[test]
fn the_leap_day_counts_and_its_absence_too() {
    let line = || staff().line("Ada", "A", "2024-01-01", "", 8.0, f64::NAN);
    let february = |data| values(&ask(&data, "capacity", &months("2024-02-01", "2024-02-01", "2024-02-29")), "part-1");
    assert_eq!(february(line().ready()), [Some(168.0)], "21 days");
    assert_eq!(february(line().off("Ada", "2024-02-29", "2024-02-29", false, "").ready()), [Some(160.0)]);
}

#[test]
fn the_day_of_a_clock_change_is_a_day() {
    // Berlin's clocks went forward on Sunday 2024-03-31 and back on 2024-10-27. Days begin at 23:00 UTC before the change and at
    // 22:00 after it. Off from Friday 29 to Monday April 1: the weeks are 4 and 4 days.
    let berlin = || Calendar::new("Europe/Berlin").unwrap();
    let start = |text: &str| berlin().start_of_day(day(text));
    let mut all = staff();
    let cells = [
        ("person", Cell::Text("Ada")),
        ("from", Cell::Moment(start("2024-01-01"))),
        ("hours-per-day", Cell::Number(8.0)),
    ];
    all.data.records_mut(RecordKind::Capacity).push(1, &cells);
    let cells = [
        ("kind", Cell::Text("time-off")),
        ("person", Cell::Text("Ada")),
        ("from", Cell::Moment(start("2024-03-29"))),
        ("to", Cell::Moment(start("2024-04-01"))),
    ];
    all.data.records_mut(RecordKind::TimeOff).push(1, &cells);
    let data = all.ready_in(berlin());
    let result = ask(&data, "capacity", &weeks("2024-03-25", "2024-03-25", "2024-04-07"));
    assert_eq!(values(&result, "part-1"), [Some(32.0), Some(32.0)]);
    assert_eq!(result.series[0].name, "No team");
}

#[test]
fn holidays_of_several_regions_hold_for_nobody_and_it_is_said() {
    let line =
        || staff().line("Ada", "A", "2024-01-01", "", 8.0, f64::NAN).off("", "2024-01-01", "2024-01-01", false, "");
    let one = line().off("", "2024-01-02", "2024-01-02", false, "BY").ready();
    let two = line()
        .off("", "2024-01-02", "2024-01-02", false, "BY")
        .off("", "2024-01-03", "2024-01-03", false, "HH")
        .ready();
    let query = weeks("2024-01-01", "2024-01-01", "2024-01-07");
    // The holiday without a region is everybody's in both.
    assert_eq!(values(&ask(&one, "capacity", &query), "part-1"), [Some(24.0)]);
    let result = ask(&two, "capacity", &query);
    assert_eq!(values(&result, "part-1"), [Some(32.0)]);
    assert!(result.notes.iter().any(|note| note.id == "regions" && note.text.starts_with("2 holidays are")));
    assert!(!two.work_days.is_working(day("2024-01-01")) && two.work_days.is_working(day("2024-01-02")));
}

#[test]
fn decisions_hold_instead_of_the_files() {
    let plan = |hours, allocation| Some(PersonPlan { team: "B".into(), hours_per_day: hours, allocation });
    let days = |person: &str, days: &[(&str, f64)]| Decision::DaysOff {
        person: person.into(),
        days: days.iter().map(|&(day, share)| (day.to_owned(), Some(share))).collect(),
    };
    // Ada: 4 h x 50 % in B, whatever the file says. Everybody works from Sunday to Thursday. Wednesday the 10th is no holiday after
    // all; Thursday is half off for everybody, but not for Bob. Ada is off a quarter of Monday.
    let data = staff()
        .line("Ada", "A", "2024-01-01", "", 8.0, f64::NAN)
        .line("Bob", "A", "2024-01-01", "", 6.0, f64::NAN)
        .off("", "2024-01-10", "2024-01-10", false, "")
        .decide(Decision::WorkWeek(Some([true, true, true, true, false, false, true])))
        .decide(Decision::Person { person: "Ada".into(), plan: plan(4.0, 0.5) })
        .decide(days("", &[("2024-01-10", 0.0), ("2024-01-11", 0.5), ("2024-01-12", 0.0)]))
        .decide(days("Bob", &[("2024-01-11", 0.0)]))
        .decide(days("Ada", &[("2024-01-08", 0.25)]))
        .ready();
    let result = ask(&data, "capacity", &weeks("2024-01-08", "2024-01-08", "2024-01-14"));
    // Ada: 0.75 + 1 + 1 + 0.5 + 0 + 0 + 1 = 4.25 days x 2 h = 8.5. Bob: 5 days x 6 h = 30. Friday stays out of the week.
    assert_eq!(by_name(&result, "B"), [Some(8.5)]);
    assert_eq!(by_name(&result, "A"), [Some(30.0)]);
    // The calendar of everybody follows: the 10th is worked on, half a Thursday is a day of work, Sunday too.
    assert_eq!(data.work_days.count(day("2024-01-08"), day("2024-01-14")), 5);
    assert!(data.work_days.is_working(day("2024-01-14")) && !data.work_days.is_working(day("2024-01-12")));
}

#[test]
fn pseudonyms_follow_the_order_of_names_and_list_nothing() {
    let data = staff()
        .line("Zoe", "A", "2024-01-01", "", 8.0, f64::NAN)
        .line("Ada", "A", "2024-01-01", "", 4.0, f64::NAN)
        .line("", "A", "2024-01-01", "", 10.0, f64::NAN)
        .ready();
    let query = Query { people: PeopleRule::Pseudonyms, ..weeks("2024-01-01", "2024-01-01", "2024-01-07") };
    let result = ask(&data, "capacity", &query);
    assert_eq!(by_name(&result, "Person 1"), [Some(20.0)], "Ada");
    assert_eq!(by_name(&result, "Person 2"), [Some(40.0)], "Zoe");
    assert_eq!(by_name(&result, "Team as a whole"), [Some(50.0)]);
    assert!(!format!("{result:?}").contains("Ada") && !format!("{result:?}").contains("Zoe"));
    assert!(result.series.iter().flat_map(|series| &series.points).all(|point| point.items.is_empty()));
}

#[test]
fn lines_without_hours_are_left_out_and_nothing_is_not_zero() {
    let points_only = staff().line_with_points("Ada", "A", "2024-01-01", "", f64::NAN, 1.0, 2.0);
    let result = ask(&points_only.ready(), "capacity", &as_of("2024-01-03"));
    assert!(!result.is_computed() && result.summary.contains("no hours a day"), "{}", result.summary);
    assert!(!ask(&staff().ready(), "capacity", &as_of("2024-01-03")).is_computed());
    let both = staff()
        .line_with_points("Ada", "A", "2024-01-01", "", f64::NAN, 1.0, 2.0)
        .line("Bob", "A", "2024-01-15", "2024-01-26", 8.0, f64::NAN)
        .ready();
    let query = Query { people: PeopleRule::Names, ..as_of("2024-01-17") };
    let result = ask(&both, "capacity", &query);
    // Two weeks of Bob: before and after nothing is known, and nothing is drawn.
    let days: Vec<&X> = result.series[0].points.iter().map(|point| &point.x).collect();
    assert_eq!(days, [&X::Day(day("2024-01-15")), &X::Day(day("2024-01-22"))]);
    assert_eq!((result.considered, result.candidates()), (1, 2));
    assert_eq!(result.excluded[0].reason, "no hours a day");
}

#[test]
fn the_present_sprint_is_told_else_the_coming_one() {
    let data = || {
        staff()
            .items(&[("I-1", "Ada", "", "S 1", 1.0, 1.0, ""), ("I-2", "Ada", "", "S 2", 1.0, 1.0, "")])
            .line("Ada", "A", "2024-01-01", "", 8.0, f64::NAN)
            .sprint("S 1", "2024-01-08", "2024-01-16")
            .sprint("S 2", "2024-01-18", "2024-01-31")
            .ready()
    };
    // S 1: Monday 8 to Tuesday 16 = 7 days = 56 hours. Between the sprints, on the 17th, it is S 2: 10 days = 80.
    let at = |at: &str| ask(&data(), "capacity", &as_of(at));
    assert_eq!(
        (figure(&at("2024-01-10"), "hours"), at("2024-01-10").figures[0].name.as_str()),
        (Some(56.0), "S 1: hours")
    );
    assert_eq!(figure(&at("2024-01-17"), "hours"), Some(80.0));
    // On the evening of its last day nothing is left of S 1.
    assert_eq!(figure(&at("2024-01-16"), "hours"), Some(80.0));
}
