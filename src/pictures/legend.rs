//! The names of the series, each beside the pattern that it is drawn with.

use maud::{Markup, html};

use super::ink::Ink;
use super::marks::{dashes, dot};
use super::numerals::Px;
use super::{Drawn, WIDTH, text};
use crate::charts::{Dash, Look, Mark, Panel};
use crate::metrics::MetricResult;

const SIZE: f64 = 12.0;
const LEFT: f64 = 12.0;
/// Height of a row.
const ROW: f64 = 20.0;
/// Width of a pattern, and the room to its name and to the next entry.
const SWATCH: f64 = 20.0;
const GAP: f64 = 6.0;
const BETWEEN: f64 = 18.0;
/// Longest name.
const NAME: f64 = 300.0;

/// The legend of a result.
pub(super) fn legend(panel: &Panel, result: &MetricResult) -> Drawn {
    let looks = Look::of_all(&result.series, panel.main);
    let (mut x, mut row) = (LEFT, 0.0);
    let mut entries = Vec::new();
    for (series, look) in result.series.iter().zip(looks) {
        let name = text::lines(&text::plain(&series.name), SIZE, NAME, 1).concat();
        let width = SWATCH + GAP + text::width(&name, SIZE);
        if x > LEFT && x + width > WIDTH - LEFT {
            (x, row) = (LEFT, row + 1.0);
        }
        let middle = row * ROW + ROW / 2.0;
        entries.push(html! {
            (swatch(look, x, middle))
            text class=(Ink::Text.class()) color=(Ink::Text.light()) fill="currentColor" x=(Px(x + SWATCH + GAP)) y=(Px(middle + 4.0)) { (name) }
        });
        x += width + BETWEEN;
    }
    let height = if entries.is_empty() { 0.0 } else { (row + 1.0) * ROW + 4.0 };
    Drawn { markup: html! { g { @for entry in &entries { (entry) } } }, height }
}

fn swatch(look: Look, x: f64, middle: f64) -> Markup {
    let ink = Ink::of(look.slot);
    html! {
        g class=(ink.class()) color=(ink.light()) {
            @match look.mark {
                Mark::Line => {
                    path d={ "M" (Px(x)) " " (Px(middle)) "H" (Px(x + SWATCH)) } stroke="currentColor" stroke-width="2.5" stroke-dasharray=[dashes(look.dash)] fill="none" {}
                }
                Mark::Area => {
                    rect x=(Px(x)) y=(Px(middle - 5.0)) width=(Px(SWATCH)) height="10" fill="currentColor" fill-opacity=".55" {}
                    path d={ "M" (Px(x)) " " (Px(middle - 5.0)) "H" (Px(x + SWATCH)) } stroke="currentColor" stroke-width="1.5" stroke-dasharray=[dashes(look.dash)] fill="none" {}
                }
                Mark::Bar if look.dash == Dash::Solid => {
                    rect x=(Px(x + 4.0)) y=(Px(middle - 6.0)) width="12" height="12" fill="currentColor" {}
                }
                Mark::Bar => {
                    rect x=(Px(x + 5.0)) y=(Px(middle - 5.0)) width="10" height="10" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray=[(look.dash == Dash::Dotted).then_some("2 2")] {}
                }
                Mark::Dot => { (dot(look.dash, x + SWATCH / 2.0, middle)) }
            }
        }
    }
}
