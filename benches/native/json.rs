//! Jira's JSON with the changelog: time, and memory beside the file and beside the dataset that comes out.

use std::path::Path;

use serde_json::{Value, json};
use throughline::model::encode_dataset;
use throughline::sample::Truth;

use crate::Failure;
use crate::check::Checked;
use crate::measure::{median_ms, peak_growth};
use crate::run::{check_answers, engine_with, import, import_from_disk};

/// The file's moments are in UTC.
const ZONE: &str = "UTC";
/// What an import may need beside twice its dataset.
const ALLOWANCE: f64 = 64.0 * 1024.0 * 1024.0;

/// Measures one file and checks every number.
pub(crate) fn measure(path: &Path, truth: &Truth, repeat: usize) -> Result<Value, Failure> {
    // Memory first, while the process is small and the file is not in it.
    let (imported, peak) = peak_growth(|| import_from_disk(path, ZONE));
    let imported = imported?;
    let mut checked = Checked::default();
    checked.report(&imported.report, truth)?;
    let snapshot = encode_dataset(&imported.dataset);
    let changes = imported.dataset.history.changes();
    let mut engine = engine_with(&snapshot, &imported, ZONE)?;
    checked.summary(&engine.summary().ok_or("no workspace is open")?, truth)?;
    check_answers(&mut engine, truth, &mut checked)?;
    drop((engine, imported));
    let bytes = std::fs::read(path)?;
    let import_ms = median_ms(repeat, || drop(import(&bytes, path, ZONE)));
    let (file, dataset) = (bytes.len() as f64, snapshot.len() as f64);
    println!(
        "\n{} issues, {changes} changes, {:.1} MB: import {import_ms:.0} ms ({:.0} MB/s); dataset {:.1} MB; {} numbers checked",
        truth.rows,
        file / 1e6,
        file / 1e3 / import_ms,
        dataset / 1e6,
        checked.numbers,
    );
    let allowed = 2.0 * dataset + ALLOWANCE;
    if let Some(peak) = peak {
        println!(
            "peak memory {:.1} MB: {:.2} of the file, {:.2} of what is allowed (twice the dataset and 64 MiB)",
            peak as f64 / 1e6,
            peak as f64 / file,
            peak as f64 / allowed,
        );
    }
    Ok(json!({
        "issues": truth.rows, "file_bytes": bytes.len(), "dataset_bytes": snapshot.len(), "changes": changes,
        "import_ms": import_ms, "import_peak_bytes": peak, "allowed_peak_bytes": allowed, "checked_numbers": checked.numbers,
    }))
}
