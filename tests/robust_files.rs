//! Hostile and odd files of other projects' test suites: each is read or refused in words, in any chunks, in time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use throughline::importers::{ImportError, ImportJob, ImportSettings, Imported};
use throughline::model::Calendar;

/// No file of the suites is larger than a few megabytes.
const TIME_FOR_ONE_FILE: Duration = Duration::from_mins(1);
const FOLDERS: [&str; 6] =
    ["csv-spectrum", "duckdb", "csvkit-examples", "clevercsv", "go-fuzz-corpus", "hostile-generated/csv"];

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn robust_files() -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/robust");
    if !root.is_dir() {
        eprintln!("skipped: ../shared is absent, so no hostile file was tried");
        return None;
    }
    let mut files = Vec::new();
    for folder in FOLDERS {
        let before = files.len();
        files_below(&root.join(folder), &mut files);
        assert!(files.len() > before, "nothing in {folder}");
    }
    files.sort();
    Some(files)
}

fn import(bytes: &[u8], chunk: usize) -> Result<Imported, ImportError> {
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new("file.csv", settings);
    for part in bytes.chunks(chunk) {
        job.push(part)?;
    }
    job.finish()
}

/// Checks what must hold for any file; answers whether it was read.
fn check(path: &Path, bytes: &[u8], chunk: usize) -> bool {
    match import(bytes, chunk) {
        Ok(Imported { dataset, report }) => {
            let accounted = report.kept + report.repeated + report.refused.len() as u64;
            assert_eq!(report.rows_read, accounted, "{}: rows are lost", path.display());
            let told = (dataset.len() + dataset.record_count() + dataset.history.changes()) as u64;
            assert!(report.kept == 0 || told > 0, "{}: {} rows kept, nothing there", path.display(), report.kept);
            assert_eq!(dataset.uneven_column(), None, "{}", path.display());
            true
        }
        Err(error) => {
            assert!(error.to_string().len() > 30, "{}: \"{error}\" says too little", path.display());
            false
        }
    }
}

/// Runs a check in its own thread, so that an endless loop fails the test and names its file.
fn in_time(path: &Path, work: impl FnOnce() -> bool + Send + 'static) -> bool {
    let (done, result) = channel();
    std::thread::spawn(move || done.send(work()));
    let answer = result.recv_timeout(TIME_FOR_ONE_FILE);
    answer
        .unwrap_or_else(|error| panic!("{} failed or took longer than {TIME_FOR_ONE_FILE:?}: {error}", path.display()))
}

#[test]
fn every_file_is_read_or_refused_in_words() {
    let Some(files) = robust_files() else { return };
    let mut read = 0;
    for path in &files {
        let bytes = std::fs::read(path).expect("readable");
        let own = path.clone();
        read += usize::from(in_time(path, move || {
            // Single bytes only where that does not take minutes without optimisation.
            let chunks: &[usize] = if bytes.len() < 2_000 { &[1, 61, 65_537] } else { &[997, 65_537] };
            let results: Vec<bool> = chunks.iter().map(|chunk| check(&own, &bytes, *chunk)).collect();
            assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "{}: chunks decide", own.display());
            results[0]
        }));
    }
    println!("{} files tried, {read} of them read as Jira exports, the others refused in words", files.len());
}

/// The same bytes behind a Jira header reach the row reader instead of being refused at the door.
#[test]
fn every_file_behind_a_jira_header_is_accounted_for() {
    let Some(files) = robust_files() else { return };
    let mut read = 0;
    for path in &files {
        let mut bytes = b"Issue key,Issue id,Issue Type,Status,Sprint,Created,Custom field (Story Points)\n".to_vec();
        bytes.extend(std::fs::read(path).expect("readable"));
        let own = path.clone();
        read += usize::from(in_time(path, move || check(&own, &bytes, 4093)));
    }
    println!("{} files tried behind a header, {read} of them read", files.len());
    assert!(read > files.len() / 2);
}
