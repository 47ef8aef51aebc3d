//! Laws of the flow metrics, tried on generated histories.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "counts are exact")]

mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use support::{DAY, ItemBuilder, as_of, ask, dataset, figure, has_wrong_singular, prepare};
use throughline::metrics::{METRICS, MetricResult, Query, Role, X};
use throughline::model::{Calendar, ChangeField, Edits, PreparedDataset};

/// Monday 2024-01-01, 00:00.
const ORIGIN: i64 = 19_723 * DAY;
const STATUSES: [&str; 6] = ["To Do", "In Progress", "In Review", "Waiting", "Done", "Closed"];
const IN_PROGRESS: [&str; 5] = ["In progress", "In Progress", "In Review", "Waiting", "In progress (status not told)"];
const HOUR: i64 = 3_600_000;

/// An item with up to six moves; `forward` = never back.
fn item(forward: bool) -> impl Strategy<Value = ItemBuilder> {
    let moves = prop::collection::vec((1..200_i64, 0..STATUSES.len()), 0..6);
    let blocked = prop::option::of((1..300_i64, 1..100_i64));
    (0..40 * 24_i64, moves, blocked, 0..10_u8).prop_map(move |(created, mut moves, blocked, fate)| {
        let mut item = ItemBuilder::new("");
        item.created = ORIGIN + created * HOUR;
        if fate == 0 {
            // Dates alone.
            item.started = item.created + HOUR;
            item.resolved = item.created + 50 * HOUR;
            return item.status("Done");
        }
        if forward {
            moves.sort_unstable_by_key(|&(_, status)| status);
            moves.dedup_by_key(|&mut (_, status)| status);
        }
        let (mut at, mut before) = (item.created, "To Do");
        for (hours, status) in moves {
            at += hours * HOUR;
            let after = STATUSES[status];
            item.changes.push((at, ChangeField::Status, before.to_owned(), after.to_owned()));
            before = after;
        }
        if let Some((from, hours)) = blocked {
            let at = item.created + from * HOUR;
            item.changes.push((at, ChangeField::Blocked, String::new(), "Impediment".to_owned()));
            item.changes.push((at + hours * HOUR, ChangeField::Blocked, "Impediment".to_owned(), String::new()));
        }
        if fate == 1 && before == "Done" {
            "Won't Do".clone_into(&mut item.resolution);
        }
        item.status(before)
    })
}

fn items(forward: bool) -> impl Strategy<Value = Vec<ItemBuilder>> {
    prop::collection::vec(item(forward), 1..30).prop_map(|mut items| {
        items.iter_mut().enumerate().for_each(|(position, item)| item.key = format!("K-{position}"));
        items
    })
}

fn by_day<'a>(result: &'a MetricResult, is_asked: impl Fn(&str) -> bool + 'a) -> BTreeMap<i32, f64> {
    let mut sums = BTreeMap::new();
    for series in result.series.iter().filter(|series| is_asked(&series.name)) {
        for point in &series.points {
            let X::Day(day) = point.x else { panic!("a name") };
            *sums.entry(day).or_insert(0.0) += point.y.unwrap();
        }
    }
    sums
}

fn in_zone(items: &[ItemBuilder], zone: &str) -> PreparedDataset {
    PreparedDataset::new(Arc::new(dataset(items)), Calendar::new(zone).unwrap(), &Edits::default())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn bands_never_cross_and_cumulative_lines_never_fall(items in items(false), day in 0..60_i32) {
        let query = Query { as_of: Some(19_723 + day), ..Query::default() };
        let result = ask(&prepare(&items), "cumulative-flow", &query);
        prop_assume!(result.is_computed());
        let arrivals = support::values(&result, "arrivals");
        let mut cumulative = vec![0.0; arrivals.len()];
        for series in result.series.iter().filter(|series| series.role == Role::Stacked) {
            for (sum, point) in cumulative.iter_mut().zip(&series.points) {
                prop_assert!(point.y.unwrap() >= 0.0);
                *sum += point.y.unwrap();
            }
            prop_assert!(cumulative.windows(2).all(|pair| pair[0] <= pair[1]), "{} falls", series.name);
        }
        let arrived: Vec<f64> = arrivals.into_iter().flatten().collect();
        prop_assert_eq!(&cumulative, &arrived);
        prop_assert_eq!(arrived.last().copied(), Some(result.considered as f64));
    }

    #[test]
    fn work_in_progress_is_the_band_of_the_cumulative_flow(items in items(true)) {
        let data = prepare(&items);
        let (cfd, wip) = (ask(&data, "cumulative-flow", &Query::default()), ask(&data, "work-in-progress", &Query::default()));
        prop_assume!(wip.is_computed());
        prop_assert_eq!(figure(&cfd, "moved-back"), Some(0.0));
        let bands = by_day(&cfd, |name| IN_PROGRESS.contains(&name));
        for point in &wip.series("in-progress").unwrap().points {
            let X::Day(day) = point.x else { panic!("a name") };
            prop_assert_eq!(point.y, bands.get(&day).copied());
            prop_assert_eq!(point.y, Some(point.items.len() as f64));
        }
    }

    #[test]
    fn moves_back_are_all_that_the_two_differ_by(items in items(false)) {
        let data = prepare(&items);
        let (cfd, wip) = (ask(&data, "cumulative-flow", &Query::default()), ask(&data, "work-in-progress", &Query::default()));
        prop_assume!(wip.is_computed());
        let bands = by_day(&cfd, |name| IN_PROGRESS.contains(&name));
        for (day, number) in by_day(&wip, |name| name == "In progress") {
            prop_assert!((number - bands.get(&day).copied().unwrap_or(0.0)).abs() <= figure(&cfd, "moved-back").unwrap());
        }
    }

    #[test]
    fn net_flow_is_arrivals_minus_departures(items in items(false)) {
        let result = ask(&prepare(&items), "net-flow", &as_of("2024-04-28"));
        prop_assume!(result.is_computed());
        let sum = |id: &str| support::values(&result, id).into_iter().flatten().sum::<f64>();
        prop_assert_eq!(sum("net"), sum("arrivals") - sum("departures"));
        prop_assert_eq!(figure(&result, "net"), Some(sum("net")));
        prop_assert_eq!(support::values(&result, "cumulative").last().copied().flatten(), Some(sum("net")));
    }

    #[test]
    fn the_time_zone_changes_no_total(items in items(false)) {
        let (utc, far) = (prepare(&items), in_zone(&items, "Pacific/Auckland"));
        let query = Query::default();
        for (id, figures) in [
            ("cumulative-flow", &["in-progress", "to-do", "done", "moved-back"] as &[&str]),
            ("work-in-progress", &["today"]),
            ("time-in-status", &["total"]),
            ("flow-efficiency", &["efficiency", "active", "queue", "blocked", "elsewhere"]),
            ("blocked-time", &["total", "now"]),
        ] {
            let (one, two) = (ask(&utc, id, &query), ask(&far, id, &query));
            // Whether a stay reaches the end of a day is a matter of the zone.
            if id == "work-in-progress" && (!one.is_computed() || !two.is_computed()) { continue }
            prop_assert_eq!(one.is_computed(), two.is_computed());
            prop_assert_eq!(one.candidates(), two.candidates());
            if one.is_computed() {
                for name in figures {
                    prop_assert_eq!(figure(&one, name), figure(&two, name), "{} {}", id, name);
                }
            }
        }
    }

    #[test]
    fn the_kinds_of_time_add_up_to_the_time_of_the_items(items in items(false)) {
        let data = prepare(&items);
        let result = ask(&data, "flow-efficiency", &as_of("2024-12-31"));
        prop_assume!(result.is_computed());
        let times = support::values(&result, "time");
        let total: f64 = times.iter().flatten().sum();
        let left_out: Vec<u32> = result.excluded.iter().flat_map(|exclusion| exclusion.items.clone()).collect();
        let is_considered = |item: &usize| data.life.is_finished(*item) && !left_out.contains(&(*item as u32));
        let expected: i64 = (0..items.len()).filter(is_considered).map(|item| data.life.finished_at[item] - data.life.started_at[item]).sum();
        prop_assert!((total - expected as f64 / DAY as f64).abs() < 1e-4);
        prop_assert!(times.iter().flatten().all(|&time| time >= 0.0));
    }

    #[test]
    fn bins_hold_every_item_once(items in items(false)) {
        let result = ask(&prepare(&items), "cycle-time-histogram", &Query::default());
        prop_assume!(result.is_computed());
        let points = &result.series("items").unwrap().points;
        let mut all: Vec<u32> = points.iter().flat_map(|point| point.items.clone()).collect();
        all.sort_unstable();
        all.dedup();
        prop_assert_eq!(all.len() as u64, result.considered);
        prop_assert!(points.iter().all(|point| point.y == Some(point.items.len() as f64)));
    }

    #[test]
    fn sentences_about_histories_read_well(items in items(false), day in 0..60_i32) {
        let data = prepare(&items);
        for metric in METRICS {
            let result = ask(&data, metric.about.id, &Query { as_of: Some(19_723 + day), ..Query::default() });
            let texts = [&result.summary].into_iter().chain(&result.working)
                .chain(result.notes.iter().map(|note| &note.text)).chain(result.figures.iter().map(|figure| &figure.how));
            for text in texts {
                prop_assert!(!has_wrong_singular(text) && !text.contains("NaN") && !text.contains("inf"), "{}: {}", metric.about.id, text);
            }
        }
    }
}
