//! The calendar as the page asks for it, and the decisions it makes: through the engine, as the worker does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "hand-computed values are exact")]

use throughline::engine::{AddTerms, CalendarPage, CalendarQuery, Engine, Request, Response};
use throughline::importers::{ImportJob, ImportSettings};
use throughline::metrics::{PeopleRule, Query};
use throughline::model::{Calendar, DayOff, Decision, PersonPlan, day_from_iso, encode_dataset};

const CAPACITY: &str =
    "person,team,from,to,hours_per_day,allocation\nMira,Rental,2024-01-01,,8,100 %\nTom,Rental,2024-01-01,,6,50 %\n";
const TIME_OFF: &str = "person,from,to,half_day\nMira,2024-02-06,2024-02-07,\nTom,2024-02-08,2024-02-08,yes\n";
const HOLIDAYS: &str = "date,region,name\n2024-02-05,,Feast\n";
const ITEMS: &str = "key,title,type,status,created,finished,assignee\nK-1,A,Story,Done,2024-01-02,2024-02-20,Zoe\n";

fn add(engine: &mut Engine, name: &str, text: &str) {
    let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
    job.push(text.as_bytes()).unwrap();
    let imported = job.finish().unwrap();
    let dataset = encode_dataset(&imported.dataset);
    let added = Request::AddLayer { dataset, report: Box::new(imported.report), terms: AddTerms::default() };
    assert!(matches!(engine.handle(added), Response::Added { .. }), "{name}");
}

fn open(files: &[(&str, &str)]) -> Engine {
    let mut engine = Engine::default();
    engine.handle(Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "UTC".into(), sample: false });
    for (name, text) in files {
        add(&mut engine, name, text);
    }
    engine
}

fn calendar(engine: &mut Engine, people: PeopleRule) -> CalendarPage {
    let query = Query { people, ..Query::default() };
    match engine.handle(Request::Calendar(CalendarQuery { query, first: None, days: None, limit: 50 })) {
        Response::Calendar(page) => *page,
        other => panic!("{other:?}"),
    }
}

fn decide(engine: &mut Engine, decision: Decision) {
    assert!(matches!(engine.handle(Request::Decide(decision)), Response::Workspace(_)));
}

/// What is off of February 1 to 9.
fn off(days: &[DayOff]) -> Vec<f64> {
    days[..9].iter().map(|day| day.off).collect()
}

#[test]
fn the_present_month_is_told_day_by_day() {
    let files = [("capacity.csv", CAPACITY), ("off.csv", TIME_OFF), ("holidays.csv", HOLIDAYS), ("items.csv", ITEMS)];
    let mut engine = open(&files);
    let page = calendar(&mut engine, PeopleRule::Names);
    // The last thing that happened is of February 20; it has 29 days, the 3rd and 4th are a weekend.
    assert_eq!((page.first, page.everybody.len()), (day_from_iso("2024-02-01").unwrap(), 29));
    assert_eq!(off(&page.everybody), [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    let shown: Vec<&str> = page.people.iter().map(|person| person.shown.as_str()).collect();
    assert_eq!(shown, ["Mira", "Tom"]);
    assert_eq!(off(&page.people[0].days), [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0]);
    assert_eq!(off(&page.people[1].days), [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.5, 0.0]);
    // 21 weekdays: Mira 18 x 8, Tom 19.5 x 3.
    assert_eq!((page.people[0].hours, page.people[1].hours), (Some(144.0), Some(58.5)));
    assert_eq!(page.without, ["Zoe"]);
}

#[test]
fn a_day_decided_on_says_so_and_what_the_files_say() {
    let mut engine = open(&[("capacity.csv", CAPACITY), ("off.csv", TIME_OFF), ("items.csv", ITEMS)]);
    let days = vec![("2024-02-06".to_owned(), Some(0.0)), ("2024-02-01".to_owned(), Some(0.5))];
    decide(&mut engine, Decision::DaysOff { person: "Mira".into(), days });
    decide(&mut engine, Decision::DaysOff { person: String::new(), days: vec![("2024-02-02".into(), Some(1.0))] });
    let page = calendar(&mut engine, PeopleRule::Names);
    let mira = &page.people[0].days;
    assert_eq!(off(mira), [0.5, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    assert_eq!(mira[5], DayOff { off: 0.0, told: 1.0, is_decided: true });
    assert_eq!(mira[0], DayOff { off: 0.5, told: 0.0, is_decided: true });
    assert_eq!(mira[1], DayOff { off: 1.0, told: 1.0, is_decided: false }, "it was decided about everybody");
    assert_eq!(page.everybody[1], DayOff { off: 1.0, told: 0.0, is_decided: true });
    engine.handle(Request::Undo);
    engine.handle(Request::Undo);
    assert_eq!(off(&calendar(&mut engine, PeopleRule::Names).people[0].days)[5], 1.0);
}

#[test]
fn without_any_capacity_people_are_added_by_hand() {
    let mut engine = open(&[("items.csv", ITEMS)]);
    assert_eq!(calendar(&mut engine, PeopleRule::Names).people, []);
    let plan = PersonPlan { team: "Rental".into(), hours_per_day: 8.0, allocation: 0.5 };
    decide(&mut engine, Decision::Person { person: "Zoe".into(), plan: Some(plan.clone()) });
    let page = calendar(&mut engine, PeopleRule::Names);
    let zoe = &page.people[0];
    assert_eq!((&zoe.plan, zoe.is_decided, zoe.hours), (&plan, true, Some(84.0)), "21 days x 4");
    assert!(page.without.is_empty());
    engine.handle(Request::Undo);
    assert_eq!(calendar(&mut engine, PeopleRule::Names).total, 0);
}

#[test]
fn nobody_is_named_who_should_not_be() {
    let mut engine = open(&[("capacity.csv", CAPACITY), ("items.csv", ITEMS)]);
    let page = calendar(&mut engine, PeopleRule::Teams);
    assert_eq!((page.people.len(), page.total, page.without.len()), (0, 2, 0));
    let page = calendar(&mut engine, PeopleRule::Pseudonyms);
    let shown: Vec<&str> = page.people.iter().map(|person| person.shown.as_str()).collect();
    assert_eq!(shown, ["Person 1", "Person 2"]);
    assert!(page.without.is_empty());
}
