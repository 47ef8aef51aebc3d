//! How everything stands: verdicts, what to look at, what changed.

use maud::{Markup, html};

use crate::engine::Overview;
use crate::metrics::{VerdictLine, VerdictState};

/// The first section of the report.
pub(super) fn section(overview: &Overview) -> Markup {
    let lines: Vec<&VerdictLine> = overview
        .verdicts
        .iter()
        .filter(|line| !matches!(line.state, VerdictState::Off | VerdictState::Unknown))
        .collect();
    let unknown: Vec<&VerdictLine> =
        overview.verdicts.iter().filter(|line| line.state == VerdictState::Unknown).collect();
    html! {
        section id="overview" aria-labelledby="heading-overview" {
            h2 id="heading-overview" { "Overview" }
            dl class="figures" {
                @for headline in overview.headlines.iter().filter(|headline| !headline.text.is_empty()) {
                    div {
                        dt { (headline.area) }
                        dd class="value" { bdi { (headline.text) } }
                        dd { (headline.name) @if !headline.change.is_empty() { "; " (headline.change) } }
                        dd { bdi { (headline.takeaway) } }
                    }
                }
            }
            @if !lines.is_empty() {
                h3 { "Verdicts: " (overview.verdict_words) }
                div class="wide" tabindex="0" role="group" aria-label="Verdicts" {
                    table class="words" {
                        thead { tr { th scope="col" { "What" } th scope="col" { "Verdict" } th scope="col" { "Number" } th scope="col" { "Rule" } } }
                        tbody {
                            @for line in lines {
                                tr {
                                    th scope="row" { (line.title) }
                                    td { span class={ "state " (line.state.id()) } { (line.state.title()) } }
                                    td { (line.number) }
                                    td { (line.rule_words) }
                                }
                            }
                        }
                    }
                }
            }
            @if !unknown.is_empty() {
                details {
                    summary { "Not known" }
                    ul { @for line in unknown { li { (line.title) ": " bdi { (line.reason) } } } }
                }
            }
            @if !overview.worries.is_empty() {
                h3 { "What to look at first" }
                ol { @for worry in &overview.worries { li { strong { bdi { (worry.title) } } " " bdi { (worry.text) } } } }
            }
            @if !overview.changes.is_empty() {
                h3 { (overview.since) }
                ul { @for change in &overview.changes { li { bdi { (change.text) } } } }
            }
        }
    }
}
