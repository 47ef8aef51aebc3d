//! Trend of the cycle time: the median per whole period.

use crate::model::{ItemSet, PreparedDataset};

use super::periods::{Elsewhere, Periods};
use super::stats::{FEW_VALUES, at_most, line_id, percentile_by, tidy, values_for};
use super::{
    About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, cycle_time, words,
};

/// ## What it measures
/// The median cycle time of the items finished in each whole day, week or month, and p85 where ten were; or the percentiles that
/// the question asks for. Figures and sentence are of the median.
/// ## How
/// The cycle times of [`cycle_time`], by the same rules, each in the period of its finish day.
/// ## Edge cases
/// A period without finished items has no median: unknown, not 0. The present period, and a first one that the data covers
/// only in part, are left out; their items are counted as excluded.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "cycle-time-trend",
    title: "Cycle time trend",
    definition: "The median cycle time of the items finished in each whole period, and the days that 85 % of them took at \
                 most where at least ten were finished.",
    how_to_read: "A line that climbs means that items take longer than before. Periods with few items jump: look at several \
                  together. A gap is a period in which nothing was finished.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let mut result = cycle_time::measured(data, items, query);
    ABOUT.id.clone_into(&mut result.id);
    if !result.is_computed() {
        return result;
    }
    let as_of = query.as_of(data);
    let Some(periods) = Periods::new(data, query, as_of) else { return without_period(result.excluded, query) };
    let points = result.series.drain(..).next().map(|series| series.points).unwrap_or_default();
    let mut members: Vec<Vec<(f64, u32)>> = vec![Vec::new(); periods.starts.len()];
    let mut elsewhere = Elsewhere::default();
    for point in points {
        let (X::Day(day), Some(days), [item]) = (point.x, point.y, point.items.as_slice()) else { continue };
        if let Some(position) = elsewhere.sort(periods.place(day), *item) {
            members[position].push((days, *item));
        }
    }
    let mut excluded = std::mem::take(&mut result.excluded);
    elsewhere.add_to(&mut excluded, query);
    let considered: usize = members.iter().map(Vec::len).sum();
    if considered == 0 {
        return without_period(excluded, query);
    }
    result.excluded = excluded;
    result.considered = considered as u64;
    answer(result, members, &periods, query)
}

fn without_period(excluded: Vec<Exclusion>, query: &Query) -> MetricResult {
    let mut result = MetricResult::not_computable(
        ABOUT.id,
        format!("No item with a cycle time was finished in a whole {}.", words::period(query.granularity, 1)),
        "A longer period, or a smaller step: days instead of weeks.",
    );
    result.excluded = excluded;
    result
}

fn answer(mut result: MetricResult, members: Vec<Vec<(f64, u32)>>, periods: &Periods, query: &Query) -> MetricResult {
    let shown = query.percentiles.or(&[50, 85]);
    let mut medians = Vec::new();
    let mut courses = vec![Vec::new(); shown.len()];
    for (members, &start) in members.into_iter().zip(&periods.starts) {
        let mut rising: Vec<f64> = members.iter().map(|&(days, _)| days).collect();
        rising.sort_unstable_by(f64::total_cmp);
        let mut items: Vec<u32> = members.into_iter().map(|(_, item)| item).collect();
        items.sort_unstable();
        for (position, (&p, course)) in shown.iter().zip(&mut courses).enumerate() {
            let value = percentile_by(&rising, usize::from(p), query.percentile);
            let y = value.filter(|_| rising.len() >= values_for(p));
            // The items stand behind the first line; the others are of the same ones.
            let items = if position == 0 { items.clone() } else { Vec::new() };
            course.push(Point { x: X::Day(start), y, items });
        }
        medians.push(Point { x: X::Day(start), y: percentile_by(&rising, 50, query.percentile), items });
    }
    let known: Vec<f64> = medians.iter().filter_map(|point| point.y).collect();
    let (first, last) = (known.first().copied().unwrap_or(0.0), known.last().copied().unwrap_or(0.0));
    let number = known.len();
    let (period, plural) = (words::period(query.granularity, 1), words::period(query.granularity, number));
    let last_items = medians.iter().rev().find(|point| point.y.is_some()).map(|point| point.items.clone());
    let in_last = last_items.as_ref().map_or(0, Vec::len);
    result.figures = vec![
        Figure::new(
            "last",
            format!("Median of the last {period}"),
            Some(last),
            "days",
            format!("of {}", words::items(in_last)),
        )
        .with_items(last_items.unwrap_or_default()),
        Figure::new(
            "change",
            format!("Change since the first {period}"),
            (number > 1).then(|| tidy(last - first)),
            "days",
            format!("{} - {}", words::number(last), words::number(first)),
        ),
    ];
    result.series = shown
        .iter()
        .zip(courses)
        .enumerate()
        .map(|(position, (&p, points))| {
            let role = if position == 0 { Role::Main } else { Role::Second };
            Series::new(&line_id(p), at_most(p), role, "days", points)
        })
        .collect();
    let items = words::items(result.considered as usize);
    result.working.truncate(1);
    if query.percentiles.is_asked() {
        let names: Vec<String> = shown.iter().map(|p| format!("p{p}")).collect();
        let shown = words::list(&names.iter().map(String::as_str).collect::<Vec<_>>(), names.len());
        result.working.push(format!("Shown for each {period}: {shown}, where it has enough items."));
    }
    result.working.push(format!(
        "{items} in {number} whole {plural} with finished items, of {} between {}.",
        periods.starts.len(),
        words::day_range(periods.starts.first().copied().unwrap_or(periods.end), periods.end - 1)
    ));
    result.summary = if number == 1 {
        format!("The median in the one {period} with finished items is {} ({items}).", words::days(last))
    } else {
        format!(
            "The median went from {} in the first {period} to {} in the last ({items}, {number} {plural}).",
            words::days(first),
            words::days(last)
        )
    };
    if number < FEW_VALUES {
        result.notes.retain(|note| note.id != "few-items");
        result.note("few-periods", format!("Only {number} {plural} with finished items: too few to see a trend."));
    }
    result
}
