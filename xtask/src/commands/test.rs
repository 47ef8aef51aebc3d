//! `cargo xtask test`: everything that must hold before a change goes in.

use super::{Command, dist};
use crate::{
    needs,
    project::{Project, line, output, run as run_program},
    steps::{seconds, timed},
};
use anyhow::{Context as _, Result, bail, ensure};
use clap::{Arg, ArgAction, ArgMatches};
use std::{
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    process::Stdio,
    time::Duration,
};

pub(super) const COMMAND: Command = Command {
    name: "test",
    about: "Installs what the tests need, then runs all checks and tests",
    options: |command| {
        let names = CHECKS.iter().map(|check| check.name);
        command.arg(
            Arg::new("only")
                .long("only")
                .action(ArgAction::Append)
                .value_parser(clap::builder::PossibleValuesParser::new(names))
                .help("Run this check only; may be given several times"),
        )
    },
    run,
};

/// One line of the summary.
struct Check {
    name: &'static str,
    run: fn(&Project) -> Result<Tally>,
}

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

const CHECKS: &[Check] = &[
    Check { name: "format", run: |project| one(project, "cargo", &["fmt", "--all", "--check"]) },
    Check {
        name: "clippy-native",
        run: |project| {
            one(project, "cargo", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])
        },
    },
    Check {
        name: "clippy-wasm",
        run: |project| {
            let parts = ["--lib", "--bins", "--test", "browser", "--", "-D", "warnings"];
            one(project, "cargo", &[&["clippy", "--locked"], WASM.as_slice(), &parts].concat())
        },
    },
    Check { name: "licences", run: licences },
    Check { name: "advisories", run: advisories },
    Check { name: "native", run: |project| counted(project, "cargo", &["test", "--locked", "--workspace"], &[]) },
    Check { name: "oracle", run: oracle },
    Check { name: "javascript", run: javascript },
    Check { name: "wasm", run: wasm },
    Check {
        name: "dist",
        run: |project| {
            dist::build(project)?;
            Ok(Tally::ONE_PASSED)
        },
    },
    Check { name: "browser", run: browser },
];

/// What a check found. A check without tests of its own counts as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    /// Ignored by libtest or skipped by Playwright.
    skipped: u32,
    /// Why a check was not run.
    not_run: Option<String>,
}

impl Tally {
    const ONE_PASSED: Self = Self { passed: 1, failed: 0, skipped: 0, not_run: None };

    fn not_run(reason: &str) -> Self {
        Self { not_run: Some(reason.to_owned()), ..Self::default() }
    }

    fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

fn run(project: &Project, options: &ArgMatches) -> Result<()> {
    needs::provide(project, needs::TO_BUILD)?;
    needs::provide(project, needs::TO_TEST)?;
    let only = options.get_many::<String>("only").into_iter().flatten().collect::<Vec<_>>();
    let chosen = CHECKS.iter().filter(|check| only.is_empty() || only.iter().any(|name| *name == check.name));

    // All checks run even when one fails: one round then shows everything there is to mend.
    let results = chosen.map(|check| {
        println!("\n== {}", check.name);
        let (result, took) = timed(|| (check.run)(project));
        let tally = result.unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Tally { failed: 1, ..Tally::default() }
        });
        println!("== {}: {} in {}", check.name, words(&tally), seconds(took));
        (check.name, tally, took)
    });
    summarise(&results.collect::<Vec<_>>())
}

fn summarise(results: &[(&str, Tally, Duration)]) -> Result<()> {
    println!("\n{:<16} {:>9}  result", "check", "time");
    let mut total = Tally::default();
    for (name, tally, took) in results {
        println!("{name:<16} {:>9}  {}", seconds(*took), words(tally));
        total.add(tally);
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    ensure!(total.failed == 0, "not everything passed; the lines above say what");
    Ok(())
}

fn words(tally: &Tally) -> String {
    if let Some(reason) = &tally.not_run {
        return format!("NOT RUN: {reason}");
    }
    let skipped = if tally.skipped == 0 { String::new() } else { format!(", {} skipped", tally.skipped) };
    format!("{} passed, {} failed{skipped}", tally.passed, tally.failed)
}

/// A program that either passes or fails.
fn one(project: &Project, program: &str, arguments: &[&str]) -> Result<Tally> {
    run_program(project.command(program).args(arguments))?;
    Ok(Tally::ONE_PASSED)
}

/// A program that prints how many tests passed and failed. Its output is shown as it comes.
fn counted(project: &Project, program: &str, arguments: &[&str], environment: &[(&str, &OsStr)]) -> Result<Tally> {
    let mut command = project.command(program);
    command.args(arguments).envs(environment.iter().copied()).stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot start {}", line(&command)))?;
    let mut tally = Tally::default();
    for text in BufReader::new(child.stdout.take().context("the output of the tests is not there")?).lines() {
        let text = text?;
        println!("{text}");
        tally.add(&count(&text));
    }
    let status = child.wait()?;
    if !status.success() && tally.failed == 0 {
        bail!("{} failed ({status})", line(&command));
    }
    ensure!(tally.passed + tally.failed > 0, "{} ran no test", line(&command));
    Ok(tally)
}

/// Reads one line of libtest's, Node's or Playwright's closing words.
fn count(text: &str) -> Tally {
    let mut tally = Tally::default();
    let words = text
        .trim()
        .trim_start_matches(['ℹ', '#', ' '])
        .split([' ', ';', '.'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>();
    let mut book = |number: &str, what: &str| {
        let Ok(number) = number.parse::<u32>() else { return };
        match what {
            "passed" | "pass" => tally.passed += number,
            // A flaky test is one that failed.
            "failed" | "fail" | "flaky" => tally.failed += number,
            "ignored" | "skipped" => tally.skipped += number,
            _ => {}
        }
    };
    match words.as_slice() {
        ["test", "result:", _, rest @ ..] => {
            for pair in rest.chunks_exact(2) {
                if let [number, what] = pair {
                    book(number, what);
                }
            }
        }
        // Playwright: `12 passed (3.4s)`. Node: `pass 12`.
        [number, what] => {
            book(number, what);
            book(what, number);
        }
        [number, what, time, ..] if time.starts_with('(') => book(number, what),
        _ => {}
    }
    tally
}

/// Licences, sources and banned crates of everything in Cargo.lock (deny.toml).
fn licences(project: &Project) -> Result<Tally> {
    if !has_cargo_deny(project) {
        return Ok(Tally::not_run(NO_CARGO_DENY));
    }
    one(project, "cargo", &["deny", "check", "bans", "licenses", "sources"])
}

/// Known weaknesses of the crates. They need a database from the network, which not every machine reaches.
fn advisories(project: &Project) -> Result<Tally> {
    if !has_cargo_deny(project) {
        return Ok(Tally::not_run(NO_CARGO_DENY));
    }
    match output(project.command("cargo").args(["deny", "check", "advisories"])) {
        Ok(_) => Ok(Tally::ONE_PASSED),
        Err(error) if error.to_string().contains("failed to fetch advisory database") => Ok(Tally::not_run(
            "the database of advisories could not be fetched; run it where github.com can be reached",
        )),
        Err(error) => Err(error),
    }
}

const NO_CARGO_DENY: &str = "cargo-deny is not installed; `cargo install cargo-deny --locked` adds it";

fn has_cargo_deny(project: &Project) -> bool {
    output(project.command("cargo").args(["deny", "--version"])).is_ok()
}

/// The command line against an independent reading of the definitions, over made-up teams.
fn oracle(project: &Project) -> Result<Tally> {
    const TEAMS: &str = "500";
    run_program(project.command("cargo").args(["build", "--locked", "--bin", "throughline"]))?;
    let program = project.target().join("debug").join(format!("throughline{}", std::env::consts::EXE_SUFFIX));
    run_program(project.command("python3").arg("tests/oracle/agree.py").arg(program).args(["--teams", TEAMS]))?;
    Ok(Tally::ONE_PASSED)
}

fn javascript(project: &Project) -> Result<Tally> {
    const FOLDER: &str = "tests/javascript";
    let mut files = Vec::new();
    // Named one by one: what `node --test FOLDER` means differs between Node 20 and 22.
    for entry in fs::read_dir(project.path(FOLDER)).with_context(|| format!("cannot list {FOLDER}"))? {
        let name = entry?.file_name();
        files.extend(name.to_str().filter(|name| name.ends_with(".test.mjs")).map(|name| format!("{FOLDER}/{name}")));
    }
    files.sort();
    let arguments = ["--test", "--test-reporter=spec"].into_iter().chain(files.iter().map(String::as_str));
    counted(project, "node", &arguments.collect::<Vec<_>>(), &[])
}

fn wasm(project: &Project) -> Result<Tally> {
    let driver = needs::chromedriver(project)?.context("chromedriver is missing")?;
    let arguments = [&["test", "--locked"], WASM.as_slice(), &["--test", "browser"]].concat();
    counted(project, "cargo", &arguments, &[("CHROMEDRIVER", driver.as_os_str())])
}

fn browser(project: &Project) -> Result<Tally> {
    ensure!(project.dist().join("index.html").is_file(), "dist/index.html is missing; the check `dist` builds it");
    let chromium = needs::chromium(project)?.context("Chromium is missing")?;
    let port = free_port()?.to_string();
    let environment = [("CHROMIUM", chromium.as_os_str()), ("THROUGHLINE_PORT", OsStr::new(&port))];
    counted(
        project,
        "npx",
        &["--no-install", "playwright", "test", "--config", "tests/playwright.config.ts"],
        &environment,
    )
}

/// A port nobody listens on, so that two clones can test at the same time.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("no free port on this machine")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::{Tally, count};

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped, not_run: None }
    }

    #[test]
    fn closing_words_are_counted() {
        assert_eq!(
            count("test result: ok. 12 passed; 0 failed; 3 ignored; 0 measured; 0 filtered out; finished in 0.0s"),
            tally(12, 0, 3)
        );
        assert_eq!(
            count("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out"),
            tally(1, 2, 0)
        );
        assert_eq!(count("  12 passed (3.4s)"), tally(12, 0, 0));
        assert_eq!(count("  1 failed"), tally(0, 1, 0));
        assert_eq!(count("  1 flaky"), tally(0, 1, 0));
        assert_eq!(count("  2 skipped"), tally(0, 0, 2));
        assert_eq!(count("ℹ pass 5"), tally(5, 0, 0));
        assert_eq!(count("# fail 4"), tally(0, 4, 0));
    }

    #[test]
    fn other_lines_count_nothing() {
        for text in
            ["", "running 12 tests", "test a::b ... ok", "12 passed tests are nice to have", "ℹ duration_ms 81.2"]
        {
            assert_eq!(count(text), Tally::default(), "{text}");
        }
    }
}
