//! Measures of the code week by week, what the project costs, and what may go wrong.

use super::super::clock::date;
use super::super::random::Random;
use super::{Crew, DAYS, Table};

const SEED: u64 = 1_291;
/// First days of the months from June to October 2026.
const MONTHS: [i32; 5] = [20_605, 20_635, 20_666, 20_697, 20_727];

/// The table of code measures: technical debt in minutes, coverage in percent and lines of code, every Monday.
pub(super) fn code_measures(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("date,measure,value,component");
    for (place, crew) in crews.iter().enumerate() {
        let mut random = Random::new(SEED + place as u64);
        let (mut debt, mut tenths, mut lines) = (9_600 + 2_400 * place as i32, 612 + 45 * place as i32, 41_000);
        // Monday 2026-05-25 is the first one after the story begins.
        for day in (DAYS.0 + 6..DAYS.1).step_by(7) {
            // Debt grew until the outage; since then the teams pay it back.
            debt += if day < 20_662 { random.between(60, 420) } else { random.between(-480, 120) };
            tenths += if day < 20_662 { random.between(-4, 3) } else { random.between(-1, 6) };
            lines += random.between(80, 900);
            let on = date(day);
            table.row(&[&on, "sqale_index", &debt.to_string(), crew.service]);
            table.row(&[&on, "coverage", &format!("{}.{}", tenths / 10, tenths % 10), crew.service]);
            table.row(&[&on, "ncloc", &lines.to_string(), crew.service]);
        }
    }
    table.0
}

/// Category, amount planned a month, and what it is for.
const COSTS: &[(&str, i32, &str)] = &[
    ("people", 148_000, "Three teams, eighteen people"),
    ("cloud", 11_500, "Hosting, storage and traffic"),
    ("licences", 4_200, "Tools for design, tests and tickets"),
    ("maintenance", 6_300, "Terminals and scanners in the ports"),
    ("other", 1_500, "Travel to the ports"),
];

/// The table of costs: one line a month and category. October is planned and not yet paid.
pub(super) fn costs(_crews: &[Crew]) -> Vec<u8> {
    let mut random = Random::new(SEED);
    let mut table = Table::new("date,category,amount,currency,planned,note");
    for (place, &day) in MONTHS.iter().enumerate() {
        for &(category, planned, note) in COSTS {
            // The move to the new data centre is paid twice for a while.
            let extra = if category == "cloud" && (1..=3).contains(&place) { 30 } else { 0 };
            let amount = planned * (100 + random.between(-4, 6) + extra) / 100;
            let amount = if place + 1 == MONTHS.len() { String::new() } else { amount.to_string() };
            table.row(&[&date(day), category, &amount, "EUR", &planned.to_string(), note]);
        }
    }
    table.0
}

/// Title, probability, impact, cost, days, team, place of the owner, status, mitigation, day it was opened.
type Risk = (&'static str, u8, u8, u32, u32, usize, usize, &'static str, &'static str, i32);

const RISKS: &[Risk] = &[
    (
        "The new data centre is not ready before the autumn timetable",
        3,
        5,
        60_000,
        20,
        2,
        5,
        "open",
        "Keep the old contract for two more months",
        20_600,
    ),
    (
        "The second payment provider changes its interface",
        2,
        4,
        15_000,
        10,
        1,
        3,
        "open",
        "Agree on notice of three months",
        20_612,
    ),
    (
        "One person alone knows the loading plan",
        4,
        3,
        8_000,
        12,
        2,
        0,
        "mitigating",
        "Pair on every change to it",
        20_620,
    ),
    (
        "Season passes are sold before the rules are agreed",
        3,
        3,
        12_000,
        8,
        1,
        5,
        "open",
        "Decide with the ports in September",
        20_640,
    ),
    ("Another power failure", 2, 5, 90_000, 5, 2, 3, "mitigating", "Second site for bookings and payments", 20_651),
    (
        "The accessibility law applies earlier than planned",
        2,
        3,
        20_000,
        15,
        0,
        4,
        "open",
        "Bring the audit forward",
        20_655,
    ),
    ("Scanners in two ports reach the end of support", 4, 2, 18_000, 6, 2, 1, "closed", "Ordered in August", 20_615),
];

/// The risk register: grades from 1 to 5; each risk hangs on an epic of its team.
pub(super) fn risks(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("id,title,probability,impact,cost,days,owner,status,mitigation,opened,closed,key");
    for (place, &(title, probability, impact, cost, days, team, owner, status, mitigation, opened)) in
        RISKS.iter().enumerate()
    {
        let Some(crew) = crews.get(team) else { continue };
        let owner = crew.project.people.get(owner).map_or("", |person| person.name.as_str());
        let epics: Vec<_> = crew.items.iter().filter(|item| item.kind == "Epic").collect();
        let key = epics.get(place % epics.len().max(1)).map(|epic| epic.key(&crew.project)).unwrap_or_default();
        let closed = if status == "closed" { date(20_690) } else { String::new() };
        let numbers = [u32::from(probability), u32::from(impact), cost, days].map(|number| number.to_string());
        let [probability, impact, cost, days] = &numbers;
        let id = format!("R-{}", place + 1);
        table.row(&[
            &id,
            title,
            probability,
            impact,
            cost,
            days,
            owner,
            status,
            mitigation,
            &date(opened),
            &closed,
            &key,
        ]);
    }
    table.0
}
