//! Capacity plan: how much the next sprint can take on.

use super::parts::Parts;
use super::sprints::{Days, coming_period, days_of, first_open_day, now, of_period, of_sprint, undated};
use crate::metrics::sprint_content::has_member;
use crate::metrics::stats::{FEW_VALUES, percentile_by, percentile_in_words, tidy};
use crate::metrics::{
    About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Status, X, velocity, words,
};
use crate::model::{ItemSet, PreparedDataset, iso_from_day};

/// ## What it measures
/// How much work to take into the coming sprint (or day, week, month, without sprints), in items, points or hours: a range.
/// ## How
/// Focus factor of a past sprint = completed / hours of capacity. Suggestion = hours of the coming sprint x the median factor; its
/// range = x p15 and p85 of the factors, over the last 8 closed sprints with known capacity. Completed is that of the velocity,
/// capacity that of [`super::hours`].
/// ## Edge cases
/// Sprints whose capacity is unknown or 0 give no factor; their items are left out and counted. Fewer than 5 factors: no range. Where no
/// sprint ahead is dated, the next one is taken to follow the last at its length, and it says so. Sprints of several teams that run
/// at the same time share their capacity: filter by team.
/// ## Source
/// Kniberg, *Scrum and XP from the Trenches*: focus factor = actual velocity / available man-days.
pub static METRIC: Metric = Metric {
    about: &ABOUT,
    by_sprint: BySprint::Weeks("it plans the next sprint, and where there is none the next week"),
    compute,
};

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "capacity-plan",
    title: "Next sprint by capacity",
    definition: "The hours of capacity of the coming sprint times what past sprints completed per hour of capacity (the \
                 focus factor): a suggestion with its range, p15 to p85 of the last 8 sprints.",
    how_to_read: "Bars are what past sprints completed. The band is what their hours, and those of the coming sprint, would \
                  give at the low and the high focus factor. Commit inside the band, nearer to its lower edge.",
    per_iteration: false,
};

/// Past sprints or periods that are looked back on.
const LOOK_BACK: usize = 8;

/// A past sprint or period.
struct Past {
    x: X,
    span: (i32, i32),
    completed: f64,
    items: Vec<u32>,
    hours: f64,
}

impl Past {
    /// Completed per hour.
    fn factor(&self) -> f64 {
        self.completed / self.hours
    }
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let parts = Parts::new(data, query);
    if parts.is_empty() {
        return parts.unknown(ABOUT.id);
    }
    let Some(as_of) = now(data, query) else { return undated(ABOUT.id) };
    let velocity = (velocity::METRIC.compute)(data, items, query);
    if let Status::NotComputable { reason, needs } = velocity.status {
        let mut answer = MetricResult::not_computable(ABOUT.id, reason, needs);
        answer.excluded = velocity.excluded;
        return answer;
    }
    let completed = velocity.series.iter().find(|series| series.id == "completed");
    let points = completed.map(|series| series.points.as_slice()).unwrap_or_default();
    let (past, excluded) = past_of(data, query, &parts, points, velocity.excluded);
    let coming = coming(data, items, query, as_of);
    let hours = parts.total(&[coming.0.span()])[0].map(tidy);
    let mut result = match hours {
        _ if past.is_empty() => MetricResult::not_computable(
            ABOUT.id,
            "No closed sprint or period has known capacity: there is no focus factor.",
            "Capacity that reaches back over closed sprints.",
        ),
        None => MetricResult::not_computable(
            ABOUT.id,
            format!(
                "Nobody's capacity is known in {} ({}).",
                coming.0.name,
                words::day_range(coming.0.first, coming.0.last)
            ),
            super::NEEDS_CAPACITY,
        ),
        Some(hours) => answer(&past, &coming.0, hours, query),
    };
    let mut used: Vec<u32> = past.iter().flat_map(|past| past.items.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    result.excluded = excluded;
    if !result.is_computed() {
        return result;
    }
    result.considered = used.len() as u64;
    if coming.1 {
        let text = format!(
            "No sprint ahead is dated: the next one is taken to run from {}, as long as the last.",
            words::day_range(coming.0.first, coming.0.last)
        );
        result.note("assumed-sprint", text);
    }
    if past.windows(2).any(|pair| pair[1].span.0 < pair[0].span.1) {
        result.note(
            "parallel-sprints",
            "Sprints of several teams run at the same time and share the hours of all. Filter by team to plan one.",
        );
    }
    parts.notes(&mut result);
    result
}

/// The last past sprints with known capacity, and all items left out.
fn past_of(
    data: &PreparedDataset,
    query: &Query,
    parts: &Parts<'_>,
    points: &[Point],
    mut excluded: Vec<Exclusion>,
) -> (Vec<Past>, Vec<Exclusion>) {
    let span = |x: &X| match x {
        X::Day(day) => Some(of_period(*day, query).span()),
        X::Name(name) => {
            let position = data.iterations.position_of(name)?;
            Some(days_of(data, data.iterations.list()[position].window?))
        }
    };
    let dated: Vec<(&Point, (i32, i32))> = points.iter().filter_map(|point| Some((point, span(&point.x)?))).collect();
    let spans: Vec<(i32, i32)> = dated.iter().map(|(_, span)| *span).collect();
    let hours = parts.total(&spans);
    let (mut past, mut without) = (Vec::new(), Vec::new());
    for ((point, span), hours) in dated.into_iter().zip(hours) {
        match hours.map(tidy).filter(|hours| *hours > 0.0) {
            Some(hours) => past.push(Past {
                x: point.x.clone(),
                span,
                completed: point.y.unwrap_or(0.0),
                items: point.items.clone(),
                hours,
            }),
            None => without.extend_from_slice(&point.items),
        }
    }
    let earlier: Vec<u32> = past.drain(..past.len().saturating_sub(LOOK_BACK)).flat_map(|past| past.items).collect();
    let mut taken: Vec<u32> = past.iter().flat_map(|past| past.items.iter().copied()).collect();
    taken.sort_unstable();
    for (reason, mut items) in [
        ("completed when no capacity is known", without),
        ("completed before the last 8 sprints or periods with known capacity", earlier),
    ] {
        // Completed again later: it has its part already.
        items.retain(|item| taken.binary_search(item).is_err());
        items.sort_unstable();
        items.dedup();
        taken.extend_from_slice(&items);
        taken.sort_unstable();
        Exclusion::add(&mut excluded, reason, items);
    }
    (past, excluded)
}

/// The sprint to plan, and whether its days are assumed; without sprints the coming period.
fn coming(data: &PreparedDataset, items: &ItemSet, query: &Query, as_of: i64) -> (Days, bool) {
    let list = data.iterations.list();
    let dated: Vec<usize> = (0..list.len())
        .filter(|&position| list[position].window.is_some() && has_member(data, items, position))
        .collect();
    let start = |position: &usize| list[*position].window.map_or(i64::MAX, |window| window.start);
    let ahead = dated.iter().copied().filter(|position| start(position) > as_of).min_by_key(start);
    if let Some(days) = ahead.and_then(|position| of_sprint(data, position)) {
        return (days, false);
    }
    let open = first_open_day(data, as_of);
    // Those with dates come first in the list, by their ends.
    match dated.last().and_then(|&position| of_sprint(data, position)) {
        None => (coming_period(open, query), false),
        Some(newest) => {
            let first = (newest.last + 1).max(open);
            let name = format!("the sprint from {}", iso_from_day(first));
            (Days { first, last: first + (newest.last - newest.first), name, sprint: None }, true)
        }
    }
}

fn answer(past: &[Past], coming: &Days, hours: f64, query: &Query) -> MetricResult {
    let unit = query.unit.id();
    let mut rising: Vec<f64> = past.iter().map(Past::factor).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let number = rising.len();
    let factor = |p: usize| percentile_by(&rising, p, query.percentile);
    let has_range = number >= FEW_VALUES;
    let suggest = |p: usize| factor(p).map(|factor| tidy(factor * hours));
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    let of_past = words::verb(number, "past sprint or period", "past sprints or periods");
    let figure = |id: &str, name: &str, p: usize, is_shown: bool| {
        let how = match factor(p).filter(|_| is_shown) {
            Some(value) => format!(
                "{} hours x {} {unit} an hour, {} {of_past}",
                words::number(hours),
                precise(value),
                percentile_in_words(number, p, query.percentile)
            ),
            None => {
                format!("needs at least {FEW_VALUES} past sprints; there {} {number}", words::verb(number, "is", "are"))
            }
        };
        Figure::new(id, name, suggest(p).filter(|_| is_shown), unit, how)
    };
    result.figures = vec![
        figure("suggestion", "Suggested for the next sprint", 50, true),
        figure("low", "Range, lower end (p15)", 15, has_range),
        figure("high", "Range, upper end (p85)", 85, has_range),
        Figure::new(
            "capacity",
            "Capacity of the next sprint",
            Some(hours),
            "hours",
            words::day_range(coming.first, coming.last),
        ),
        Figure::new(
            "focus-factor",
            "Focus factor, median",
            factor(50).map(tidy),
            format!("{unit} an hour"),
            percentile_in_words(number, 50, query.percentile),
        ),
    ];
    result.working = working(past, coming, hours, factor(50), query);
    result.series = series(past, coming, hours, &[factor(15), factor(85)], has_range, query);
    let range = match (suggest(15), suggest(85)) {
        (Some(low), Some(high)) if has_range => {
            format!(", most likely {} to {}", words::number(low), words::amount(high, query.unit))
        }
        _ => String::new(),
    };
    result.summary = format!(
        "With {} hours of capacity, plan {} into {}{range}.",
        words::number(hours),
        words::amount(suggest(50).unwrap_or_default(), query.unit),
        coming.name
    );
    if !has_range {
        let text =
            format!("Only {}: no range yet.", words::count(number, "past sprint or period", "past sprints or periods"));
        result.note("few-sprints", text);
    }
    result
}

/// Each factor with its numbers, and the suggestion with its own.
fn working(past: &[Past], coming: &Days, hours: f64, median: Option<f64>, query: &Query) -> Vec<String> {
    let unit = query.unit.id();
    let mut lines = Vec::new();
    for one in past {
        let name = place_name(&one.x);
        let (completed, had) = (words::number(one.completed), words::number(one.hours));
        lines.push(format!("{name}: {completed} {unit} / {had} hours = {} an hour.", precise(one.factor())));
    }
    if let Some(median) = median {
        lines.push(format!(
            "{}: {} hours x {} = {}.",
            coming.name,
            words::number(hours),
            precise(median),
            words::amount(tidy(median * hours), query.unit)
        ));
    }
    lines
}

/// Completed, and the band that hours at the low and the high factor give, for past sprints and the coming one.
fn series(
    past: &[Past],
    coming: &Days,
    hours: f64,
    ends: &[Option<f64>; 2],
    has_range: bool,
    query: &Query,
) -> Vec<Series> {
    let unit = query.unit.id();
    let bars = past.iter().map(|past| Point { x: past.x.clone(), y: Some(past.completed), items: past.items.clone() });
    let next = match past.last().map(|past| &past.x) {
        Some(X::Day(_)) => X::Day(coming.first),
        _ => X::Name(coming.name.clone()),
    };
    let edge = |id: &str, name: &str, role, factor: Option<f64>| {
        let all = past.iter().map(|past| (past.x.clone(), past.hours)).chain([(next.clone(), hours)]);
        let point = |(x, hours): (X, f64)| Point { x, y: factor.map(|factor| tidy(factor * hours)), items: Vec::new() };
        Series::new(id, name, role, unit, all.map(point).collect())
    };
    let mut series = vec![Series::new("completed", "Completed", Role::Main, unit, bars.collect())];
    if has_range {
        series.push(edge("low", "By hours, lower end", Role::RangeLow, ends[0]));
        series.push(edge("high", "By hours, upper end", Role::RangeHigh, ends[1]));
    }
    series
}

/// The name of a sprint, or the first day of a period.
fn place_name(x: &X) -> String {
    match x {
        X::Day(day) => iso_from_day(*day),
        X::Name(name) => name.clone(),
    }
}

/// A factor with four decimals: it is a small number.
fn precise(factor: f64) -> String {
    format!("{}", (factor * 1e4).round() / 1e4)
}
