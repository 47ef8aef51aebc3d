//! A dot per item in progress: its age, by the status it is in, with the levels of finished items.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, work_item_age};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "work-item-age", title: "Aging work in progress", about: &work_item_age::ABOUT, main: Mark::Dot, draw };

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Mark), result, palette, &categories, PANEL.main)
}
