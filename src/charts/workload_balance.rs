//! How evenly the load lies on people.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, capacity};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "workload-balance",
    title: "Workload balance",
    about: &capacity::balance::ABOUT,
    main: Mark::Bar,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
