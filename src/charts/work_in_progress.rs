//! Items in progress at the end of each day, with their mean.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, work_in_progress};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "work-in-progress",
    title: "Work in progress",
    about: &work_in_progress::ABOUT,
    main: Mark::Line,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
