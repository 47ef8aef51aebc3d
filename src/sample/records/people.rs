//! Who had how much time, who was away, and what the hours went into.

use std::collections::BTreeMap;

use super::super::clock::{WallMinute, date, weekday};
use super::super::random::Random;
use super::{Crew, DAYS, Table};

/// Days off for everybody, weekdays all of them.
const HOLIDAYS: &[(i32, &str)] = &[(20_598, "Whit Monday"), (20_628, "Harbour festival"), (20_714, "Company day")];
/// Sprints 37 and 38, in which most people are on holiday.
const SUMMER: (i32, i32) = (20_662, 20_689);
const SEED: u64 = 815;

/// Hours a day and the share of them that the team has, by the person's place in it.
const HOURS: [(&str, &str); 6] =
    [("7.5", "100 %"), ("7.5", "100 %"), ("6", "100 %"), ("7.5", "80 %"), ("7.5", "100 %"), ("7.5", "50 %")];
const ROLES: [&str; 6] = ["Developer", "Developer", "Tester", "Developer", "Designer", "Product owner"];

/// An absence, first and last day included.
struct Away {
    from: i32,
    to: i32,
    half: bool,
    reason: &'static str,
}

impl Away {
    const fn covers(&self, day: i32) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The absences of the person at this place of a team.
fn absences(team: usize, person: usize) -> Vec<Away> {
    let mut random = Random::new(SEED + 10 * team as u64 + person as u64);
    // Mondays of the summer, so that the holidays of a team overlap and do not coincide.
    let first = SUMMER.0 - 1 + 7 * random.below(3) as i32;
    let mut away = vec![Away { from: first, to: first + 11, half: false, reason: "Summer holidays" }];
    for _ in 0..random.below(3) {
        let day = working(random.between(DAYS.0 + 3, SUMMER.0 - 8));
        away.push(Away { from: day, to: day + random.between(0, 1), half: false, reason: "Ill" });
    }
    if random.chance(50) {
        let day = working(random.between(SUMMER.1 + 5, DAYS.1 - 6));
        away.push(Away { from: day, to: day, half: true, reason: "Appointment" });
    }
    if random.chance(35) {
        let day = working(DAYS.1 + random.between(1, 4));
        away.push(Away { from: day, to: day, half: false, reason: "Day off" });
    }
    away
}

/// The day itself, or the Monday after a weekend.
const fn working(day: i32) -> i32 {
    match weekday(day) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    }
}

fn people(crews: &[Crew]) -> impl Iterator<Item = (usize, usize, &Crew, &str)> {
    crews.iter().enumerate().flat_map(|(team, crew)| {
        crew.project.people.iter().enumerate().map(move |(place, person)| (team, place, crew, person.name.as_str()))
    })
}

/// The table of capacity.
pub(super) fn capacity(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("person,team,from,to,hours_per_day,allocation,role");
    let from = date(DAYS.0);
    for (_, place, crew, name) in people(crews) {
        let (hours, allocation) = HOURS[place % HOURS.len()];
        table.row(&[name, &crew.project.team, &from, "", hours, allocation, ROLES[place % ROLES.len()]]);
    }
    table.0
}

/// The table of absences.
pub(super) fn time_off(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("person,from,to,half_day,reason");
    for (team, place, _, name) in people(crews) {
        for away in absences(team, place) {
            let half = if away.half { "yes" } else { "" };
            table.row(&[name, &date(away.from), &date(away.to), half, away.reason]);
        }
    }
    table.0
}

/// The table of holidays.
pub(super) fn holidays(_crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("date,region,name");
    for &(day, name) in HOLIDAYS {
        table.row(&[&date(day), "", name]);
    }
    table.0
}

/// The table of hours: those of a day go into what the person worked on that day, an hour into meetings.
pub(super) fn work_log(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("person,date,hours,key,category");
    for (team, place, crew, name) in people(crews) {
        let away = absences(team, place);
        let is_off = |day: i32| {
            weekday(day) > 4
                || HOLIDAYS.iter().any(|&(off, _)| off == day)
                || away.iter().any(|away| away.covers(day) && !away.half)
        };
        let mut worked: BTreeMap<i32, Vec<String>> = BTreeMap::new();
        for item in crew.items.iter().filter(|item| item.assignee == Some(place)) {
            let Some(begun) = item.started else { continue };
            let last = item.resolved.map_or(DAYS.1 - 1, WallMinute::day);
            for day in (begun.day()..=last).filter(|&day| !is_off(day)) {
                worked.entry(day).or_default().push(item.key(&crew.project));
            }
        }
        for (day, keys) in worked {
            table.row(&[name, &date(day), "1", "", "meetings"]);
            // Quarters of an hour.
            let quarters = 24 / keys.len() as i32;
            for key in keys {
                table.row(&[name, &date(day), &hours(quarters), &key, "development"]);
            }
        }
    }
    table.0
}

fn hours(quarters: i32) -> String {
    let rest = ["", ".25", ".5", ".75"][(quarters % 4) as usize];
    format!("{}{rest}", quarters / 4)
}
