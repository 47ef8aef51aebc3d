//! Laws of uptime that hold for every list of incidents and spans, tried on generated ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod support;

use proptest::prelude::*;
use support::watched::{Watched, between};
use support::{figure, values};
use throughline::metrics::{MetricResult, Query};
use throughline::model::iso_from_day;

const SERVICES: [&str; 4] = ["shop", "mail", "", "shop;mail"];
const STATES: [&str; 4] = ["up", "down", "degraded", "unknown"];
const METRICS: [&str; 5] = ["uptime", "uptime-trend", "outages", "error-budget", "service-recovery"];

/// Services, begin and length in minutes since 2024-02-20; no length = still open. All begin before "now", the end of March 15.
type Time = (usize, u32, Option<u32>);

fn time() -> impl Strategy<Value = Time> {
    (0..SERVICES.len(), 0..36_000_u32, prop::option::weighted(0.9, 0..4_000_u32))
}

fn at(minutes: u32) -> String {
    let day = support::day("2024-02-20") + (minutes / 1440) as i32;
    format!("{}T{:02}:{:02}", iso_from_day(day), minutes / 60 % 24, minutes % 60)
}

fn incidents(times: &[Time]) -> Watched {
    times.iter().fold(Watched::default(), |watched, &(services, from, length)| {
        let end = length.map(|length| at(from + length)).unwrap_or_default();
        watched.incident(SERVICES[services], &at(from), &end)
    })
}

/// Spans of one service: begin, length, state.
fn spans(watched: Watched, spans: &[(u32, u32, usize)]) -> Watched {
    spans.iter().fold(watched, |watched, &(from, length, state)| {
        watched.span("search", &at(from), &at(from + length), STATES[state])
    })
}

/// February 25 to March 15.
fn question() -> Query {
    between("2024-02-25", "2024-03-15")
}

fn ask(watched: &Watched, id: &str) -> MetricResult {
    watched.ask(id, &question())
}

/// The availabilities by service.
fn shares(result: &MetricResult) -> Vec<Option<f64>> {
    if result.is_computed() { values(result, "availability") } else { Vec::new() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn availability_is_a_share(times in prop::collection::vec(time(), 1..20), own in prop::collection::vec((0..40_000_u32, 0..4_000_u32, 0..4_usize), 0..12)) {
        let watched = spans(incidents(&times), &own);
        for share in shares(&ask(&watched, "uptime")).into_iter().flatten() {
            prop_assert!((0.0..=100.0).contains(&share), "{share}");
        }
        let trend = ask(&watched, "uptime-trend");
        for point in trend.series.iter().flat_map(|series| &series.points) {
            prop_assert!(point.y.is_none_or(|share| (0.0..=100.0).contains(&share)), "{point:?}");
        }
    }

    #[test]
    fn another_outage_never_raises_availability(times in prop::collection::vec(time(), 1..20), more in time()) {
        let shop = |times: &[Time]| {
            let times: Vec<Time> = times.iter().map(|&(_, from, length)| (0, from, length)).collect();
            shares(&ask(&incidents(&times), "uptime"))[0].unwrap()
        };
        let before = shop(&times);
        let after = shop(&[times, vec![more]].concat());
        prop_assert!(after <= before, "{before} rose to {after}");
    }

    #[test]
    fn the_order_of_records_changes_no_number(times in prop::collection::vec(time(), 1..20)) {
        let turned: Vec<Time> = times.iter().rev().copied().collect();
        for id in METRICS {
            let (one, other) = (ask(&incidents(&times), id), ask(&incidents(&turned), id));
            let numbers = |result: &MetricResult| -> Vec<Option<f64>> {
                let points = result.series.iter().flat_map(|series| &series.points).map(|point| point.y);
                points.chain(result.figures.iter().map(|figure| figure.value)).collect()
            };
            prop_assert_eq!(numbers(&one), numbers(&other), "{}", id);
        }
    }

    #[test]
    fn an_outage_twice_is_an_outage_once(times in prop::collection::vec(time(), 1..20)) {
        let twice: Vec<Time> = times.iter().flat_map(|&time| [time, time]).collect();
        let (once, twice) = (ask(&incidents(&times), "uptime"), ask(&incidents(&twice), "uptime"));
        prop_assert_eq!(shares(&once), shares(&twice));
        if once.is_computed() {
            prop_assert_eq!(figure(&once, "downtime"), figure(&twice, "downtime"));
            prop_assert_eq!(figure(&once, "outages"), figure(&twice, "outages"));
        }
    }

    #[test]
    fn budget_downtime_and_days_agree(times in prop::collection::vec(time(), 1..20), target in 1..1000_u32) {
        let watched = incidents(&times).target("", 100.0 - f64::from(target) / 10.0);
        let (uptime, outages, budget) = (ask(&watched, "uptime"), ask(&watched, "outages"), ask(&watched, "error-budget"));
        let down = figure(&uptime, "downtime").unwrap();
        prop_assert_eq!(figure(&outages, "downtime"), Some(down));
        let days: f64 = outages.series.iter().flat_map(|series| &series.points).filter_map(|point| point.y).sum();
        prop_assert!((days - down).abs() < 1e-3, "{} minutes by day, {} in all", days, down);
        // The service of which least is left is the one that was up least: all have the same target and the same period.
        let (allowed, used) = (figure(&budget, "budget").unwrap(), figure(&budget, "used").unwrap());
        let left = figure(&budget, "left").unwrap();
        prop_assert!((left - (allowed - used) / allowed * 100.0).abs() < 1e-3);
        let lowest = figure(&uptime, "availability").unwrap();
        let period = 20.0 * 1440.0;
        prop_assert!((lowest - (period - used) / period * 100.0).abs() < 1e-5, "{} and {} used", lowest, used);
        prop_assert_eq!(left < 0.0, used > allowed);
    }

    #[test]
    fn every_record_is_counted_or_left_out(times in prop::collection::vec(time(), 0..20), own in prop::collection::vec((0..40_000_u32, 0..4_000_u32, 0..4_usize), 0..12)) {
        let watched = spans(incidents(&times), &own);
        for id in METRICS {
            let result = ask(&watched, id);
            if let throughline::metrics::Counted::Records(kind) = result.counted {
                let all = watched.data.records(kind).map_or(0, throughline::model::Records::len) as u64;
                prop_assert_eq!(result.candidates(), all, "{}", id);
            }
        }
    }

    #[test]
    fn services_do_not_touch_each_other(times in prop::collection::vec(time(), 1..20), more in (0..36_000_u32, 0..4_000_u32)) {
        let before = ask(&incidents(&times), "uptime");
        let after = ask(&incidents(&times).incident("another", &at(more.0), &at(more.0 + more.1)), "uptime");
        // "another" is the first by name.
        prop_assert_eq!(&shares(&before)[..], &shares(&after)[1..]);
    }
}
