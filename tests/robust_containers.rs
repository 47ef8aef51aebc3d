//! Hostile and odd archives and workbooks of other projects' test suites: each is taken apart or refused in words, in time
//! and within the limits.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

use throughline::containers::{ContainerError, Limits, Unpacked, kind_of, unpack};

/// Workbooks of a million cells are among them, and a test is built without optimisation.
const TIME_FOR_ONE_FILE: Duration = Duration::from_mins(2);
/// Less than the product allows, so that a file which asks for much is noticed.
const LIMITS: Limits = Limits { packed_bytes: 1 << 30, unpacked_bytes: 256 << 20, entries: 10_000, ratio: 200 };

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

/// Every container of the suites, whatever its name.
fn robust_containers() -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/robust");
    if !root.is_dir() {
        eprintln!("skipped: ../shared is absent, so no hostile container was tried");
        return None;
    }
    let mut files = Vec::new();
    files_below(&root, &mut files);
    files.retain(|path| {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        ["xlsx", "xlsm", "xlsb", "xlam", "ods", "zip", "gz"].contains(&ending.as_str())
    });
    files.sort();
    assert!(files.len() > 50, "only {} containers in {}", files.len(), root.display());
    Some(files)
}

fn try_unpack(path: &Path) -> Result<Unpacked, ContainerError> {
    let bytes = std::fs::read(path).expect("readable");
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let (done, result) = channel();
    std::thread::spawn(move || done.send(unpack(&name, &bytes, LIMITS, &mut |_| {})));
    result
        .recv_timeout(TIME_FOR_ONE_FILE)
        .unwrap_or_else(|error| panic!("{} failed or took longer than {TIME_FOR_ONE_FILE:?}: {error}", path.display()))
}

#[test]
fn every_container_is_taken_apart_or_refused_in_words() {
    let Some(files) = robust_containers() else { return };
    let (mut opened, mut parts) = (0, 0);
    for path in &files {
        match try_unpack(path) {
            Ok(unpacked) => {
                opened += 1;
                parts += unpacked.parts.len();
                for part in &unpacked.parts {
                    assert!(kind_of(&part.bytes).is_none(), "{}: {} is still packed", path.display(), part.name);
                    assert!(!part.bytes.is_empty(), "{}: {} is empty", path.display(), part.name);
                }
                assert!(unpacked.left_out.iter().all(|left| left.why.len() > 10), "{}: no reason", path.display());
            }
            Err(error) => {
                assert!(error.to_string().len() > 30, "{}: \"{error}\" says too little", path.display());
                println!("{}: {error}", path.display());
            }
        }
    }
    println!(
        "{} containers tried, {opened} of them opened into {parts} files, the others refused in words",
        files.len()
    );
    assert!(opened > files.len() / 2);
}

/// The first sheet of a workbook, line by line.
fn first_sheet(path: &Path) -> Vec<String> {
    let unpacked = try_unpack(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let csv = String::from_utf8(unpacked.parts[0].bytes.clone()).expect("UTF-8");
    csv.split_terminator("\r\n").map(|line| line.trim_end_matches(',').to_owned()).collect()
}

/// Workbooks beside which their project keeps the CSV that must come out, and one workbook saved with either first day.
#[test]
fn known_workbooks_have_their_known_cells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/robust");
    if !root.is_dir() {
        eprintln!("skipped: ../shared is absent, so no known workbook was compared");
        return;
    }
    let examples = root.join("csvkit-examples/examples");
    let known = std::fs::read_to_string(examples.join("testxlsx_noinference_converted.csv")).expect("readable");
    // That program names the column without a name "h", and writes truth and midnight in its own way.
    let known: Vec<String> = known
        .replace(",empty_column,h\n", ",empty_column\n")
        .replace("True", "TRUE")
        .replace("False", "FALSE")
        .replace("41800000.01,1920-01-01,", "41800000.01,1920-01-01 00:00:00,")
        .lines()
        .map(|line| line.trim_end_matches(',').to_owned())
        .collect();
    assert_eq!(first_sheet(&examples.join("test.xlsx")), known);

    let calamine = root.join("calamine/tests");
    let from_1900 = first_sheet(&calamine.join("date.xlsx"));
    assert!(from_1900.iter().any(|line| line.starts_with("2021-01-01")), "{from_1900:?}");
    assert_eq!(first_sheet(&calamine.join("date_1904.xlsx")), from_1900);
}
