//! What is left of an error budget, day by day, beside an even use.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::MetricResult;
use crate::metrics::uptime::error_budget;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "error-budget", title: "Error budget", about: &error_budget::ABOUT, main: Mark::Line, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
