//! Hostile and odd files of other projects' test suites, each in a process of its own kind: the command line with little
//! memory, a small stack and little time. A file is imported or refused in words; it never ends the process.
//!
//! Every file goes to detection. Beside it every importer is made to read a share of the files, as if the user had chosen it:
//! all importers together see every file a few times. `THROUGHLINE_EVERY_IMPORTER=1` makes every importer read every file.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise and says what it did"
)]
// `ulimit` limits the memory of a process on Linux; what is read does not depend on the system.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use throughline::containers::kind_of;
use throughline::importers::IMPORTERS;

/// Kilobytes of address space; the largest file of the suites has 3 MB.
const MEMORY: u64 = 1 << 20;
/// Kilobytes, as the workers of the browser have (.cargo/config.toml).
const STACK: u64 = 4096;
/// For all files of one process; the command line is built without optimisation.
const TIME: Duration = Duration::from_mins(2);
const FILES_OF_A_PROCESS: usize = 100;
/// How many importers read each file, beside detection.
const IMPORTERS_A_FILE: usize = 2;
/// What the command line answers when a file was refused.
const REFUSED: i32 = 2;

/// Files read by one process.
#[derive(Debug, Clone)]
struct Batch {
    /// The importer that is made to read them; `None` leaves it to detection.
    format: Option<&'static str>,
    files: Vec<PathBuf>,
}

/// How a process ended, and what it said.
struct Ended {
    /// `None` when it was stopped because its time was up.
    status: Option<ExitStatus>,
    imports: Value,
    complaints: String,
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
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
        eprintln!("SKIPPED: ../shared/data/robust is absent, so no hostile file was tried");
        return None;
    }
    let mut files = Vec::new();
    files_below(&root, &mut files);
    assert!(files.len() > 5000, "only {} files in {}", files.len(), root.display());
    files.sort();
    Some(files)
}

/// True for archives and workbooks: what is in them is read, and taking them apart is the same for every importer.
fn is_packed(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(8).read_to_end(&mut head)).expect("readable");
    kind_of(&head).is_some()
}

/// Every file for detection, and for each importer its share of those that are not packed.
fn batches(files: &[PathBuf], importers_a_file: usize) -> Vec<Batch> {
    let mut batches: Vec<Batch> =
        files.chunks(FILES_OF_A_PROCESS).map(|files| Batch { format: None, files: files.to_vec() }).collect();
    let plain: Vec<&PathBuf> = files.iter().filter(|path| !is_packed(path)).collect();
    for (place, importer) in IMPORTERS.iter().enumerate() {
        // The importers of a file are far apart in the list, so that neighbours see different files.
        let is_its_own = |number: usize| {
            (0..importers_a_file)
                .any(|turn| (number + turn * IMPORTERS.len() / importers_a_file) % IMPORTERS.len() == place)
        };
        let own = plain.iter().enumerate().filter(|(number, _)| is_its_own(*number)).map(|(_, file)| (*file).clone());
        let own: Vec<PathBuf> = own.collect();
        let batch = |files: &[PathBuf]| Batch { format: Some(importer.id), files: files.to_vec() };
        batches.extend(own.chunks(FILES_OF_A_PROCESS).map(batch));
    }
    // The workers take from the end: the slowest files go first.
    batches.reverse();
    batches
}

/// Runs the command line over the files of a batch, within its limits.
fn run(batch: &Batch, scratch: &Path) -> Ended {
    let (answers, complaints) = (scratch.with_extension("json"), scratch.with_extension("txt"));
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -v {MEMORY} && ulimit -s {STACK} && exec \"$@\""));
    command.args(["sh", env!("CARGO_BIN_EXE_throughline"), "check", "--json"]);
    command.args(batch.format.iter().flat_map(|format| ["--format", format])).arg("--").args(&batch.files);
    // Files, since a pipe that nobody empties would stop the process.
    command.stdout(File::create(&answers).expect("writable")).stderr(File::create(&complaints).expect("writable"));
    let mut process = command.spawn().expect("sh");
    let pause = Duration::from_millis(20);
    let mut left = TIME;
    let status = loop {
        match process.try_wait().expect("a process") {
            Some(status) => break Some(status),
            None if left.is_zero() => {
                process.kill().expect("a process of our own");
                process.wait().expect("a process");
                break None;
            }
            None => {
                thread::sleep(pause);
                left = left.saturating_sub(pause);
            }
        }
    };
    let answer: Value = serde_json::from_slice(&fs::read(&answers).expect("readable")).unwrap_or_default();
    let complaints = String::from_utf8_lossy(&fs::read(&complaints).expect("readable")).into_owned();
    Ended { status, imports: answer["imports"].clone(), complaints }
}

/// What is wrong with the end of a process; `None` when all is well.
fn fault(batch: &Batch, ended: &Ended) -> Option<String> {
    let Some(status) = ended.status else { return Some(format!("it took longer than {TIME:?}")) };
    if !matches!(status.code(), Some(0 | REFUSED)) || ended.complaints.contains("panicked") {
        let last: Vec<&str> = ended.complaints.lines().rev().take(3).collect();
        return Some(format!("it ended with {status}: {last:?}"));
    }
    let Some(imports) = ended.imports.as_array() else { return Some("it said nothing".to_owned()) };
    for report in imports {
        let number = |name: &str| report[name].as_u64().unwrap_or(0);
        let refused = report["refused"].as_array().map_or(0, Vec::len) as u64;
        if number("rows_read") != number("kept") + number("repeated") + refused {
            return Some(format!("rows of {} are lost", report["file"]));
        }
    }
    let named = |name: &str| imports.iter().any(|report| report["file"].as_str().is_some_and(|file| is_of(file, name)));
    batch.files.iter().find_map(|path| {
        let shown = path.display().to_string();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let told = ended.complaints.contains(&format!("throughline: {shown} ")) || named(&name);
        (!told && !ended.complaints.contains(&format!("{name}/"))).then(|| format!("nothing was said about {shown}"))
    })
}

/// True for the file itself and for a file in it.
fn is_of(file: &str, name: &str) -> bool {
    file == name || file.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
}

/// Halves a batch that failed until one file is left.
fn narrowed(batch: &Batch, fault_of_all: &str, scratch: &Path) -> String {
    let middle = batch.files.len() / 2;
    for half in [&batch.files[..middle], &batch.files[middle..]] {
        if half.is_empty() || half.len() == batch.files.len() {
            continue;
        }
        let half = Batch { format: batch.format, files: half.to_vec() };
        if let Some(fault) = fault(&half, &run(&half, scratch)) {
            return narrowed(&half, &fault, scratch);
        }
    }
    let importer = batch.format.unwrap_or("detection");
    match batch.files.as_slice() {
        [one] => format!("{}, {importer}: {fault_of_all}", one.display()),
        several => format!("{} files together, {importer}: {fault_of_all}: {several:?}", several.len()),
    }
}

#[test]
fn no_file_ends_the_process_that_reads_it() {
    let Some(files) = robust_files() else { return };
    let everything = std::env::var_os("THROUGHLINE_EVERY_IMPORTER").is_some();
    let batches = batches(&files, if everything { IMPORTERS.len() } else { IMPORTERS_A_FILE });
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("robust-processes");
    fs::create_dir_all(&folder).expect("writable");
    let processes = batches.len();
    let (waiting, faults, imported) = (Mutex::new(batches), Mutex::new(Vec::new()), Mutex::new(0));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for worker in 0..workers {
            let scratch = folder.join(worker.to_string());
            let (waiting, faults, imported) = (&waiting, &faults, &imported);
            scope.spawn(move || {
                loop {
                    let next = waiting.lock().expect("no worker panics").pop();
                    let Some(batch) = next else { break };
                    let ended = run(&batch, &scratch);
                    let again = ended.complaints.matches(" brings nothing new").count();
                    *imported.lock().expect("no worker panics") +=
                        ended.imports.as_array().map_or(again, |new| new.len() + again);
                    if let Some(fault) = fault(&batch, &ended) {
                        let named = narrowed(&batch, &fault, &scratch);
                        eprintln!("{named}");
                        faults.lock().expect("no worker panics").push(named);
                    }
                }
            });
        }
    });
    let (faults, imported) = (faults.into_inner().expect("all ended"), imported.into_inner().expect("all ended"));
    println!("{} files in {processes} processes: {imported} imports, the others refused in words", files.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(imported > 100, "only {imported} imports: the importers were not reached");
}

/// A test of the test: a process without memory is seen and its file named.
#[test]
fn a_process_that_ends_early_is_noticed() {
    let sample = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("robust-processes-sample.csv");
    fs::write(&sample, throughline::sample::sample_export()).expect("writable");
    let batch = Batch { format: None, files: vec![sample] };
    let silent = Ended { status: None, imports: Value::Null, complaints: String::new() };
    assert!(fault(&batch, &silent).is_some_and(|fault| fault.contains("took longer")));
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("robust-processes-sample");
    let ended = run(&batch, &scratch);
    assert_eq!(fault(&batch, &ended), None);
    let panicked = Ended { complaints: "thread 'main' panicked at src/x.rs".to_owned(), ..ended };
    assert!(fault(&batch, &panicked).is_some());
    let missing = Ended { imports: Value::Array(Vec::new()), complaints: String::new(), ..panicked };
    assert!(fault(&batch, &missing).is_some_and(|fault| fault.contains("nothing was said")));
    assert!(narrowed(&batch, "it broke", &scratch).contains("robust-processes-sample.csv, detection: it broke"));
}
