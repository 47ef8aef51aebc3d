//! Capacity: how many hours there are.

use super::parts::Parts;
use super::sprints::{Days, first_open_day, now, of_period, of_sprint, present_or_coming, undated};
use crate::metrics::stats::tidy;
use crate::metrics::{About, BySprint, Counted, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{Granularity, ItemSet, PreparedDataset, RecordKind};

/// ## What it measures
/// Hours that can be worked per whole day, week or month, by team or person, in the past and ahead; and those of the sprint that
/// runs or comes.
/// ## How
/// Each line of capacity: days of the work week on which it holds, less holidays of everybody and time off of its person, x hours
/// a day x allocation to the team. A half day off halves the day. [`crate::model::Capacity`] has the rules; the user's decisions
/// hold instead of what files say.
/// ## Edge cases
/// What is off twice is off once: the greater share of a day holds. A holiday on a day outside the work week changes nothing. Lines
/// of one person add up, also beyond the whole of the person. A period in which no line holds is unknown, not 0. Lines without
/// hours a day are left out and counted. Rows of the table are listed only where people are named.
/// ## Source
/// Cohn, *Agile Estimating and Planning*, on iteration planning by capacity; the capacity page of Azure DevOps.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::HOURS, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "capacity",
    title: "Capacity",
    definition: "The hours that can be worked in each period: working days of the work week, less holidays and time off (a \
                 half day halves the day), times hours a day, times the share of them that the team has.",
    how_to_read: "Each bar is one period; its parts are the teams. A lower bar is a period with holidays, absences or fewer \
                  people: plan less in it.",
    per_iteration: false,
};

/// Bands of a bar that can be told apart; the others stand together.
const MOST_BANDS: usize = 12;
/// Parts named in the working.
const MOST_NAMED: usize = 20;
/// Days of a period asked for beyond which it is cut: ten years.
const MOST_DAYS: i32 = 3_653;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let parts = Parts::new(data, query);
    if parts.is_empty() {
        return parts.unknown(ABOUT.id);
    }
    let Some(as_of) = now(data, query) else { return undated(ABOUT.id) };
    let asked = days_asked(data, items, query, as_of);
    let spans = periods(query, first_open_day(data, as_of));
    let by_line = parts.line_hours(&spans);
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    result.counted = Counted::Records(RecordKind::Capacity);
    let lines = parts.capacity.lines();
    result.considered = (0..lines.len()).filter(|&line| parts.keeps(line)).count() as u64;
    if parts.names_people() {
        let rows = parts.without_hours.iter().filter_map(|&line| lines[line].row).collect();
        result.excluded = crate::metrics::Exclusion::list([("no hours a day".to_owned(), rows)]);
    }
    result.series = bands(&parts, &spans, &by_line);
    tell(&mut result, &parts, &asked, &spans);
    result.note_weeks(query);
    parts.notes(&mut result);
    result
}

/// The sprint asked for, else the one that runs or comes, else the present period.
fn days_asked(data: &PreparedDataset, items: &ItemSet, query: &Query, as_of: i64) -> Days {
    let named = query.iteration.as_ref().and_then(|name| data.iterations.position_of(name));
    let sprint = named.or_else(|| present_or_coming(data, items, as_of)).and_then(|sprint| of_sprint(data, sprint));
    sprint.unwrap_or_else(|| of_period(query.period_start(first_open_day(data, as_of)), query))
}

/// First and last day of the whole periods shown: those asked for, else some before and after now.
fn periods(query: &Query, open: i32) -> Vec<(i32, i32)> {
    let look = match query.granularity {
        Granularity::Day => 28,
        Granularity::Week | Granularity::Sprint => 12,
        Granularity::Month => 6,
    };
    let next = |start| query.next_period_start(start);
    let back = |start| (0..look).fold(start, |start, _| query.period_start(start - 1));
    let present = query.period_start(open);
    let first = match (query.from, query.to) {
        (Some(from), _) => {
            let start = query.period_start(from);
            if start < from { next(start) } else { start }
        }
        (None, Some(to)) => back(present.min(query.period_start(to))),
        (None, None) => back(present),
    };
    let end = match query.to {
        Some(to) => to.saturating_add(1).min(first.saturating_add(MOST_DAYS)),
        None => (0..=look).fold(present.max(first), |start, _| next(start)).min(first.saturating_add(MOST_DAYS)),
    };
    let mut spans = Vec::new();
    let mut start = first;
    while next(start) <= end {
        spans.push((start, next(start) - 1));
        start = next(start);
    }
    spans
}

/// A band for each part, the largest first to be named, in the order of names.
fn bands(parts: &Parts<'_>, spans: &[(i32, i32)], by_line: &[(usize, Vec<Option<f64>>)]) -> Vec<Series> {
    let lines = parts.capacity.lines();
    let mut sums = vec![0.0; parts.len()];
    let mut has_any = vec![false; spans.len()];
    for (line, hours) in by_line {
        sums[parts.of(&lines[*line])] += hours.iter().flatten().sum::<f64>();
        has_any.iter_mut().zip(hours).for_each(|(any, hours)| *any |= hours.is_some());
    }
    // Periods before the first line and after the last are not known, and not drawn.
    let first = has_any.iter().position(|&any| any).unwrap_or(0);
    let end = has_any.iter().rposition(|&any| any).map_or(0, |last| last + 1);
    let mut used: Vec<usize> =
        (0..parts.len()).filter(|&part| by_line.iter().any(|(line, _)| parts.of(&lines[*line]) == part)).collect();
    used.sort_by(|&a, &b| sums[b].total_cmp(&sums[a]).then(a.cmp(&b)));
    let others = if used.len() > MOST_BANDS { used.split_off(MOST_BANDS - 1) } else { Vec::new() };
    used.sort_unstable();
    let mut band_of = vec![usize::MAX; parts.len()];
    used.iter().enumerate().for_each(|(band, &part)| band_of[part] = band);
    for &part in &others {
        band_of[part] = used.len();
    }
    let number = used.len() + usize::from(!others.is_empty());
    let mut points: Vec<Vec<Point>> = (0..number)
        .map(|_| spans.iter().map(|&(day, _)| Point { x: X::Day(day), y: None, items: Vec::new() }).collect())
        .collect();
    for (line, hours) in by_line {
        let band = &mut points[band_of[parts.of(&lines[*line])]];
        for (point, hours) in band.iter_mut().zip(hours) {
            let Some(hours) = hours else { continue };
            point.y = Some(point.y.unwrap_or(0.0) + hours);
            if parts.names_people() {
                point.items.extend(lines[*line].row);
            }
        }
    }
    let names = used.iter().map(|&part| parts.name(part));
    let rest = (!others.is_empty()).then(|| format!("{} other {}", others.len(), parts.words().1));
    names
        .chain(rest)
        .zip(points)
        .enumerate()
        .map(|(band, (name, mut points))| {
            for point in &mut points {
                point.y = point.y.map(tidy);
                point.items.sort_unstable();
            }
            let points = points[first..end].to_vec();
            Series::new(&format!("part-{}", band + 1), name, Role::Stacked, "hours", points)
        })
        .collect()
}

/// Figures, working and summary.
fn tell(result: &mut MetricResult, parts: &Parts<'_>, asked: &Days, spans: &[(i32, i32)]) {
    let lines = parts.capacity.lines();
    let (mut hours, mut whole, mut people) = (None, 0.0, std::collections::BTreeSet::new());
    let mut of_part = vec![None; parts.len()];
    for (number, of_asked) in parts.line_hours(&[asked.span()]) {
        let (line, Some(Some(of_line))) = (&lines[number], of_asked.first().copied()) else { continue };
        let days = parts.capacity.week_days(asked.first.max(line.first), asked.last.min(line.last));
        hours = Some(hours.unwrap_or(0.0) + of_line);
        whole += line.hours_of(days as f64).unwrap_or(0.0);
        people.insert(line.person);
        let sum: &mut Option<f64> = &mut of_part[parts.of(line)];
        *sum = Some(sum.unwrap_or(0.0) + of_line);
    }
    let hours = hours.map(tidy);
    let off = hours.map(|hours| tidy(whole - hours));
    let shown: f64 = result.series.iter().flat_map(|series| &series.points).filter_map(|point| point.y).sum();
    let range = words::day_range(asked.first, asked.last);
    let how = if hours.is_some() { range.clone() } else { format!("no line of capacity holds from {range}") };
    result.figures = vec![
        Figure::new("hours", words::capitalised(&format!("{}: hours", asked.name)), hours, "hours", how),
        Figure::new(
            "days-off",
            "Hours that are off in them",
            off,
            "hours",
            off.map_or_else(
                || "unknown".to_owned(),
                |_| format!("{} in the work week, less those that are left", words::number(tidy(whole))),
            ),
        ),
        Figure::new(
            "total",
            "Hours of all periods shown",
            Some(tidy(shown)).filter(|_| !spans.is_empty()),
            "hours",
            "their sum",
        ),
    ];
    result.working.push("Capacity = working days x hours a day x allocation, line by line.".to_owned());
    let known: Vec<(usize, f64)> = of_part.iter().enumerate().filter_map(|(part, sum)| Some((part, (*sum)?))).collect();
    for &(part, sum) in known.iter().take(MOST_NAMED) {
        result.working.push(format!("{}: {} hours in {}.", parts.name(part), words::number(tidy(sum)), asked.name));
    }
    if known.len() > MOST_NAMED {
        result.working.push(format!("And {} more {}.", known.len() - MOST_NAMED, parts.words().1));
    }
    if let (Some(hours), Some(off)) = (hours, off) {
        let [whole, off, hours] = [whole, off, hours].map(|value| words::number(tidy(value)));
        result.working.push(format!("{whole} hours in the work week - {off} off = {hours} hours ({range})."));
    }
    result.summary = match hours {
        None => format!("Nobody's capacity is known in {} ({range}).", asked.name),
        Some(hours) => {
            let amount = words::amount(hours, crate::metrics::Unit::Hours);
            let who = words::count(people.len(), "person or team", "people or teams");
            format!(
                "There {} {amount} of capacity in {} ({who}).",
                if amount == "1 hour" { "is" } else { "are" },
                asked.name
            )
        }
    };
}
