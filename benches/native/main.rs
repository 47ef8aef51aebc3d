//! The native part of `cargo xtask bench`: how long importing, asking and storing take, each answer checked.
//!
//! A plain harness instead of criterion or divan: a run is one file from bytes to answers, of which only the median of a few
//! repetitions, its ratio to a peer and its growth with size mean anything, and every result must be compared with the truth
//! of the generator. Sampling statistics of nanosecond functions would not add to that.
//!
//! `native --rows 10000,100000 --files FOLDER --json FILE [--repeat 5] [--prepare]`
//! `native --issues 100000 --files FOLDER --json FILE [--repeat 5]` measures Jira's JSON instead, in a process of its own: its
//! memory is compared with the size of the file.
#![allow(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod check;
mod files;
mod json;
mod measure;
mod records;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

/// What the command line asks for.
struct Options {
    rows: Vec<u64>,
    /// Issues of the JSON file; `None` measures the tables.
    issues: Option<u64>,
    /// Where the generated files are; they are kept between runs.
    files: PathBuf,
    json: Option<PathBuf>,
    repeat: usize,
    /// Only write the files.
    prepare: bool,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self {
            rows: vec![10_000, 100_000],
            issues: None,
            files: "target/bench".into(),
            json: None,
            repeat: 5,
            prepare: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--rows" => options.rows = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
                "--issues" => options.issues = Some(value()?.parse()?),
                "--files" => options.files = value()?.into(),
                "--json" => options.json = Some(value()?.into()),
                "--repeat" => options.repeat = value()?.parse()?,
                "--prepare" => options.prepare = true,
                // What `cargo bench` adds.
                "--bench" => {}
                _ => return Err(format!("{word} is not known").into()),
            }
        }
        options.rows.sort_unstable();
        Ok(options)
    }
}

fn main() -> ExitCode {
    match bench() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench() -> Result<(), Failure> {
    let options = Options::read(std::env::args().skip(1))?;
    std::fs::create_dir_all(&options.files)?;
    if let Some(issues) = options.issues {
        let (path, truth) = files::provide_json(&options.files, issues)?;
        let result = json::measure(&path, &truth, options.repeat)?;
        return write_json(options.json.as_deref(), &result);
    }
    let mut results = Vec::new();
    for &rows in &options.rows {
        let (path, truth) = files::provide(&options.files, rows)?;
        if !options.prepare {
            results.push(run::measure(&path, &truth, options.repeat)?);
        }
    }
    if options.prepare {
        return Ok(());
    }
    run::print(&results);
    let results: Vec<serde_json::Value> = results.iter().map(run::Measured::to_json).collect();
    write_json(options.json.as_deref(), &results.into())
}

fn write_json(to: Option<&Path>, result: &serde_json::Value) -> Result<(), Failure> {
    if let Some(to) = to {
        std::fs::write(to, serde_json::to_vec_pretty(result)?)?;
    }
    Ok(())
}
