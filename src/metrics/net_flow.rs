//! Net flow: what arrives minus what leaves, per period.

use crate::model::{ItemSet, NO_DAY, PreparedDataset, StatusCategory, iso_from_day};

use super::outcome::{Outcome, Outcomes};
use super::periods::{Periods, Place};
use super::standing::steps;
use super::stats::{FEW_VALUES, mean, tidy};
use super::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// Arrivals minus departures in each whole day, week or month, and their running sum.
/// ## How
/// An item arrives on the day of its creation. It departs on the day it was finished, as for the throughput, or closed without
/// being delivered. Net flow = arrivals - departures: above 0 the open work grew.
/// ## Edge cases
/// The present period, and a first one that the data covers only in part, are left out. An item counts when it arrives or
/// departs in one of the periods; the others are left out and counted. A departure without a date is no departure of any
/// period, and such an item is left out.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>; arrivals against departures, as flow tools give it.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "net-flow",
    title: "Net flow",
    definition: "The number of items created in each whole period minus the number that were finished or closed in it.",
    how_to_read: "Bars above zero are periods in which more came than went: the open work grew. The line adds the bars up \
                  from the first period on; while it rises, waiting gets longer.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let as_of = query.as_of(data);
    let today = data.calendar.day_of(as_of);
    let known = |&day: &i32| day != NO_DAY && day <= today;
    // Of all the data, whatever the filter, so that parts add up to the whole.
    let Some(first) = data.life.created_day.iter().copied().filter(known).min() else {
        return MetricResult::not_computable(
            ABOUT.id,
            "No item in this data has a creation date.",
            "Items with the day they were created.",
        );
    };
    let periods = Periods::since(first, first, data, query, as_of);
    let mut tally = Tally::new(periods.starts.len());
    let outcomes = Outcomes::new(data, as_of, Unit::Items);
    for item in items {
        let departure = departure(data, item, &outcomes, as_of);
        tally.add(item, data.life.created_day[item], departure, &periods);
    }
    if tally.considered == 0 || periods.starts.is_empty() {
        let period = words::period(query.granularity, 1);
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            format!("Nothing arrived or departed in a whole {period} of the data or of the chosen period."),
            "A longer period, or a smaller step: days instead of weeks.",
        );
        result.excluded = tally.exclusions();
        return result;
    }
    answer(tally, &periods, query)
}

/// When an item departed.
#[derive(Clone, Copy)]
enum Departure {
    None,
    Finished(i32),
    Closed(i32),
    Undated,
}

fn departure(data: &PreparedDataset, item: usize, outcomes: &Outcomes<'_>, as_of: i64) -> Departure {
    match outcomes.of(item) {
        Outcome::Open => Departure::None,
        Outcome::Finished { day, .. } => Departure::Finished(day),
        Outcome::Undated => Departure::Undated,
        Outcome::Dropped => {
            // The first of the steps at the end that count as closed.
            let mut closed = None;
            for (day, step) in steps(data, item, as_of) {
                match step.category {
                    StatusCategory::Dropped => closed = closed.or(Some(day)),
                    _ => closed = None,
                }
            }
            closed.filter(|&day| day != NO_DAY).map_or(Departure::Undated, Departure::Closed)
        }
    }
}

struct Tally {
    arrived: Vec<Vec<u32>>,
    departed: Vec<Vec<u32>>,
    considered: usize,
    closed: usize,
    undated: Vec<u32>,
    elsewhere: Vec<u32>,
}

impl Tally {
    fn new(periods: usize) -> Self {
        Self {
            arrived: vec![Vec::new(); periods],
            departed: vec![Vec::new(); periods],
            considered: 0,
            closed: 0,
            undated: Vec::new(),
            elsewhere: Vec::new(),
        }
    }

    fn add(&mut self, item: usize, created: i32, departure: Departure, periods: &Periods) {
        let number = item as u32;
        let whole = |day: i32| match periods.place(day) {
            Place::Whole(position) if day != NO_DAY => Some(position),
            _ => None,
        };
        let left = match departure {
            Departure::Undated => return self.undated.push(number),
            Departure::None => None,
            Departure::Finished(day) => whole(day),
            Departure::Closed(day) => {
                let position = whole(day);
                self.closed += usize::from(position.is_some());
                position
            }
        };
        let came = whole(created);
        if let Some(position) = came {
            self.arrived[position].push(number);
        }
        if let Some(position) = left {
            self.departed[position].push(number);
        }
        if came.is_some() || left.is_some() {
            self.considered += 1;
        } else {
            self.elsewhere.push(number);
        }
    }

    fn exclusions(&mut self) -> Vec<Exclusion> {
        Exclusion::list([
            ("finished or closed, but no date tells when".to_owned(), std::mem::take(&mut self.undated)),
            ("neither arrived nor departed in a whole period".to_owned(), std::mem::take(&mut self.elsewhere)),
        ])
    }
}

fn answer(mut tally: Tally, periods: &Periods, query: &Query) -> MetricResult {
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: tally.considered as u64,
        excluded: tally.exclusions(),
        ..MetricResult::default()
    };
    let arrivals: Vec<f64> = tally.arrived.iter().map(|items| items.len() as f64).collect();
    let departures: Vec<f64> = tally.departed.iter().map(|items| items.len() as f64).collect();
    let net: Vec<f64> = arrivals.iter().zip(&departures).map(|(came, left)| tidy(came - left)).collect();
    let running: Vec<f64> = net
        .iter()
        .scan(0.0, |sum, net| {
            *sum += net;
            Some(tidy(*sum))
        })
        .collect();
    let series = |id: &str, name: &str, role, values: &[f64], items: Vec<Vec<u32>>| Series {
        id: id.to_owned(),
        name: name.to_owned(),
        role,
        unit: "items".into(),
        points: periods
            .starts
            .iter()
            .zip(values)
            .zip(items)
            .map(|((&start, &y), items)| Point { x: X::Day(start), y: Some(y), items })
            .collect(),
    };
    let none = || vec![Vec::new(); periods.starts.len()];
    let both = tally.arrived.iter().zip(&tally.departed).map(|(came, left)| {
        let mut items = [came.as_slice(), left].concat();
        items.sort_unstable();
        items.dedup();
        items
    });
    let both: Vec<Vec<u32>> = both.collect();
    let (came, left): (f64, f64) = (arrivals.iter().sum(), departures.iter().sum());
    result.series = vec![
        series("net", "Arrivals - departures", Role::Main, &net, both),
        series("arrivals", "Arrivals", Role::Added, &arrivals, std::mem::take(&mut tally.arrived)),
        series("departures", "Departures", Role::Completed, &departures, std::mem::take(&mut tally.departed)),
        series("cumulative", "Added up", Role::Scope, &running, none()),
    ];
    let number = periods.starts.len();
    let period = words::period(query.granularity, 1);
    let of_periods = format!("{number} whole {}", words::period(query.granularity, number));
    let total = tidy(came - left);
    result.figures = vec![
        Figure::new(
            "net",
            "Net flow",
            Some(total),
            "items",
            format!("{} arrived - {} departed in {of_periods}", words::number(came), words::number(left)),
        ),
        Figure::new("arrivals", "Arrivals", Some(tidy(came)), "items", format!("created in {of_periods}")),
        Figure::new(
            "departures",
            "Departures",
            Some(tidy(left)),
            "items",
            format!("finished or closed in {of_periods}, {} of them closed without being delivered", tally.closed),
        ),
        Figure::new(
            "mean",
            format!("Mean net flow per {period}"),
            mean(&net),
            "items",
            format!("{} over {of_periods}", words::number(total)),
        ),
    ];
    let first = periods.starts.first().copied().unwrap_or(periods.end);
    result.working = vec![
        format!("{of_periods}: {}.", words::day_range(first, periods.end - 1)),
        format!("Net flow = {} - {} = {}.", words::number(came), words::number(left), words::number(total)),
    ];
    result.summary = summary(came, left, &of_periods, first);
    if number < FEW_VALUES {
        result.note("few-periods", format!("Only {of_periods}: the next one may change the picture."));
    }
    result
}

fn summary(came: f64, left: f64, of_periods: &str, first: i32) -> String {
    let change = tidy(came - left);
    let amount = words::items(change.abs() as usize);
    let grew = match change {
        0.0 => "the open work stayed as it was".to_owned(),
        change if change > 0.0 => format!("the open work grew by {amount}"),
        _ => format!("the open work shrank by {amount}"),
    };
    let since = iso_from_day(first);
    format!(
        "{} arrived and {} departed in {of_periods} since {since}: {grew}.",
        words::number(came),
        words::number(left)
    )
}
