//! A regular cadence fitted to a numbered sequence of sprints.

/// The days that tell when one sprint of a sequence ran.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'a> {
    /// Number in the sequence.
    pub(super) number: i32,
    /// Days on which items were finished whose last sprint this is.
    pub(super) finished: &'a [i32],
    /// The day in the middle of `finished`.
    pub(super) typical_day: Option<i32>,
    /// Days on which items were created whose first sprint this is: the sprint was not over then.
    pub(super) created: &'a [i32],
}

/// A fitted cadence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cadence {
    /// Days a sprint lasts: 7, 14, 21 or 28.
    pub(super) length: i32,
    /// First day of each sprint, in the order of the evidence.
    pub(super) starts: Vec<i32>,
    score: f32,
}

/// Lengths in days, and what habit adds to the score of each: where little evidence decides, two weeks are likeliest.
const LENGTHS: [(i32, f32); 4] = [(7, 0.5), (14, 1.0), (21, 0.5), (28, 0.0)];
/// Neighbours each sprint is compared with for the slope; more change nothing.
const NEIGHBOURS: usize = 60;
/// Phases tried; a wider spread means that the numbers do not count sprints.
const MOST_PHASES: usize = 4000;
/// The share of finishes that must lie inside their own sprint.
const CONTAINED_ENOUGH: f32 = 0.55;
/// What a creation before the end of the sprint counts, against 1 for a finish inside it.
const CREATED_WEIGHT: f32 = 0.2;

/// Fits the cadence that puts most finishes inside their own sprint; `None` when none puts enough of them there.
///
/// Sprints follow each other without a gap; a gap (holidays, a number that was skipped) costs as much as some misplaced items.
pub(super) fn fit(evidence: &[Evidence<'_>]) -> Option<Cadence> {
    let slope = slope(evidence)?;
    let is_near = |length: i32| (0.7..1.5).contains(&(slope / f64::from(length)));
    let mut best: Option<Cadence> = None;
    for (length, habit) in LENGTHS.into_iter().filter(|&(length, _)| is_near(length)) {
        let Some(mut cadence) = Phases::new(evidence, length).and_then(|phases| phases.best(evidence)) else {
            continue;
        };
        cadence.score += habit;
        if best.as_ref().is_none_or(|best| cadence.score > best.score) {
            best = Some(cadence);
        }
    }
    best
}

/// Days from one number to the next: the median over pairs of sprints (Theil-Sen), which a few odd sprints do not move.
fn slope(evidence: &[Evidence<'_>]) -> Option<f64> {
    let middles: Vec<(i32, i32)> =
        evidence.iter().filter_map(|sprint| sprint.typical_day.map(|day| (sprint.number, day))).collect();
    let mut slopes = Vec::new();
    for (position, &(number, day)) in middles.iter().enumerate() {
        for &(later_number, later_day) in middles[position + 1..].iter().take(NEIGHBOURS) {
            slopes.push(f64::from(later_day - day) / f64::from(later_number - number));
        }
    }
    let middle = slopes.len() / 2;
    (!slopes.is_empty()).then(|| *slopes.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// The phases to choose from: a sprint of number n starts on `lowest + index + length * n`.
struct Phases {
    length: i32,
    lowest: i32,
    count: usize,
    gap_cost: f32,
    most_weight: f32,
}

/// The best value up to a phase and the phase it stands at.
type Best = (f32, u16);

impl Phases {
    fn new(evidence: &[Evidence<'_>], length: i32) -> Option<Self> {
        let phase = |sprint: &Evidence<'_>| {
            sprint.typical_day.and_then(|day| day.checked_sub(length.checked_mul(sprint.number)?))
        };
        let phases = || evidence.iter().filter_map(phase);
        let lowest = phases().min()? - length + 1;
        let count = (phases().max()? - lowest + 1) as usize;
        let mut counts: Vec<usize> =
            evidence.iter().map(|sprint| sprint.finished.len()).filter(|&count| count > 0).collect();
        let middle = counts.len() / 2;
        let typical = *counts.select_nth_unstable(middle).1 as f32;
        (count <= MOST_PHASES).then_some(Self {
            length,
            lowest,
            count,
            gap_cost: 1.5 + 0.25 * typical,
            most_weight: 3.0 * typical,
        })
    }

    /// What each phase is worth to one sprint: its finishes inside, and its creations before the end.
    fn worth(&self, sprint: &Evidence<'_>, worth: &mut Vec<f32>) {
        worth.clear();
        worth.resize(self.count + 1, 0.0);
        let index = |phase: i32| (phase - self.lowest).clamp(0, self.count as i32) as usize;
        let shift = self.length * sprint.number;
        // A sprint with very many items (a bulk close) must not outvote all others.
        let weight = self.most_weight.min(sprint.finished.len() as f32) / (sprint.finished.len().max(1) as f32);
        for &day in sprint.finished {
            let last = day - shift;
            worth[index(last - self.length + 1)] += weight;
            worth[index(last + 1)] -= weight;
        }
        for &day in sprint.created {
            worth[index(day - shift - self.length + 1)] += CREATED_WEIGHT;
        }
        let mut sum = 0.0;
        for value in worth.iter_mut() {
            sum += *value;
            *value = sum;
        }
    }

    /// Between phases that fit alike, a start on a Monday is the likeliest, on a weekend the least.
    fn habit(&self, index: usize) -> f32 {
        // 1970-01-01 was a Thursday: with Monday as 0, Saturday is 5. Lengths are whole weeks, so the phase tells.
        match (self.lowest + index as i32 + 3).rem_euclid(7) {
            0 => 0.4,
            1..=4 => 0.2,
            6 => 0.1,
            _ => 0.0,
        }
    }

    /// The best phase per sprint, by dynamic programming over the sequence.
    fn best(&self, evidence: &[Evidence<'_>]) -> Option<Cadence> {
        let mut value: Vec<f32> = (0..self.count).map(|index| self.habit(index)).collect();
        let mut came_from: Vec<u16> = Vec::with_capacity(self.count * evidence.len());
        let mut worth = Vec::new();
        let mut last_number = None;
        for sprint in evidence {
            if let Some(last) = last_number {
                value = self.step(&value, sprint.number - last, &mut came_from);
            }
            self.worth(sprint, &mut worth);
            value.iter_mut().zip(&worth).for_each(|(value, worth)| *value += worth);
            last_number = Some(sprint.number);
        }
        let (score, mut index) = best_of(&value)?;
        let mut phases = vec![index];
        for step in came_from.chunks_exact(self.count).rev() {
            index = step[index as usize];
            phases.push(index);
        }
        phases.reverse();
        let starts: Vec<i32> = phases
            .iter()
            .zip(evidence)
            .map(|(&index, sprint)| self.lowest + i32::from(index) + self.length * sprint.number)
            .collect();
        let contained = |(sprint, &start): (&Evidence<'_>, &i32)| {
            sprint.finished.iter().filter(|&&day| start <= day && day < start + self.length).count()
        };
        let inside: usize = evidence.iter().zip(&starts).map(contained).sum();
        let total: usize = evidence.iter().map(|sprint| sprint.finished.len()).sum();
        (inside as f32 >= CONTAINED_ENOUGH * total as f32).then_some(Cadence { length: self.length, starts, score })
    }

    /// From one sprint to the one `numbers` later: stay in phase for free, or change it for the cost of a gap, as long as
    /// the sprints do not overlap.
    fn step(&self, value: &[f32], numbers: i32, came_from: &mut Vec<u16>) -> Vec<f32> {
        const ODD_DAYS: f32 = 1.5;
        // Best up to each phase, over all phases and over those on the same weekday.
        let mut any: Vec<Best> = Vec::with_capacity(self.count);
        let mut same_weekday: Vec<Best> = Vec::with_capacity(self.count);
        for (index, &own) in value.iter().enumerate() {
            let own = (own, index as u16);
            let better = |other: Option<&Best>| other.copied().filter(|other| other.0 >= own.0).unwrap_or(own);
            any.push(better(any.last()));
            same_weekday.push(better(index.checked_sub(7).and_then(|earlier| same_weekday.get(earlier))));
        }
        // A skipped number leaves room for a phase that lies earlier by a whole sprint.
        let room = (i64::from(self.length) * i64::from(numbers - 1)).min(self.count as i64) as usize;
        let top = self.count - 1;
        (0..self.count)
            .map(|index| {
                let reach = (index + room).min(top);
                let reach_weekday = if reach > index { reach - (reach - index) % 7 } else { index };
                let (odd, odd_from) = any[reach];
                let (even, even_from) = same_weekday[reach_weekday];
                let mut best = (value[index], index as u16);
                if even - self.gap_cost > best.0 {
                    best = (even - self.gap_cost, even_from);
                }
                if odd - self.gap_cost * ODD_DAYS > best.0 {
                    best = (odd - self.gap_cost * ODD_DAYS, odd_from);
                }
                came_from.push(best.1);
                best.0
            })
            .collect()
    }
}

fn best_of(value: &[f32]) -> Option<Best> {
    let mut best: Option<Best> = None;
    for (index, &value) in value.iter().enumerate() {
        if best.is_none_or(|(most, _)| value > most) {
            best = Some((value, index as u16));
        }
    }
    best
}
