//! Availability per period of the services that were up least.

use charming::Chart;

use super::parts::{Categories, Hover, close_up, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::MetricResult;
use crate::metrics::uptime::trend;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "uptime-trend", title: "Availability over time", about: &trend::ABOUT, main: Mark::Line, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(close_up(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
