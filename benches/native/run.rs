//! One file from its bytes to its answers.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Map, Value, json};
use throughline::engine::{AddTerms, Engine, Request, Response};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::metrics::{Filter, FilterField, METRICS, MetricResult, Query, Unit};
use throughline::model::{Calendar, CategoryField, Granularity, decode_dataset, encode_dataset};
use throughline::sample::Truth;

use crate::Failure;
use crate::check::Checked;
use crate::measure::{median_ms, peak_growth};
use crate::records::{self, OfRecords};

/// Bytes handed to the importer at a time, as in the browser.
const CHUNK_BYTES: usize = 4 << 20;
const ZONE: &str = "Europe/Berlin";
/// The metrics of the view with the most of them.
const VIEW: [&str; 3] = ["burndown", "velocity", "throughput"];

/// What was measured of one file. Times in milliseconds, medians.
pub(crate) struct Measured {
    pub(crate) rows: u64,
    pub(crate) file_bytes: u64,
    pub(crate) checked: usize,
    pub(crate) times: Vec<(String, f64)>,
    pub(crate) snapshot_bytes: u64,
    pub(crate) import_peak_bytes: Option<u64>,
    pub(crate) forecast: Forecast,
    pub(crate) of_records: OfRecords,
}

impl Measured {
    fn time(&self, name: &str) -> f64 {
        self.times.iter().find(|(known, _)| known == name).map_or(f64::NAN, |&(_, time)| time)
    }

    pub(crate) fn to_json(&self) -> Value {
        let times: Map<String, Value> = self.times.iter().map(|(name, time)| (name.clone(), json!(time))).collect();
        let metrics: Vec<&str> = METRICS.iter().map(|metric| metric.about.id).collect();
        json!({
            "rows": self.rows, "file_bytes": self.file_bytes, "checked_numbers": self.checked, "ms": times, "metrics": metrics,
            "snapshot_bytes": self.snapshot_bytes, "import_peak_bytes": self.import_peak_bytes,
            "forecast": self.forecast.to_json(), "records": self.of_records.to_json(),
        })
    }
}

/// Measures one file.
pub(crate) fn measure(path: &Path, truth: &Truth, repeat: usize) -> Result<Measured, Failure> {
    // Memory first, while the process is small and the file is not in it.
    let (imported, import_peak_bytes) = peak_growth(|| import_from_disk(path, ZONE));
    let imported = imported?;
    let bytes = std::fs::read(path)?;
    let mut checked = Checked::default();
    checked.report(&imported.report, truth)?;

    let mut times = Vec::new();
    let mut note = |name: &str, time: f64| times.push((name.to_owned(), time));
    note("read", median_ms(repeat, || drop(std::fs::read(path))));
    note("import", median_ms(repeat, || drop(import(&bytes, path, ZONE))));
    drop(bytes);
    let snapshot = encode_dataset(&imported.dataset);
    note("snapshot-encode", median_ms(repeat, || drop(encode_dataset(&imported.dataset))));
    note("snapshot-decode", median_ms(repeat, || drop(decode_dataset(&snapshot))));

    let mut engine = engine_with(&snapshot, &imported, ZONE)?;
    let summary = engine.summary().ok_or("no workspace is open")?;
    checked.summary(&summary, truth)?;
    let document = engine.document().ok_or("the workspace has no document")?;
    let layers: Vec<Vec<u8>> = engine.layers().into_iter().map(|(_, layer)| layer).collect();
    note(
        "reopen",
        median_ms(repeat, || {
            let request = Request::OpenWorkspace { document: document.clone(), layers: layers.clone() };
            drop(Engine::default().handle(request));
        }),
    );
    let query = Query { unit: Unit::Points, ..Query::default() };
    check_answers(&mut engine, truth, &mut checked)?;
    for metric in METRICS {
        let message = message(&[metric.about.id], &query)?;
        note(metric.about.id, median_ms(repeat, || drop(answer(&mut engine, &message))));
    }
    let forecast = Forecast::measure(&mut engine, repeat, &mut note)?;
    let filtered = Query { filters: vec![bugs_and_stories()], ..query };
    note("filter-change", median_ms(repeat, || drop(ask(&mut engine, &VIEW, &filtered))));
    let of_records = records::measure(&mut engine, truth.rows, ZONE, repeat, &mut checked)?;

    Ok(Measured {
        rows: truth.rows,
        file_bytes: path.metadata()?.len(),
        checked: checked.numbers,
        times,
        snapshot_bytes: snapshot.len() as u64,
        import_peak_bytes,
        forecast,
        of_records,
    })
}

/// A forecast of [`FORECAST_ITEMS`] from two years of history: what the peer needs to make the same, and our answers.
#[derive(Default)]
pub(crate) struct Forecast {
    /// Items finished on each day of the window.
    samples: Vec<f64>,
    p50: f64,
    p85: f64,
}

const FORECAST_ITEMS: &str = "200";
const FORECAST_DAYS: usize = 730;
/// The metrics of the forecast view, which the browser's part asks for together.
const FORECAST_VIEW: [&str; 6] =
    ["forecast-when", "forecast-how-many", "forecast-cone", "forecast-drivers", "forecast-backtest", "forecast-teams"];

impl Forecast {
    fn measure(engine: &mut Engine, repeat: usize, note: &mut impl FnMut(&str, f64)) -> Result<Self, Failure> {
        // Days off count, so that a day of work is a calendar day for the peer, too.
        let asked = |trials: &str| -> Result<Query, Failure> {
            let mut query = Query::default();
            let history = FORECAST_DAYS.to_string();
            for (key, value) in
                [("remaining", FORECAST_ITEMS), ("history", history.as_str()), ("daysoff", "count"), ("trials", trials)]
            {
                query.set(key, value)?;
            }
            Ok(query)
        };
        let (few, many) = (asked("10000")?, asked("1000000")?);
        for (name, ids, query) in [
            ("forecast-200-10k", &FORECAST_VIEW[..1], &few),
            ("forecast-200-1m", &FORECAST_VIEW[..1], &many),
            ("forecast-view", &FORECAST_VIEW, &few),
        ] {
            let message = message(ids, query)?;
            note(name, median_ms(repeat, || drop(answer(engine, &message))));
        }
        let days = Query { granularity: Granularity::Day, ..few.clone() };
        let answers = ask(engine, &["forecast-when", "throughput"], &days)?;
        let [when, throughput] = answers.as_slice() else { return Err("two metrics gave other answers".into()) };
        let figure = |id: &str| when.figure(id).and_then(|figure| figure.value).ok_or("the forecast has no date");
        let daily = throughput.series("finished").ok_or("throughput lacks finished")?;
        let samples: Vec<f64> = daily.points.iter().filter_map(|point| point.y).collect();
        Ok(Self {
            samples: samples[samples.len().saturating_sub(FORECAST_DAYS)..].to_vec(),
            p50: figure("p50")?,
            p85: figure("p85")?,
        })
    }

    fn to_json(&self) -> Value {
        json!({ "remaining": FORECAST_ITEMS, "samples": self.samples, "p50": self.p50, "p85": self.p85 })
    }
}

fn job(path: &Path, zone: &str) -> ImportJob {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let calendar = Calendar::new(zone).unwrap_or_default();
    ImportJob::new(&name, ImportSettings::new(calendar))
}

/// Imports a file that is in memory, in chunks.
pub(crate) fn import(bytes: &[u8], path: &Path, zone: &str) -> Result<Imported, Failure> {
    let mut job = job(path, zone);
    for chunk in bytes.chunks(CHUNK_BYTES) {
        job.push(chunk)?;
    }
    Ok(job.finish()?)
}

/// Imports a file of which one chunk is in memory at a time.
pub(crate) fn import_from_disk(path: &Path, zone: &str) -> Result<Imported, Failure> {
    let mut job = job(path, zone);
    let mut file = File::open(path)?;
    let mut buffer = vec![0; CHUNK_BYTES];
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            return Ok(job.finish()?);
        }
        job.push(&buffer[..length])?;
    }
}

/// An engine whose workspace holds this import alone.
pub(crate) fn engine_with(snapshot: &[u8], imported: &Imported, zone: &str) -> Result<Engine, Failure> {
    let mut engine = Engine::default();
    let begin = Request::NewWorkspace { id: "bench".into(), name: "Bench".into(), zone: zone.into(), sample: true };
    let add = Request::AddLayer {
        dataset: snapshot.to_vec(),
        report: imported.report.clone().into(),
        terms: AddTerms::default(),
    };
    for request in [begin, add] {
        if let Response::Failed(error) = engine.handle(request) {
            return Err(error.into());
        }
    }
    Ok(engine)
}

fn question(ids: &[&str], query: &Query) -> Request {
    Request::Metrics { ids: ids.iter().map(|&id| id.to_owned()).collect(), query: query.clone() }
}

/// A question as the page sends it.
fn message(ids: &[&str], query: &Query) -> Result<Vec<u8>, Failure> {
    Ok(postcard::to_stdvec(&question(ids, query))?)
}

/// The answer as the engine worker sends it: the same job, from bytes to bytes, that the browser's part times in WebAssembly.
fn answer(engine: &mut Engine, message: &[u8]) -> Result<Vec<u8>, Failure> {
    Ok(postcard::to_stdvec(&engine.handle(postcard::from_bytes(message)?))?)
}

pub(crate) fn ask(engine: &mut Engine, ids: &[&str], query: &Query) -> Result<Vec<MetricResult>, Failure> {
    match engine.handle(question(ids, query)) {
        Response::Metrics(results) => Ok(results),
        Response::Failed(error) => Err(error.into()),
        other => Err(format!("unexpected answer {other:?}").into()),
    }
}

/// Compares the answers of the metrics with what the generator knows.
pub(crate) fn check_answers(engine: &mut Engine, truth: &Truth, checked: &mut Checked) -> Result<(), Failure> {
    let points = Query { unit: Unit::Points, ..Query::default() };
    let watched = Query { iteration: Some(truth.watched.name.clone()), ..points.clone() };
    let mut answer = |id: &str, query: &Query| -> Result<MetricResult, Failure> {
        ask(engine, &[id], query)?.pop().ok_or_else(|| format!("{id} has no answer").into())
    };
    checked.throughput(&answer("throughput", &Query::default())?, truth)?;
    checked.velocity(&answer("velocity", &points)?, truth)?;
    checked.burndown(&answer("burndown", &watched)?, truth)?;
    // Only a file that tells when work began has cycle times; Jira's JSON tells it in the changelog.
    let cycle_time = answer("cycle-time", &points)?;
    if !cycle_time.figures.is_empty() {
        checked.cycle_time(&cycle_time, truth)?;
    }
    Ok(())
}

fn bugs_and_stories() -> Filter {
    Filter {
        field: FilterField::Category(CategoryField::Type),
        exclude: false,
        contains: false,
        values: vec!["Bug".into(), "Story".into()],
    }
}

/// Prints a table: a line a measure, a column a file, and how the time grows from the smallest file to the largest.
pub(crate) fn print(results: &[Measured]) {
    let Some(last) = results.last() else { return };
    print!("\n{:<22}", "native, ms");
    for result in results {
        print!("{:>14}", format!("{} rows", result.rows));
    }
    println!("{:>12}", "exponent");
    for (name, _) in &last.times {
        print!("{name:<22}");
        for result in results {
            print!("{:>14.2}", result.time(name));
        }
        println!("{:>12}", exponent(results, |result| result.time(name)).map_or("-".into(), |e| format!("{e:.2}")));
    }
    records::print(&results.iter().map(|result| &result.of_records).collect::<Vec<_>>());
    for result in results {
        let seconds = result.time("import") / 1000.0;
        println!(
            "\n{} rows, {:.1} MB: import {:.0} MB/s, {:.0} rows/s; snapshot {:.3} of the file; peak memory {}; {} numbers checked",
            result.rows,
            result.file_bytes as f64 / 1e6,
            result.file_bytes as f64 / 1e6 / seconds,
            result.rows as f64 / seconds,
            result.snapshot_bytes as f64 / result.file_bytes as f64,
            result.import_peak_bytes.map_or("unknown".into(), |peak| format!(
                "{:.1} MB ({:.2} of the file)",
                peak as f64 / 1e6,
                peak as f64 / result.file_bytes as f64
            )),
            result.checked,
        );
    }
}

/// 1 = twice the rows take twice the time.
fn exponent(results: &[Measured], time: impl Fn(&Measured) -> f64) -> Option<f64> {
    let (first, last) = (results.first()?, results.last()?);
    (first.rows < last.rows).then(|| (time(last) / time(first)).ln() / (last.rows as f64 / first.rows as f64).ln())
}
