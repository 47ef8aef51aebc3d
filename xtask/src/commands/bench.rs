//! `cargo xtask bench`: how fast the product is, beside what people would use instead.

use super::{Command, dist};
use crate::{
    bench::{self, Measured},
    dist::sizes,
    needs,
    project::{Project, run as run_program},
    site::Site,
    steps::step,
};
use anyhow::{Context as _, Result, ensure};
use clap::{Arg, ArgAction, ArgMatches, value_parser};
use serde_json::{Value, json};
use std::{fs, path::Path, thread};

/// Where the generated files and the results are, under the repository.
const FOLDER: &str = "target/bench";
/// The size that the marks of the browser speak of.
const BROWSER_ROWS: &str = "100000";

pub(super) const COMMAND: Command =
    Command {
        name: "bench",
        about: "Measures the product natively and, with --browser, beside Papa Parse + JavaScript in Chromium",
        options: |command| {
            command
                .arg(
                    Arg::new("rows")
                        .long("rows")
                        .default_value("10000,100000")
                        .help("Rows of the generated exports, with commas; 1000000 takes 1.5 GB of disk"),
                )
                .arg(
                    Arg::new("issues").long("issues").value_parser(value_parser!(u64)).default_value("100000").help(
                        "Issues of the generated JSON with changelog, 0.5 GB of disk for 100000; 0 leaves it out",
                    ),
                )
                .arg(Arg::new("browser").long("browser").action(ArgAction::SetTrue).help("Measure in Chromium, too"))
                .arg(Arg::new("quick").long("quick").action(ArgAction::SetTrue).help("Medians of 3 instead of 5"))
                .arg(Arg::new("no-build").long("no-build").action(ArgAction::SetTrue).help("Measure dist/ as it is"))
        },
        run,
    };

fn run(project: &Project, options: &ArgMatches) -> Result<()> {
    let folder = project.path(FOLDER);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let rows = options.get_one::<String>("rows").context("rows has a default")?;
    let repeat = if options.get_flag("quick") { "3" } else { "5" };
    let in_browser = options.get_flag("browser");
    if in_browser {
        ensure!(
            rows.split(',').any(|rows| rows == BROWSER_ROWS),
            "--browser measures the file of {BROWSER_ROWS} rows; add it to --rows"
        );
    }

    let native = step("native (a release build first)", || measure_natively(project, &folder, rows, repeat))?;
    let forecast = step("forecast in plain JavaScript", || measure_forecast_peer(project, &folder, rows, repeat))?;
    let json = match options.get_one::<u64>("issues") {
        None | Some(0) => None,
        Some(issues) => Some(step("JSON with changelog", || measure_json(project, &folder, *issues, repeat))?),
    };
    let browser = if in_browser {
        needs::provide(project, needs::TO_BUILD)?;
        needs::provide(project, needs::TO_TEST)?;
        if !options.get_flag("no-build") {
            dist::build(project)?;
        }
        Some(step("in Chromium", || measure_in_browser(project, &folder, rows, repeat))?)
    } else {
        None
    };
    let first_load_bytes =
        sizes::first_load(&project.dist()).ok().map(|load| load.published).filter(|&bytes| bytes > 0);
    let measured = Measured { native, forecast, json, browser, first_load_bytes };
    bench::print(&measured);
    let result = folder.join("result.json");
    let json = json!({
        "marks": bench::to_json(&measured), "native": measured.native, "forecast": measured.forecast, "json": measured.json, "browser": measured.browser,
    });
    fs::write(&result, serde_json::to_vec_pretty(&json)?)
        .with_context(|| format!("cannot write {}", result.display()))?;
    println!("\nall numbers: {}", result.display());
    println!("Only ratios within one run mean anything, and only on a machine that does nothing else.");
    Ok(())
}

fn measure_natively(project: &Project, folder: &Path, rows: &str, repeat: &str) -> Result<Value> {
    let json = folder.join("native.json");
    let mut command = project.command("cargo");
    command.args(["bench", "--locked", "--bench", "native", "--", "--rows", rows, "--repeat", repeat]);
    command.arg("--files").arg(folder).arg("--json").arg(&json);
    run_program(&mut command)?;
    read(&json)
}

/// The same forecast in plain JavaScript, of the smallest file; it reads what the native part wrote.
fn measure_forecast_peer(project: &Project, folder: &Path, rows: &str, repeat: &str) -> Result<Value> {
    let json = folder.join("forecast-peer.json");
    let rows = forecast_rows(rows)?.to_string();
    let mut command = project.command("node");
    command.args(["xtask/bench/forecast_peer.mjs", "--rows", &rows, "--repeat", repeat]);
    command.arg("--native").arg(folder.join("native.json")).arg("--json").arg(&json);
    run_program(&mut command)?;
    let mut measured = read(&json)?;
    measured["rows"] = json!(forecast_rows(&rows)?);
    Ok(measured)
}

/// The smallest of the files: its history is the one that a team of this size has.
fn forecast_rows(rows: &str) -> Result<u64> {
    let numbers: Result<Vec<u64>, _> = rows.split(',').map(str::parse).collect();
    numbers.context("--rows takes whole numbers")?.into_iter().min().context("--rows names no file")
}

/// The importer and `JSON.parse`, each in a process of its own, with the same file.
fn measure_json(project: &Project, folder: &Path, issues: u64, repeat: &str) -> Result<Value> {
    let (ours, peers) = (folder.join("json.json"), folder.join("json-peer.json"));
    let mut command = project.command("cargo");
    command.args(["bench", "--locked", "--bench", "native", "--", "--issues", &issues.to_string(), "--repeat", repeat]);
    command.arg("--files").arg(folder).arg("--json").arg(&ours);
    run_program(&mut command)?;
    let mut command = project.command("node");
    command.args(["--max-old-space-size=12288", "xtask/bench/json_peer.mjs", "--repeat", repeat]);
    command.arg("--file").arg(folder.join(format!("jira-{issues}.json"))).arg("--json").arg(&peers);
    run_program(&mut command)?;
    let mut measured = read(&ours)?;
    let peer = read(&peers)?;
    ensure!(peer["issues"] == issues, "JSON.parse found {} issues, the file holds {issues}", peer["issues"]);
    ensure!(
        peer["changes"] == measured["changes"],
        "JSON.parse found {} changes, the importer {}",
        peer["changes"],
        measured["changes"]
    );
    measured["peer"] = peer;
    Ok(measured)
}

fn measure_in_browser(project: &Project, folder: &Path, rows: &str, repeat: &str) -> Result<Value> {
    let dist = project.dist();
    ensure!(dist.join("index.html").is_file(), "dist/index.html is missing; leave --no-build out");
    let chromium = needs::chromium(project)?.context("Chromium is missing")?;
    let site = Site::open(dist, "/a/b/", 0)?;
    let address = site.address();
    // It answers until this process ends.
    thread::spawn(move || site.serve());
    let json = folder.join("browser.json");
    let mut command = project.command("node");
    command.args(["xtask/bench/browser.mjs", "--address", &address, "--rows", BROWSER_ROWS, "--repeat", repeat]);
    command
        .args(["--forecast-rows", &forecast_rows(rows)?.to_string()])
        .arg("--native")
        .arg(folder.join("native.json"));
    command.arg("--files").arg(folder).arg("--json").arg(&json).env("CHROMIUM", chromium);
    run_program(&mut command)?;
    let mut measured = read(&json)?;
    measured["published"] = measure_published(project, folder, repeat)?;
    Ok(measured)
}

/// A site made of the same file by the command line, until its first chart.
fn measure_published(project: &Project, folder: &Path, repeat: &str) -> Result<Value> {
    run_program(project.command("cargo").args(["build", "--release", "--locked", "--bin", "throughline"]))?;
    let chromium = needs::chromium(project)?.context("Chromium is missing")?;
    let json = folder.join("published.json");
    let mut command = project.command("node");
    command.args(["xtask/bench/published.mjs", "--repeat", repeat]);
    command.arg("--program").arg(project.path("target/release/throughline"));
    command.arg("--file").arg(folder.join(format!("jira-{BROWSER_ROWS}.csv")));
    command.arg("--dist").arg(project.dist()).arg("--folder").arg(folder).arg("--json").arg(&json);
    run_program(command.env("CHROMIUM", chromium))?;
    read(&json)
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is no JSON", path.display()))
}
