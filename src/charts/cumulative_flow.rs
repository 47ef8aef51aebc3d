//! Stacked bands by stage, finished work at the bottom, and the line of all that arrived.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, cumulative_flow};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "cumulative-flow", title: "Cumulative flow", about: &cumulative_flow::ABOUT, main: Mark::Area, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
