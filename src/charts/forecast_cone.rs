//! Done, scope and the course to come.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::MetricResult;
use crate::metrics::forecast::cone;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "forecast-cone", title: "Burnup with forecast", about: &cone::ABOUT, main: Mark::Line, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
