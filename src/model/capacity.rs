//! How much who can work on which day: people x days, kept as the lines it follows from.
//!
//! Capacity of a line on a day = hours a day x allocation x the share of the day that its person works. That share is 0 outside the
//! work week, else 1 without the greatest share that is off: a holiday of everybody or an absence of the person, as the files say.
//! What the user decided about a day holds instead: a decision about the person before one about everybody.
//! The table is never written out: shares are added up per person when they are asked for.

use std::collections::BTreeSet;

use super::days_off::{DaysOff, OffDays};
use super::work_days::{USUAL_WEEK, is_in_week};
use super::{Calendar, Dataset, Decisions, NO_MOMENT, RecordKind};

/// What a person, or a team as a whole, has in a span of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CapacityLine {
    /// Position in [`Capacity::people`].
    pub person: u32,
    /// Position in [`Capacity::teams`].
    pub team: u32,
    /// First day; `i32::MIN` = from ever.
    pub first: i32,
    /// Last day; `i32::MAX` = for ever.
    pub last: i32,
    /// Hours a working day; NaN when not told.
    pub hours_per_day: f64,
    /// Points a working day; NaN when not told.
    pub points_per_day: f64,
    /// Share of it that the team has, 0 to 1.
    pub allocation: f64,
    /// Row in the table of capacity; `None` = decided by the user.
    pub row: Option<u32>,
}

impl CapacityLine {
    /// Hours of so many days; `None` when the line tells no hours.
    pub fn hours_of(&self, days: f64) -> Option<f64> {
        self.hours_per_day.is_finite().then_some(days * self.hours_per_day * self.allocation)
    }
}

/// Who has which capacity, and which days are off.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Capacity {
    /// Names, rising, once each; the empty one stands for teams that are told as a whole.
    people: Vec<String>,
    /// Names, rising, once each; the empty one = no team.
    teams: Vec<String>,
    /// By person, then team, then first day.
    lines: Vec<CapacityLine>,
    week: [bool; 7],
    everybody: OffDays,
    /// By person.
    own: Vec<OffDays>,
    unused_holidays: usize,
}

/// What is off of one day.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DayOff {
    /// Share that is off, 0 to 1; 1 outside the work week.
    pub off: f64,
    /// The share without the user's decision about this person, or everybody, on this day.
    pub told: f64,
    /// True when the user decided on it.
    pub is_decided: bool,
}

/// The working days of one line in each of the spans asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct LineDays {
    /// Position in [`Capacity::lines`].
    pub line: usize,
    /// Days worked, halves and parts included; `None` where the line holds on no day of the span.
    pub days: Vec<Option<f64>>,
}

impl Capacity {
    pub(super) fn new(dataset: &Dataset, calendar: &Calendar, decisions: &Decisions, days_off: DaysOff) -> Self {
        let mut told = told_lines(dataset, calendar, decisions);
        let names = |name: fn(&Told) -> &String| {
            let names: BTreeSet<&String> = told.iter().map(name).collect();
            names.into_iter().cloned().collect::<Vec<String>>()
        };
        let (people, teams) = (names(|line| &line.person), names(|line| &line.team));
        for line in &mut told {
            line.line.person = people.binary_search(&line.person).unwrap_or(0) as u32;
            line.line.team = teams.binary_search(&line.team).unwrap_or(0) as u32;
        }
        let mut lines: Vec<CapacityLine> = told.into_iter().map(|line| line.line).collect();
        lines.sort_by_key(|line| (line.person, line.team, line.first, line.last, line.row));
        let DaysOff { everybody, mut own, unused } = days_off;
        let own = people.iter().map(|name| own.remove(name).unwrap_or_default()).collect();
        let week = decisions.work_week.unwrap_or(USUAL_WEEK);
        Self { people, teams, lines, week, everybody, own, unused_holidays: unused }
    }

    /// True when no capacity is known.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Names of those who have a line, rising; the empty one stands for teams that are told as a whole.
    pub fn people(&self) -> &[String] {
        &self.people
    }

    /// Names of teams that have a line, rising; the empty one = no team.
    pub fn teams(&self) -> &[String] {
        &self.teams
    }

    /// All lines, by person, then team, then first day.
    pub fn lines(&self) -> &[CapacityLine] {
        &self.lines
    }

    /// Position of a person.
    pub fn person(&self, name: &str) -> Option<u32> {
        self.people.binary_search_by(|known| known.as_str().cmp(name)).ok().map(|position| position as u32)
    }

    /// Position of a team.
    pub fn team(&self, name: &str) -> Option<u32> {
        self.teams.binary_search_by(|known| known.as_str().cmp(name)).ok().map(|position| position as u32)
    }

    /// Holidays of regions that hold for nobody, because there are several regions and nothing says who lives where.
    pub const fn unused_holidays(&self) -> usize {
        self.unused_holidays
    }

    /// The share of each day from `first` to `last` that is worked, 0 to 1; `None` = by somebody of whom nothing else is known.
    pub fn worked(&self, person: Option<u32>, first: i32, last: i32) -> Vec<f64> {
        let is_worked = |day: i32| is_in_week(self.week, day);
        let mut worked: Vec<f64> = (first..=last).map(|day| if is_worked(day) { 1.0 } else { 0.0 }).collect();
        self.everybody.take_from(first, &mut worked, is_worked);
        if let Some(own) = person.and_then(|person| self.own.get(person as usize)) {
            own.take_from(first, &mut worked, is_worked);
        }
        worked
    }

    /// Days of the work week from `first` to `last`, days off included.
    pub fn week_days(&self, first: i32, last: i32) -> usize {
        (first..=last).filter(|&day| is_in_week(self.week, day)).count()
    }

    /// What is off of each day from `first` to `last`, for a person or (`None`) for everybody.
    pub fn days_off(&self, person: Option<u32>, first: i32, last: i32) -> Vec<DayOff> {
        let own = match person {
            None => Some(&self.everybody),
            Some(person) => self.own.get(person as usize),
        };
        let worked = self.worked(person, first, last);
        let mut told: Vec<f64> = match person {
            None => (first..=last).map(|day| if is_in_week(self.week, day) { 1.0 } else { 0.0 }).collect(),
            Some(_) => self.worked(None, first, last),
        };
        if let Some(own) = own {
            own.take_told_from(first, &mut told);
        }
        let day_off = |(day, (worked, told)): (i32, (f64, f64))| DayOff {
            off: 1.0 - worked,
            told: 1.0 - told,
            is_decided: own.is_some_and(|own| own.is_decided(day)),
        };
        (first..=last).zip(worked.into_iter().zip(told)).map(day_off).collect()
    }

    /// Days of the week that are worked on, from Monday.
    pub const fn week(&self) -> [bool; 7] {
        self.week
    }

    /// The working days of the lines that are to be kept, in spans of first and last day. Lines without a day in any are left
    /// out.
    pub fn days_in(&self, spans: &[(i32, i32)], keep: impl Fn(usize, &CapacityLine) -> bool) -> Vec<LineDays> {
        let (Some(first), Some(last)) = (spans.iter().map(|span| span.0).min(), spans.iter().map(|span| span.1).max())
        else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let mut sums: (Option<u32>, Vec<f64>) = (None, Vec::new());
        for (number, line) in self.lines.iter().enumerate().filter(|(number, line)| keep(*number, line)) {
            if line.first > last || line.last < first {
                continue;
            }
            if sums.0 != Some(line.person) {
                sums = (Some(line.person), running_sums(&self.worked(Some(line.person), first, last)));
            }
            let days = |&(from, to): &(i32, i32)| {
                let (from, to) = (from.max(line.first), to.min(line.last));
                let sum = |day: i32| sums.1[(day - first) as usize];
                (from <= to).then(|| (sum(to + 1) - sum(from)).max(0.0))
            };
            let days: Vec<Option<f64>> = spans.iter().map(days).collect();
            if days.iter().any(Option::is_some) {
                all.push(LineDays { line: number, days });
            }
        }
        all
    }
}

/// Sums of all values before each place, and of all.
fn running_sums(values: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let before = values.iter().map(|value| {
        let before = sum;
        sum += value;
        before
    });
    let mut sums: Vec<f64> = before.collect();
    sums.push(sum);
    sums
}

/// A line with its names, before they have positions.
struct Told {
    person: String,
    team: String,
    line: CapacityLine,
}

/// The lines of the files, without those of people that the user decided on, and the decided ones.
fn told_lines(dataset: &Dataset, calendar: &Calendar, decisions: &Decisions) -> Vec<Told> {
    let mut told = Vec::new();
    if let Some(records) = dataset.records(RecordKind::Capacity) {
        let (from, to) = (records.moments("from"), records.moments("to"));
        let (hours, points) = (records.numbers("hours-per-day"), records.numbers("points-per-day"));
        let allocation = records.numbers("allocation");
        for row in 0..records.len() {
            let person = records.text("person", row);
            if decisions.people.contains_key(person) {
                continue;
            }
            let day = |moment: i64, open: i32| if moment == NO_MOMENT { open } else { calendar.day_of(moment) };
            let known = |number: f64| if number >= 0.0 { number } else { f64::NAN };
            let share = if allocation[row].is_nan() { 1.0 } else { allocation[row].clamp(0.0, 1.0) };
            let line = CapacityLine {
                person: 0,
                team: 0,
                first: day(from[row], i32::MIN),
                last: day(to[row], i32::MAX),
                hours_per_day: known(hours[row]),
                points_per_day: known(points[row]),
                allocation: share,
                row: Some(row as u32),
            };
            told.push(Told { person: person.to_owned(), team: records.text("team", row).to_owned(), line });
        }
    }
    told.extend(decisions.people.iter().map(|(person, plan)| Told {
        person: person.clone(),
        team: plan.team.clone(),
        line: CapacityLine {
            person: 0,
            team: 0,
            first: i32::MIN,
            last: i32::MAX,
            hours_per_day: plan.hours_per_day,
            points_per_day: f64::NAN,
            allocation: plan.allocation,
            row: None,
        },
    }));
    told
}
