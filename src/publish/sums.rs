//! Answers of which only sums are published: marks that stand for one item each are gathered or left out, and say so.

use std::collections::BTreeMap;

use super::AnswerBook;
use super::answers::{counted, each_result};
use crate::engine::{Response, WorkspaceSummary};
use crate::metrics::{MetricResult, Point, Role, Series, X};
use crate::model::{Decisions, Granularity, period_start};

/// Marks that are gathered from fewer items are left out: who knows one of them would know the others.
const FEWEST_ITEMS: usize = 3;

/// Takes single items out of all answers.
pub(super) fn only_sums(book: &mut AnswerBook) {
    for response in book.entries_mut() {
        each_result(response, &mut of_result);
        if let Response::Workspace(workspace) = response {
            of_workspace(workspace);
        }
    }
}

/// What can be asked for, and what was decided about single people and records, is not told: nothing can be asked.
fn of_workspace(workspace: &mut WorkspaceSummary) {
    workspace.choices.clear();
    workspace.choices_left_out.clear();
    let decisions = &mut workspace.decisions;
    let Decisions { incident_links, change_links, people, days_off, .. } = decisions;
    incident_links.clear();
    change_links.clear();
    people.clear();
    days_off.clear();
}

fn of_result(result: &mut MetricResult) {
    let what = result.counted.words();
    let mut gathered = 0;
    let mut left_out = 0;
    for series in &mut result.series {
        match series.role {
            Role::Scatter => {
                let before: usize = series.points.iter().map(|point| point.items.len()).sum();
                *series = in_groups(series);
                let after: usize = series.points.iter().map(|point| point.items.len()).sum();
                gathered += after;
                left_out += before - after;
            }
            // A signal of several items is that of a period.
            Role::Signal => {
                let before = series.points.len();
                series.points.retain(|point| point.items.len() != 1);
                left_out += before - series.points.len();
            }
            _ => {}
        }
    }
    if gathered + left_out > 0 {
        let (one, many) = what;
        let words = |number: usize| if number == 1 { format!("1 {one}") } else { format!("{number} {many}") };
        let of_gathered = if gathered > 0 {
            format!("The marks of {} were gathered: each is the median of at least {FEWEST_ITEMS}.", words(gathered))
        } else {
            "Marks of single items are not shown.".to_owned()
        };
        let of_rest =
            if left_out > 0 { format!(" {} are only in the figures.", words(left_out)) } else { String::new() };
        result.note("only-sums", format!("Only sums were published. {of_gathered}{of_rest}"));
    }
}

/// Medians by week, or by name, of marks that stand for single items.
fn in_groups(series: &Series) -> Series {
    let mut groups: BTreeMap<(i32, String), Vec<f64>> = BTreeMap::new();
    for point in &series.points {
        let place = match &point.x {
            X::Day(day) => (period_start(*day, Granularity::Week), String::new()),
            X::Name(name) => (0, name.clone()),
        };
        let Some(y) = point.y else { continue };
        groups.entry(place).or_default().extend(point.items.iter().map(|_| y));
    }
    let is_named = series.points.iter().any(|point| matches!(point.x, X::Name(_)));
    let points = groups.into_iter().filter(|(_, values)| values.len() >= FEWEST_ITEMS).map(|((week, name), values)| {
        let items = counted(values.len());
        Point { x: if is_named { X::Name(name) } else { X::Day(week) }, y: Some(median(values)), items }
    });
    let by = if is_named { "median" } else { "median of a week" };
    Series { name: format!("{}, {by}", series.name), points: points.collect(), ..series.clone() }
}

/// The middle value; the smaller of two.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len().max(1) - 1) / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_single_items_are_gathered_by_week_or_left_out() {
        let point = |day, y| Point { x: X::Day(day), y: Some(y), items: vec![1] };
        // 1970-01-01 was a Thursday: days 4 to 10 are one week.
        let points = vec![point(0, 50.0), point(4, 3.0), point(5, 9.0), point(10, 4.0), point(11, 7.0)];
        let mut result = MetricResult {
            series: vec![
                Series::new("items", "Items", Role::Scatter, "days", points),
                Series::new("outliers", "Outliers", Role::Signal, "days", vec![point(0, 50.0)]),
            ],
            ..MetricResult::default()
        };
        of_result(&mut result);
        assert_eq!(result.series[0].points.len(), 1);
        let only = &result.series[0].points[0];
        assert_eq!((&only.x, only.y, only.items.len()), (&X::Day(4), Some(4.0), 3));
        assert_eq!(result.series[1].points, []);
        assert!(result.notes[0].text.contains("3 items were gathered"), "{}", result.notes[0].text);
        assert!(result.notes[0].text.contains("3 items are only in the figures"), "{}", result.notes[0].text);
    }

    #[test]
    fn sums_stay_as_they_are() {
        let points = vec![Point { x: X::Day(0), y: Some(1.0), items: vec![1] }];
        let mut result = MetricResult {
            series: vec![Series::new("a", "A", Role::Main, "items", points)],
            ..MetricResult::default()
        };
        let before = result.clone();
        of_result(&mut result);
        assert_eq!(result, before);
    }
}
