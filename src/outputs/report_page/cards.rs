//! A chart with its sentence, figures, definition, what was left out, and the table of its numbers.

use maud::{Markup, html};

use crate::charts::{Panel, place_name};
use crate::metrics::{MetricResult, Status};
use crate::numbers;
use crate::pictures::drawing;
use crate::tables::Table;

/// Rows of a table: more belong into a file of their own.
const ROWS: usize = 300;

/// The card of a computed result.
pub(super) fn card(panel: &Panel, result: &MetricResult, notes: &[(usize, i32)]) -> Markup {
    html! {
        article aria-labelledby={ "card-" (panel.id) } data-chart=(panel.id) {
            h3 id={ "card-" (panel.id) } { (panel.title) @if !result.subject.is_empty() { ": " bdi { (result.subject) } } }
            p class="summary" { (result.summary) }
            // A narrow screen moves the picture instead of making its text too small to read.
            div class="wide" tabindex="0" role="group" aria-label={ (panel.title) ": picture" } {
                (drawing(panel, result, notes))
            }
            (figures(result))
            @if !result.notes.is_empty() {
                ul class="notes" { @for note in &result.notes { li { bdi { (note.text) } } } }
            }
            details {
                summary { "How to read it, and how it was computed" }
                p { (panel.about.how_to_read) }
                p { (panel.about.definition) }
                @if !result.working.is_empty() { ol { @for step in &result.working { li { bdi { (step) } } } } }
                (left_out(result))
            }
            details {
                summary { "Numbers as a table" }
                (table(panel, result))
            }
        }
    }
}

fn figures(result: &MetricResult) -> Markup {
    html! {
        @if !result.figures.is_empty() {
            dl class="figures" {
                @for figure in &result.figures {
                    div {
                        dt { (figure.name) }
                        dd class="value" {
                            @match figure.value {
                                Some(value) => (numbers::with_unit(value, &figure.unit)),
                                None => "unknown",
                            }
                        }
                        @if !figure.how.is_empty() { dd { (figure.how) } }
                    }
                }
            }
        }
    }
}

fn left_out(result: &MetricResult) -> Markup {
    let (one, many) = result.counted.words();
    let number: u64 = result.excluded.iter().map(|exclusion| exclusion.items.len() as u64).sum();
    html! {
        p { (numbers::counted(result.considered, one, many)) " used, " (numbers::count(number)) " left out." }
        @if number > 0 {
            ul {
                @for exclusion in &result.excluded {
                    li { bdi { (exclusion.reason) } ": " (numbers::counted(exclusion.items.len() as u64, one, many)) }
                }
            }
        }
    }
}

fn table(panel: &Panel, result: &MetricResult) -> Markup {
    let table = Table::of(result);
    let number = |value: Option<f64>| value.map(numbers::number).unwrap_or_default();
    html! {
        div class="wide" tabindex="0" role="group" aria-label={ (panel.title) ": table" } {
            table {
                caption { (panel.title) ": the numbers of the chart" }
                thead { tr { th scope="col" { (table.x) } @for (name, unit) in &table.columns { th scope="col" { bdi { (name) } " (" (unit) ")" } } } }
                tbody {
                    @for (x, cells) in table.rows.iter().take(ROWS) {
                        tr {
                            th scope="row" { bdi { (place_name(x)) } }
                            @for cell in cells { td { (number(cell.as_ref().and_then(|place| place.y))) } }
                        }
                    }
                    @for (name, value, unit) in &table.levels {
                        tr {
                            th scope="row" { bdi { (name) } " (" (unit) ")" }
                            td colspan=(table.columns.len().max(1)) { (number(*value)) }
                        }
                    }
                }
            }
        }
        @if table.rows.len() > ROWS {
            p { "The first " (numbers::count(ROWS as u64)) " of " (numbers::count(table.rows.len() as u64)) " rows. The chart's CSV and the metrics JSON hold all of them." }
        }
    }
}

/// What could not be computed, and what would help.
pub(super) fn not_computed(unknown: &[(&'static str, MetricResult)]) -> Markup {
    html! {
        section id="not-computed" aria-labelledby="heading-not-computed" {
            h2 id="heading-not-computed" { "Not computed" }
            p { "These charts need data that the files do not hold." }
            dl class="unknown" {
                @for (title, result) in unknown {
                    @if let Status::NotComputable { reason, needs } = &result.status {
                        dt { (title) }
                        dd { bdi { (reason) } }
                        @if !needs.is_empty() { dd { "What would help: " bdi { (needs) } } }
                    }
                }
            }
        }
    }
}
