//! When the open work is done.

use super::basis::{Basis, by_date, chance, shown};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};
use crate::model::{ItemSet, NumberField, PreparedDataset, iso_from_day};
use throughline_simulation::{EndDays, rank};

/// ## What it measures
/// The days by which the open work (or a number typed in) is done with a chance of 50, 70, 85 and 95 %, or
/// of those that the question asks for. The sentence is of 85 and 50 %.
/// ## How
/// Monte Carlo: each trial draws days from the history window, days without a finish included, until nothing remains. Percentile
/// p is the smallest day reached by at least `ceil(p/100 * trials)` trials. Settings: [`super::ForecastSettings`].
/// ## Edge cases
/// Days off are skipped in history and future; what was finished on one counts on the day of work before. Forecasts begin on the
/// day after the last whole day. A trial of more than 2600 days of work is given up. Fewer than 5 active days: not computable.
/// The percentile rule of the question does not apply: between two days there is none.
/// ## Source
/// Vacanti, *Actionable Agile Metrics for Predictability*; Magennis, *Forecasting and Simulating Software Development Projects*.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-when",
    title: "When it is done",
    definition: "The days by which the open work is done with a chance of 50, 70, 85 and 95 % (or of those asked for), if the coming days are like \
                 days drawn from the history window, those without a finish included.",
    how_to_read: "The line is the chance that everything is done by a day. Plan with the date at 85 %; the date at 50 % is \
                  missed every second time. Look at the track record before you trust it.",
    per_iteration: false,
};

/// Points of the line beyond which it is thinned.
const MOST_POINTS: usize = 200;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let basis = match Basis::new(ABOUT.id, data, items, query, query.unit) {
        Ok(basis) => basis,
        Err(answer) => return *answer,
    };
    if basis.work == 0 && basis.settings.risks.is_empty() {
        return MetricResult::not_computable(
            ABOUT.id,
            format!("Nothing remains to be done: no open {}.", query.unit.id()),
            "Open items, or a number of items typed in.",
        );
    }
    let ends = basis.simulation().when(basis.work);
    let mut result = basis.answer(ABOUT.id);
    let shown = shown(query);
    for &p in &shown {
        result.figures.push(date_figure(&basis, &ends, p, &format!("p{p}")));
    }
    if let Some(target) = query.forecast.target {
        let part = ends.done_by(basis.days_until(target));
        let (value, text) = chance(part, ends.trials());
        let how = format!("{text}: {part} of {} trials were done by then", ends.trials());
        result.figures.push(Figure::new(
            "chance-by-target",
            format!("Chance by {}", iso_from_day(target)),
            Some(value),
            "%",
            how,
        ));
    }
    other_unit(&mut result, data, items, query);
    result.working.push(format!("Each trial draws days until {} are done.", basis.in_words(basis.work)));
    let mut rising = shown;
    rising.sort_unstable();
    for p in rising {
        let Some(day) = ends.percentile(p) else { continue };
        let days = words::count(day as usize, "day of work", "days of work");
        let rank = rank(ends.trials(), p);
        let reached_on = iso_from_day(basis.date(day));
        result.working.push(format!(
            "{p} % = the smallest day that {rank} of {} trials reach = {days} = {reached_on}.",
            ends.trials()
        ));
    }
    result.series = series(&basis, &ends, query);
    let done_on = |p| by_date(ends.percentile(p).map(|day| basis.date(day)));
    let is = if basis.in_words(basis.work).starts_with("1 ") { "is" } else { "are" };
    result.summary = format!(
        "With a chance of 85 % the {} {is} done {} (50 %: {}).",
        basis.remaining_in_words(),
        done_on(85),
        done_on(50)
    );
    given_up(&mut result, &ends);
    result
}

/// The date of a percentile as days from now, with the date in its words.
fn date_figure(basis: &Basis<'_>, ends: &EndDays, p: u32, id: &str) -> Figure {
    let day = ends.percentile(p);
    let date = day.map(|day| basis.date(day));
    let how = match (day, date) {
        (Some(day), Some(date)) => format!(
            "{}, {} from {}; {} of {} trials are done by then",
            iso_from_day(date),
            words::count(day as usize, "day of work", "days of work"),
            iso_from_day(basis.past.today),
            ends.done_by(day),
            ends.trials()
        ),
        _ => format!("fewer than {} of {} trials end within ten years", rank(ends.trials(), p), ends.trials()),
    };
    let value = date.map(|date| f64::from(date - basis.past.today));
    Figure::new(id, format!("Days from now, {p} %"), value, "days", how)
}

/// The same forecast by the other unit, so that nobody needs to believe in one.
fn other_unit(result: &mut MetricResult, data: &PreparedDataset, items: &ItemSet, query: &Query) {
    let other = if query.unit == Unit::Items { Unit::Points } else { Unit::Items };
    // A number typed in is of one unit.
    let has_points = data.dataset.number(NumberField::Points).iter().any(|points| points.is_finite());
    if query.forecast.remaining.is_some() || !has_points {
        return;
    }
    let Ok(basis) = Basis::new(ABOUT.id, data, items, query, other) else { return };
    if basis.work == 0 {
        return;
    }
    let ends = basis.simulation().when(basis.work);
    for p in [85, 50] {
        let mut figure = date_figure(&basis, &ends, p, &format!("p{p}-{}", other.id()));
        figure.name = format!("{} by {}", figure.name, other.id());
        result.figures.push(figure);
    }
}

fn given_up(result: &mut MetricResult, ends: &EndDays) {
    let number = (ends.trials() - ends.done_by(u32::MAX)) as usize;
    if number > 0 {
        let trials = words::count(number, "trial", "trials");
        let was = words::verb(number, "was", "were");
        result.note("given-up", format!("{trials} of {} {was} not done within ten years.", ends.trials()));
    }
}

/// The chance by date, from 1 to 99 %.
fn series(basis: &Basis<'_>, ends: &EndDays, query: &Query) -> Vec<Series> {
    let trials = u64::from(ends.trials());
    let cumulative: Vec<u32> = ends.cumulative().collect();
    let reaches = |percent: u64| cumulative.iter().position(|&count| u64::from(count) * 100 >= percent * trials);
    let Some(first) = reaches(1) else { return Vec::new() };
    let last = reaches(99).unwrap_or(cumulative.len() - 1);
    let step = (last - first) / MOST_POINTS + 1;
    let dates =
        super::past::days_of_work(basis.past.today, basis.work_days, &basis.settings).zip(&cumulative).enumerate();
    let points: Vec<Point> = dates
        .take(last + 1)
        .skip(first)
        .filter(|(position, _)| (last - position).is_multiple_of(step))
        .map(|(_, (date, &count))| Point {
            x: X::Day(date),
            y: Some(chance(count, ends.trials()).0),
            items: Vec::new(),
        })
        .collect();
    let days: Vec<i32> =
        points.iter().filter_map(|point| if let X::Day(day) = point.x { Some(day) } else { None }).collect();
    let main =
        Series { id: "chance".into(), name: "Chance to be done".into(), role: Role::Main, unit: "%".into(), points };
    let level = |p: u8| Series::level(&format!("p{p}"), format!("{p} %"), "%", f64::from(p), &days);
    std::iter::once(main).chain(query.percentiles.or(&[50, 85]).into_iter().map(level)).collect()
}
