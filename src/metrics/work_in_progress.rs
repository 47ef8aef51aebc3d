//! Work in progress: how many items are begun and not finished, day by day.

use crate::model::{ItemSet, MomentField, NO_DAY, PreparedDataset, StatusCategory, iso_from_day};

use super::standing::{Days, Ways, Window, each_stay, steps};
use super::stats::{FEW_VALUES, mean, percentile, rank_in_words, tidy};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Items in progress at the end of each day.
/// ## How
/// An item counts on a day when its status at the end of that day counts as in progress; see [`crate::model::Timeline`]. What
/// moved back is no longer in progress. The days run from the first on which anything was in progress, or the first asked for.
/// ## Edge cases
/// An item begun and finished on one day is in progress at the end of none. Items whose present state has no date are left
/// out and counted. Days without work in progress count as 0. Where the days together would name too many items, or there
/// are more than 750 of them, every seventh is given; mean, highest and median are those of all days.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>; J. D. C. Little, A Proof for the Queuing Formula L = λW (1961).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "work-in-progress",
    title: "Work in progress",
    definition: "The number of items that were begun and not finished at the end of each day. An item that went back to \
                 \"to do\" is not in progress.",
    how_to_read: "Each point is the end of a day. A line that climbs means that more is begun than finished: items will take \
                  longer. The dashed line is the mean of all days.",
    per_iteration: false,
};

/// More items behind the points than this are not listed day by day.
const MOST_BEHIND: u64 = 200_000;
/// The days that a suggested limit looks back on, and how many of them it needs.
const DAYS_FOR_LIMIT: usize = 90;
const LEAST_FOR_LIMIT: usize = 20;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let window = Window::new(data, query);
    let mut ways = Ways::new(data, items, window);
    let excluded = ways.exclusions();
    let mut stays = Vec::new();
    for &item in &ways.known {
        each_stay(data, item as usize, window, |from, to| stays.push(Stay { item, from, to }));
    }
    let first = query.from.or_else(|| stays.iter().map(|stay| stay.from).filter(|&day| day != NO_DAY).min());
    let days = first.and_then(|first| Days::new(first, window.last)).filter(|_| !stays.is_empty());
    let Some(days) = days else {
        let knows_starts = data.dataset.is_present(MomentField::Started.id()) || !data.dataset.history.is_empty();
        let reason = if knows_starts {
            "No item of this selection was in progress at the end of a day in the chosen period."
        } else {
            "This data does not say when work on an item started."
        };
        let needs = "A column with the day work started, such as \"Actual start\" or \"Start date\", or an export with the \
                     status history.";
        let mut result = MetricResult::not_computable(ABOUT.id, reason, needs);
        result.excluded = excluded;
        return result;
    };
    let unseen = ways.known.iter().filter(|&&item| was_finished_unseen(data, item as usize, window)).count();
    let considered = ways.known.len() as u64;
    answer(&stays, days, unseen, MetricResult { considered, excluded, ..MetricResult::default() })
}

/// An item in progress from the end of `from` until before the end of `to`.
#[derive(Debug, Clone, Copy)]
struct Stay {
    item: u32,
    from: i32,
    to: Option<i32>,
}

/// Finished, and nobody knows that it was in progress.
fn was_finished_unseen(data: &PreparedDataset, item: usize, window: Window) -> bool {
    let mut is_done = false;
    for (_, step) in steps(data, item, window.as_of) {
        if step.category == StatusCategory::InProgress {
            return false;
        }
        is_done = step.category == StatusCategory::Done;
    }
    is_done
}

/// Items in progress at the end of each day, whether drawn or not.
fn daily(stays: &[Stay], days: Days) -> Vec<u32> {
    let span = (days.last - days.first + 1) as usize;
    let mut change = vec![0_i32; span + 1];
    let at = |day: i32| (i64::from(day) - i64::from(days.first)).clamp(0, span as i64) as usize;
    for stay in stays {
        change[at(stay.from)] += 1;
        change[stay.to.map_or(span, at)] -= 1;
    }
    change.pop();
    let running = change.iter().scan(0, |sum, change| {
        *sum += change;
        Some(*sum as u32)
    });
    running.collect()
}

/// As many days as can name their items.
fn thinned(mut days: Days, daily: &[u32]) -> Days {
    let behind =
        |days: Days| -> u64 { days.list().into_iter().map(|day| u64::from(daily[(day - days.first) as usize])).sum() };
    while days.len() > 1 && behind(days) > MOST_BEHIND {
        days = days.sparser();
    }
    days
}

fn answer(stays: &[Stay], days: Days, unseen: usize, mut result: MetricResult) -> MetricResult {
    ABOUT.id.clone_into(&mut result.id);
    let daily = daily(stays, days);
    let drawn = thinned(days, &daily);
    let mut members = vec![Vec::new(); drawn.len()];
    for stay in stays {
        let end = stay.to.map_or(drawn.len(), |to| drawn.position(to));
        members[drawn.position(stay.from).min(end)..end].iter_mut().for_each(|day: &mut Vec<u32>| day.push(stay.item));
    }
    // An item that came back within a day drawn stays once.
    let today_items = members.last().cloned().unwrap_or_default();
    let values: Vec<f64> = daily.iter().map(|&number| f64::from(number)).collect();
    let points = members.into_iter().enumerate().map(|(position, items)| {
        let day = drawn.day(position);
        Point { x: X::Day(day), y: Some(values[(day - days.first) as usize]), items }
    });
    result.series.push(Series {
        id: "in-progress".into(),
        name: "In progress".into(),
        role: Role::Main,
        unit: "items".into(),
        points: points.collect(),
    });
    let mean = mean(&values).unwrap_or(0.0);
    if values.len() >= FEW_VALUES {
        result.series.push(Series::level("mean", "Mean", "items", mean, &drawn.list()));
    }
    let today = values.last().copied().unwrap_or(0.0);
    let mut rising = values.clone();
    rising.sort_unstable_by(f64::total_cmp);
    result.figures = figures(&values, &rising, mean, days, today_items);
    result.working = working(stays, days, &values, mean);
    let last_day = iso_from_day(days.last);
    let is = words::verb(today as usize, "is", "are");
    let items = words::capitalised(&words::items(today as usize));
    result.summary = format!(
        "{items} {is} in progress at the end of {last_day}; the mean of {} is {}.",
        words::count(values.len(), "day", "days"),
        words::number(mean)
    );
    notes(&mut result, &values, drawn, unseen);
    result
}

fn figures(values: &[f64], rising: &[f64], mean: f64, days: Days, today_items: Vec<u32>) -> Vec<Figure> {
    let number = values.len();
    let total = tidy(values.iter().sum());
    let highest = rising.last().copied();
    let on = values.iter().position(|value| Some(*value) == highest).unwrap_or(0) as i32;
    let of_days = words::count(number, "day", "days");
    vec![
        Figure::new(
            "today",
            "In progress",
            values.last().copied(),
            "items",
            format!("at the end of {}", iso_from_day(days.last)),
        )
        .with_items(today_items),
        Figure::new("mean", "Mean", Some(mean), "items", format!("{} over {of_days}", words::number(total))),
        Figure::new("median", "Median", percentile(rising, 50), "items", rank_in_words(number, 50)),
        Figure::new(
            "highest",
            "Highest",
            highest,
            "items",
            format!("first reached on {}", iso_from_day(days.first + on)),
        ),
    ]
}

fn working(stays: &[Stay], days: Days, values: &[f64], mean: f64) -> Vec<String> {
    let number = values.len();
    let total: f64 = tidy(values.iter().sum());
    let mut lines = vec![
        format!(
            "{}: {}.",
            words::capitalised(&words::count(number, "day", "days")),
            words::day_range(days.first, days.last)
        ),
        format!("Mean = {} / {number} = {}.", words::number(total), words::number(mean)),
    ];
    let left: Vec<f64> = stays
        .iter()
        .filter(|stay| stay.from != NO_DAY && stay.from >= days.first)
        .filter_map(|stay| stay.to.map(|to| f64::from(to - stay.from)))
        .collect();
    if let Some(stay) = super::stats::mean(&left).filter(|_| left.len() >= FEW_VALUES) {
        let rate = left.len() as f64 / number as f64;
        lines.push(format!(
            "Check by Little's law: {} stays in progress ended a day x {} each = {}, beside the mean of {}. The two agree \
             when as much is begun as finished.",
            words::number(rate),
            words::days(stay),
            words::number(rate * stay),
            words::number(mean)
        ));
    }
    lines
}

fn notes(result: &mut MetricResult, values: &[f64], drawn: Days, unseen: usize) {
    if values.len() < FEW_VALUES {
        let days = words::count(values.len(), "day", "days");
        result.note("few-days", format!("Only {days}: a mean of so few says little."));
    }
    let mut recent = values[values.len().saturating_sub(DAYS_FOR_LIMIT)..].to_vec();
    recent.sort_unstable_by(f64::total_cmp);
    if let Some(median) = percentile(&recent, 50).filter(|&median| median > 0.0 && recent.len() >= LEAST_FOR_LIMIT) {
        let items = words::items(median as usize);
        result.note(
            "limit",
            format!(
                "A limit to begin with: {items} in progress, the median of the last {} days. Kanban asks for an explicit \
                 limit; beginning at what is usual and lowering it step by step is the common way (Kanban Guide).",
                recent.len()
            ),
        );
    }
    if let Some(text) = drawn.note() {
        result.note("days-thinned", text);
    }
    if unseen > 0 {
        let items = words::capitalised(&words::items(unseen));
        let rest = words::verb(
            unseen,
            "was finished without being known to have been in progress and is counted on no day.",
            "were finished without being known to have been in progress and are counted on no day.",
        );
        result.note("finished-unseen", format!("{items} {rest}"));
    }
}
