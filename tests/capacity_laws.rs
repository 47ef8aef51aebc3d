//! Laws of capacity that hold for every calendar, tried on generated ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod support;

use proptest::prelude::*;
use support::{Staff, ask, day, has_wrong_singular};
use throughline::metrics::{Filter, FilterField, MetricResult, PeopleRule, Query};
use throughline::model::{Capacity, Decision, Granularity, PersonPlan, PreparedDataset, RecordField, iso_from_day};

/// Monday 2024-02-05: four weeks with a leap day.
const FIRST: &str = "2024-02-05";
const DAYS: i32 = 28;
const PEOPLE: [&str; 4] = ["Ada", "Bob", "Cid", "Dee"];
const TEAMS: [&str; 3] = ["A", "B", ""];
/// Sums of parts of days differ in the last digits only.
const NOISE: f64 = 1e-6;

/// A day of the four weeks, from 0.
fn place() -> impl Strategy<Value = i32> {
    0..DAYS
}

fn iso(place: i32) -> String {
    iso_from_day(day(FIRST) + place)
}

/// Lines: person, team, first, length, hours, allocation.
type Lines = Vec<(usize, usize, i32, i32, u8, u8)>;
/// Absences: person (or everybody), first, length, half.
type Absences = Vec<(Option<usize>, i32, i32, bool)>;
/// Decisions: person (or everybody), day, quarters that are off.
type Decided = Vec<(Option<usize>, i32, u8)>;

fn lines() -> impl Strategy<Value = Lines> {
    prop::collection::vec((0..PEOPLE.len(), 0..TEAMS.len(), place(), 0..DAYS, 0..10_u8, 0..=4_u8), 1..8)
}

fn absences() -> impl Strategy<Value = Absences> {
    prop::collection::vec((prop::option::of(0..PEOPLE.len()), place(), 0..9, any::<bool>()), 0..8)
}

fn decided() -> impl Strategy<Value = Decided> {
    prop::collection::vec((prop::option::of(0..PEOPLE.len()), place(), 0..=4_u8), 0..6)
}

fn staff(lines: &Lines, absences: &Absences, decided: &Decided) -> Staff {
    let mut staff = Staff::default();
    for &(person, team, first, length, hours, quarters) in lines {
        let (first, last) = (iso(first), iso(first + length));
        let allocation = f64::from(quarters) / 4.0;
        staff = staff.line(PEOPLE[person], TEAMS[team], &first, &last, f64::from(hours), allocation);
    }
    for &(person, first, length, is_half) in absences {
        let (first, last) = (iso(first), iso(first + length));
        staff = staff.off(person.map_or("", |person| PEOPLE[person]), &first, &last, is_half, "");
    }
    for &(person, day, quarters) in decided {
        let person = person.map_or_else(String::new, |person| PEOPLE[person].to_owned());
        let days = vec![(iso(day), Some(f64::from(quarters) / 4.0))];
        staff = staff.decide(Decision::DaysOff { person, days });
    }
    staff
}

/// All hours of the lines that are kept, from one place to another.
fn hours(capacity: &Capacity, first: i32, last: i32, keep: impl Fn(usize) -> bool) -> f64 {
    let span = (day(FIRST) + first, day(FIRST) + last);
    let of_lines = capacity.days_in(&[span], |line, _| keep(line));
    of_lines.iter().filter_map(|of| capacity.lines()[of.line].hours_of(of.days[0].unwrap_or(0.0))).sum()
}

fn weeks(people: PeopleRule) -> Query {
    let (from, to) = (Some(day(FIRST)), Some(day(FIRST) + DAYS - 1));
    Query { as_of: from, from, to, granularity: Granularity::Week, people, ..Query::default() }
}

fn total(result: &MetricResult) -> f64 {
    result.series.iter().flat_map(|series| &series.points).filter_map(|point| point.y).sum()
}

fn texts(result: &MetricResult) -> Vec<&str> {
    let notes = result.notes.iter().map(|note| note.text.as_str());
    notes.chain(result.working.iter().map(String::as_str)).chain([result.summary.as_str()]).collect()
}

fn with_load(staff: Staff, loads: &[(usize, u8)]) -> PreparedDataset {
    let keys: Vec<String> = (0..loads.len()).map(|number| format!("I-{number}")).collect();
    let items: Vec<_> = loads
        .iter()
        .zip(&keys)
        .map(|(&(person, hours), key)| (key.as_str(), PEOPLE[person], "", "", f64::from(hours), f64::NAN, ""))
        .collect();
    staff.items(&items).ready()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Any cut of the days, and any part of the lines with the others, adds up to the whole; nothing is below 0.
    #[test]
    fn capacity_adds_up(
        lines in lines(), absences in absences(), decided in decided(), cut in 1..DAYS, part in any::<u8>(),
    ) {
        let data = staff(&lines, &absences, &decided).ready();
        let capacity = &data.capacity;
        let is_in = |line: usize| part >> (line % 8) & 1 == 1;
        let whole = hours(capacity, 0, DAYS - 1, |_| true);
        let before = hours(capacity, 0, cut - 1, |_| true);
        let after = hours(capacity, cut, DAYS - 1, |_| true);
        prop_assert!((before + after - whole).abs() < NOISE);
        let some = hours(capacity, 0, DAYS - 1, is_in);
        let others = hours(capacity, 0, DAYS - 1, |line| !is_in(line));
        prop_assert!((some + others - whole).abs() < NOISE);
        for place in 0..DAYS {
            let of_day = hours(capacity, place, place, |_| true);
            prop_assert!(of_day >= 0.0, "{of_day}");
        }
    }

    /// Told by team, by name or by pseudonym, by day, week or filter of persons, it is the same sum.
    #[test]
    fn every_way_of_telling_it_is_the_same_sum(lines in lines(), absences in absences(), decided in decided()) {
        let data = staff(&lines, &absences, &decided).ready();
        let whole = hours(&data.capacity, 0, DAYS - 1, |_| true);
        for people in PeopleRule::ALL {
            let result = ask(&data, "capacity", &weeks(people));
            prop_assert!((total(&result) - whole).abs() < 1e-4, "{people:?}: {} {whole}", total(&result));
            let daily = Query { granularity: Granularity::Day, ..weeks(people) };
            prop_assert!((total(&ask(&data, "capacity", &daily)) - whole).abs() < 1e-3);
            for text in texts(&result) {
                prop_assert!(!has_wrong_singular(text), "{text}");
            }
            if people != PeopleRule::Names {
                let told = format!("{result:?}");
                prop_assert!(PEOPLE.iter().all(|name| !told.contains(name)), "{told}");
            }
        }
        let of_persons: f64 = PEOPLE
            .iter()
            .map(|&name| {
                let filter = Filter {
                    field: FilterField::Record(RecordField::Person),
                    exclude: false,
                    contains: false,
                    values: vec![name.to_owned()],
                };
                total(&ask(&data, "capacity", &Query { filters: vec![filter], ..weeks(PeopleRule::Teams) }))
            })
            .sum();
        prop_assert!((of_persons - whole).abs() < 1e-4);
    }

    /// Another day off, of the files or of the user, never gives anybody more; a day of work that is decided never gives less.
    #[test]
    fn a_day_off_never_raises_capacity(
        lines in lines(), absences in absences(), decided in decided(), person in prop::option::of(0..PEOPLE.len()),
        first in place(), length in 0..5, is_half in any::<bool>(),
    ) {
        let whole = |absences: &Absences, decided: &Decided| {
            hours(&staff(&lines, absences, decided).ready().capacity, 0, DAYS - 1, |_| true)
        };
        let before = whole(&absences, &decided);
        let more = [absences.clone(), vec![(person, first, length, is_half)]].concat();
        prop_assert!(whole(&more, &decided) <= before + NOISE);
        // What was decided about that day before is replaced.
        let without: Decided =
            decided.iter().copied().filter(|(who, day, _)| (*who, *day) != (person, first)).collect();
        let decide = |quarters: u8| whole(&absences, &[without.clone(), vec![(person, first, quarters)]].concat());
        let (worked, half, off) = (decide(0), decide(2), decide(4));
        prop_assert!(off <= half + NOISE && half <= worked + NOISE, "{off} {half} {worked}");
        prop_assert!(off <= before + NOISE && before <= worked + NOISE, "{off} {before} {worked}");
    }

    /// A decision taken back leaves no trace, in the calendar of people and in that of working days.
    #[test]
    fn a_decision_taken_back_leaves_no_trace(lines in lines(), absences in absences(), decided in decided(), week in 1..128_u8) {
        let mut data = staff(&lines, &absences, &decided).ready();
        let before = data.clone();
        let mut decisions = (*data.decisions).clone();
        let plan = PersonPlan { team: "A".into(), hours_per_day: 3.0, allocation: 0.5 };
        let undo = [
            decisions.set(Decision::WorkWeek(Some(std::array::from_fn(|day| week >> day & 1 == 1)))),
            decisions.set(Decision::Person { person: "Ada".into(), plan: Some(plan) }),
            decisions.set(Decision::DaysOff { person: String::new(), days: vec![(iso(3), Some(1.0))] }),
        ];
        data.edit_decisions(std::sync::Arc::new(decisions.clone()));
        prop_assert!(data.capacity.person("Ada").is_some() && !data.work_days.is_working(day(FIRST) + 3));
        let worked = (0..DAYS).filter(|place| data.work_days.is_working(day(FIRST) + place)).count();
        prop_assert_eq!(data.work_days.count(day(FIRST), day(FIRST) + DAYS - 1) as usize, worked);
        for inverse in undo.into_iter().rev() {
            let _ = decisions.set(inverse);
        }
        data.edit_decisions(std::sync::Arc::new(decisions));
        // As texts: what is not told is not a number, and equal to nothing.
        prop_assert_eq!(format!("{:?}", data.capacity), format!("{:?}", before.capacity));
        prop_assert_eq!((data.work_days, data.decisions), (before.work_days, before.decisions));
    }

    /// The coefficient lies between 0 and 1, and does not know who is who.
    #[test]
    fn gini_lies_between_0_and_1(
        lines in lines(), absences in absences(), loads in prop::collection::vec((0..PEOPLE.len(), 0..60_u8), 0..12),
    ) {
        let data = with_load(staff(&lines, &absences, &Vec::new()), &loads);
        let at = Query { as_of: Some(day(FIRST) - 1), ..weeks(PeopleRule::Teams) };
        let result = ask(&data, "workload-balance", &at);
        let named = ask(&data, "workload-balance", &Query { people: PeopleRule::Names, ..at.clone() });
        prop_assert_eq!(result.is_computed(), named.is_computed());
        if result.is_computed() {
            let gini = result.figure("gini").unwrap().value.unwrap();
            prop_assert!((0.0..=1.0).contains(&gini), "{gini}");
            prop_assert_eq!(Some(gini), named.figure("gini").unwrap().value);
        }
        // By team or by person, the load is the same where everybody has hours.
        let of = |people| ask(&data, "utilisation", &Query { people, ..at.clone() });
        let (teams, people) = (of(PeopleRule::Teams), of(PeopleRule::Names));
        prop_assert_eq!(teams.candidates(), people.candidates());
        if teams.is_computed() && people.is_computed() {
            let load = |result: &MetricResult| result.figure("load").unwrap().value.unwrap();
            prop_assert!((load(&teams) - load(&people)).abs() < 1e-4, "{} {}", load(&teams), load(&people));
        }
    }

    /// Equal loads on equal hours have no spread.
    #[test]
    fn equal_loads_have_a_coefficient_of_0(number in 2..=PEOPLE.len(), load in 1..60_u8, hours in 1..10_u8) {
        let lines = (0..number).map(|person| (person, 0, 0, DAYS, hours, 4)).collect();
        let loads: Vec<(usize, u8)> = (0..number).map(|person| (person, load)).collect();
        let data = with_load(staff(&lines, &Vec::new(), &Vec::new()), &loads);
        let result = ask(&data, "workload-balance", &Query { as_of: Some(day(FIRST) - 1), ..weeks(PeopleRule::Teams) });
        prop_assert_eq!(result.figure("gini").unwrap().value, Some(0.0));
    }
}

/// 200 people over two years, each with two lines and a dozen absences, told by the day: the calendar is worked out and asked.
#[test]
fn a_large_calendar_is_told_whole() {
    let names: Vec<String> = (0..200).map(|number| format!("P{number:03}")).collect();
    let mut staff = Staff::default();
    for (number, name) in names.iter().enumerate() {
        let team = TEAMS[number % 2];
        staff = staff.line(name, team, "2024-01-01", "2025-12-31", 8.0, 0.5);
        staff = staff.line(name, "C", "2024-01-01", "2025-12-31", 8.0, 0.5);
        staff = staff.off(name, "2024-08-05", "2024-08-09", false, "");
    }
    let data = staff.ready();
    let query = Query {
        as_of: Some(day("2025-01-15")),
        from: Some(day("2024-01-01")),
        to: Some(day("2025-12-31")),
        granularity: Granularity::Month,
        ..Query::default()
    };
    let result = ask(&data, "capacity", &query);
    // 262 weekdays in 2024 and 261 in 2025, less 5, x 8 hours x 200 people.
    assert!((total(&result) - 518.0 * 8.0 * 200.0).abs() < NOISE, "{}", total(&result));
}
