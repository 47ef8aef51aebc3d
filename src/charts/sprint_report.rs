//! What became of the items of a sprint, group by group.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, sprint_report};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "sprint-report", title: "Sprint report", about: &sprint_report::ABOUT, main: Mark::Bar, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
