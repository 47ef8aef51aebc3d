//! The made-up exports: the same bytes everywhere, the shape of a real export, and a truth that an independent reading of
//! the file confirms.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

// The bench compares with the truth in the same way.
#[path = "../benches/native/check.rs"]
mod check;

use std::collections::{BTreeMap, BTreeSet};

use throughline::engine::{AddTerms, Engine, Request, Response};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::metrics::{BySprint, METRICS, MetricResult, Query, Unit};
use throughline::model::{Calendar, encode_dataset};
use throughline::sample::{
    BenchExport, BenchRecords, Fate, SAMPLE_FILES, Truth, sample_export, sample_file, sample_with_truth,
};
use xxhash_rust::xxh3::xxh3_64;

/// A file read with the `csv` crate alone, by header name; repeated columns give several values.
struct Table {
    columns: BTreeMap<String, Vec<usize>>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = csv::Reader::from_reader(bytes);
        let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, name) in reader.headers().unwrap().iter().enumerate() {
            columns.entry(name.to_owned()).or_default().push(place);
        }
        Self { columns, rows: reader.records().map(Result::unwrap).collect() }
    }

    fn values<'a>(&'a self, row: &'a csv::StringRecord, column: &str) -> impl Iterator<Item = &'a str> {
        self.columns[column].iter().map(|&place| &row[place]).filter(|value| !value.is_empty())
    }

    fn value<'a>(&'a self, row: &'a csv::StringRecord, column: &str) -> &'a str {
        self.values(row, column).next().unwrap_or_default()
    }

    fn is_finished(&self, row: &csv::StringRecord) -> bool {
        self.value(row, "Status Category") == "Done"
            && !["Won't Do", "Duplicate", "Cannot Reproduce"].contains(&self.value(row, "Resolution"))
    }

    fn finished_at<'a>(&'a self, row: &'a csv::StringRecord) -> Option<&'a str> {
        [self.value(row, "Resolved"), self.value(row, "Status Category Changed")]
            .into_iter()
            .find(|text| !text.is_empty())
    }
}

/// Counts the file again, from its text.
fn confirm(bytes: &[u8], truth: &Truth) {
    let table = Table::read(bytes);
    let finished: Vec<_> = table.rows.iter().filter(|row| table.is_finished(row)).collect();
    let dated: Vec<_> = finished.iter().filter(|row| table.finished_at(row).is_some()).collect();
    let closed = table.rows.iter().filter(|row| table.value(row, "Status Category") == "Done").count();
    assert_eq!(table.rows.len() as u64, truth.rows);
    assert_eq!(finished.len() as u64, truth.finished);
    assert_eq!((finished.len() - dated.len()) as u64, truth.undated);
    assert_eq!((closed - finished.len()) as u64, truth.dropped);
    assert_eq!(truth.finished_by_week.values().map(|&count| u64::from(count)).sum::<u64>(), dated.len() as u64);

    let points = |row: &csv::StringRecord| table.value(row, "Custom field (Story Points)").parse::<f64>().ok();
    let given: Vec<f64> = table.rows.iter().filter_map(points).collect();
    assert_eq!(given.len() as u64, truth.estimated);
    assert!((given.iter().sum::<f64>() - truth.points as f64).abs() < 1e-9);

    let mut by_sprint: BTreeMap<&str, (u32, f64)> = BTreeMap::new();
    for row in &dated {
        if let Some(sprint) = table.values(row, "Sprint").last() {
            let sum = by_sprint.entry(sprint).or_default();
            *sum = (sum.0 + 1, sum.1 + points(row).unwrap_or(0.0));
        }
    }
    let known: BTreeMap<&str, (u32, f64)> = truth
        .completed_by_sprint
        .iter()
        .map(|(name, completed)| (name.as_str(), (completed.items, f64::from(completed.points))))
        .collect();
    assert_eq!(by_sprint, known);

    let keys: BTreeSet<&str> = table.rows.iter().map(|row| table.value(row, "Issue key")).collect();
    let ids: BTreeSet<&str> = table.rows.iter().map(|row| table.value(row, "Issue id")).collect();
    assert_eq!((keys.len(), ids.len()), (table.rows.len(), table.rows.len()), "keys and ids occur once");
    let watched = table.rows.iter().filter(|row| table.values(row, "Sprint").any(|name| name == truth.watched.name));
    assert_eq!(watched.count(), truth.watched.members.len());
}

#[test]
fn the_sample_is_what_its_truth_says() {
    let (bytes, truth) = sample_with_truth();
    confirm(&bytes, &truth);
    assert_eq!(sample_export(), bytes);
}

#[test]
fn a_large_file_is_what_its_truth_says() {
    let (bytes, truth) = BenchExport::new(2_000, 7).to_bytes();
    confirm(&bytes, &truth);
    let table = Table::read(&bytes);
    let columns: usize = table.columns.values().map(Vec::len).sum();
    assert!((60..=80).contains(&columns), "{columns} columns");
    let bytes_a_row = bytes.len() as u64 / truth.rows;
    assert!((1_000..=3_000).contains(&bytes_a_row), "{bytes_a_row} bytes a row");
    let with_line_break = table.rows.iter().filter(|row| table.value(row, "Description").contains('\n')).count();
    let with_quote = table.rows.iter().filter(|row| table.value(row, "Description").contains('"')).count();
    assert!(with_line_break > 500 && with_quote > 500, "{with_line_break} with line breaks, {with_quote} with quotes");
    assert!(truth.undated > 0 && truth.dropped > 0, "a real export has gaps");
}

/// The bytes are part of the contract: benches of different machines and releases measure the same file.
#[test]
fn the_bytes_never_change() {
    let checksums = [xxh3_64(&BenchExport::new(200, 1).to_bytes().0), xxh3_64(&sample_export())];
    assert_eq!(checksums, [1_670_083_037_558_258_045, 14_493_418_442_719_263_163]);
}

#[test]
fn chunks_are_the_file_whatever_their_size() {
    let export = BenchExport::new(1_000, 3);
    let (mut joined, mut chunks) = (Vec::new(), 0);
    let truth = export.for_each_chunk(|chunk| {
        joined.extend_from_slice(chunk);
        chunks += 1;
    });
    assert!(chunks > 1);
    assert_eq!((joined, truth), export.to_bytes());
}

#[test]
fn other_seeds_give_other_files() {
    assert_ne!(BenchExport::new(50, 1).to_bytes().0, BenchExport::new(50, 2).to_bytes().0);
}

/// What the charts must be able to show: carry-over, late scope, a bad sprint, a running one.
#[test]
fn the_sample_looks_like_real_life() {
    let (bytes, truth) = sample_with_truth();
    let table = Table::read(&bytes);
    assert!((380..=460).contains(&truth.rows), "{} rows", truth.rows);
    assert!(truth.dropped >= 8, "{} dropped", truth.dropped);
    let teams: BTreeSet<&str> = table.rows.iter().map(|row| table.value(row, "Team Name")).collect();
    assert_eq!(teams.len(), 3);
    let carried = table.rows.iter().filter(|row| table.values(row, "Sprint").count() > 1).count();
    assert!(carried > 30, "{carried} carried over");
    let velocity: Vec<u32> = truth.completed_by_sprint.values().map(|completed| completed.points).collect();
    assert!(velocity.len() >= 10, "{velocity:?}");
    let worst = velocity[4];
    assert!(velocity[..10].iter().all(|&points| points >= worst), "sprint 36 is the bad one: {velocity:?}");
    let late = truth.watched.members.iter().filter(|member| member.created_day >= truth.watched.days.0).count();
    let open = truth.watched.members.iter().filter(|member| member.fate == Fate::Open).count();
    assert!(late > 0 && open > 5, "running sprint: {late} added late, {open} open");
    let titles: BTreeSet<&str> = table.rows.iter().map(|row| table.value(row, "Summary")).collect();
    assert_eq!(titles.len(), table.rows.len(), "no title occurs twice");
}

/// Reads a file as the product does and compares its answers with the truth.
fn expect_right_answers(bytes: &[u8], truth: &Truth) {
    let zone = "America/New_York";
    let settings = ImportSettings::new(Calendar::new(zone).unwrap());
    let mut job = ImportJob::new("made-up.csv", settings);
    // Chunks of an odd size end inside cells, quotes and characters.
    for chunk in bytes.chunks(1013) {
        job.push(chunk).unwrap();
    }
    let imported = job.finish().unwrap();
    let mut checked = check::Checked::default();
    checked.report(&imported.report, truth).unwrap();
    let mut engine = Engine::default();
    let begin = Request::NewWorkspace { id: "w".into(), name: "w".into(), zone: zone.into(), sample: true };
    let add = Request::AddLayer {
        dataset: encode_dataset(&imported.dataset),
        report: imported.report.into(),
        terms: AddTerms::default(),
    };
    for request in [begin, add] {
        assert!(!matches!(engine.handle(request), Response::Failed(_)));
    }
    checked.summary(&engine.summary().unwrap(), truth).unwrap();
    let mut answer = |id: &str, query: Query| -> MetricResult {
        match engine.handle(Request::Metrics { ids: vec![id.to_owned()], query }) {
            Response::Metrics(mut results) => results.pop().unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let points = Query { unit: Unit::Points, ..Query::default() };
    let watched = Query { iteration: Some(truth.watched.name.clone()), ..points.clone() };
    checked.throughput(&answer("throughput", Query::default()), truth).unwrap();
    checked.velocity(&answer("velocity", points.clone()), truth).unwrap();
    checked.burndown(&answer("burndown", watched), truth).unwrap();
    checked.cycle_time(&answer("cycle-time", points), truth).unwrap();
    assert!(checked.numbers > 30, "{} numbers compared", checked.numbers);
}

#[test]
fn the_product_answers_what_the_generator_knows() {
    let (bytes, truth) = sample_with_truth();
    expect_right_answers(&bytes, &truth);
    let (bytes, truth) = BenchExport::new(3_001, 11).to_bytes();
    expect_right_answers(&bytes, &truth);
}

/// A file of the sample, read as the page does.
fn read_sample(name: &str) -> Imported {
    let mut job = ImportJob::new(name, ImportSettings::new(Calendar::new("Europe/Oslo").unwrap()));
    job.push(&sample_file(name).unwrap()).unwrap();
    job.finish().unwrap()
}

/// The open sample with all its files.
fn open_sample() -> Engine {
    let mut engine = Engine::default();
    let (id, name, zone) = ("s".to_owned(), "Sample project".to_owned(), "Europe/Oslo".to_owned());
    assert!(!matches!(engine.handle(Request::NewWorkspace { id, name, zone, sample: true }), Response::Failed(_)));
    for file in SAMPLE_FILES {
        let Imported { dataset, report } = read_sample(file);
        let add =
            Request::AddLayer { dataset: encode_dataset(&dataset), report: report.into(), terms: AddTerms::default() };
        assert!(!matches!(engine.handle(add), Response::Failed(_)), "{file}");
    }
    engine
}

#[test]
fn every_file_of_the_sample_is_recognised_and_read_whole() {
    let expected = [
        ("throughline-sample.csv", "jira-csv"),
        ("deployments.csv", "plain-deployments"),
        ("changes.csv", "plain-changes"),
        ("incidents.csv", "plain-incidents"),
        ("uptime.csv", "plain-uptime"),
        ("capacity.csv", "plain-capacity"),
        ("time-off.csv", "plain-time-off"),
        ("holidays.csv", "plain-holidays"),
        ("work-log.csv", "plain-work-log"),
        ("code-measures.csv", "plain-code-measures"),
        ("costs.csv", "plain-costs"),
        ("risks.csv", "plain-risks"),
    ];
    assert_eq!(expected.map(|(name, _)| name), SAMPLE_FILES);
    for (name, format) in expected {
        let Imported { report, .. } = read_sample(name);
        assert_eq!(report.format, format, "{name}");
        assert_eq!(
            (report.refused.len(), report.warning_total()),
            (0, 0),
            "{name}: {:?} {:?}",
            report.refused,
            report.warnings
        );
        assert_eq!(report.kept, report.rows_read, "{name}");
        let bytes = sample_file(name).unwrap();
        assert_eq!(Table::read(&bytes).rows.len() as u64, report.rows_read, "{name}");
        assert_eq!(sample_file(name).unwrap(), bytes, "{name} is the same every time");
    }
    assert_eq!(sample_file("another.csv"), None);
}

/// Records tell of the same teams, items and deployments as the tracker.
#[test]
fn the_files_of_the_sample_tell_one_story() {
    let table = |name: &str| Table::read(&sample_file(name).unwrap());
    let items = table("throughline-sample.csv");
    let keys: BTreeSet<&str> = items.rows.iter().map(|row| items.value(row, "Issue key")).collect();
    let people: BTreeSet<&str> = items.rows.iter().map(|row| items.value(row, "Assignee")).collect();
    let deployments = table("deployments.csv");
    let ids: BTreeSet<&str> = deployments.rows.iter().map(|row| deployments.value(row, "id")).collect();
    assert_eq!(ids.len(), deployments.rows.len(), "ids occur once");
    let known = |name: &str, column: &str, values: &BTreeSet<&str>, at_least: usize| {
        let table = table(name);
        let named: Vec<&str> =
            table.rows.iter().map(|row| table.value(row, column)).filter(|text| !text.is_empty()).collect();
        assert!(named.len() >= at_least, "{name}: only {} name {column}", named.len());
        let foreign: Vec<_> = named.iter().filter(|text| !values.contains(*text)).collect();
        assert!(foreign.is_empty(), "{name}: {column} {foreign:?}");
    };
    known("changes.csv", "work_item", &keys, 150);
    known("changes.csv", "deployment_id", &ids, 150);
    known("changes.csv", "author", &people, 150);
    known("work-log.csv", "key", &keys, 1000);
    known("work-log.csv", "person", &people, 1000);
    known("incidents.csv", "deployment_id", &ids, 3);
    known("risks.csv", "key", &keys, 5);
    let teams: BTreeSet<&str> = items.rows.iter().map(|row| items.value(row, "Team Name")).collect();
    known("capacity.csv", "team", &teams, 18);
    // A change is deployed after it was merged, and nothing happens after the export.
    let at: BTreeMap<&str, &str> = deployments
        .rows
        .iter()
        .map(|row| (deployments.value(row, "id"), deployments.value(row, "deployed_at")))
        .collect();
    let changes = table("changes.csv");
    for row in &changes.rows {
        if let Some(deployed) = at.get(changes.value(row, "deployment_id")) {
            assert!(changes.value(row, "merged_at") <= *deployed, "{row:?}");
        }
        assert!(changes.value(row, "first_commit_at") <= changes.value(row, "opened_at"), "{row:?}");
        assert!(changes.value(row, "merged_at") < "2026-10-14", "{row:?}");
    }
    assert!(at.values().all(|at| *at < "2026-10-15"));
    // Nobody logs more than a working day.
    let log = table("work-log.csv");
    let mut hours: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for row in &log.rows {
        *hours.entry((log.value(row, "person"), log.value(row, "date"))).or_default() +=
            log.value(row, "hours").parse::<f64>().unwrap();
    }
    assert!(hours.values().all(|&hours| hours > 1.0 && hours <= 7.5), "{hours:?}");
}

/// What the new views must be able to show: failed deployments, overlapping and open incidents, bugs found in production, debt.
#[test]
fn the_records_of_the_sample_look_like_real_life() {
    let table = |name: &str| Table::read(&sample_file(name).unwrap());
    let deployments = table("deployments.csv");
    let count = |column: &str, value: &str| {
        deployments.rows.iter().filter(|row| deployments.value(row, column) == value).count()
    };
    assert!(count("status", "failure") >= 2 && count("status", "rollback") >= 1, "some do not go through");
    assert!(count("unplanned", "yes") >= 3 && count("caused_incident", "yes") >= 1);
    assert!(count("environment", "staging") >= 60 && count("environment", "production") >= 60);
    let incidents = table("incidents.csv");
    assert!((12..=40).contains(&incidents.rows.len()), "{} incidents", incidents.rows.len());
    let open = incidents.rows.iter().filter(|row| incidents.value(row, "resolved_at").is_empty()).count();
    assert_eq!(open, 1);
    let items = table("throughline-sample.csv");
    let bugs_with = |label: &str| {
        let has = |row: &&csv::StringRecord| {
            items.value(row, "Issue Type") == "Bug" && items.values(row, "Labels").any(|own| own == label)
        };
        items.rows.iter().filter(has).count()
    };
    assert!(bugs_with("found-in-production") >= 8, "{}", bugs_with("found-in-production"));
    assert!(bugs_with("tech-debt") >= 3, "{}", bugs_with("tech-debt"));
}

/// The monitor of the sample is told apart from its incidents, and the outage of sprint 36 shows.
#[test]
fn the_sample_shows_its_uptime() {
    let mut engine = open_sample();
    let mut answer =
        |id: &str| match engine.handle(Request::Metrics { ids: vec![id.to_owned()], query: Query::default() }) {
            Response::Metrics(mut results) => results.pop().unwrap(),
            other => panic!("{other:?}"),
        };
    for id in ["uptime", "uptime-trend", "outages", "error-budget", "service-recovery"] {
        assert!(answer(id).is_computed(), "{id}: {}", answer(id).summary);
    }
    // From the file alone: minutes in which the monitor saw payments down.
    let bytes = sample_file("uptime.csv").unwrap();
    let table = Table::read(&bytes);
    let minute = |text: &str| -> i64 {
        let (date, clock) = text.split_once(' ').unwrap();
        let (hour, minute) = clock.split_once(':').unwrap();
        i64::from(throughline::model::day_from_iso(date).unwrap()) * 1440
            + hour.parse::<i64>().unwrap() * 60
            + minute.parse::<i64>().unwrap()
    };
    let mut minutes: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for row in &table.rows {
        let long = minute(table.value(row, "to")) - minute(table.value(row, "from"));
        let own = minutes.entry(table.value(row, "service")).or_default();
        *own = (own.0 + long, own.1 + if table.value(row, "state") == "down" { long } else { 0 });
    }
    let uptime = answer("uptime");
    let found: BTreeMap<String, Option<f64>> = uptime.series[0]
        .points
        .iter()
        .map(|point| (throughline::charts::place_name(&point.x), point.y.map(|share| (share * 1e4).round() / 1e4)))
        .collect();
    let expected = minutes.iter().map(|(name, (all, down))| {
        let share = (all - down) as f64 / *all as f64 * 100.0;
        ((*name).to_owned(), Some((share * 1e4).round() / 1e4))
    });
    assert_eq!(found, expected.collect());
    let outages = answer("outages");
    let worst =
        outages.series.iter().flat_map(|series| &series.points).max_by(|a, b| a.y.partial_cmp(&b.y).unwrap()).unwrap();
    assert_eq!(throughline::charts::place_name(&worst.x), "2026-07-16");
}

/// The records that the bench measures with, in small: counts, downtime and outages as their generator knows them.
#[test]
fn the_records_of_the_bench_are_what_their_truth_says() {
    let (files, truth) = BenchRecords::new(4_000, 5).files();
    let mut engine = Engine::default();
    let (id, name, zone) = ("b".to_owned(), "b".to_owned(), "UTC".to_owned());
    engine.handle(Request::NewWorkspace { id, name, zone, sample: true });
    for (name, bytes) in files {
        let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
        job.push(&bytes).unwrap();
        let Imported { dataset, report } = job.finish().unwrap();
        assert_eq!((report.refused.len(), report.warning_total()), (0, 0), "{name}: {:?}", report.refused);
        let add =
            Request::AddLayer { dataset: encode_dataset(&dataset), report: report.into(), terms: AddTerms::default() };
        assert!(!matches!(engine.handle(add), Response::Failed(_)), "{name}");
    }
    let mut checked = check::Checked::default();
    checked.records(&engine.summary().unwrap(), &truth).unwrap();
    let request = Request::Metrics { ids: vec!["outages".to_owned()], query: Query::default() };
    let Response::Metrics(results) = engine.handle(request) else { panic!("no results") };
    checked.outages(&results[0], &truth).unwrap();
    assert_eq!(checked.numbers, truth.counts.len() + 2);
    assert!(truth.outages > 1_000 && truth.production_successes > 500, "{truth:?}");
    assert_eq!((truth.counts["deployments"], truth.counts["incidents"]), (2_000, 200));
}

/// What a metric says of itself (`BySprint`) is what it does: one that knows no periods answers the same whatever their length.
#[test]
fn a_metric_without_periods_does_not_ask_for_their_length() {
    let mut engine = open_sample();
    let ids: Vec<String> = METRICS
        .iter()
        .filter(|metric| metric.by_sprint == BySprint::NoPeriods)
        .map(|one| one.about.id.to_owned())
        .collect();
    let mut answers = |length: &str| {
        let mut query = Query::default();
        query.set("g", length).unwrap();
        match engine.handle(Request::Metrics { ids: ids.clone(), query }) {
            Response::Metrics(results) => results,
            other => panic!("{other:?}"),
        }
    };
    let (days, months) = (answers("day"), answers("month"));
    for (by_day, by_month) in days.iter().zip(&months) {
        assert_eq!(by_day, by_month, "{}", by_day.id);
    }
    let computed = days.iter().filter(|result| result.is_computed()).count();
    assert!(computed > 30, "{computed} of {} can be compared", days.len());
}
