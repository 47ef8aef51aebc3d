//! `cargo xtask fuzz`: every importer and every other reader of foreign bytes against a fuzzer, one after the other.
//!
//! The targets are the programs of `fuzz/Cargo.toml`. The target `importer` runs once for each importer, which an environment
//! variable names. Inputs that led somewhere new are kept in `target/fuzz`, so that the next run goes on from there.

use super::Command;
use crate::{
    needs,
    project::{Project, line, output, run as run_program},
    steps::step,
};
use anyhow::{Context as _, Result, bail};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What the fuzzer keeps, under the repository's target folder.
const FOLDER: &str = "fuzz";
/// Fixtures, by importer and case.
const EXPORTS: &str = "tests/exports";
/// First inputs of targets that read no exports, by target.
const SEEDS: &str = "fuzz/seeds";
/// The target that runs once for each importer.
const IMPORTER: &str = "importer";
/// The importer for tables whose columns the user names: it has no fixtures of its own.
const MAPPED: &str = "mapped-table";
/// Longer fixtures would only slow the fuzzer down.
const LONGEST_SEED: u64 = 64 << 10;
const LIMITS: [&str; 4] = ["-rss_limit_mb=1024", "-malloc_limit_mb=256", "-timeout=5", "-max_len=65536"];

pub(super) const COMMAND: Command = Command {
    name: "fuzz",
    about: "Fuzzes every importer and every other reader of foreign bytes, one minute each",
    options: |command| {
        command
            .arg(
                Arg::new("seconds")
                    .long("seconds")
                    .value_parser(value_parser!(u32).range(1..))
                    .default_value("60")
                    .help("Seconds for each"),
            )
            .arg(
                Arg::new("only")
                    .long("only")
                    .action(ArgAction::Append)
                    .value_name("ID")
                    .help("This importer or target only; may be given several times"),
            )
            .arg(Arg::new("list").long("list").action(ArgAction::SetTrue).help("Only name what would be fuzzed"))
    },
    run,
};

/// One thing to fuzz.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Subject {
    /// The importer, or the target.
    id: String,
    target: String,
    /// Folders whose files are the first inputs.
    seeds: Vec<PathBuf>,
}

fn run(project: &Project, options: &ArgMatches) -> Result<()> {
    let mut subjects = subjects(project)?;
    if let Some(only) = options.get_many::<String>("only") {
        let only: Vec<&String> = only.collect();
        if let Some(unknown) = only.iter().find(|id| subjects.iter().all(|subject| subject.id != ***id)) {
            bail!("nothing to fuzz is called {unknown}; `cargo xtask fuzz --list` names everything");
        }
        subjects.retain(|subject| only.contains(&&subject.id));
    }
    if options.get_flag("list") {
        for subject in &subjects {
            println!("{}", subject.id);
        }
        return Ok(());
    }
    let seconds = *options.get_one::<u32>("seconds").context("seconds has a default")?;
    needs::provide(project, needs::TO_FUZZ)?;
    let build = project.target().join(FOLDER).join("build");
    step("build the fuzz targets", || {
        // `-s none`: the address sanitiser needs an unstable compiler, and there is no unsafe code for it to watch.
        run_program(project.command("cargo").args(["fuzz", "build", "-s", "none", "--target-dir"]).arg(&build))
    })?;
    let programs = build.join(host(project)?).join("release");
    println!("\n{} subjects, {seconds} s each", subjects.len());
    let mut found = Vec::new();
    for subject in &subjects {
        found.extend(fuzz(project, subject, &programs, seconds)?);
    }
    summarise(project, &found)
}

/// Every importer with its fixtures, and every other target with those of all.
fn subjects(project: &Project) -> Result<Vec<Subject>> {
    let importers = folders(&project.path(EXPORTS))?;
    let all: Vec<PathBuf> = importers.iter().map(|(_, folder)| folder.clone()).collect();
    let importer = |id: &str, seeds| Subject { id: id.to_owned(), target: IMPORTER.to_owned(), seeds };
    let mut subjects: Vec<Subject> = importers.iter().map(|(id, folder)| importer(id, vec![folder.clone()])).collect();
    subjects.push(importer(
        MAPPED,
        all.iter().filter(|folder| folder.to_string_lossy().contains("csv")).cloned().collect(),
    ));
    let manifest: toml::Table =
        project.read("fuzz/Cargo.toml")?.parse().context("fuzz/Cargo.toml is not valid TOML")?;
    let programs = manifest.get("bin").and_then(toml::Value::as_array).context("fuzz/Cargo.toml names no target")?;
    for target in programs.iter().filter_map(|program| program.get("name")?.as_str()).filter(|name| *name != IMPORTER) {
        // What the other targets read is not made of exports.
        let seeds = if target == "detection" { all.clone() } else { Vec::new() };
        subjects.push(Subject { id: target.to_owned(), target: target.to_owned(), seeds });
    }
    Ok(subjects)
}

/// The folders in a folder, by name.
fn folders(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut folders: Vec<(String, PathBuf)> = entries
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
        .collect();
    folders.sort();
    Ok(folders)
}

/// The name of this machine's kind, under which cargo-fuzz puts what it builds.
fn host(project: &Project) -> Result<String> {
    let version = output(project.command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

/// Fuzzes one subject; answers the inputs that broke a law.
fn fuzz(project: &Project, subject: &Subject, programs: &Path, seconds: u32) -> Result<Vec<PathBuf>> {
    let folder = project.target().join(FOLDER).join(&subject.id);
    let (corpus, crashes) = (folder.join("corpus"), folder.join("crashes"));
    for folder in [&corpus, &crashes] {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    for seeds in &subject.seeds {
        seed_exports(seeds, &corpus)?;
    }
    let own = project.path(SEEDS).join(&subject.id);
    if own.is_dir() {
        for file in files(&own)? {
            copy(&file, &corpus.join(file.file_name().context("a file has a name")?))?;
        }
    }
    let before = files(&crashes)?;
    let mut command = project.command(programs.join(&subject.target));
    command.env("THROUGHLINE_FUZZ_FORMAT", &subject.id).arg(&corpus).args(LIMITS);
    command.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", crashes.display()));
    let log = folder.join("log.txt");
    // Hundreds of lines for each subject: kept in a file, and told in one line.
    let output = fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    command.stdout(output.try_clone()?).stderr(output);
    let status = command.status().with_context(|| format!("cannot start {}", line(&command)))?;
    let mut new = files(&crashes)?;
    new.retain(|file| !before.contains(file));
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let runs = said.lines().rev().find_map(|line| line.strip_prefix("Done ").map(str::to_owned));
    println!("{:<24} {}", subject.id, runs.unwrap_or_else(|| format!("STOPPED ({status}), see {}", log.display())));
    if !status.success() && new.is_empty() {
        bail!("{} ended with {status} and left no input behind; see {}", subject.id, log.display());
    }
    Ok(new)
}

/// Copies the fixtures of an importer into a corpus, under names that tell where they are from.
fn seed_exports(from: &Path, corpus: &Path) -> Result<()> {
    let importer = from.file_name().context("a folder has a name")?.to_string_lossy();
    for (case, folder) in folders(from)? {
        for file in files(&folder)? {
            if file.metadata()?.len() <= LONGEST_SEED {
                copy(&file, &corpus.join(format!("{importer}-{case}")))?;
            }
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(|_bytes| ()).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}

fn summarise(project: &Project, found: &[PathBuf]) -> Result<()> {
    if found.is_empty() {
        println!("\nNothing was found.");
        return Ok(());
    }
    println!("\nInputs that broke a law:");
    for file in found {
        println!("  {}", file.display());
    }
    println!(
        "\nMake each a fixture: copy what a file of an importer needs to show it into {}/<importer>/<case>/input.<ext>, or add a",
        project.path(EXPORTS).display()
    );
    println!("test beside the code that panicked; mend the code, then run `cargo xtask fuzz --only ID` again.");
    bail!("{} inputs broke a law", found.len())
}
