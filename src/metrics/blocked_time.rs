//! Blocked time: how long items were blocked, and why.

use std::collections::BTreeMap;

use crate::model::{ChangeField, ItemSet, PreparedDataset, sort_by_key};

use super::age::in_days;
use super::stats::{FEW_VALUES, percentile_by, percentile_in_words};
use super::told::blocked_spans;
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Days of 24 hours in which items were blocked or flagged, by the reason given.
/// ## How
/// From the change that blocked an item to the one that unblocked it, or to the moment taken as "now"; only the part inside the
/// chosen period counts. Items by [`crate::model::History`]; statuses named "Blocked" are time in status, not this.
/// ## Edge cases
/// Another reason begins another time. What is blocked still is counted up to now. Items that were never blocked are
/// considered and count nothing. Reasons beyond the eleven longest share one bar.
/// ## Source
/// K. Bozheva, D. J. Anderson and others: blocker clustering (2013).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "blocked-time",
    title: "Blocked time",
    definition: "The days in which items were flagged as blocked, added up by the reason that was given.",
    how_to_read: "Each bar is a reason; its height is the days that items were blocked for it, all items together. The \
                  highest bar is the obstacle whose removal saves the most time.",
    per_iteration: false,
};

/// More bars cannot be read.
const MOST_REASONS: usize = 11;

#[derive(Default)]
struct Reason {
    time: i64,
    items: Vec<u32>,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    if !data.dataset.history.tells(ChangeField::Blocked) {
        return MetricResult::not_computable(
            ABOUT.id,
            "This data does not say when items were blocked.",
            "An export with the history of flags, such as Jira's JSON with the changelog.",
        );
    }
    let as_of = query.as_of(data);
    let from = query.from.map_or(i64::MIN, |day| data.calendar.start_of_day(day));
    let to = query.to.map_or(as_of, |day| data.calendar.start_of_day(day.saturating_add(1)).min(as_of));
    let mut reasons: BTreeMap<&str, Reason> = BTreeMap::new();
    let mut of_items: Vec<(i64, u32)> = Vec::new();
    let mut now = Vec::new();
    let mut considered = 0;
    for item in items {
        considered += 1;
        let mut sum = 0;
        for span in blocked_spans(data, item, as_of) {
            if span.to == as_of && !now.ends_with(&[item as u32]) {
                now.push(item as u32);
            }
            let time = span.to.min(to) - span.from.max(from);
            if time <= 0 {
                continue;
            }
            sum += time;
            let reason = reasons.entry(span.reason).or_default();
            reason.time += time;
            if !reason.items.ends_with(&[item as u32]) {
                reason.items.push(item as u32);
            }
        }
        if sum > 0 {
            of_items.push((sum, item as u32));
        }
    }
    if of_items.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No item of this selection was blocked in the chosen period.",
            "Another period, or other filters.",
        );
        result.considered = 0;
        return result;
    }
    answer(reasons, &of_items, now, query, MetricResult { considered, ..MetricResult::default() })
}

fn answer(
    reasons: BTreeMap<&str, Reason>,
    of_items: &[(i64, u32)],
    now: Vec<u32>,
    query: &Query,
    mut result: MetricResult,
) -> MetricResult {
    ABOUT.id.clone_into(&mut result.id);
    let total: i64 = of_items.iter().map(|&(time, _)| time).sum();
    let mut listed: Vec<(&str, Reason)> = reasons.into_iter().collect();
    // Names rise: equal times keep that order.
    sort_by_key(&mut listed, |(_, reason)| std::cmp::Reverse(reason.time));
    let mut rest = Reason::default();
    for (_, reason) in listed.drain(MOST_REASONS.min(listed.len())..) {
        rest.time += reason.time;
        rest.items.extend(reason.items);
    }
    if rest.time > 0 {
        rest.items.sort_unstable();
        rest.items.dedup();
        listed.push(("Other reasons", rest));
    }
    let first = listed.first().map(|(name, reason)| ((*name).to_owned(), reason.time));
    let points = listed.into_iter().map(|(name, reason)| Point {
        x: X::Name(name.to_owned()),
        y: Some(in_days(reason.time)),
        items: reason.items,
    });
    result.series = vec![Series {
        id: "blocked".into(),
        name: "Blocked".into(),
        role: Role::Main,
        unit: "days".into(),
        points: points.collect(),
    }];
    let mut rising: Vec<f64> = of_items.iter().map(|&(time, _)| in_days(time)).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let number = rising.len();
    let longest = rising.last().copied().unwrap_or(0.0);
    let most = of_items.iter().map(|&(time, _)| time).max().unwrap_or(0);
    let items = words::items(number);
    let blocked_now = now.len();
    result.figures = vec![
        Figure::new("total", "Blocked in all", Some(in_days(total)), "days", format!("over {items}"))
            .with_items(of_items.iter().map(|&(_, item)| item).collect()),
        Figure::new(
            "median",
            "Median of the blocked",
            percentile_by(&rising, 50, query.percentile),
            "days",
            percentile_in_words(number, 50, query.percentile),
        ),
        Figure::new("longest", "Longest", Some(longest), "days", format!("the most of {items}"))
            .with_items(of_items.iter().filter(|&&(time, _)| time == most).map(|&(_, item)| item).collect()),
        Figure::new(
            "now",
            "Blocked now",
            Some(blocked_now as f64),
            "items",
            "blocked at the end of the data or of the day asked for",
        )
        .with_items(now),
    ];
    result.working = vec![format!("{} added up over {items}, in days of 24 hours.", words::days(in_days(total)))];
    let was = words::verb(number, "was", "were");
    let reason = first.map_or_else(String::new, |(name, time)| {
        format!("; the reason \"{name}\" took {}", words::days(in_days(time)))
    });
    result.summary =
        format!("{} {was} blocked for {} in all{reason}.", words::capitalised(&items), words::days(in_days(total)));
    if number < FEW_VALUES {
        result.note("few-items", format!("Only {items}: the median of so few says little."));
    }
    result
}
