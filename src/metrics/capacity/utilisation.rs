//! Utilisation: how much is asked of teams and people against what they have.

use super::load::{Loads, PACE_DAYS};
use super::parts::Parts;
use super::sprints::{Days, days_ahead, now, undated};
use super::{FULL, TIGHT};
use crate::metrics::stats::{percent, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};
use crate::model::{ItemSet, PreparedDataset};

/// ## What it measures
/// Load / capacity by team or person, in percent: in what is left of the sprint asked for, else of the one that runs, else in the
/// coming sprint, else in the coming day, week or month.
/// ## How
/// Load = hours that the open items still take, by who they are assigned to: their remaining time, else their original estimate
/// less the logged time, else their points x the hours that a point takes: the hours of capacity of the assignee in the last 90
/// days / the points finished in them, else hours / points a day of the assignee's capacity. Of a sprint, items whose present sprint
/// it is count; without sprints, all open ones. By team an item belongs to the team that it names, as far as that has capacity, else
/// to the teams of its assignee, to each in proportion to the hours. Capacity: [`super::hours`], from the first day that is not over.
/// ## Edge cases
/// Items assigned to nobody, to somebody without capacity, or of unknown size are left out and counted. Load against no hours at
/// all is no percentage: it is said. What remained on a day of the past is not known; it is what remains in the file. Under
/// pseudonyms no items are listed, since they name their assignee.
/// ## Source
/// Reinertsen, *The Principles of Product Development Flow*: queues grow without bound as utilisation nears 100 %.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::HOURS, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "utilisation",
    title: "Utilisation",
    definition: "The hours that assigned open items still take, in percent of the hours that are left in the sprint (or \
                 come in the next period, without sprints).",
    how_to_read: "Each bar is a team or person. Above 100 % more is asked than there are hours: move work away. Above 85 % it \
                  is tight: the smallest surprise delays something.",
    per_iteration: true,
};

/// Parts named in the working.
const MOST_NAMED: usize = 20;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let parts = Parts::new(data, query);
    if parts.is_empty() {
        return parts.unknown(ABOUT.id);
    }
    let Some(as_of) = now(data, query) else { return undated(ABOUT.id) };
    let days = match days_ahead(ABOUT.id, data, items, query, as_of) {
        Ok(days) => days,
        Err(answer) => return *answer,
    };
    let loads = Loads::new(data, items, &parts, &days, as_of);
    let hours = parts.hours(&[days.span()]);
    let mut result = if hours.iter().all(|hours| hours[0].is_none()) {
        MetricResult::not_computable(
            ABOUT.id,
            format!("Nobody's capacity is known from {}.", words::day_range(days.first, days.last)),
            super::NEEDS_CAPACITY,
        )
    } else {
        answer(&parts, &days, &loads, &hours)
    };
    if days.sprint.is_some() {
        days.name.clone_into(&mut result.subject);
    }
    result.considered = if result.is_computed() { loads.considered } else { 0 };
    result.excluded = loads.excluded;
    result
}

fn answer(parts: &Parts<'_>, days: &Days, loads: &Loads, hours: &[Vec<Option<f64>>]) -> MetricResult {
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    let lists_items = !parts.by_person() || parts.names_people();
    let (mut load, mut capacity) = (0.0, 0.0);
    let (mut over, mut tight, mut without, mut known) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut points = Vec::new();
    let range = words::day_range(days.first, days.last);
    result.working.push(format!("Capacity and load of {} ({range}).", days.name));
    result.working.push(loads.sources());
    for (part, hours) in hours.iter().enumerate() {
        let own = &loads.of_part[part];
        let Some(hours) = hours[0].map(tidy).or((own.0 > 0.0).then_some(0.0)) else { continue };
        load += own.0;
        capacity += hours;
        let name = parts.name(part);
        let share = percent(own.0, hours);
        match share {
            Some(share) if share > FULL => over.push(name.clone()),
            Some(share) if share > TIGHT => tight.push(name.clone()),
            None if own.0 > 0.0 => without.push(name.clone()),
            Some(_) | None => {}
        }
        known += 1;
        if known <= MOST_NAMED {
            let is =
                share.map_or_else(|| "no hours to do it in".to_owned(), |share| format!("{} %", words::number(share)));
            let (load, hours) = (words::number(own.0), words::number(hours));
            result.working.push(format!("{name}: {load} hours of load / {hours} hours = {is}."));
        }
        let items = if lists_items { own.1.clone() } else { Vec::new() };
        points.push(Point { x: X::Name(name), y: share, items });
    }
    if known > MOST_NAMED {
        result.working.push(format!("And {} more {}.", known - MOST_NAMED, parts.words().1));
    }
    let (load, capacity) = (tidy(load), tidy(capacity));
    let share = percent(load, capacity);
    figures(&mut result, share, load, capacity, over.len(), tight.len());
    result.series = series(points);
    result.summary = summary(parts, days, share, over.len());
    if !without.is_empty() {
        let names: Vec<&str> = without.iter().map(String::as_str).collect();
        let has = words::verb(names.len(), "has", "have");
        result.note("no-hours", format!("{} {has} load, but no hours in these days.", words::list(&names, 5)));
    }
    if days.sprint.is_none() {
        result.note("all-open", "No sprint runs or is ahead: all open items count, whenever they are to be done.");
    }
    result.note(
        "pace",
        format!(
            "The pace of a person is that of the last {PACE_DAYS} days; it is asked only where an item has no hours."
        ),
    );
    parts.notes(&mut result);
    result
}

fn figures(result: &mut MetricResult, share: Option<f64>, load: f64, capacity: f64, over: usize, tight: usize) {
    let how = if share.is_some() {
        format!("{} hours of load / {} hours", words::number(load), words::number(capacity))
    } else {
        "no hours in these days".to_owned()
    };
    result.figures = vec![
        Figure::new("utilisation", "Utilisation", share, "%", how),
        Figure::new("load", "Load", Some(load), "hours", "what the open items still take"),
        Figure::new("capacity", "Capacity", Some(capacity), "hours", "what is left of these days"),
        Figure::new("over-allocated", "Over-allocated", Some(over as f64), "", "above 100 %"),
        Figure::new("tight", "Tight", Some(tight as f64), "", "above 85 %, up to 100 %"),
    ];
}

/// The bars and the two levels across them.
pub(super) fn series(points: Vec<Point>) -> Vec<Series> {
    let ends: Vec<X> = match &points[..] {
        [] => Vec::new(),
        [only] => vec![only.x.clone()],
        [first, .., last] => vec![first.x.clone(), last.x.clone()],
    };
    let level = |id: &str, name: &str, value| {
        let points = ends.iter().map(|x| Point { x: x.clone(), y: Some(value), items: Vec::new() }).collect();
        Series::new(id, name, Role::Level, "%", points)
    };
    vec![
        Series::new("utilisation", "Utilisation", Role::Main, "%", points),
        level("tight", "Tight (85 %)", TIGHT),
        level("full", "Full (100 %)", FULL),
    ]
}

fn summary(parts: &Parts<'_>, days: &Days, share: Option<f64>, over: usize) -> String {
    let Some(share) = share else { return format!("There are no hours of capacity in {}.", days.name) };
    let (one, many) = parts.words();
    let over = match over {
        0 => format!("no {one} is over-allocated"),
        number => format!("{} {} over-allocated", words::count(number, one, many), words::verb(number, "is", "are")),
    };
    format!("Utilisation is {} % in {}: {over}.", words::number(share), days.name)
}

/// An amount of hours in words.
pub(super) fn hours(value: f64) -> String {
    words::amount(value, Unit::Hours)
}
