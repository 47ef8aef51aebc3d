//! When the open work is done, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{MetricResult, Query, Status, Unit};

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare};

/// `number` items finished on each of these days of January 2024, created long before.
pub(super) fn finished(number: usize, days: impl IntoIterator<Item = u32>) -> Vec<ItemBuilder> {
    let days = days.into_iter().flat_map(|day| std::iter::repeat_n(day, number));
    days.enumerate()
        .map(|(position, day)| {
            ItemBuilder::new(&format!("D-{position}")).created("2023-12-01").finished(&format!("2024-01-{day:02}"))
        })
        .collect()
}

/// With so many open items, created long before.
pub(super) fn and_open(mut items: Vec<ItemBuilder>, number: usize) -> Vec<ItemBuilder> {
    items.extend((0..number).map(|position| ItemBuilder::new(&format!("O-{position}")).created("2023-12-01")));
    items
}

/// At the end of a day, drawn from its January, with these settings of a forecast.
pub(super) fn query(at: &str, settings: &[(&str, &str)]) -> Query {
    let mut query = Query { from: Some(day("2024-01-01")), ..as_of(at) };
    for (key, value) in settings {
        query.set(key, value).unwrap();
    }
    query
}

fn percentiles(result: &MetricResult) -> [Option<f64>; 4] {
    ["p50", "p70", "p85", "p95"].map(|id| figure(result, id))
}

#[test]
fn one_a_day_takes_as_many_days_as_items() {
    // January 1 to 30, one item each day, weekends too. Seven open items: every trial takes 7 days, to February 6.
    let data = prepare(&and_open(finished(1, 1..=30), 7));
    let result = ask(&data, "forecast-when", &query("2024-01-30", &[("daysoff", "count")]));
    assert_eq!(percentiles(&result), [Some(7.0); 4]);
    assert_eq!(result.summary, "With a chance of 85 % the 7 open items are done by 2024-02-06 (50 %: by 2024-02-06).");
    assert_eq!(result.considered, 37);
    // All trials end on one day, and still nothing is certain.
    let chance = &result.series("chance").unwrap().points;
    assert_eq!(chance.iter().map(|point| point.y).collect::<Vec<_>>(), [Some(99.0)]);
    assert!(result.working.iter().any(|line| line.contains("seed 1")), "{:?}", result.working);
}

#[test]
fn days_off_are_skipped_in_history_and_future() {
    // Twenty weekdays, January 1 to 26, one item each. Friday 26 is over. Seven days of work: Mon 29, Tue 30, Wed 31,
    // Thu Feb 1, Fri 2, Mon 5, Tue 6: 11 days from now. The six days off in between are no zeros.
    let weekdays = (1..=26).filter(|day| !matches!((day - 1) % 7, 5 | 6));
    let data = prepare(&and_open(finished(1, weekdays), 7));
    let result = ask(&data, "forecast-when", &query("2024-01-26", &[]));
    assert_eq!(percentiles(&result), [Some(11.0); 4]);
    assert_eq!(
        result.working[0],
        "History: 2024-01-01 to 2024-01-26, 20 days of work without 6 days off, 20 items finished; no days without a finish \
         are drawn like the others."
    );
}

#[test]
fn what_was_finished_on_a_day_off_is_not_lost() {
    // Two items on each Saturday (6, 13, 20, 27) and one on each day from Monday to Thursday: with its Saturday the Friday has
    // two. Twenty days of work, 24 items. On the first day of the window, a Saturday, it counts on the Monday after.
    let mut items = finished(1, (1..=28).filter(|day| (day - 1) % 7 < 4));
    items.extend(finished(2, [6, 13, 20, 27]));
    let data = prepare(&and_open(items, 1));
    let result = ask(&data, "forecast-when", &query("2024-01-28", &[]));
    assert_eq!(percentiles(&result), [Some(1.0); 4], "every day of work has a finish: the next one, Monday 29");
    assert!(result.working[0].contains("20 days of work without 8 days off, 24 items finished; no days"));
    let note = result.notes.iter().find(|note| note.id == "days-off").unwrap();
    assert_eq!(note.text, "8 items were finished on days off and count on the day of work before it.");
    let later = ask(&data, "forecast-when", &Query { from: Some(day("2024-01-06")), ..query("2024-01-28", &[]) });
    assert_eq!(percentiles(&later), [Some(1.0); 4]);
    assert!(later.working[0].contains("15 days of work without 8 days off, 20 items"), "{}", later.working[0]);
}

#[test]
fn zeros_are_drawn_too() {
    // Two items on every second day of 20: each day two are done with chance 1/2. Two open items are done by the 1st, 2nd, 3rd,
    // 4th, 5th day with 50, 75, 87.5, 93.75, 96.875 %: 70 % on the 2nd, 85 % on the 3rd, 95 % on the 5th.
    let data = prepare(&and_open(finished(2, (1..=20).step_by(2)), 2));
    let result = ask(&data, "forecast-when", &query("2024-01-20", &[("daysoff", "count"), ("target", "2024-01-23")]));
    assert_eq!(percentiles(&result)[1..], [Some(2.0), Some(3.0), Some(5.0)]);
    // Two standard deviations of 10,000 trials are 0.7 %.
    let chance = figure(&result, "chance-by-target").unwrap();
    assert!((chance - 87.5).abs() < 1.0, "{chance}");
}

#[test]
fn capacity_growth_and_risks_move_the_date() {
    // Two a day for 20 days; 20 open items that came in one a day.
    let mut items = finished(2, 1..=20);
    items.extend((1..=20).map(|day| ItemBuilder::new(&format!("N-{day}")).created(&format!("2024-01-{day:02}"))));
    let data = prepare(&items);
    let p85 = |settings: &[(&str, &str)]| {
        let settings: Vec<_> = settings.iter().copied().chain([("daysoff", "count")]).collect();
        figure(&ask(&data, "forecast-when", &query("2024-01-20", &settings)), "p85")
    };
    assert_eq!(p85(&[]), Some(10.0), "20 / 2");
    assert_eq!(p85(&[("growth", "on")]), Some(20.0), "20 / (2 - 1)");
    assert_eq!(p85(&[("capacity", "0.5")]), Some(20.0), "20 / 1");
    assert_eq!(p85(&[("capacity", "0.5"), ("growth", "on")]), None, "1 - 1: never");
    assert_eq!(p85(&[("risk", "1:4..4")]), Some(12.0), "24 / 2");
    assert_eq!(p85(&[("remaining", "5")]), Some(3.0), "5 / 2, rounded up");
}

#[test]
fn points_and_items_stand_side_by_side() {
    // One item of 2 points a day; open: 3 items of 4 points. By items 3 days, by points 12 / 2 = 6 days.
    let mut items: Vec<_> = finished(1, 1..=20).into_iter().map(|item| item.points(2.0)).collect();
    items.extend((0..3).map(|position| ItemBuilder::new(&format!("O-{position}")).created("2023-12-01").points(4.0)));
    let data = prepare(&items);
    let result = ask(&data, "forecast-when", &query("2024-01-20", &[("daysoff", "count")]));
    assert_eq!((figure(&result, "p85"), figure(&result, "p85-points")), (Some(3.0), Some(6.0)));
    let points = Query { unit: Unit::Points, ..query("2024-01-20", &[("daysoff", "count")]) };
    let result = ask(&data, "forecast-when", &points);
    assert_eq!((figure(&result, "p85"), figure(&result, "p85-items")), (Some(6.0), Some(3.0)));
}

#[test]
fn every_item_is_accounted_for() {
    let mut items = and_open(finished(1, 1..=20), 1);
    items.push(ItemBuilder::new("OLD").created("2023-12-01").finished("2023-12-20"));
    items.push(ItemBuilder::new("UNDATED").created("2023-12-01").finished_undated());
    items.push(ItemBuilder::new("DROPPED").created("2023-12-01").dropped("2024-01-09"));
    let data = prepare(&items);
    let result = ask(&data, "forecast-when", &query("2024-01-20", &[("remaining", "2")]));
    assert_eq!((result.considered, result.candidates()), (20, 24));
    assert_eq!(left_out(&data, &result, "finished outside the history window"), ["OLD"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["UNDATED"]);
    assert_eq!(left_out(&data, &result, "closed without being delivered"), ["DROPPED"]);
    assert_eq!(left_out(&data, &result, "open, but the remaining work was typed in"), ["O-0"]);
    assert_eq!(keys(&data, &result.excluded[0].items).len(), 1);
}

#[test]
fn four_active_days_are_too_few() {
    let data = prepare(&and_open(finished(3, [2, 3, 4, 5]), 9));
    let result = ask(&data, "forecast-when", &query("2024-01-20", &[]));
    let Status::NotComputable { reason, .. } = result.status else { panic!("{result:?}") };
    assert_eq!(
        reason,
        "In the history window 2024-01-01 to 2024-01-20 4 days have a finished item; a forecast needs 5."
    );
}

#[test]
fn nothing_open_is_no_date() {
    let result = ask(&prepare(&finished(1, 1..=20)), "forecast-when", &query("2024-01-20", &[]));
    assert!(!result.is_computed());
    assert_eq!(result.summary, "Nothing remains to be done: no open items.");
}

#[test]
fn the_window_is_the_last_90_days_unless_asked() {
    // Three items a day until January 5, then one a day until January 30: 25 days of the 30 are drawn with history=25.
    let mut items = finished(3, 1..=5);
    items.extend(finished(1, 6..=30));
    let data = prepare(&and_open(items, 7));
    let mut asked = as_of("2024-01-30");
    for (key, value) in [("daysoff", "count"), ("history", "25")] {
        asked.set(key, value).unwrap();
    }
    assert_eq!(percentiles(&ask(&data, "forecast-when", &asked)), [Some(7.0); 4]);
    asked.forecast.history = None;
    // The data begins on December 1: 61 days, 31 of them without a finish.
    let all = ask(&data, "forecast-when", &asked);
    assert!(all.working[0].starts_with("History: 2023-12-01 to 2024-01-30, 61 days of work"), "{}", all.working[0]);
    assert!(percentiles(&all)[2] > Some(7.0));
}

#[test]
fn a_seed_is_a_promise() {
    let data = prepare(&and_open(finished(2, (1..=30).step_by(3)), 40));
    let with = |seed: &str| ask(&data, "forecast-when", &query("2024-01-30", &[("seed", seed), ("daysoff", "count")]));
    assert_eq!(with("7"), with("7"));
    let curve = |result: &MetricResult| result.series("chance").unwrap().points.clone();
    assert_ne!(curve(&with("7")), curve(&with("8")));
}
