//! The share of technical debt in what is finished, per sprint.

use std::collections::BTreeMap;

use crate::metrics::marked::{Marked, Marks, Shares};
use crate::metrics::stats::{FEW_VALUES, percent, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, velocity, words};
use crate::model::{ItemSet, PreparedDataset};

/// ## What it measures
/// The part of the finished work of each closed sprint that was technical debt, in percent of items, points or hours; of each
/// whole period where there are no sprints. Beside it the target, where the user has set one.
/// ## How
/// Share = completed technical debt / all that was completed in the sprint, both as the velocity counts them (by the history of
/// the items, else from final sprint content). Without sprints both are counted as for the throughput.
/// ## Edge cases
/// A sprint in which nothing was completed has no share. The running sprint is left out. An item without an estimate counts 0
/// points. What was finished outside a sprint is not of any sprint, and is counted as left out.
/// ## Source
/// Capacity allocation for enablers and debt: `SAFe` 6.0; the rule of thumb of 20 % of M. Cagan, Inspired (2017).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::OwnSprints, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "technical-debt-share",
    title: "Share spent on technical debt",
    definition: "The technical debt completed in each closed sprint in percent of all that was completed in it; by whole \
                 periods where there are no sprints.",
    how_to_read: "Each bar is one sprint: the part of its finished work that paid back technical debt. The dashed line is the \
                  target that was set. Bars below it for several sprints say that paying back gives way to other work.",
    per_iteration: false,
};

/// One bar.
struct Bar {
    x: X,
    debt: f64,
    all: f64,
    items: Vec<u32>,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let debt = Marked::new(Marks::Debt, data, items);
    if !debt.is_told() {
        return debt.none(ABOUT.id);
    }
    let velocity = (velocity::METRIC.compute)(data, items, query);
    let is_of_sprints = velocity
        .series("completed")
        .and_then(|series| series.points.first())
        .is_some_and(|point| matches!(point.x, X::Name(_)));
    if !data.iterations.list().is_empty() && !velocity.is_computed() {
        return MetricResult { id: ABOUT.id.to_owned(), ..velocity };
    }
    let (bars, mut result) = if is_of_sprints {
        of_sprints(data, &debt, velocity, query)
    } else {
        match Shares::new(ABOUT.id, data, items, &debt.items, query) {
            Ok(shares) => of_periods(shares, query),
            Err(result) => return *result,
        }
    };
    let noun = |number: usize| {
        if is_of_sprints {
            words::count(number, "closed sprint", "closed sprints")
        } else {
            format!("{number} whole {}", words::period(query.granularity, number))
        }
    };
    answer(&mut result, data, bars, &debt, query, &noun);
    result
}

fn of_sprints(data: &PreparedDataset, debt: &Marked, all: MetricResult, query: &Query) -> (Vec<Bar>, MetricResult) {
    let of_debt = (velocity::METRIC.compute)(data, &debt.items, query);
    let mut spent: BTreeMap<&str, (f64, &[u32])> = BTreeMap::new();
    for point in of_debt.series("completed").iter().flat_map(|series| &series.points) {
        // Debt that is in no sprint at all is told by periods: it is of no sprint.
        if let (X::Name(name), Some(size)) = (&point.x, point.y) {
            spent.insert(name, (size, &point.items));
        }
    }
    let points = all.series("completed").iter().flat_map(|series| &series.points).cloned().collect::<Vec<_>>();
    let bar = |point: &Point| {
        let X::Name(name) = &point.x else { return None };
        let (debt, items) = spent.get(name.as_str()).copied().unwrap_or_default();
        Some(Bar { x: point.x.clone(), debt, all: point.y.unwrap_or(0.0), items: items.to_vec() })
    };
    let bars = points.iter().filter_map(bar).collect();
    let told = ["final-content", "history", "reconstructed", "windows-inferred", "unestimated"];
    let notes = all.notes.into_iter().filter(|note| told.contains(&note.id.as_str())).collect();
    let (considered, excluded) = (all.considered, all.excluded);
    (bars, MetricResult { id: ABOUT.id.to_owned(), considered, excluded, notes, ..MetricResult::default() })
}

fn of_periods(shares: Shares, query: &Query) -> (Vec<Bar>, MetricResult) {
    let Shares { periods, all, marked, items, considered, excluded, unestimated } = shares;
    let bars = periods.starts.iter().zip(all).zip(marked).zip(items);
    let bars = bars.map(|(((&start, all), debt), items)| Bar { x: X::Day(start), debt, all, items }).collect();
    let mut result = MetricResult { id: ABOUT.id.to_owned(), considered, excluded, ..MetricResult::default() };
    result.note("no-sprints", "These items name no sprints: the share is told by whole periods.");
    result.note_unestimated(unestimated, query.unit);
    (bars, result)
}

fn answer(
    result: &mut MetricResult,
    data: &PreparedDataset,
    bars: Vec<Bar>,
    debt: &Marked,
    query: &Query,
    noun: &dyn Fn(usize) -> String,
) {
    let target = data.decisions.debt_target;
    let number = bars.len();
    let (paid, all) = (tidy(bars.iter().map(|bar| bar.debt).sum()), tidy(bars.iter().map(|bar| bar.all).sum::<f64>()));
    let share = percent(paid, all);
    let shares: Vec<f64> = bars.iter().filter_map(|bar| percent(bar.debt, bar.all)).collect();
    let mut items: Vec<u32> = bars.iter().flat_map(|bar| bar.items.iter().copied()).collect();
    items.sort_unstable();
    items.dedup();
    let ends = [bars.first(), bars.last()].map(|bar| bar.map(|bar| bar.x.clone()));
    let points = bars.into_iter().map(|bar| Point { y: percent(bar.debt, bar.all), x: bar.x, items: bar.items });
    result.series.push(Series::new("share", "Share of technical debt", Role::Main, "%", points.collect()));
    if let (Some(target), [Some(first), Some(last)]) = (target, ends) {
        let ends = if first == last { vec![first] } else { vec![first, last] };
        let points = ends.into_iter().map(|x| Point { x, y: Some(target), items: Vec::new() });
        result.series.push(Series::new("target", "Target", Role::Level, "%", points.collect()));
    }
    let (unit, of) = (query.unit.id(), noun(number));
    let how = if share.is_some() {
        format!("{} of {} completed in {of}", words::number(paid), words::amount(all, query.unit))
    } else {
        format!("0 {unit} were completed in {of}")
    };
    let met = target.map(|target| shares.iter().filter(|&&share| share >= target).count());
    let met_how = match target {
        Some(target) => format!("of {} with completed work reached {} %", shares.len(), words::number(target)),
        None => "no target is set; the view \"Technical debt\" takes one".to_owned(),
    };
    result.figures = vec![
        Figure::new("share", "Share of technical debt", share, "%", how).with_items(items.clone()),
        Figure::new(
            "target",
            "Target",
            target,
            "%",
            if target.is_some() { "as you have set it" } else { "none is set" },
        ),
        Figure::new("target-met", "Reached the target", met.map(|met| met as f64), "times", met_how),
        Figure::new("debt", "Technical debt completed", Some(paid), unit, format!("in {of}")).with_items(items),
    ];
    result.working = vec![debt.line()];
    if let Some(share) = share {
        let (paid, all) = (words::number(paid), words::amount(all, query.unit));
        result.working.push(format!("Share = {paid} / {all} = {} %.", words::number(share)));
    }
    let beside = match (share, target) {
        (Some(share), Some(target)) if share < target => format!(", below the target of {} %", words::number(target)),
        (Some(_), Some(target)) => format!(", at or above the target of {} %", words::number(target)),
        _ => String::new(),
    };
    result.summary = match share {
        Some(share) => {
            format!("{} % of the completed {unit} were technical debt{beside} ({of}).", words::number(share))
        }
        None => format!("No {unit} were completed in {of}, so there is no share of technical debt."),
    };
    if number < FEW_VALUES {
        result.note("few-periods", format!("Only {of}: the next one may change the picture."));
    }
}
