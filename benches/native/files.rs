//! The files that are measured, written once and kept.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use throughline::model::iso_from_day;
use throughline::sample::{BenchExport, Truth};

use crate::Failure;

pub(crate) const SEED: u64 = 1;

/// The file of so many rows and its truth. The bytes depend on rows and seed alone, so a file of the right size is the right
/// file; the truth is worked out again each time, for the browser's part it is also written beside the file.
pub(crate) fn provide(folder: &Path, rows: u64) -> Result<(PathBuf, Truth), Failure> {
    let export = BenchExport::new(rows, SEED);
    let path = folder.join(format!("jira-{rows}.csv"));
    let mut bytes = 0;
    let truth = export.for_each_chunk(|chunk| bytes += chunk.len() as u64);
    if path.metadata().is_ok_and(|found| found.len() == bytes) {
        println!("{}: already there", path.display());
    } else {
        write(&export, &path)?;
        println!("{}: {rows} rows, {:.1} MB written", path.display(), bytes as f64 / 1e6);
    }
    std::fs::write(path.with_extension("truth.json"), serde_json::to_vec_pretty(&truth_json(&truth))?)?;
    Ok((path, truth))
}

/// The same items as Jira's JSON with the changelog, and their truth.
pub(crate) fn provide_json(folder: &Path, issues: u64) -> Result<(PathBuf, Truth), Failure> {
    let export = BenchExport::new(issues, SEED);
    let path = folder.join(format!("jira-{issues}.json"));
    let mut out = BufWriter::new(File::create(&path)?);
    let mut failure = None;
    let truth = export.for_each_json_chunk(|chunk| {
        if failure.is_none() {
            failure = out.write_all(chunk).err();
        }
    });
    finish(out, failure)?;
    println!("{}: {issues} issues, {:.1} MB written", path.display(), path.metadata()?.len() as f64 / 1e6);
    Ok((path, truth))
}

fn write(export: &BenchExport, path: &Path) -> Result<(), Failure> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut failure = None;
    export.for_each_chunk(|chunk| {
        if failure.is_none() {
            failure = out.write_all(chunk).err();
        }
    });
    finish(out, failure)
}

fn finish(mut out: BufWriter<File>, failure: Option<std::io::Error>) -> Result<(), Failure> {
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(out.flush()?),
    }
}

fn truth_json(truth: &Truth) -> Value {
    let weeks: Map<String, Value> =
        truth.finished_by_week.iter().map(|(&day, &count)| (iso_from_day(day), json!(count))).collect();
    let sprints: Map<String, Value> = truth
        .completed_by_sprint
        .iter()
        .map(|(name, completed)| (name.clone(), json!({ "items": completed.items, "points": completed.points })))
        .collect();
    let (first, last) = truth.watched.days;
    let remaining: Map<String, Value> = (first..=last)
        .map(|day| {
            let open = truth.watched.remaining(day);
            (iso_from_day(day), json!({ "items": open.items, "points": open.points }))
        })
        .collect();
    json!({
        "rows": truth.rows, "finished": truth.finished, "undated": truth.undated, "dropped": truth.dropped,
        "estimated": truth.estimated, "points": truth.points, "weeks": weeks, "sprints": sprints,
        "cycle_time": { "p50": truth.cycle_time_percentile(50), "p85": truth.cycle_time_percentile(85) },
        "watched": { "sprint": truth.watched.name, "remaining": remaining },
    })
}
