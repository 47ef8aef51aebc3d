//! A dot per finished item: days from creation to finish, with percentile levels.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, lead_time};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "lead-time", title: "Lead time", about: &lead_time::ABOUT, main: Mark::Dot, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Mark), result, palette, &categories, PANEL.main)
}
