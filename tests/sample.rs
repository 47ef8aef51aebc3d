//! The made-up exports: the same bytes everywhere, the shape of a real export, and a truth that an independent reading of
//! the file confirms.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

// The bench compares with the truth in the same way.
#[path = "../benches/native/check.rs"]
mod check;

use std::collections::{BTreeMap, BTreeSet};

use throughline::engine::{AddTerms, Engine, Request, Response};
use throughline::importers::{ImportJob, ImportSettings};
use throughline::metrics::{MetricResult, Query, Unit};
use throughline::model::{Calendar, encode_dataset};
use throughline::sample::{BenchExport, Fate, Truth, sample_export, sample_with_truth};
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
    assert_eq!(checksums, [1_670_083_037_558_258_045, 9_139_518_853_769_663_494]);
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
