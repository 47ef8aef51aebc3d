//! The command line: the engine of the page, natively, for scheduled jobs and for comparing results.
// Native only. Cargo builds every binary beside a test, also for wasm32, where this one is empty.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use throughline::containers::{Limits, Unpacked, kind_of, unpack};
use throughline::engine::{AddTerms, Engine, QualityReport, Request, Response, SourceSummary, WorkspaceSummary};
use throughline::importers::{IMPORTERS, ImportJob, ImportSettings, Imported};
use throughline::messages::{UserMessage, warning_sentence};
use throughline::metrics::{Finding, Query, VIEWS};
use throughline::model::{Calendar, Decisions, encode_dataset};

/// Every file was imported; warnings are allowed.
const DONE: u8 = 0;
/// A file was refused.
const REFUSED: u8 = 2;
/// The call's words are wrong.
const USAGE: u8 = 64;
/// Bytes that tell a container.
const HEAD: u64 = 8;
/// Bytes read at a time.
const CHUNK: usize = 1 << 20;

#[derive(Parser)]
#[command(version, about = "Delivery metrics from tracker exports")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Every metric of the files, as JSON on standard output
    Report {
        #[command(flatten)]
        input: Input,
        /// Write JSON (the only form of this version)
        #[arg(long, required = true)]
        json: bool,
        /// The day whose end counts as now; without it, the data's last moment
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// A setting of the address grammar: g=day, unit=points, from=2024-01-01, iteration=NAME, f.team=Core
        #[arg(long = "set", value_name = "KEY=VALUE")]
        settings: Vec<String>,
        /// What was decided about bugs, debt, people and targets: a JSON file with the names that a workspace stores them under
        #[arg(long = "decide", value_name = "FILE")]
        decisions: Option<PathBuf>,
        /// At most this many item keys in each list
        #[arg(long, value_name = "N")]
        items: Option<usize>,
    },
    /// What was read from the files, and what in the data would mislead
    Check {
        #[command(flatten)]
        input: Input,
        /// Write JSON instead of text
        #[arg(long)]
        json: bool,
        /// The day after which dates lie in the future; without it, the data's last moment
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
}

#[derive(Args)]
struct Input {
    /// Exports of any kind that the page accepts, also in archives (.zip, .gz) and workbooks (.xlsx)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The time zone of dates that name none, and of the calendar
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    tz: String,
    /// What the files are, when their content does not say it: the id of an importer, such as jira-csv
    #[arg(long, value_name = "ID")]
    format: Option<String>,
}

/// Wrong words in a call, with the next step.
struct Usage(String);

fn main() -> ExitCode {
    let command = match CommandLine::try_parse() {
        Ok(line) => line.command,
        Err(error) => {
            // Asking for help or the version is no mistake.
            let code = if error.use_stderr() { USAGE } else { DONE };
            return if error.print().is_ok() { code.into() } else { USAGE.into() };
        }
    };
    let outcome = match command {
        Command::Report { input, json: _, as_of, settings, decisions, items } => {
            query_of(as_of.as_deref(), &settings).and_then(|query| report(&input, &query, decisions.as_deref(), items))
        }
        Command::Check { input, json, as_of } => check(&input, json, as_of.as_deref()),
    };
    match outcome {
        Ok(code) => code.into(),
        Err(Usage(message)) => {
            complain(&message);
            USAGE.into()
        }
    }
}

fn report(input: &Input, query: &Query, decisions: Option<&Path>, items: Option<usize>) -> Result<u8, Usage> {
    let mut session = Session::start(input)?;
    if let Some(path) = decisions {
        let wrong = |why: String| Usage(format!("--decide {}: {why}", path.display()));
        let decided = decisions_of(path).map_err(wrong)?;
        session.engine.decide_all(decided).map_err(|error| wrong(error.to_string()))?;
    }
    let code = session.import_all(&input.files);
    let text = session.engine.report_json(query, items).map_err(|error| Usage(error.to_string()))?;
    print(&text);
    Ok(code)
}

fn check(input: &Input, json: bool, as_of: Option<&str>) -> Result<u8, Usage> {
    let today = query_of(as_of, &[])?.as_of;
    let mut session = Session::start(input)?;
    let code = session.import_all(&input.files);
    let summary = session.engine.summary().unwrap_or_default();
    if json {
        print(&session.engine.check_json(today).map_err(|error| Usage(error.to_string()))?);
    } else {
        summary.sources.iter().for_each(|source| print(&report_text(source)));
        print(&summary_text(&summary));
        let quality = session.engine.quality(&Query::default(), today).map_err(|error| Usage(error.to_string()))?;
        print(&quality_text(&quality));
    }
    Ok(code)
}

fn query_of(as_of: Option<&str>, settings: &[String]) -> Result<Query, Usage> {
    let mut query = Query::default();
    let pairs = settings.iter().map(|setting| setting.split_once('=').ok_or(setting));
    for pair in pairs.chain(as_of.map(|day| Ok(("asof", day)))) {
        let (key, value) =
            pair.map_err(|setting| Usage(format!("--set {setting}: write KEY=VALUE, for example g=day.")))?;
        query.set(key, value).map_err(|error| Usage(format!("--set {key}={value}: {error}.")))?;
    }
    Ok(query)
}

/// The decisions of a file; a name that is none is a mistake here, as nobody would see that it does nothing.
fn decisions_of(path: &Path) -> Result<Decisions, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{error}."))?;
    let told: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).map_err(|error| format!("{error}."))?;
    let known: BTreeMap<String, serde_json::Value> = serde_json::to_value(Decisions::default())
        .and_then(serde_json::from_value)
        .map_err(|error| error.to_string())?;
    if let Some(name) = told.keys().find(|name| !known.contains_key(*name)) {
        let names: Vec<&str> = known.keys().map(String::as_str).collect();
        return Err(format!("\"{name}\" is no decision. These are: {}.", names.join(", ")));
    }
    serde_json::from_str(&text).map_err(|error| format!("{error}."))
}

/// An engine with an empty workspace, and how its files are read.
struct Session {
    engine: Engine,
    settings: ImportSettings,
    /// Files in the workspace.
    layers: usize,
}

impl Session {
    fn start(Input { tz: zone, format, .. }: &Input) -> Result<Self, Usage> {
        let unknown =
            || Usage(format!("--tz {zone}: no such time zone. Use an IANA name such as UTC or Europe/Berlin."));
        let calendar = Calendar::new(zone).ok_or_else(unknown)?;
        if let Some(id) = format.as_ref().filter(|id| IMPORTERS.iter().all(|importer| importer.id != id.as_str())) {
            let known: Vec<&str> = IMPORTERS.iter().map(|importer| importer.id).collect();
            return Err(Usage(format!("--format {id}: no such format. These can be read: {}.", known.join(", "))));
        }
        let mut engine = Engine::default();
        let workspace = Request::NewWorkspace {
            id: "command-line".into(),
            name: "Command line".into(),
            zone: zone.clone(),
            sample: false,
        };
        match engine.handle(workspace) {
            Response::Failed(error) => Err(Usage(error.to_string())),
            _ => Ok(Self {
                engine,
                layers: 0,
                settings: ImportSettings { format: format.clone(), ..ImportSettings::new(calendar) },
            }),
        }
    }

    /// Imports every file; one that is refused does not stop the others.
    fn import_all(&mut self, files: &[PathBuf]) -> u8 {
        let mut code = DONE;
        for file in files {
            for outcome in self.import(file) {
                if let Err(message) = outcome {
                    complain(&in_a_line(&message));
                    code = REFUSED;
                }
            }
        }
        code
    }

    /// Imports a file, or each file in it when it is an archive or a workbook.
    fn import(&mut self, path: &Path) -> Vec<Result<(), UserMessage>> {
        let shown = path.display().to_string();
        let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
        let unreadable = |error: io::Error| UserMessage::unreadable_file(&shown, &error.to_string());
        match container(path, &shown) {
            Err(message) => vec![Err(message)],
            Ok(None) => {
                let file = File::open(path).map_err(unreadable);
                vec![file.and_then(|file| self.import_one(&name, &shown, file))]
            }
            Ok(Some(bytes)) => match unpack(&name, &bytes, Limits::default(), &mut |_| {}) {
                Err(error) => vec![Err(UserMessage::refused_container(&shown, &error))],
                Ok(Unpacked { parts, left_out }) => {
                    for left in left_out {
                        complain(&format!("{} {}.", left.name, left.why));
                    }
                    parts.iter().map(|part| self.import_one(&part.name, &part.name, part.bytes.as_slice())).collect()
                }
            },
        }
    }

    fn import_one(&mut self, name: &str, shown: &str, content: impl Read) -> Result<(), UserMessage> {
        let imported = read_in_chunks(shown, content, ImportJob::new(name, self.settings.clone()))?;
        let request = Request::AddLayer {
            dataset: encode_dataset(&imported.dataset),
            report: Box::new(imported.report),
            terms: AddTerms::default(),
        };
        match self.engine.handle(request) {
            Response::Failed(error) => Err(UserMessage::engine(&error)),
            Response::Added { workspace, .. } if workspace.sources.len() == self.layers => {
                complain(&format!("{shown} brings nothing new: what it holds was imported before."));
                Ok(())
            }
            _ => {
                self.layers += 1;
                Ok(())
            }
        }
    }
}

/// The bytes of a file that holds files; `None` when it is an ordinary one, which is read in chunks.
fn container(path: &Path, shown: &str) -> Result<Option<Vec<u8>>, UserMessage> {
    let unreadable = |error: io::Error| UserMessage::unreadable_file(shown, &error.to_string());
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(HEAD).read_to_end(&mut bytes).map_err(unreadable)?;
    if kind_of(&bytes).is_none() {
        return Ok(None);
    }
    let size = file.metadata().map_err(unreadable)?.len();
    Limits::default().admit(size).map_err(|error| UserMessage::refused_container(shown, &error))?;
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(Some(bytes))
}

fn read_in_chunks(shown: &str, mut content: impl Read, mut job: ImportJob) -> Result<Imported, UserMessage> {
    let refused = |error| UserMessage::refused_file(shown, &error);
    let mut chunk = vec![0; CHUNK];
    let mut bytes = 0_u64;
    loop {
        let read = content.read(&mut chunk).map_err(|error| UserMessage::unreadable_file(shown, &error.to_string()))?;
        if read == 0 {
            break;
        }
        job.push(&chunk[..read]).map_err(refused)?;
        bytes += read as u64;
        progress(&format!("\r{shown}: {} MB, {} rows", bytes >> 20, job.rows()));
    }
    progress("\n");
    job.finish().map_err(refused)
}

fn report_text(source: &SourceSummary) -> String {
    let report = &source.report;
    let delimiter =
        if report.delimiter.is_empty() { String::new() } else { format!("{} separated, ", report.delimiter) };
    let mut lines = vec![
        format!("{}: {} ({})", report.file, report.format_title, report.evidence),
        format!(
            "  {} rows read = {} kept + {} repeated + {} refused; {}, {delimiter}zone {}",
            report.rows_read,
            report.kept,
            report.repeated,
            report.refused.len(),
            report.encoding,
            report.zone
        ),
        format!("  Holds {}", holdings(source.items, &source.records)),
    ];
    lines.extend(report.row_cap.iter().map(|sentence| format!("  {sentence}")));
    lines.extend(
        report.dates.iter().map(|date| format!("  {}: read as {} ({})", date.column, date.shape, date.because)),
    );
    lines.extend(report.decisions.iter().map(|decision| format!("  {decision}")));
    lines.extend(report.warnings.iter().map(|warning| format!("  {}", warning_sentence(warning))));
    let unlisted = report.warning_total().saturating_sub(report.warnings.len() as u64);
    if unlisted > 0 {
        lines.push(format!("  and {unlisted} more of the same kinds"));
    }
    lines.extend(report.refused.iter().map(|row| format!("  Line {}: refused. {}", row.line, row.reason)));
    lines.join("\n")
}

/// What there is, by kind: "work items: 3, deployments: 12".
fn holdings(items: u64, records: &[(String, u64)]) -> String {
    let items = (items > 0).then(|| format!("work items: {items}"));
    let records = records.iter().map(|(kind, count)| format!("{}: {count}", kind.replace('-', " ")));
    let kinds: Vec<String> = items.into_iter().chain(records).collect();
    if kinds.is_empty() { "neither work items nor records".to_owned() } else { kinds.join(", ") }
}

fn summary_text(summary: &WorkspaceSummary) -> String {
    let all = format!("In all: {}", holdings(summary.items, &summary.records));
    if summary.items == 0 {
        return all;
    }
    format!(
        "{all}; of the work items {} finished, {} points on {} of them, {} sprints",
        summary.finished,
        summary.points,
        summary.estimated,
        summary.iterations.len()
    )
}

fn quality_text(quality: &QualityReport) -> String {
    let QualityReport { verdict, findings } = quality;
    let titles = |finding: &Finding| {
        let titles: Vec<&str> =
            VIEWS.iter().filter(|view| finding.views.iter().any(|id| id == view.id)).map(|view| view.title).collect();
        if titles.is_empty() { String::new() } else { format!(" Affects {}.", titles.join(", ")) }
    };
    let mut lines = vec![format!("Data quality: {}", verdict.words)];
    lines.extend(verdict.because.iter().map(|sentence| format!("  {sentence}")));
    lines.extend(findings.iter().flat_map(|finding| {
        [format!("  {}: {}", finding.level.id(), finding.message), format!("    {}{}", finding.fix, titles(finding))]
    }));
    lines.join("\n")
}

fn print(text: &str) {
    // A reader that has gone away (`| head`) is no error of ours.
    let _gone = writeln!(io::stdout().lock(), "{text}");
}

fn in_a_line(message: &UserMessage) -> String {
    let UserMessage { what, why, next, .. } = message;
    format!("{what} {why} {next}").trim().to_owned()
}

fn complain(text: &str) {
    let _gone = writeln!(io::stderr().lock(), "throughline: {text}");
}

fn progress(text: &str) {
    let mut stderr = io::stderr().lock();
    if stderr.is_terminal() {
        let _gone = write!(stderr, "{text}").and_then(|()| stderr.flush());
    }
}
