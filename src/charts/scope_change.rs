//! The way of a sprint's work from its start to its end, step by step.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, scope_change};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "scope-change", title: "Scope change", about: &scope_change::ABOUT, main: Mark::Bar, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
