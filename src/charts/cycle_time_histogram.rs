//! Finished items by the days they took.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, cycle_time_histogram};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "cycle-time-histogram",
    title: "Cycle time histogram",
    about: &cycle_time_histogram::ABOUT,
    main: Mark::Bar,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
