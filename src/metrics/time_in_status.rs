//! Time in status: how long finished items stayed in each status.

use crate::model::{CategoryField, ItemSet, NO_MOMENT, PreparedDataset, StatusCategory, sort_by_key};

use super::age::in_days;
use super::stats::{FEW_VALUES, VALUES_FOR_P85, percent, percentile_by, percentile_in_words, tidy};
use super::told::{Finished, Told, without_history};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Days of 24 hours that finished items spent in each status before their finish.
/// ## How
/// For each item, all visits to a status are added up, from its creation to its last finish; see [`crate::model::Timeline`].
/// Per status: the median of the items that were ever in it, and p85 from ten items on.
/// ## Edge cases
/// Only items whose history ends in their present status. Time in finished statuses, before an item was opened again, is not
/// counted. Statuses in which nobody stayed are left out. A creation that is not known leaves out the first status.
/// ## Source
/// Jira's time in status report; Kanban practice.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "time-in-status",
    title: "Time in status",
    definition: "How many days finished items spent in each status, all visits added up: the median of those that were ever \
                 in it.",
    how_to_read: "The statuses stand in the order of the workflow. The highest bars are where items spend their time; a \
                  high bar of a status in which nobody works is waiting. The second bars are reached by 15 of 100 items.",
    per_iteration: false,
};

/// The stays in one status.
#[derive(Default)]
struct Stays {
    /// Milliseconds and item, one entry per item.
    of_items: Vec<(i64, u32)>,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let mut finished = Finished::new(data, items, query);
    let excluded = finished.exclusions();
    if finished.told.is_empty() {
        return without_history(ABOUT.id, excluded);
    }
    let mut stays: Vec<Stays> = Vec::new();
    stays.resize_with(data.statuses.len(), Stays::default);
    let mut sums = vec![0_i64; data.statuses.len()];
    for told in &finished.told {
        add(data, *told, &mut stays, &mut sums);
    }
    let considered = finished.told.len() as u64;
    answer(data, stays, query, MetricResult { considered, excluded, ..MetricResult::default() })
}

/// Adds up the visits of one item; `sums` is 0 everywhere before and after.
fn add(data: &PreparedDataset, told: Told, stays: &mut [Stays], sums: &mut [i64]) {
    let steps = data.timeline.of_item(told.item as usize);
    let nexts = steps.clone().skip(1).map(|step| step.at).chain([told.finished_at]);
    for (step, next) in steps.clone().zip(nexts) {
        let counts = matches!(step.category, StatusCategory::ToDo | StatusCategory::InProgress);
        if counts
            && step.at != NO_MOMENT
            && let Some(sum) = sums.get_mut(step.status as usize)
        {
            *sum += next.min(told.finished_at) - step.at.min(told.finished_at);
        }
    }
    for step in steps {
        if let Some(sum) = sums.get_mut(step.status as usize).map(std::mem::take).filter(|&sum| sum > 0) {
            stays[step.status as usize].of_items.push((sum, told.item));
        }
    }
}

fn answer(data: &PreparedDataset, mut stays: Vec<Stays>, query: &Query, mut result: MetricResult) -> MetricResult {
    ABOUT.id.clone_into(&mut result.id);
    let present = data.dataset.category(CategoryField::Status);
    let mut codes: Vec<usize> = (0..stays.len()).filter(|&code| !stays[code].of_items.is_empty()).collect();
    sort_by_key(&mut codes, |&code| data.statuses.position(code as u32));
    let total: i64 = stays.iter().flat_map(|stays| &stays.of_items).map(|&(time, _)| time).sum();
    let (mut medians, mut highs) = (Vec::new(), Vec::new());
    let mut longest: Option<(i64, String)> = None;
    for code in codes {
        let name = data.statuses.name(code as u32, present);
        let name = if name.is_empty() { "No status" } else { name };
        let of_items = std::mem::take(&mut stays[code].of_items);
        let mut rising: Vec<f64> = of_items.iter().map(|&(time, _)| in_days(time)).collect();
        rising.sort_unstable_by(f64::total_cmp);
        let number = rising.len();
        let here: i64 = of_items.iter().map(|&(time, _)| time).sum();
        let mut items: Vec<u32> = of_items.iter().map(|&(_, item)| item).collect();
        items.sort_unstable();
        let median = percentile_by(&rising, 50, query.percentile);
        let p85 = percentile_by(&rising, 85, query.percentile).filter(|_| number >= VALUES_FOR_P85);
        medians.push(Point { x: X::Name(name.to_owned()), y: median, items });
        highs.push(Point { x: X::Name(name.to_owned()), y: p85, items: Vec::new() });
        let share = percent(here as f64, total as f64).unwrap_or(0.0);
        let figure = Figure::new(
            &format!("total-{}", medians.len()),
            format!("Total in {name}"),
            Some(in_days(here)),
            "days",
            format!(
                "{} % of all; {}; median = {} = {}",
                words::number(share.round()),
                words::items(number),
                percentile_in_words(number, 50, query.percentile),
                words::days(median.unwrap_or(0.0))
            ),
        );
        result.figures.push(figure);
        if longest.as_ref().is_none_or(|(most, _)| here > *most) {
            longest = Some((here, name.to_owned()));
        }
    }
    let all = tidy(in_days(total));
    let number = result.considered as usize;
    let how = format!("over {}", words::items(number));
    result.figures.insert(0, Figure::new("total", "Total before the finish", Some(all), "days", how));
    let series = |id: &str, name: &str, role, points| Series::new(id, name, role, "days", points);
    result.series =
        vec![series("median", "Median", Role::Main, medians), series("p85", "85 % took at most", Role::Second, highs)];
    result.working = vec![format!(
        "Time in a status = the sum of all visits before the finish, in days of 24 hours; {} in all.",
        words::days(all)
    )];
    result.summary = match longest {
        Some((most, name)) => format!(
            "Most of the time before the finish, {} % of {}, was spent in {name} ({}).",
            words::number(percent(most as f64, total as f64).unwrap_or(0.0).round()),
            words::days(all),
            words::items(number)
        ),
        None => format!("No time passed before the finish ({}).", words::items(number)),
    };
    if number < FEW_VALUES {
        result.note("few-items", format!("Only {}: medians of so few say little.", words::items(number)));
    }
    result
}
