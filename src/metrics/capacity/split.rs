//! How what a person does or has to do divides among the parts that numbers are told by.

use super::parts::Parts;

/// By person, everything is the person's. By team, it divides in proportion to the person's hours in each team.
pub(super) struct Split<'a> {
    parts: &'a Parts<'a>,
    /// By part: it has a chosen line.
    has_line: Vec<bool>,
    /// Hours by line and span; empty where the line holds in none.
    hours: Vec<Vec<Option<f64>>>,
    /// Hours by person and span.
    totals: Vec<Vec<f64>>,
    /// Lines of person `p` are `ends[p-1]..ends[p]`.
    ends: Vec<usize>,
}

impl<'a> Split<'a> {
    pub(super) fn new(parts: &'a Parts<'a>, spans: &[(i32, i32)]) -> Self {
        let capacity = parts.capacity;
        let lines = capacity.lines();
        let mut has_line = vec![false; parts.len()];
        lines.iter().enumerate().for_each(|(number, line)| has_line[parts.of(line)] |= parts.keeps(number));
        let mut hours = vec![Vec::new(); lines.len()];
        let mut totals = vec![vec![0.0; spans.len()]; capacity.people().len()];
        // Whatever the filters: what somebody does for another team is not done for the chosen ones.
        for of in capacity.days_in(spans, |_, line| line.hours_per_day.is_finite()) {
            let line = &lines[of.line];
            let own: Vec<Option<f64>> = of.days.iter().map(|days| days.and_then(|days| line.hours_of(days))).collect();
            let sums = &mut totals[line.person as usize];
            sums.iter_mut().zip(&own).for_each(|(sum, hours)| *sum += hours.unwrap_or(0.0));
            hours[of.line] = own;
        }
        let people = capacity.people().len() as u32;
        let ends = (0..people).map(|person| lines.partition_point(|line| line.person <= person)).collect();
        Self { parts, has_line, hours, totals, ends }
    }

    /// The parts that what a person does in a span is for, with the share of each; none where no chosen line is the person's.
    pub(super) fn of(&self, person: u32, span: usize) -> Vec<(usize, f64)> {
        let person = person as usize;
        if self.parts.by_person() {
            return if self.has_line[person] { vec![(person, 1.0)] } else { Vec::new() };
        }
        let begin = if person == 0 { 0 } else { self.ends[person - 1] };
        let lines = self.parts.capacity.lines();
        let own = (begin..self.ends[person]).filter(|&line| lines[line].hours_per_day.is_finite());
        let total = self.totals[person][span];
        let shares: Vec<(usize, f64)> = if total > 0.0 {
            let share = |line: usize| self.hours[line].get(span).copied().flatten().map_or(0.0, |hours| hours / total);
            own.map(|line| (self.parts.of(&lines[line]), share(line))).filter(|(_, share)| *share > 0.0).collect()
        } else {
            // No hours at all: it weighs on the first team.
            own.take(1).map(|line| (self.parts.of(&lines[line]), 1.0)).collect()
        };
        shares.into_iter().filter(|&(part, _)| self.has_line[part]).collect()
    }

    /// True when any of a person's lines is of a chosen part.
    pub(super) fn knows(&self, person: u32) -> bool {
        let own = self.parts.capacity.lines().iter().enumerate().filter(|(_, line)| line.person == person);
        own.into_iter().any(|(number, _)| self.parts.keeps(number))
    }

    /// A team, as far as it is chosen.
    ///
    /// Only where numbers are told by team.
    pub(super) fn of_team(&self, team: usize) -> Vec<(usize, f64)> {
        if !self.parts.by_person() && self.has_line.get(team).copied().unwrap_or(false) {
            vec![(team, 1.0)]
        } else {
            Vec::new()
        }
    }
}
