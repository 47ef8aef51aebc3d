//! Numbered sequences of sprint names: "PLAT Sprint 11", "PLAT Sprint 12"….

use std::collections::BTreeMap;

use super::TextColumn;

/// Iterations of one team, in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    /// (number, code), numbers rising and distinct. Where a name holds several numbers that vary, its rank stands in.
    pub(super) members: Vec<(i32, u32)>,
}

/// A name with its numbers taken out.
struct Name {
    code: u32,
    /// Lower case, each number replaced by `#`, spaces collapsed.
    template: String,
    numbers: Vec<u64>,
}

impl Name {
    fn new(code: u32, text: &str) -> Self {
        let mut template = String::new();
        let mut numbers: Vec<u64> = Vec::new();
        let mut inside_number = false;
        for letter in text.trim().chars() {
            if let Some(digit) = letter.to_digit(10) {
                if !inside_number {
                    numbers.push(0);
                    template.push('#');
                }
                if let Some(number) = numbers.last_mut() {
                    *number = number.saturating_mul(10).saturating_add(u64::from(digit));
                }
            } else if !(letter.is_whitespace() && template.ends_with(' ')) {
                template.extend(if letter.is_whitespace() { ' ' } else { letter }.to_lowercase());
            }
            inside_number = letter.is_ascii_digit();
        }
        Self { code, template, numbers }
    }

    /// The template up to its first number: "sprint #" of "Sprint 3: payments".
    fn stem(&self) -> &str {
        self.template.find('#').map_or(self.template.as_str(), |end| &self.template[..=end])
    }
}

/// Groups the names of a column (code 0 is "not given") into sequences. `typical_day` tells, per code, the day around which
/// the iteration ran, where known; it decides which of several numbers counts the sprints.
pub(super) fn sequences(names: &TextColumn, typical_day: &[Option<i32>]) -> Vec<Sequence> {
    let mut groups: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for code in 1..names.len() as u32 {
        let name = Name::new(code, names.get(code as usize));
        groups.entry(name.template.clone()).or_default().push(name);
    }
    let (lone, shared): (Vec<_>, Vec<_>) = groups.into_values().partition(|group| group.len() == 1);
    let mut sequences = Vec::new();
    for group in shared {
        split(&group, typical_day, &mut sequences);
    }
    let mut by_stem: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for name in lone.into_iter().flatten() {
        by_stem.entry(name.stem().to_owned()).or_default().push(name);
    }
    for mut group in by_stem.into_values() {
        super::sort_by_key(&mut group, |name| name.numbers.first().copied());
        let distinct = group.windows(2).all(|pair| pair[0].numbers.first() < pair[1].numbers.first());
        if distinct {
            sequences.push(by_number(&group.iter().collect::<Vec<_>>(), 0));
        } else {
            sequences.extend(group.iter().map(alone));
        }
    }
    sequences
}

fn alone(name: &Name) -> Sequence {
    Sequence { members: vec![(0, name.code)] }
}

/// Names of one template: one sequence, or one per team where another number names the team.
fn split(group: &[Name], typical_day: &[Option<i32>], sequences: &mut Vec<Sequence>) {
    let Some(first) = group.first() else { return };
    let varying: Vec<usize> = (0..first.numbers.len())
        .filter(|&position| group.iter().any(|name| name.numbers[position] != first.numbers[position]))
        .collect();
    let all: Vec<&Name> = group.iter().collect();
    match varying[..] {
        [] => sequences.extend(group.iter().map(alone)),
        [position] => add_distinct(&all, position, sequences),
        _ => {
            const RISING_ENOUGH: f64 = 0.8;
            let whole = by_rank(&all);
            let mut best = (rising_share(std::slice::from_ref(&whole), typical_day), vec![whole]);
            // The last number counts most often: "Team 4 Sprint 12".
            for &position in varying.iter().rev() {
                if best.0 >= RISING_ENOUGH {
                    break;
                }
                let parts = per_team(&all, position);
                let share = rising_share(&parts, typical_day);
                if share > best.0 {
                    best = (share, parts);
                }
            }
            sequences.extend(best.1);
        }
    }
}

/// One sequence by the number at `position`; names that repeat a number stand alone.
fn add_distinct(group: &[&Name], position: usize, sequences: &mut Vec<Sequence>) {
    let mut sorted = group.to_vec();
    super::sort_by_key(&mut sorted, |name| name.numbers[position]);
    let mut kept: Vec<&Name> = Vec::new();
    for name in sorted {
        if kept.last().is_some_and(|last| last.numbers[position] == name.numbers[position]) {
            sequences.push(alone(name));
        } else {
            kept.push(name);
        }
    }
    sequences.push(by_number(&kept, position));
}

fn by_number(sorted: &[&Name], position: usize) -> Sequence {
    // Beyond this a number counts no sprints; ranks do, and day arithmetic stays in range.
    const LARGEST: u64 = 1_000_000;
    let number = |name: &Name| {
        name.numbers.get(position).filter(|&&number| number <= LARGEST).and_then(|&number| i32::try_from(number).ok())
    };
    let numbers: Option<Vec<i32>> = sorted.iter().map(|name| number(name)).collect();
    let numbers = numbers.unwrap_or_else(|| (0..sorted.len() as i32).collect());
    Sequence { members: numbers.into_iter().zip(sorted.iter().map(|name| name.code)).collect() }
}

fn by_rank(group: &[&Name]) -> Sequence {
    let mut sorted = group.to_vec();
    super::sort_by(&mut sorted, |a, b| a.numbers.cmp(&b.numbers));
    Sequence { members: (0..).zip(sorted.iter().map(|name| name.code)).collect() }
}

fn per_team(group: &[&Name], position: usize) -> Vec<Sequence> {
    let mut teams: BTreeMap<Vec<u64>, Vec<&Name>> = BTreeMap::new();
    for name in group {
        let mut rest = name.numbers.clone();
        rest.remove(position);
        teams.entry(rest).or_default().push(name);
    }
    let mut parts = Vec::new();
    for team in teams.values() {
        add_distinct(team, position, &mut parts);
    }
    parts
}

/// The share of neighbours whose days rise with their numbers.
fn rising_share(sequences: &[Sequence], typical_day: &[Option<i32>]) -> f64 {
    let (mut pairs, mut rising) = (0_u32, 0_u32);
    for sequence in sequences {
        let days: Vec<i32> = sequence.members.iter().filter_map(|&(_, code)| typical_day[code as usize]).collect();
        for pair in days.windows(2) {
            pairs += 1;
            rising += u32::from(pair[0] < pair[1]);
        }
    }
    if pairs == 0 { 0.0 } else { f64::from(rising) / f64::from(pairs) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(names: &[&str]) -> TextColumn {
        let mut column = TextColumn::default();
        column.push("");
        for name in names {
            column.push(name);
        }
        column
    }

    fn members(names: &[&str], days: &[i32]) -> Vec<Vec<(i32, u32)>> {
        let mut typical = vec![None];
        typical.extend(days.iter().map(|&day| Some(day)));
        sequences(&column(names), &typical).into_iter().map(|sequence| sequence.members).collect()
    }

    #[test]
    fn a_sequence_is_a_name_with_a_varying_number() {
        let found = members(&["B Sprint 2", "A Sprint 10", "A  sprint 9", "Hardening"], &[1, 2, 3, 4]);
        assert_eq!(found, [vec![(9, 3), (10, 2)], vec![(2, 1)], vec![(0, 4)]]);
    }

    #[test]
    fn a_theme_after_the_number_does_not_break_the_sequence() {
        let found = members(&["Sprint 2: search", "Sprint 1: payments"], &[20, 10]);
        assert_eq!(found, [vec![(1, 2), (2, 1)]]);
    }

    #[test]
    fn year_and_quarter_are_one_sequence_and_team_numbers_are_several() {
        let quarters = members(&["2024 Q1 S1", "2024 Q1 S2", "2024 Q2 S1"], &[10, 20, 30]);
        assert_eq!(quarters, [vec![(0, 1), (1, 2), (2, 3)]]);
        let names = ["Team 4 Sprint 1", "Team 4 Sprint 2", "Team 5 Sprint 1", "Team 5 Sprint 2"];
        assert_eq!(members(&names, &[10, 20, 10, 20]), [vec![(1, 1), (2, 2)], vec![(1, 3), (2, 4)]]);
    }

    #[test]
    fn numbers_too_large_to_count_become_ranks() {
        let found = members(&["S 99999999999", "S 99999999999999999999999"], &[1, 2]);
        assert_eq!(found, [vec![(0, 1), (1, 2)]]);
    }
}
