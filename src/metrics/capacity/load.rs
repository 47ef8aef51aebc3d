//! How many hours the open work of a person or team still takes.

use super::parts::Parts;
use super::split::Split;
use super::sprints::{Days, first_open_day};
use crate::metrics::outcome::{Outcome, Outcomes};
use crate::metrics::stats::tidy;
use crate::metrics::{Exclusion, PeopleRule, Unit, words};
use crate::model::{CategoryField, ItemSet, ListField, NumberField, PreparedDataset};

/// Days up to now from which somebody's pace is told.
pub(super) const PACE_DAYS: i32 = 90;

/// Where the hours of an item come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Remaining,
    Estimate,
    History,
    Line,
}

/// The load of each part, with the items it comes from.
pub(super) struct Loads {
    /// Hours and items by part.
    pub(super) of_part: Vec<(f64, Vec<u32>)>,
    pub(super) excluded: Vec<Exclusion>,
    pub(super) considered: u64,
    /// Items by where their hours come from.
    sources: [usize; 4],
}

/// Hours a point takes, by person.
struct Pace {
    /// From what the person finished.
    own: Vec<Option<f64>>,
    /// From the person's lines of capacity.
    of_line: Vec<Option<f64>>,
}

impl Loads {
    /// The load of the open items that are to be done in some days: those whose present sprint it is, or all of them where the
    /// days are no sprint.
    pub(super) fn new(data: &PreparedDataset, items: &ItemSet, parts: &Parts<'_>, days: &Days, as_of: i64) -> Self {
        let outcomes = Outcomes::new(data, as_of, Unit::Points);
        let holders = Holders::new(data, parts);
        let split = Split::new(parts, &[days.span()]);
        // Once for each of them, not for each item.
        let of_person: Vec<Vec<(usize, f64)>> =
            (0..parts.capacity.people().len()).map(|person| split.of(person as u32, 0)).collect();
        let of_team: Vec<Vec<(usize, f64)>> =
            (0..parts.capacity.teams().len()).map(|team| split.of_team(team)).collect();
        let pace = Pace::new(data, &outcomes, days, as_of);
        let estimates = Estimates::new(data);
        let mut loads = Self {
            of_part: vec![(0.0, Vec::new()); parts.len()],
            excluded: Vec::new(),
            considered: 0,
            sources: [0; 4],
        };
        let (mut nobodys, mut unknown, mut unsized_items, mut no_pace) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let sprints = data.dataset.list(ListField::Sprint);
        let code = days.sprint.map(|position| data.iterations.list()[position].code);
        for item in items {
            let is_in = code.is_none_or(|code| sprints.codes_of(item).last() == Some(&code));
            if !is_in || outcomes.of(item) != Outcome::Open {
                continue;
            }
            let number = item as u32;
            let (person, shares) = match holders.of(item) {
                Holder::Nobody => {
                    nobodys.push(number);
                    continue;
                }
                Holder::Unknown => (None, &[][..]),
                Holder::Person(person) => (Some(person), of_person[person as usize].as_slice()),
                Holder::Team(team, person) => (person, of_team[team].as_slice()),
            };
            if shares.is_empty() {
                unknown.push(number);
                continue;
            }
            match estimates.hours(item, person, &pace) {
                Ok((hours, from)) => {
                    for &(part, share) in shares {
                        loads.add(part, number, hours * share);
                    }
                    loads.considered += 1;
                    loads.sources[from as usize] += 1;
                }
                Err(true) => no_pace.push(number),
                Err(false) => unsized_items.push(number),
            }
        }
        loads.excluded = Exclusion::list([
            ("assigned to nobody".to_owned(), nobodys),
            ("assigned to somebody without capacity".to_owned(), unknown),
            ("no remaining time, estimate or points".to_owned(), unsized_items),
            ("points, but nothing tells how long its assignee takes for one".to_owned(), no_pace),
        ]);
        loads.of_part.iter_mut().for_each(|(hours, _)| *hours = tidy(*hours));
        loads
    }

    fn add(&mut self, part: usize, item: u32, hours: f64) {
        let (sum, items) = &mut self.of_part[part];
        *sum += hours;
        if items.last() != Some(&item) {
            items.push(item);
        }
    }

    /// Where the hours come from, in a sentence.
    pub(super) fn sources(&self) -> String {
        const NAMES: [&str; 4] = [
            "its remaining time",
            "its original estimate less the logged time",
            "its points at the pace of its assignee",
            "its points at the points a day of the capacity",
        ];
        let parts: Vec<String> = NAMES
            .iter()
            .zip(self.sources)
            .filter(|(_, number)| *number > 0)
            .map(|(name, number)| format!("{} by {name}", words::items(number)))
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if parts.is_empty() {
            "Load: no items.".to_owned()
        } else {
            format!("Load of an item: {}.", words::list(&parts, 4))
        }
    }
}

/// What the items say about their size.
struct Estimates<'a> {
    remaining: &'a [f64],
    original: &'a [f64],
    logged: &'a [f64],
    points: &'a [f64],
}

impl<'a> Estimates<'a> {
    fn new(data: &'a PreparedDataset) -> Self {
        let number = |field| data.dataset.number(field);
        Self {
            remaining: number(NumberField::RemainingHours),
            original: number(NumberField::OriginalEstimateHours),
            logged: number(NumberField::LoggedHours),
            points: number(NumberField::Points),
        }
    }

    /// Hours of an item; the error tells whether it has points at least.
    fn hours(&self, item: usize, person: Option<u32>, pace: &Pace) -> Result<(f64, From), bool> {
        let known = |number: f64| number.is_finite() && number >= 0.0;
        if known(self.remaining[item]) {
            return Ok((self.remaining[item], From::Remaining));
        }
        if known(self.original[item]) {
            let logged = if known(self.logged[item]) { self.logged[item] } else { 0.0 };
            return Ok(((self.original[item] - logged).max(0.0), From::Estimate));
        }
        let points = self.points[item];
        if !known(points) {
            return Err(false);
        }
        let of = |list: &[Option<f64>]| person.and_then(|person| list.get(person as usize).copied().flatten());
        if let Some(hours) = of(&pace.own) {
            return Ok((points * hours, From::History));
        }
        of(&pace.of_line).map(|hours| (points * hours, From::Line)).ok_or(true)
    }
}

impl Pace {
    /// Own pace = hours of capacity in the last 90 days / points finished in them. Pace of a line = its hours a day / its points a
    /// day, of the first line that tells both and holds in the days asked for.
    fn new(data: &PreparedDataset, outcomes: &Outcomes<'_>, days: &Days, as_of: i64) -> Self {
        let capacity = &data.capacity;
        let people = capacity.people().len();
        let last = first_open_day(data, as_of) - 1;
        let span = (last - PACE_DAYS + 1, last);
        let mut points = vec![0.0; people];
        let person_of = person_of_code(data);
        let assignee = data.dataset.category(CategoryField::Assignee);
        for item in 0..data.dataset.len() {
            let Some(person) = person_of[assignee.code(item) as usize] else { continue };
            if let Outcome::Finished { day, .. } = outcomes.of(item)
                && (span.0..=span.1).contains(&day)
            {
                points[person as usize] += outcomes.size(item);
            }
        }
        let mut hours = vec![0.0; people];
        for of in capacity.days_in(&[span], |_, line| line.hours_per_day.is_finite()) {
            let line = &capacity.lines()[of.line];
            let worked = of.days.iter().flatten().copied().sum();
            hours[line.person as usize] += line.hours_of(worked).unwrap_or(0.0);
        }
        let own =
            points.iter().zip(&hours).map(|(&points, &hours)| (points > 0.0 && hours > 0.0).then(|| hours / points));
        let mut of_line = vec![None; people];
        for line in capacity.lines() {
            let tells = line.points_per_day > 0.0 && line.hours_per_day > 0.0;
            let place = &mut of_line[line.person as usize];
            if tells && line.first <= days.last && days.first <= line.last && place.is_none() {
                *place = Some(line.hours_per_day / line.points_per_day);
            }
        }
        Self { own: own.collect(), of_line }
    }
}

/// The person of each code in the column of assignees.
pub(super) fn person_of_code(data: &PreparedDataset) -> Vec<Option<u32>> {
    let names = data.dataset.category(CategoryField::Assignee).values();
    names.iter().map(|name| data.capacity.person(name).filter(|_| !name.is_empty())).collect()
}

/// Who an item is assigned to.
enum Holder {
    Nobody,
    /// Somebody, or some team, without a chosen line.
    Unknown,
    /// A person with a line.
    Person(u32),
    /// A team, by a person with or without a line.
    Team(usize, Option<u32>),
}

/// Finds whose load an item is: by person that of its assignee; by team that of the team it names, as far as it has capacity, else of
/// the teams of its assignee, each in proportion to the hours.
struct Holders<'a> {
    data: &'a PreparedDataset,
    people: PeopleRule,
    /// By code of the assignee.
    person_of: Vec<Option<u32>>,
    /// By code of the item's team.
    team_of: Vec<Option<u32>>,
}

impl<'a> Holders<'a> {
    fn new(data: &'a PreparedDataset, parts: &Parts<'_>) -> Self {
        let teams = data.dataset.category(CategoryField::Team).values();
        let team_of = teams.iter().map(|name| parts.capacity.team(name).filter(|_| !name.is_empty())).collect();
        Self { data, people: parts.people, person_of: person_of_code(data), team_of }
    }

    fn of(&self, item: usize) -> Holder {
        let code = self.data.dataset.category(CategoryField::Assignee).code(item);
        if code == 0 {
            return Holder::Nobody;
        }
        let person = self.person_of[code as usize];
        let team = self.team_of[self.data.dataset.category(CategoryField::Team).code(item) as usize];
        match (self.people, team, person) {
            (PeopleRule::Teams, Some(team), _) => Holder::Team(team as usize, person),
            (_, _, Some(person)) => Holder::Person(person),
            _ => Holder::Unknown,
        }
    }
}
