//! Laws of the delivery metrics that hold for every set of deployments, incidents and changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "counts are whole numbers")]

mod support;

use std::fmt::Write as _;

use proptest::prelude::*;
use support::tables::{ids, tables};
use support::{as_of, ask, day, figure};
use throughline::metrics::{Counted, MetricResult, Query, Role};
use throughline::model::{Decisions, Granularity, PreparedDataset, RecordKind, iso_from_day};

const SERVICES: [&str; 3] = ["shop", "cart", ""];
const METRICS: [&str; 7] = [
    "deployment-frequency",
    "deployment-success",
    "change-lead-time",
    "change-failure-rate",
    "failed-deployment-recovery-time",
    "deployment-rework-rate",
    "deployment-calendar",
];

/// Hours from the first of January on, in which everything happens: few, so that much happens at once.
const HOURS: u32 = 60 * 24;

fn stamp(hour: u32) -> String {
    let date = iso_from_day(day("2024-01-01") + (hour / 24) as i32);
    format!("{date}T{:02}:00:00Z", hour % 24)
}

#[derive(Debug, Clone)]
struct World {
    deployments: Vec<(u32, &'static str, usize, &'static str, bool)>,
    incidents: Vec<(u32, Option<u32>, usize)>,
    changes: Vec<(u32, u32, u32, usize)>,
}

fn world() -> impl Strategy<Value = World> {
    let status = prop::sample::select(vec!["success", "success", "success", "failure", "rollback", "in progress"]);
    let environment = prop::sample::select(vec!["production", "production", "staging"]);
    let deployment = (0..HOURS, status, 0..SERVICES.len(), environment, prop::bool::weighted(0.2));
    let incident = (0..HOURS, prop::option::of(0..50_u32), 0..SERVICES.len());
    let change = (0..HOURS, 0..40_u32, 0..40_u32, 0..SERVICES.len());
    (
        prop::collection::vec(deployment, 1..40),
        prop::collection::vec(incident, 1..15),
        prop::collection::vec(change, 1..20),
    )
        .prop_map(|(deployments, incidents, changes)| World { deployments, incidents, changes })
}

impl World {
    fn files(&self) -> Vec<(&'static str, String)> {
        let mut deployments = "deployed_at,status,id,service,environment,unplanned\n".to_owned();
        for (number, (hour, status, service, environment, unplanned)) in self.deployments.iter().enumerate() {
            let unplanned = if *unplanned { "yes" } else { "no" };
            let service = SERVICES[*service];
            writeln!(deployments, "{},{status},d{number},{service},{environment},{unplanned}", stamp(*hour)).unwrap();
        }
        let mut incidents = "started_at,resolved_at,id,service\n".to_owned();
        for (number, (hour, length, service)) in self.incidents.iter().enumerate() {
            let end = length.map_or_else(String::new, |length| stamp(hour + length));
            writeln!(incidents, "{},{end},i{number},{}", stamp(*hour), SERVICES[*service]).unwrap();
        }
        let mut changes = "id,first_commit_at,opened_at,merged_at,service\n".to_owned();
        for (number, (hour, coding, review, service)) in self.changes.iter().enumerate() {
            let (opened, merged) = (stamp(hour + coding), stamp(hour + coding + review));
            writeln!(changes, "c{number},{},{opened},{merged},{}", stamp(*hour), SERVICES[*service]).unwrap();
        }
        vec![("deployments.csv", deployments), ("incidents.csv", incidents), ("changes.csv", changes)]
    }

    fn data(&self) -> PreparedDataset {
        prepared(&self.files())
    }
}

fn prepared(files: &[(&'static str, String)]) -> PreparedDataset {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    tables(&files, &Decisions::default())
}

/// Everything has happened by then.
fn end() -> Query {
    as_of("2024-06-01")
}

fn of_service(service: &str) -> Query {
    let mut query = end();
    query.set("f.service", service).unwrap();
    query
}

fn kind(result: &MetricResult) -> RecordKind {
    match result.counted {
        Counted::Records(kind) => kind,
        Counted::Items => {
            // Where nothing can be told nothing is counted.
            assert!(!result.is_computed() && result.excluded.is_empty(), "{} counts items", result.id);
            RecordKind::Deployment
        }
    }
}

/// What an answer says, with ids in place of rows.
fn told(data: &PreparedDataset, result: &MetricResult) -> Vec<String> {
    let kind = kind(result);
    let names = |rows: &[u32]| {
        let mut names = ids(data, kind, rows);
        names.sort();
        names.join(" ")
    };
    let mut lines = vec![format!("{} {:?} {} {}", result.id, result.status, result.summary, result.considered)];
    for series in &result.series {
        let mut points: Vec<String> = series
            .points
            .iter()
            .map(|point| format!("{} {:?} {:?} {}", series.id, point.x, point.y, names(&point.items)))
            .collect();
        if series.role == Role::Scatter {
            // Dots of one day have no order of their own.
            points.sort();
        }
        lines.extend(points);
    }
    lines.extend(
        result.figures.iter().map(|figure| format!("{} {:?} {}", figure.id, figure.value, names(&figure.items))),
    );
    lines.extend(result.excluded.iter().map(|exclusion| format!("{} {}", exclusion.reason, names(&exclusion.items))));
    lines.extend(result.notes.iter().map(|note| note.text.clone()));
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Every deployment is counted or left out for a reason, once; a rate is a share; a frequency counts its deployments.
    #[test]
    fn every_deployment_is_accounted_for(world in world(), granularity in prop::sample::select(vec![Granularity::Day, Granularity::Week, Granularity::Month])) {
        let data = world.data();
        let query = Query { granularity, ..end() };
        for id in METRICS {
            let result = ask(&data, id, &query);
            let mut rows: Vec<u32> = result.excluded.iter().flat_map(|exclusion| exclusion.items.iter().copied()).collect();
            let excluded = rows.len();
            rows.sort_unstable();
            rows.dedup();
            prop_assert_eq!(rows.len(), excluded, "{}: something is left out twice", id);
            if !result.is_computed() {
                continue;
            }
            if kind(&result) == RecordKind::Deployment {
                prop_assert_eq!(result.candidates(), world.deployments.len() as u64, "{}", id);
                let main = &result.series[0];
                let behind: usize = main.points.iter().map(|point| point.items.len()).sum();
                prop_assert_eq!(behind as u64, result.considered, "{}", id);
            }
            if let Some(rate) = result.figure("rate") {
                let rates = result.series.iter().flat_map(|series| &series.points).filter_map(|point| point.y);
                for rate in rates.chain(rate.value) {
                    prop_assert!((0.0..=100.0).contains(&rate), "{}: {} %", id, rate);
                }
            }
            for point in result.series.iter().filter(|series| series.unit == "deployments" && series.role != Role::Level).flat_map(|series| &series.points) {
                prop_assert_eq!(point.y, Some(point.items.len() as f64), "{}", id);
            }
        }
    }

    /// The services of a filter add up to all of them.
    #[test]
    fn services_add_up(world in world()) {
        let data = world.data();
        for id in ["deployment-frequency", "deployment-success", "change-failure-rate", "deployment-calendar"] {
            let all = ask(&data, id, &end());
            let parts: Vec<MetricResult> = SERVICES.iter().map(|service| ask(&data, id, &of_service(service))).collect();
            prop_assert_eq!(all.considered, parts.iter().map(|part| part.considered).sum::<u64>(), "{}", id);
            let sum_of = |name: &str| parts.iter().filter_map(|part| part.figure(name)).filter_map(|figure| figure.value).sum::<f64>();
            for name in ["total", "successful", "with-incident", "hotfixed", "rolled-back"] {
                if let Some(whole) = all.figure(name).and_then(|figure| figure.value) {
                    prop_assert_eq!(whole, sum_of(name), "{}: {}", id, name);
                }
            }
            if let Some(beside) = all.series("by-service") {
                let behind: usize = beside.points.iter().map(|point| point.items.len()).sum();
                prop_assert_eq!(behind as u64, all.considered, "{}", id);
            }
        }
    }

    /// One more incident never makes deployments look safer.
    #[test]
    fn an_incident_never_lowers_the_failure_rate(world in world(), more in (0..HOURS, 0..SERVICES.len())) {
        let before = ask(&world.data(), "change-failure-rate", &end());
        let mut worse = world;
        worse.incidents.push((more.0, None, more.1));
        let after = ask(&worse.data(), "change-failure-rate", &end());
        prop_assert_eq!(before.is_computed(), after.is_computed());
        if before.is_computed() {
            prop_assert!(figure(&after, "rate") >= figure(&before, "rate"));
        }
    }

    /// Files and rows may come in any order.
    #[test]
    fn the_order_of_files_and_rows_changes_nothing(world in world()) {
        let files = world.files();
        let turned: Vec<(&str, String)> = files
            .iter()
            .rev()
            .map(|(name, text)| {
                let (head, rows) = text.split_once('\n').unwrap();
                let rows: Vec<&str> = rows.lines().rev().collect();
                (*name, format!("{head}\n{}\n", rows.join("\n")))
            })
            .collect();
        let (one, other) = (world.data(), prepared(&turned));
        for id in METRICS {
            let [first, second] = [&one, &other].map(|data| told(data, &ask(data, id, &end())));
            prop_assert_eq!(first, second);
        }
    }
}
