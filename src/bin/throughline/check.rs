//! `throughline check`: what was read from the files, and what in the data would mislead.

use clap::Args;
use throughline::engine::{QualityReport, SourceSummary, WorkspaceSummary};
use throughline::messages::warning_sentence;
use throughline::metrics::{Finding, Query, VIEWS};

use super::Usage;
use super::output::print;
use super::question::query_of;
use super::session::{Input, Session};

/// The words of the call.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    input: Input,
    /// Write JSON instead of text
    #[arg(long)]
    json: bool,
    /// The day after which dates lie in the future; without it, the data's last moment
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// Reads the files and tells what is in them.
pub(crate) fn run(Check { input, json, as_of }: &Check) -> Result<u8, Usage> {
    let today = query_of(as_of.as_deref(), &[])?.as_of;
    let mut session = Session::start(input, "Check")?;
    let code = session.import_all(&input.files);
    let summary = session.engine.summary().unwrap_or_default();
    if *json {
        print(&session.engine.check_json(today).map_err(|error| Usage(error.to_string()))?);
    } else {
        summary.sources.iter().for_each(|source| print(&report_text(source)));
        print(&summary_text(&summary));
        let quality = session.engine.quality(&Query::default(), today).map_err(|error| Usage(error.to_string()))?;
        print(&quality_text(&quality));
    }
    Ok(code)
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
