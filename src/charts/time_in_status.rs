//! Median days in each status, in the order of the workflow.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, time_in_status};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "time-in-status", title: "Time in status", about: &time_in_status::ABOUT, main: Mark::Bar, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
