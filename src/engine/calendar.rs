//! The calendar of people and days off, as the page shows and edits it.

use std::collections::BTreeSet;

use crate::engine::{CalendarPage, CalendarPerson, CalendarQuery};
use crate::metrics::PeopleRule;
use crate::metrics::capacity::{first_open_day, person_name};
use crate::model::{
    Capacity, CategoryField, Granularity, PersonPlan, PreparedDataset, next_period_start, period_start,
};

/// Days that one page may hold.
const MOST_DAYS: u32 = 92;
/// People that one page may hold.
const MOST_PEOPLE: u32 = 1_000;
/// People without capacity that are named.
const MOST_WITHOUT: usize = 200;

pub(super) fn page(data: &PreparedDataset, query: &CalendarQuery) -> CalendarPage {
    let month = || period_start(first_open_day(data, &query.query).unwrap_or(0), Granularity::Month);
    let first = query.first.unwrap_or_else(month);
    let of_month = (next_period_start(period_start(first, Granularity::Month), Granularity::Month) - first) as u32;
    let last = first + query.days.unwrap_or(of_month).clamp(1, MOST_DAYS) as i32 - 1;
    let capacity = &data.capacity;
    // A team that is told as a whole is nobody whose days could be off.
    let named: Vec<u32> =
        (0..).zip(capacity.people()).filter(|(_, name)| !name.is_empty()).map(|(person, _)| person).collect();
    let people = if query.query.people == PeopleRule::Teams { &[][..] } else { &named[..] };
    let wanted = people.iter().take(query.limit.min(MOST_PEOPLE) as usize);
    CalendarPage {
        first,
        week: capacity.week(),
        everybody: capacity.days_off(None, first, last),
        people: wanted.map(|&person| calendar_person(data, query.query.people, person, first, last)).collect(),
        total: named.len() as u64,
        without: if query.query.people == PeopleRule::Names { without(data, capacity) } else { Vec::new() },
    }
}

fn calendar_person(data: &PreparedDataset, people: PeopleRule, person: u32, first: i32, last: i32) -> CalendarPerson {
    let capacity = &data.capacity;
    let name = capacity.people().get(person as usize).cloned().unwrap_or_default();
    let own = || capacity.lines().iter().filter(|line| line.person == person);
    let holds = own().find(|line| line.first <= last && first <= line.last).or_else(|| own().next());
    let plan = holds.map_or_else(PersonPlan::default, |line| PersonPlan {
        team: capacity.teams().get(line.team as usize).cloned().unwrap_or_default(),
        hours_per_day: if line.hours_per_day.is_finite() { line.hours_per_day } else { 0.0 },
        allocation: line.allocation,
    });
    let hours = capacity.days_in(&[(first, last)], |_, line| line.person == person).into_iter().filter_map(|of| {
        let days = of.days.first().copied().flatten()?;
        capacity.lines()[of.line].hours_of(days)
    });
    let hours: Vec<f64> = hours.collect();
    CalendarPerson {
        shown: person_name(capacity, people, person),
        plan,
        lines: own().count() as u32,
        is_decided: data.decisions.people.contains_key(&name),
        hours: (!hours.is_empty()).then(|| hours.iter().sum()),
        days: capacity.days_off(Some(person), first, last),
        person: name,
    }
}

/// Assignees whose capacity is not known, in the order of their names.
fn without(data: &PreparedDataset, capacity: &Capacity) -> Vec<String> {
    let assignees = data.dataset.category(CategoryField::Assignee);
    let used: BTreeSet<u32> = assignees.codes().iter().copied().filter(|&code| code != 0).collect();
    let names: BTreeSet<&str> =
        used.into_iter().map(|code| assignees.value(code)).filter(|name| capacity.person(name).is_none()).collect();
    names.into_iter().take(MOST_WITHOUT).map(str::to_owned).collect()
}
