//! How much is done by a day.

use super::basis::{Basis, chance, in_units, shown};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};
use crate::model::{ItemSet, PreparedDataset, iso_from_day};
use throughline_simulation::{Amounts, STEPS};

/// ## What it measures
/// How many items or points are done by a day with a chance of 50, 70, 85 and 95 %, or of those that the question asks
/// for. The sentence is of 85 and 50 %.
/// ## How
/// Each trial draws as many days from the history window as there are days of work up to the target. Percentiles run from the top
/// down: the most that at least `ceil(p/100 * trials)` trials reach. It tells the same as [`super::when`]: n are done by a day in
/// just as many trials as the day is early enough for n.
/// ## Edge cases
/// Without a target: 30 days from now. With new work counted it is the work of today that is done. A target that is past: not
/// computable. Otherwise as [`super::when`].
/// ## Source
/// As [`super::when`].
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-how-many",
    title: "How much is done by a day",
    definition: "How much is done by the target day with a chance of 50, 70, 85 and 95 % (or of those asked for), if the coming days are like days \
                 drawn from the history window, those without a finish included.",
    how_to_read: "The more certain you want to be, the less you can promise. The line is the chance to finish at least so \
                  much; plan with the amount at 85 %.",
    per_iteration: false,
};

/// Days ahead where no target is given.
const DEFAULT_AHEAD: i32 = 30;
/// Bars beyond which the amounts are taken in steps.
const MOST_BARS: i64 = 60;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let basis = match Basis::new(ABOUT.id, data, items, query, query.unit) {
        Ok(basis) => basis,
        Err(answer) => return *answer,
    };
    let target = query.forecast.target.unwrap_or(basis.past.today + DEFAULT_AHEAD);
    if target <= basis.past.today {
        return MetricResult::not_computable(
            ABOUT.id,
            format!("The target {} is not in the future of the data.", iso_from_day(target)),
            format!("A target after {}.", iso_from_day(basis.past.today)),
        );
    }
    let days = basis.days_until(target);
    let amounts = basis.simulation().how_many(days);
    let mut result = basis.answer(ABOUT.id);
    let trials = query.forecast.trials;
    let mut shown = shown(query);
    for &p in &shown {
        let amount = promised(&amounts, p, query.unit);
        let how = format!("{} of {trials} trials reach it by {}", amounts.reaching(amount), iso_from_day(target));
        let name = format!("{} with {p} %", words::capitalised(query.unit.id()));
        result.figures.push(Figure::new(&format!("p{p}"), name, Some(in_units(amount)), query.unit.id(), how));
    }
    if basis.work > 0 {
        let part = amounts.reaching(basis.work);
        let (value, text) = chance(part, trials);
        let how = format!("{text}: {part} of {trials} trials finish {}", basis.in_words(basis.work));
        result.figures.push(Figure::new("chance-all", "Chance that all is done", Some(value), "%", how));
    }
    let until =
        format!("{} up to {}", words::count(days as usize, "day of work", "days of work"), iso_from_day(target));
    result.working.push(format!("Each trial draws {until}."));
    shown.sort_unstable();
    for p in shown {
        let amount = promised(&amounts, p, query.unit);
        result.working.push(format!(
            "{p} % = the most that {} of {trials} trials reach = {}.",
            throughline_simulation::rank(trials, p),
            basis.in_words(amount)
        ));
    }
    result.series.push(series(&amounts, &basis, trials));
    let in_words = |p| basis.in_words(promised(&amounts, p, query.unit));
    let done = in_words(85);
    let is = if done.starts_with("1 ") { "is" } else { "are" };
    result.summary = format!(
        "With a chance of 85 % at least {done} {is} done by {} (50 %: {}).",
        iso_from_day(target),
        in_words(50)
    );
    result
}

/// Percentile `p`; whole items, because no part of an item is done.
fn promised(amounts: &Amounts, p: u32, unit: Unit) -> i64 {
    let amount = amounts.reached_by(p);
    if unit == Unit::Items { amount - amount % STEPS } else { amount }
}

/// The chance to reach at least each amount, from where it falls below 99 % to where it falls below 1 %.
fn series(amounts: &Amounts, basis: &Basis<'_>, trials: u32) -> Series {
    let low = amounts.reached_by(99) / STEPS;
    let high = amounts.reached_by(1) / STEPS;
    let step = (high - low) / MOST_BARS + 1;
    let points = (low.max(1)..=high.max(low.max(1))).step_by(step as usize).map(|amount| Point {
        x: X::Name(amount.to_string()),
        y: Some(chance(amounts.reaching(amount * STEPS), trials).0),
        items: Vec::new(),
    });
    Series {
        id: "chance".into(),
        name: format!("Chance of at least so many {}", basis.unit.id()),
        role: Role::Main,
        unit: "%".into(),
        points: points.collect(),
    }
}
