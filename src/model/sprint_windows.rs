//! When an iteration ran, worked out from its items, for sources that only name it.

use super::sprint_cadence::{Evidence, fit};
use super::sprint_names::{Sequence, sequences};
use super::{Calendar, Dataset, LifeCycle, ListField, NO_DAY, Window, WindowOrigin};

/// A span of days: first, and first after.
type Span = (i32, i32);

/// The longest sprint: four weeks.
const LONGEST: i32 = 28;
/// How many numbers beyond the last sprint with finished items a window is still extrapolated.
const EXTRAPOLATED: i32 = 12;

/// A window per iteration code (position 0 is unused), or `None` where the items tell nothing.
///
/// Evidence are the days on which items were finished in the last sprint they name, and, weakly, the days on which items were
/// created in the first sprint they name. Names that differ in a number form a sequence ("PLAT Sprint 11", "PLAT Sprint 12");
/// its windows are in the order of the numbers and never overlap. A sequence gets the cadence of 1 to 4 whole weeks that
/// holds most of the evidence; where none does, each sprint gets whole weeks around its own finishes. A sprint without a
/// finished item is extrapolated from its neighbours. Windows are whole days in the calendar's zone.
pub fn infer_windows(dataset: &Dataset, calendar: &Calendar, life: &LifeCycle) -> Vec<Option<Window>> {
    let sprints = dataset.list(ListField::Sprint);
    let codes = sprints.values().len();
    let first_of = |item: usize| sprints.codes_of(item).first().copied();
    let last_of = |item: usize| sprints.codes_of(item).last().copied();
    let finished = DaysByCode::new(codes, &life.finished_day, last_of);
    let created = DaysByCode::new(codes, &life.created_day, first_of);
    let typical_day: Vec<Option<i32>> = (0..codes).map(|code| middle(finished.of(code))).collect();

    let mut windows = vec![None; codes];
    for sequence in sequences(sprints.values(), &typical_day) {
        let evidence: Vec<Evidence<'_>> = sequence
            .members
            .iter()
            .map(|&(number, code)| Evidence {
                number,
                finished: finished.of(code as usize),
                typical_day: typical_day[code as usize],
                created: created.of(code as usize),
            })
            .collect();
        for (&(_, code), span) in sequence.members.iter().zip(spans(&sequence, evidence)) {
            windows[code as usize] = span.map(|(first, after)| Window {
                start: calendar.start_of_day(first),
                end: calendar.start_of_day(after),
                origin: WindowOrigin::Inferred,
            });
        }
    }
    windows
}

/// Known days of items, grouped by a code of each item: `days[ends[code - 1]..ends[code]]`.
struct DaysByCode {
    ends: Vec<u32>,
    days: Vec<i32>,
}

impl DaysByCode {
    fn new(codes: usize, day_of: &[i32], code_of: impl Fn(usize) -> Option<u32>) -> Self {
        let known = || {
            day_of
                .iter()
                .enumerate()
                .filter(|&(_, &day)| day != NO_DAY)
                .filter_map(|(item, &day)| code_of(item).map(|code| (code as usize, day)))
        };
        let mut ends = vec![0_u32; codes];
        known().for_each(|(code, _)| ends[code] += 1);
        let mut total = 0;
        let mut next = Vec::with_capacity(codes);
        for end in &mut ends {
            next.push(total as usize);
            total += *end;
            *end = total;
        }
        let mut days = vec![0; total as usize];
        for (code, day) in known() {
            days[next[code]] = day;
            next[code] += 1;
        }
        Self { ends, days }
    }

    fn of(&self, code: usize) -> &[i32] {
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        &self.days[start as usize..self.ends[code] as usize]
    }
}

fn middle(days: &[i32]) -> Option<i32> {
    let mut days = days.to_vec();
    let position = days.len().saturating_sub(1) / 2;
    (!days.is_empty()).then(|| *days.select_nth_unstable(position).1)
}

/// The span of each member of a sequence.
fn spans(sequence: &Sequence, mut evidence: Vec<Evidence<'_>>) -> Vec<Option<Span>> {
    let mut cadence = fit(&evidence);
    if cadence.is_none() {
        // The numbers may not count sprints (years, ticket numbers): try their order alone.
        (0..).zip(&mut evidence).for_each(|(rank, sprint)| sprint.number = rank);
        cadence = fit(&evidence);
    }
    let Some(cadence) = cadence else { return separate(&evidence) };
    let with_finishes = || evidence.iter().filter(|sprint| sprint.typical_day.is_some()).map(|sprint| sprint.number);
    let (Some(lowest), Some(highest)) = (with_finishes().min(), with_finishes().max()) else {
        return vec![None; sequence.members.len()];
    };
    let is_near = |number: i32| lowest - EXTRAPOLATED <= number && number <= highest + EXTRAPOLATED;
    let span =
        |(sprint, start): (&Evidence<'_>, i32)| is_near(sprint.number).then_some((start, start + cadence.length));
    evidence.iter().zip(cadence.starts.iter().copied()).map(span).collect()
}

/// Without a cadence: whole weeks around the finishes of each sprint, cut where neighbours overlap.
fn separate(evidence: &[Evidence<'_>]) -> Vec<Option<Span>> {
    let mut spans: Vec<Option<Span>> = evidence.iter().map(|sprint| whole_weeks(sprint.finished)).collect();
    let mut earlier: Option<usize> = None;
    for position in 0..spans.len() {
        let Some(own) = spans[position] else { continue };
        if let Some(before) = earlier
            && let Some(span) = spans[before]
        {
            let border = border(evidence[before].finished, evidence[position].finished, span, own);
            spans[before] = Some((span.0, border.0));
            spans[position] = (border.1 < own.1).then_some((border.1, own.1));
        }
        if spans[position].is_some() {
            earlier = Some(position);
        }
    }
    extrapolate(&mut spans);
    spans
}

/// The fewest whole weeks, from a Monday, that hold four fifths of the days; four weeks when more would be needed.
fn whole_weeks(days: &[i32]) -> Option<Span> {
    let monday = |day: i32| day - (day + 3).rem_euclid(7);
    let mut days = days.to_vec();
    days.sort_unstable();
    let mut best: Option<(usize, Span)> = None;
    for weeks in 1..=LONGEST / 7 {
        for (position, &day) in days.iter().enumerate() {
            let start = monday(day);
            if position > 0 && monday(days[position - 1]) == start {
                continue;
            }
            let after = start + weeks * 7;
            let held = days.partition_point(|&day| day < after) - position;
            if best.is_none_or(|(most, _)| held > most) {
                best = Some((held, (start, after)));
            }
        }
        if best.is_some_and(|(held, _)| held * 5 >= days.len() * 4) {
            break;
        }
    }
    best.map(|(_, span)| span)
}

/// Where the earlier sprint ends and the later one starts. Overlaps are cut where fewest finishes fall on the wrong side;
/// a gap of less than a week is closed.
fn border(earlier: &[i32], later: &[i32], span: Span, own: Span) -> Span {
    if span.1 <= own.0 {
        let is_short = own.0 - span.1 < 7 && own.0 - span.0 <= LONGEST;
        return if is_short { (own.0, own.0) } else { (span.1, own.0) };
    }
    let misplaced = |border: i32| {
        earlier.iter().filter(|&&day| day >= border).count() + later.iter().filter(|&&day| day < border).count()
    };
    let lowest = own.0.max(span.0 + 1);
    let cut = (lowest..=span.1).min_by_key(|&border| misplaced(border)).unwrap_or(span.1);
    (cut, cut)
}

/// Gives sprints without a finish the time after the sprint before them, up to the next known one.
fn extrapolate(spans: &mut [Option<Span>]) {
    let mut lengths: Vec<i32> = spans.iter().flatten().map(|&(first, after)| after - first).collect();
    if lengths.is_empty() {
        return;
    }
    let position = lengths.len() / 2;
    let typical = ((*lengths.select_nth_unstable(position).1 + 6) / 7 * 7).clamp(7, LONGEST);
    let mut guessed = 0;
    for position in 1..spans.len() {
        if spans[position].is_some() {
            guessed = 0;
            continue;
        }
        guessed += 1;
        let next_known = spans[position..].iter().flatten().next().map_or(i32::MAX, |&(first, _)| first);
        if let Some((_, start)) = spans[position - 1] {
            let after = (start + typical).min(next_known);
            spans[position] = (guessed <= EXTRAPOLATED && start < after).then_some((start, after));
        }
    }
}
