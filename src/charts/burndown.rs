//! Remaining work of a sprint day by day, with scope, guideline and what was added and taken out.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, burndown};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "burndown", title: "Burndown", about: &burndown::ABOUT, main: Mark::Line, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
