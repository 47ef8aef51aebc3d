//! The report as one HTML file: pictures, sentences, tables, definitions, what was left out, and how good the data is.
//!
//! It opens from a disk and from any host: no script, no request, and a content security policy of its own that allows
//! nothing but the one style sheet in it, named by its hash. Every text is put in by `maud`, which escapes it; the file is
//! well-formed XML too, which the tests use. It reads no clock: the same data and question give the same bytes in the page and
//! on the command line.

mod cards;
mod chapters;
mod data;
mod overview;
mod sheet;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::OutputFile;
use super::told::{data_line, overview_of, settings_in_words, workspace_of};
use crate::engine::{Engine, EngineError, WorkspaceSummary};
use crate::metrics::Query;
use crate::numbers;
use crate::pictures::holds;
pub(super) use chapters::views;
use chapters::{Choice, OVERVIEW};
pub use chapters::{ReportView, read_report_views};

const GENERATOR: &str = concat!("Throughline ", env!("CARGO_PKG_VERSION"));

/// The report of what can be computed, in all views or in those that are named.
pub(super) fn make(
    engine: &mut Engine,
    query: &Query,
    views: Option<&[String]>,
) -> Result<Vec<OutputFile>, EngineError> {
    let page = page(engine, query, &Choice::of(views)?)?.into_string();
    // Characters that XML cannot hold come from texts alone, and mean nothing to a reader.
    let page: String = page.chars().filter(|&character| holds(character)).collect();
    Ok(vec![OutputFile { name: "report.html".into(), mime: "text/html".into(), bytes: page.into_bytes() }])
}

fn page(engine: &mut Engine, query: &Query, choice: &Choice) -> Result<Markup, EngineError> {
    let workspace = workspace_of(engine)?;
    let overview = choice.has_overview().then(|| overview_of(engine, query)).transpose()?;
    let quality = engine.quality(query, None)?;
    let (chapters, unknown) = choice.chapters(engine, query)?;
    let style = sheet::style();
    let notes: Vec<(usize, i32)> =
        workspace.annotations.iter().enumerate().map(|(position, note)| (position + 1, note.day)).collect();
    let links: Vec<(&str, &str)> = overview
        .iter()
        .map(|_| OVERVIEW)
        .chain(chapters.iter().map(|chapter| (chapter.id, chapter.title)))
        .chain((!unknown.is_empty()).then_some(("not-computed", "Not computed")))
        .chain(std::iter::once(("data", "Data")))
        .collect();
    Ok(html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (PreEscaped("<meta charset=\"utf-8\"/>"))
                (PreEscaped(format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\"/>", sheet::policy())))
                (PreEscaped("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><meta name=\"referrer\" content=\"no-referrer\"/><meta name=\"color-scheme\" content=\"light dark\"/>"))
                (PreEscaped(format!("<meta name=\"generator\" content=\"{GENERATOR}\"/>")))
                title { (workspace.name) " – Throughline" }
                style { (PreEscaped(style)) }
            }
            body {
                (top(&workspace, query, &links))
                main {
                    @if let Some(overview) = &overview { (overview::section(overview)) }
                    @for chapter in &chapters {
                        section id=(chapter.id) aria-labelledby={ "heading-" (chapter.id) } {
                            h2 id={ "heading-" (chapter.id) } { (chapter.title) }
                            @for (panel, result) in &chapter.cards { (cards::card(panel, result, &notes)) }
                        }
                    }
                    @if !unknown.is_empty() { (cards::not_computed(&unknown)) }
                    (data::section(&workspace, &quality))
                }
                footer { p { "Made by " (GENERATOR) " from the files named above. Nothing in this file loads or sends anything." } }
            }
        }
    })
}

/// Title, what it is of, and the way to its parts.
fn top(workspace: &WorkspaceSummary, query: &Query, links: &[(&str, &str)]) -> Markup {
    let settings = settings_in_words(query);
    html! {
        header {
            h1 { bdi { (workspace.name) } @if workspace.sample { " " span class="badge" { "Sample data" } } }
            p {
                (data_line(workspace, query)) ". "
                @if workspace.items > 0 {
                    (numbers::counted(workspace.items, "work item", "work items")) ", "
                    (numbers::count(workspace.finished)) " finished."
                }
            }
            p {
                @if settings.is_empty() { "Everything is shown: no filter is set." }
                @else { "Shown: " bdi { (settings.join(", ")) } "." }
            }
            nav aria-label="Parts of the report" {
                ul { @for (id, title) in links { li { a href={ "#" (id) } { (title) } } } }
            }
        }
    }
}
