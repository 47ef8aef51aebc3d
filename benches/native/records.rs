//! Every metric over a workspace that has records beside its items: deployments, changes, incidents, people.

use std::path::Path;

use serde_json::{Map, Value, json};
use throughline::engine::{AddTerms, Engine, Request, Response};
use throughline::metrics::{METRICS, Query};
use throughline::model::encode_dataset;
use throughline::sample::{BenchRecords, RecordsTruth};

use crate::Failure;
use crate::check::Checked;
use crate::files::SEED;
use crate::measure::median_ms;
use crate::run::{ask, import};

/// What was measured: milliseconds per metric, medians.
#[derive(Default)]
pub(crate) struct OfRecords {
    pub(crate) rows: u64,
    pub(crate) counts: Vec<(&'static str, u64)>,
    pub(crate) times: Vec<(&'static str, f64)>,
}

/// Adds the records to the workspace of an export, compares what came in with their truth and asks every metric.
pub(crate) fn measure(
    engine: &mut Engine,
    rows: u64,
    zone: &str,
    repeat: usize,
    checked: &mut Checked,
) -> Result<OfRecords, Failure> {
    let (files, truth) = BenchRecords::new(rows, SEED).files();
    for (name, bytes) in files {
        let imported = import(&bytes, Path::new(name), zone)?;
        let dataset = encode_dataset(&imported.dataset);
        let add = Request::AddLayer { dataset, report: imported.report.into(), terms: AddTerms::default() };
        if let Response::Failed(error) = engine.handle(add) {
            return Err(error.into());
        }
    }
    let summary = engine.summary().ok_or("no workspace is open")?;
    let query = Query::default();
    checked.records(&summary, &truth)?;
    check_answers(engine, &truth, &query, checked)?;
    let mut times = Vec::new();
    for metric in METRICS {
        let id = metric.about.id;
        times.push((id, median_ms(repeat, || drop(ask(engine, &[id], &query)))));
    }
    Ok(OfRecords { rows, counts: truth.counts.into_iter().collect(), times })
}

fn check_answers(
    engine: &mut Engine,
    truth: &RecordsTruth,
    query: &Query,
    checked: &mut Checked,
) -> Result<(), Failure> {
    let outages = ask(engine, &["outages"], query)?.pop().ok_or("outages has no answer")?;
    Ok(checked.outages(&outages, truth)?)
}

impl OfRecords {
    /// The slowest of the metrics that rest on records, bugs, debt or capacity: those that the list has after the quality of the
    /// data. The others are measured by themselves as well.
    fn slowest(&self) -> Option<(&'static str, f64)> {
        let rest = self.times.iter().skip_while(|(id, _)| *id != "data-quality").skip(1);
        rest.copied().reduce(|slowest, next| if next.1 > slowest.1 { next } else { slowest })
    }

    pub(crate) fn to_json(&self) -> Value {
        let times: Map<String, Value> = self.times.iter().map(|(id, time)| ((*id).to_owned(), json!(time))).collect();
        let counts: Map<String, Value> =
            self.counts.iter().map(|(kind, count)| ((*kind).to_owned(), json!(count))).collect();
        let slowest = self.slowest();
        json!({
            "counts": counts, "ms": times,
            "slowest": slowest.map(|(id, _)| id), "slowest_ms": slowest.map(|(_, time)| time),
        })
    }
}

/// Prints a table: a line a metric, a column a workspace.
pub(crate) fn print(results: &[&OfRecords]) {
    let Some(last) = results.last() else { return };
    print!("\n{:<22}", "with records, ms");
    for result in results {
        print!("{:>14}", format!("{} rows", result.rows));
    }
    println!();
    for (place, (id, _)) in last.times.iter().enumerate() {
        print!("{id:<22}");
        for result in results {
            print!("{:>14.2}", result.times.get(place).map_or(f64::NAN, |&(_, time)| time));
        }
        println!();
    }
    for result in results {
        let counts: Vec<String> = result.counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        let slowest =
            result.slowest().map_or_else(String::new, |(id, time)| format!("; slowest of theirs: {id}, {time:.2} ms"));
        println!("{} rows with {}{slowest}", result.rows, counts.join(", "));
    }
}
