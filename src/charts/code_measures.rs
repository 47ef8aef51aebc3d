//! Code measures in percent over time.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, code_measures};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "code-measures",
    title: "Code measures in percent",
    about: &code_measures::ABOUT_SHARES,
    main: Mark::Line,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
