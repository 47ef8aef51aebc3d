//! Backlog age: how long the open bugs have been there.

use crate::metrics::marked::{Ages, BINS, Marked, Marks};
use crate::metrics::stats::{FEW_VALUES, percent, percentile_by, percentile_in_words};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset, iso_from_day};

use super::priorities::ByPriority;

/// ## What it measures
/// The open bugs by the days since their creation, in bins, and in each bin by priority.
/// ## How
/// Age = today - day created + 1, in calendar days whatever the rule for days of the question, since the bins are of calendar
/// days. A bug is open when it is neither done nor closed without being delivered.
/// ## Edge cases
/// Open bugs without a creation date are left out and counted, and so are closed ones of which nobody knows since when they
/// are. Priorities beyond six are gathered.
/// ## Source
/// Aging of the defect backlog as test management tools give it.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bug-backlog-age",
    title: "Age of open bugs",
    definition: "The open bugs by the calendar days since they were created, the day of creation and today both counted: up \
                 to 30 days, 31 to 60, 61 to 90, and more.",
    how_to_read: "The further to the right a bar is high, the more bugs wait that nobody mends. Its parts are the \
                  priorities. What is older than 90 days is either not important or forgotten: decide which.",
    per_iteration: false,
};

/// Priorities that are told apart; as many as there are colours.
const MOST: usize = 6;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let bugs = Marked::new(Marks::Bugs, data, items);
    if bugs.items.count() == 0 {
        return bugs.none(ABOUT.id);
    }
    let as_of = query.as_of(data);
    let today = iso_from_day(data.calendar.day_of(as_of));
    let ages = Ages::new(data, &bugs.items, as_of);
    let number = ages.open.len();
    if number == 0 {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            format!("No bug of this selection is known to be open at the end of {today}."),
            "Open bugs with the day they were created.",
        );
        result.excluded = ages.excluded;
        return result;
    }
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: number as u64,
        series: series(data, &ages),
        ..MetricResult::default()
    };
    let mut rising: Vec<f64> = ages.open.iter().map(|&(_, age)| f64::from(age)).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let oldest = rising.last().copied().unwrap_or(0.0);
    let [.., old] = ages.bins();
    let (late, of_bugs) = (old.len(), words::count(number, "open bug", "open bugs"));
    let with_age = |age: f64| ages.open.iter().filter(move |&&(_, own)| f64::from(own) >= age).map(|&(item, _)| item);
    let all: Vec<u32> = ages.open.iter().map(|&(item, _)| item).collect();
    result.figures = vec![
        Figure::new("open", "Open", Some(number as f64), "items", format!("at the end of {today}")).with_items(all),
        Figure::new("over-90", "Over 90 days", Some(late as f64), "items", format!("of {of_bugs}")).with_items(old),
        Figure::new(
            "over-90-share",
            "Share over 90 days",
            percent(late as f64, number as f64),
            "%",
            format!("{late} of {of_bugs}"),
        ),
        Figure::new(
            "median-age",
            "Median age",
            percentile_by(&rising, 50, query.percentile),
            "days",
            percentile_in_words(number, 50, query.percentile),
        ),
        Figure::new("oldest", "Oldest", Some(oldest), "days", format!("the highest age of {of_bugs}"))
            .with_items(with_age(oldest).collect()),
    ];
    result.working =
        vec![bugs.line(), "Age = today - day created + 1, in calendar days.".to_owned(), format!("Today is {today}.")];
    result.summary = format!(
        "{} {} open, {} of them for more than 90 days; the oldest for {}.",
        words::capitalised(&words::count(number, "bug", "bugs")),
        words::verb(number, "is", "are"),
        if late == 0 { "none".to_owned() } else { late.to_string() },
        words::days(oldest)
    );
    if number < FEW_VALUES {
        result.note("few-items", format!("Only {of_bugs}: the median age of so few says little."));
    }
    result.excluded = ages.excluded;
    result
}

fn series(data: &PreparedDataset, ages: &Ages) -> Vec<Series> {
    let by_priority = ByPriority::new(data, MOST, ages.open.iter().map(|&(item, age)| (item, (item, age))));
    let of_priority = |(position, (name, bugs)): (usize, (String, Vec<(u32, i32)>))| {
        let mut bins: [Vec<u32>; BINS.len()] = Default::default();
        for (item, age) in bugs {
            bins[Ages::bin(age)].push(item);
        }
        let points = BINS.iter().zip(bins).map(|(&(bin, _), items)| Point {
            x: X::Name(bin.to_owned()),
            y: Some(items.len() as f64),
            items,
        });
        Series::new(&format!("priority-{}", position + 1), name, Role::Stacked, "items", points.collect())
    };
    by_priority.groups.into_iter().enumerate().map(of_priority).collect()
}
