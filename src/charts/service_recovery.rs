//! Mean and median length of outages by service.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::MetricResult;
use crate::metrics::uptime::recovery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "service-recovery", title: "Recovery of services", about: &recovery::ABOUT, main: Mark::Bar, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
