//! A dot per finished item: days from start to finish, with percentile levels.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, cycle_time};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "cycle-time", title: "Cycle time", about: &cycle_time::ABOUT, main: Mark::Dot, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Mark), result, palette, &categories, PANEL.main)
}
