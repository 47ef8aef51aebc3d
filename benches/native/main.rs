//! The native part of `cargo xtask bench`: how long importing, asking and storing take, each answer checked.
//!
//! A plain harness instead of criterion or divan: a run is one file from bytes to answers, of which only the median of a few
//! repetitions, its ratio to a peer and its growth with size mean anything, and every result must be compared with the truth
//! of the generator. Sampling statistics of nanosecond functions would not add to that.
//!
//! `native --rows 10000,100000 --files FOLDER --json FILE [--repeat 5] [--prepare]`
#![allow(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod check;
mod files;
mod measure;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

type Failure = Box<dyn std::error::Error>;

/// What the command line asks for.
struct Options {
    rows: Vec<u64>,
    /// Where the generated files are; they are kept between runs.
    files: PathBuf,
    json: Option<PathBuf>,
    repeat: usize,
    /// Only write the files.
    prepare: bool,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options =
            Self { rows: vec![10_000, 100_000], files: "target/bench".into(), json: None, repeat: 5, prepare: false };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--rows" => options.rows = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
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
    if let Some(json) = options.json {
        let results: Vec<serde_json::Value> = results.iter().map(run::Measured::to_json).collect();
        std::fs::write(json, serde_json::to_vec_pretty(&results)?)?;
    }
    Ok(())
}
