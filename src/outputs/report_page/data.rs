//! Where the numbers come from, and how far they can be trusted.

use maud::{Markup, html};

use crate::engine::{QualityReport, SourceSummary, WorkspaceSummary};
use crate::metrics::VIEWS;
use crate::model::iso_from_day;
use crate::numbers;
use crate::outputs::told::day;

/// The last section of the report.
pub(super) fn section(workspace: &WorkspaceSummary, quality: &QualityReport) -> Markup {
    html! {
        section id="data" aria-labelledby="heading-data" {
            h2 id="heading-data" { "Data" }
            h3 { "Data quality: " (quality.verdict.words) }
            @if !quality.verdict.because.is_empty() {
                ul { @for reason in &quality.verdict.because { li { bdi { (reason) } } } }
            }
            @if quality.findings.is_empty() { p { "Nothing was found that would mislead." } }
            @else {
                ul class="findings" {
                    @for finding in &quality.findings {
                        li {
                            strong { (finding.title) } " (" (finding.level.id()) ", "
                            (numbers::count(finding.count as u64)) " " (finding.counted) "): "
                            bdi { (finding.message) } " " bdi { (finding.fix) }
                            @let views: Vec<&str> = VIEWS.iter().filter(|view| finding.views.iter().any(|id| id == view.id)).map(|view| view.title).collect();
                            @if !views.is_empty() { " Affects " (views.join(", ")) "." }
                        }
                    }
                }
            }
            h3 { "Files" }
            div class="wide" tabindex="0" role="group" aria-label="Files" {
                table class="words" {
                    thead { tr { th scope="col" { "File" } th scope="col" { "Format" } th scope="col" { "Data to" } th scope="col" { "Rows read" } th scope="col" { "Kept" } th scope="col" { "Refused" } th scope="col" { "Warnings" } } }
                    tbody { @for source in &workspace.sources { (file(source)) } }
                }
            }
            @if !workspace.annotations.is_empty() {
                h3 { "Notes" }
                ol { @for note in &workspace.annotations { li { (iso_from_day(note.day)) ": " bdi { (note.text) } } } }
            }
        }
    }
}

fn file(source: &SourceSummary) -> Markup {
    let report = &source.report;
    html! {
        tr {
            th scope="row" { bdi { (report.file) } }
            td { (report.format_title) }
            td { (day(source.day)) }
            td { (numbers::count(report.rows_read)) }
            td { (numbers::count(report.kept)) }
            td { (numbers::count(report.refused.len() as u64)) }
            td { (numbers::count(report.warning_total())) }
        }
    }
}
