//! Technical debt: how much of it is open, and for how long.

pub mod flow;
pub mod share;

use crate::model::{ItemSet, NumberField, PreparedDataset, iso_from_day};

use super::marked::{Ages, BINS, Marked, Marks};
use super::outcome::Outcomes;
use super::stats::{percentile_by, percentile_in_words, tidy};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// The open items that are technical debt, and their points, by the days since their creation, in bins.
/// ## How
/// Which items are technical debt says a rule (type, label, component, words of the title): the user's, else one worked out from
/// the data. Age = today - day created + 1, in calendar days whatever the rule for days of the question, since the bins are of
/// calendar days. An item is open when it is neither done nor closed without being delivered.
/// ## Edge cases
/// An item without an estimate counts 0 points, and a note says how many; where no open item has one, the points are unknown.
/// Open items without a creation date are left out and counted, and so are closed ones of which nobody knows since when they are.
/// ## Source
/// W. Cunningham, The `WyCash` Portfolio Management System (1992); P. Kruchten et al., Managing Technical Debt (2019): debt items
/// in the backlog.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "technical-debt",
    title: "Open technical debt",
    definition: "The open items of technical debt by the calendar days since they were created: up to 30 days, 31 to 60, 61 \
                 to 90, and more.",
    how_to_read: "The further to the right a bar is high, the longer debt lies unpaid. What is not in the backlog is not \
                  counted: a low number may mean little debt, or debt that nobody wrote down.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let debt = Marked::new(Marks::Debt, data, items);
    if debt.items.count() == 0 {
        return debt.none(ABOUT.id);
    }
    let as_of = query.as_of(data);
    let ages = Ages::new(data, &debt.items, as_of);
    let today = iso_from_day(data.calendar.day_of(as_of));
    if ages.open.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            format!("No item of technical debt is known to be open at the end of {today}."),
            "Open items with the day they were created.",
        );
        result.excluded = ages.excluded;
        return result;
    }
    let outcomes = Outcomes::new(data, as_of, query.unit);
    let points = BINS.iter().zip(ages.bins()).map(|(&(bin, _), items)| Point {
        x: X::Name(bin.to_owned()),
        y: Some(tidy(items.iter().map(|&item| outcomes.size(item as usize)).sum())),
        items,
    });
    let series = vec![Series::new("open", "Open", Role::Main, query.unit.id(), points.collect())];
    let mut result =
        MetricResult { id: ABOUT.id.to_owned(), considered: ages.open.len() as u64, series, ..MetricResult::default() };
    answer(&mut result, data, &ages, &debt, query);
    let unestimated = ages.open.iter().filter(|&&(item, _)| outcomes.is_unestimated(item as usize)).count();
    result.note_unestimated(unestimated, query.unit);
    result.excluded = ages.excluded;
    result
}

fn answer(result: &mut MetricResult, data: &PreparedDataset, ages: &Ages, debt: &Marked, query: &Query) {
    let today = iso_from_day(data.calendar.day_of(query.as_of(data)));
    let number = ages.open.len();
    let all: Vec<u32> = ages.open.iter().map(|&(item, _)| item).collect();
    let points_of = data.dataset.number(NumberField::Points);
    let estimated: Vec<u32> = all.iter().copied().filter(|&item| points_of[item as usize].is_finite()).collect();
    let points: f64 = estimated.iter().map(|&item| points_of[item as usize]).sum();
    let points = (!estimated.is_empty()).then(|| tidy(points));
    let how_points = if estimated.is_empty() {
        "no open item has an estimate".to_owned()
    } else {
        format!("of the {} of {} with an estimate", estimated.len(), words::items(number))
    };
    let mut rising: Vec<f64> = ages.open.iter().map(|&(_, age)| f64::from(age)).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let [.., old] = ages.bins();
    let late = old.len();
    result.figures = vec![
        Figure::new("open", "Open", Some(number as f64), "items", format!("at the end of {today}")).with_items(all),
        Figure::new("points", "Points open", points, "points", how_points).with_items(estimated),
        Figure::new(
            "over-90",
            "Over 90 days",
            Some(late as f64),
            "items",
            format!("of {}", words::count(number, "open item", "open items")),
        )
        .with_items(old),
        Figure::new(
            "median-age",
            "Median age",
            percentile_by(&rising, 50, query.percentile),
            "days",
            percentile_in_words(number, 50, query.percentile),
        ),
    ];
    result.working =
        vec![debt.line(), "Age = today - day created + 1, in calendar days.".to_owned(), format!("Today is {today}.")];
    let with_points = points.map_or_else(String::new, |points| format!(" ({})", words::amount(points, Unit::Points)));
    result.summary = format!(
        "{} of technical debt {} open{with_points}, {} of them for more than 90 days.",
        words::capitalised(&words::items(number)),
        words::verb(number, "is", "are"),
        if late == 0 { "none".to_owned() } else { late.to_string() },
    );
}
