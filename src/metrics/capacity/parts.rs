//! Which lines of capacity a question is about, and by whom its numbers are told: teams or people.

use crate::metrics::{FilterField, MetricResult, PeopleRule, Query, words};
use crate::model::{Capacity, CapacityLine, CategoryField, LineDays, PreparedDataset, RecordField};

/// The chosen lines, told by team or by person.
pub(in crate::metrics) struct Parts<'a> {
    pub(super) capacity: &'a Capacity,
    pub(super) people: PeopleRule,
    /// By line: it passes the filters and tells hours.
    is_kept: Vec<bool>,
    /// Lines that pass the filters and tell no hours.
    pub(super) without_hours: Vec<usize>,
    /// Fields of filters that narrow no capacity.
    not_asked: Vec<&'static str>,
}

impl<'a> Parts<'a> {
    pub(in crate::metrics) fn new(data: &'a PreparedDataset, query: &Query) -> Self {
        let capacity = &data.capacity;
        let mut parts = Self {
            capacity,
            people: query.people,
            is_kept: Vec::new(),
            without_hours: Vec::new(),
            not_asked: Vec::new(),
        };
        for filter in &query.filters {
            if asked_of(filter.field).is_none() {
                parts.not_asked.push(filter.field.id());
            }
        }
        for (number, line) in capacity.lines().iter().enumerate() {
            let passes = query.filters.iter().all(|filter| match asked_of(filter.field) {
                Some(Asked::Team) => filter.matches(parts.team(line)) != filter.exclude,
                Some(Asked::Person) => filter.matches(parts.person(line)) != filter.exclude,
                None => true,
            });
            let tells_hours = line.hours_per_day.is_finite();
            parts.is_kept.push(passes && tells_hours);
            if passes && !tells_hours {
                parts.without_hours.push(number);
            }
        }
        parts
    }

    /// The same told by person, or by team.
    pub(super) fn told_by(self, people: PeopleRule) -> Self {
        Self { people, ..self }
    }

    /// True when a line is chosen.
    pub(super) fn keeps(&self, line: usize) -> bool {
        self.is_kept.get(line).copied().unwrap_or(false)
    }

    /// True when no line is chosen.
    pub(in crate::metrics) fn is_empty(&self) -> bool {
        !self.is_kept.contains(&true)
    }

    /// True when numbers are told by person.
    pub(super) fn by_person(&self) -> bool {
        self.people != PeopleRule::Teams
    }

    /// True when records and items that name people may be listed behind a number of a person.
    pub(super) fn names_people(&self) -> bool {
        self.people == PeopleRule::Names
    }

    /// First and last day on which any chosen line holds; `None` without any.
    pub(in crate::metrics) fn reach(&self) -> Option<(i32, i32)> {
        let lines = self.capacity.lines().iter().enumerate();
        let chosen = || lines.clone().filter(|(number, _)| self.keeps(*number)).map(|(_, line)| line);
        Some((chosen().map(|line| line.first).min()?, chosen().map(|line| line.last).max()?))
    }

    /// How many parts there are.
    pub(super) fn len(&self) -> usize {
        if self.by_person() { self.capacity.people().len() } else { self.capacity.teams().len() }
    }

    /// The part that a line belongs to.
    pub(super) fn of(&self, line: &CapacityLine) -> usize {
        (if self.by_person() { line.person } else { line.team }) as usize
    }

    /// What a part is called.
    pub(super) fn name(&self, part: usize) -> String {
        let name = |list: &[String]| list.get(part).cloned().unwrap_or_default();
        match self.people {
            PeopleRule::Teams => Some(name(self.capacity.teams())).filter(|name| !name.is_empty()),
            rule => return person_name(self.capacity, rule, part as u32),
        }
        .unwrap_or_else(|| "No team".to_owned())
    }

    /// "team", "teams"; "person", "people".
    pub(super) fn words(&self) -> (&'static str, &'static str) {
        if self.by_person() { ("person", "people") } else { ("team", "teams") }
    }

    fn team(&self, line: &CapacityLine) -> &'a str {
        self.capacity.teams().get(line.team as usize).map_or("", String::as_str)
    }

    fn person(&self, line: &CapacityLine) -> &'a str {
        self.capacity.people().get(line.person as usize).map_or("", String::as_str)
    }

    /// Hours of each part in each span; `None` where no chosen line holds on any day of it.
    pub(super) fn hours(&self, spans: &[(i32, i32)]) -> Vec<Vec<Option<f64>>> {
        let mut hours: Vec<Vec<Option<f64>>> = vec![vec![None; spans.len()]; self.len()];
        for (line, of_spans) in self.line_hours(spans) {
            let part = self.of(&self.capacity.lines()[line]);
            for (sum, of_line) in hours[part].iter_mut().zip(of_spans) {
                if let Some(of_line) = of_line {
                    *sum = Some(sum.unwrap_or(0.0) + of_line);
                }
            }
        }
        hours
    }

    /// Hours of each chosen line in each span.
    pub(super) fn line_hours(&self, spans: &[(i32, i32)]) -> Vec<(usize, Vec<Option<f64>>)> {
        let hours = |of: LineDays| {
            let line = &self.capacity.lines()[of.line];
            (of.line, of.days.iter().map(|days| days.and_then(|days| line.hours_of(days))).collect())
        };
        self.capacity.days_in(spans, |number, _| self.keeps(number)).into_iter().map(hours).collect()
    }

    /// Hours of all parts together in each span.
    pub(in crate::metrics) fn total(&self, spans: &[(i32, i32)]) -> Vec<Option<f64>> {
        let mut total: Vec<Option<f64>> = vec![None; spans.len()];
        for (_, of_spans) in self.line_hours(spans) {
            for (sum, of_line) in total.iter_mut().zip(of_spans) {
                if let Some(of_line) = of_line {
                    *sum = Some(sum.unwrap_or(0.0) + of_line);
                }
            }
        }
        total
    }

    /// The answer where no capacity is known.
    pub(super) fn unknown(&self, id: &str) -> MetricResult {
        let reason = if self.capacity.is_empty() {
            "Nobody's capacity is known: no file and no calendar tells it."
        } else if self.without_hours.is_empty() {
            "No line of capacity is of the selected teams or people."
        } else {
            "The lines of capacity tell points a day, but no hours a day."
        };
        MetricResult::not_computable(id, reason, super::NEEDS_CAPACITY)
    }

    /// What every number of capacity must say beside it.
    pub(super) fn notes(&self, result: &mut MetricResult) {
        if !self.not_asked.is_empty() {
            let fields = words::list(&self.not_asked, 5);
            result.note("filters-of-items", format!("The filter on {fields} narrows no capacity."));
        }
        let number = self.without_hours.len();
        if number > 0 {
            let lines = words::capitalised(&words::count(number, "line of capacity", "lines of capacity"));
            let (tells, is) = (words::verb(number, "tells", "tell"), words::verb(number, "is", "are"));
            result.note("without-hours", format!("{lines} {tells} no hours a day and {is} not counted."));
        }
        let unused = self.capacity.unused_holidays();
        if unused > 0 {
            let holidays = words::capitalised(&words::count(unused, "holiday", "holidays"));
            let is = words::verb(unused, "is", "are");
            result.note(
                "regions",
                format!(
                    "{holidays} {is} not counted: they are of several regions, and nothing says who works where. Add them as \
                     time off of the people, or leave one region."
                ),
            );
        }
    }
}

/// What a person of a capacity is called: by name only where people are named, else "Person 1" in the order of names.
pub fn person_name(capacity: &Capacity, people: PeopleRule, person: u32) -> String {
    let name = capacity.people().get(person as usize).map_or("", String::as_str);
    // The empty name, which is the first, is nobody's.
    let nobody = u32::from(capacity.people().first().is_some_and(String::is_empty));
    match people {
        _ if name.is_empty() => "Team as a whole".to_owned(),
        PeopleRule::Names => name.to_owned(),
        PeopleRule::Teams | PeopleRule::Pseudonyms => format!("Person {}", person + 1 - nobody),
    }
}

/// What of a line a filter can be asked of.
enum Asked {
    Team,
    Person,
}

const fn asked_of(field: FilterField) -> Option<Asked> {
    match field {
        FilterField::Category(CategoryField::Team) => Some(Asked::Team),
        FilterField::Category(CategoryField::Assignee) | FilterField::Record(RecordField::Person) => {
            Some(Asked::Person)
        }
        _ => None,
    }
}
