//! Every real export beside the repository, by detection alone: what was read of it, in figures, as one snapshot.
//!
//! The snapshot holds counts and decisions, never a cell of a file.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use throughline::importers::{DateReading, ImportError, ImportJob, ImportSettings, Imported, OrderEvidence};
use throughline::model::{Calendar, Dataset, MomentField, NO_MOMENT, NumberField};

/// Files of the folder that are about the exports.
const NO_EXPORTS: [&str; 2] = ["MANIFEST.md", "counts.json"];

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: ../shared/data/real is absent, so no real export was read");
    None
}

/// Every export, by its path in the folder.
fn exports(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in std::fs::read_dir(inner).expect("readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
            if !NO_EXPORTS.contains(&name.as_str()) {
                found.insert(name, path);
            }
        }
    }
    assert!(found.len() >= 80, "only {} exports in {}", found.len(), folder.display());
    found
}

fn import(path: &Path) -> Result<Imported, ImportError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut job = ImportJob::new(&name, ImportSettings::new(Calendar::default()));
    for chunk in std::fs::read(path).expect("readable").chunks(64 << 10) {
        job.push(chunk)?;
    }
    job.finish()
}

/// What was read, in figures.
fn figures(Imported { dataset, report }: &Imported) -> String {
    let mut out = format!(
        "read as {}, {}{}\n",
        report.format,
        report.encoding,
        if report.delimiter.is_empty() { String::new() } else { format!(", {} separated", report.delimiter) }
    );
    let mut line = |text: String| writeln!(out, "  {text}").expect("text");
    line(format!(
        "rows: {} read = {} kept + {} repeated + {} refused",
        report.rows_read,
        report.kept,
        report.repeated,
        report.refused.len()
    ));
    line(format!("items: {}{}", dataset.len(), facts_of_items(dataset)));
    if !dataset.history.is_empty() {
        line(format!("changes: {}", dataset.history.changes()));
    }
    for records in dataset.record_tables() {
        line(format!("{}: {}", records.kind().id(), records.len()));
    }
    report.dates.iter().for_each(|date| line(date_decision(date)));
    report.warning_counts.iter().for_each(|(id, count)| line(format!("warnings {id}: {count}")));
    line(format!("other decisions: {}", report.decisions.len()));
    if report.row_cap.is_some() {
        line("the file may be a part of what the tracker holds".to_owned());
    }
    out
}

/// How many items carry a date, and the sum of their points.
fn facts_of_items(dataset: &Dataset) -> String {
    let mut out = String::new();
    for field in MomentField::ALL {
        let dated = dataset.moment(*field).iter().filter(|moment| **moment != NO_MOMENT).count();
        if dated > 0 {
            write!(out, ", {} {dated}", field.id()).expect("text");
        }
    }
    let points: f64 = dataset.number(NumberField::Points).iter().filter(|points| !points.is_nan()).sum();
    if points > 0.0 {
        write!(out, ", points {points}").expect("text");
    }
    out
}

fn date_decision(date: &DateReading) -> String {
    let DateReading { column, shape, order, evidence, .. } = date;
    let order = order.map(|order| format!(", {order:?}")).unwrap_or_default();
    format!("dates in {column}: {shape}{order}, {evidence:?}")
}

/// Why a file was not read, without its content.
fn refusal(error: &ImportError) -> String {
    match error {
        ImportError::Unknown { table: Some(table), .. } => {
            format!("asks what its {} columns are\n", table.columns.len())
        }
        ImportError::Unknown { table: None, next, .. } => format!("refused, its format is not known: {next}\n"),
        ImportError::Ambiguous { candidates } => {
            let formats: Vec<&str> = candidates.iter().map(|candidate| candidate.format.as_str()).collect();
            format!("asks whether it is {}\n", formats.join(" or "))
        }
        other => format!("refused: {other}\n"),
    }
}

/// What a person has to do about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    /// Nothing: it is read.
    Read,
    /// Say what the columns are, what the file is, or whether the day or the month comes first.
    Asked,
    /// Export something else.
    Refused,
}

fn answer(outcome: &Result<Imported, ImportError>) -> Answer {
    match outcome {
        Ok(Imported { report, .. }) if report.dates.iter().any(|date| date.evidence == OrderEvidence::Assumed) => {
            Answer::Asked
        }
        Ok(_) => Answer::Read,
        Err(ImportError::Unknown { table: Some(_), .. } | ImportError::Ambiguous { .. }) => Answer::Asked,
        Err(_) => Answer::Refused,
    }
}

#[test]
fn every_real_file_reads_as_recorded() {
    let Some(folder) = folder() else { return };
    let counts = std::fs::read_to_string(folder.join("counts.json")).expect("counts.json");
    let mut counts: BTreeMap<String, u64> = serde_json::from_str(&counts).expect("counts");
    let (mut recorded, mut answers) = (String::new(), BTreeMap::new());
    let exports = exports(&folder);
    for (name, path) in &exports {
        let outcome = import(path);
        *answers.entry(answer(&outcome)).or_insert(0) += 1;
        let expected = counts.remove(name);
        let words = match &outcome {
            Ok(imported) => {
                let report = &imported.report;
                let accounted = report.kept + report.repeated + report.refused.len() as u64;
                assert_eq!(report.rows_read, accounted, "{name}: rows are lost");
                assert_eq!(imported.dataset.uneven_column(), None, "{name}");
                assert_eq!(report.rows_read, expected.unwrap_or(report.rows_read), "{name}: rows of counts.json");
                figures(imported)
            }
            Err(error) => {
                assert_eq!(expected, None, "{name} has rows in counts.json, but: {error}");
                refusal(error)
            }
        };
        write!(recorded, "{name}: {words}").expect("text");
    }
    assert!(counts.is_empty(), "counts.json names files that are absent: {counts:?}");
    let total = format!("{} files: {answers:?}\n", exports.len());
    print!("{total}");
    insta::assert_snapshot!("real_files", total + &recorded);
}
