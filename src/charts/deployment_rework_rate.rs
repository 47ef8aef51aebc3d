//! The share of deployments that were rework per period, and by service beside.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, delivery};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "deployment-rework-rate",
    title: "Deployment rework rate",
    about: &delivery::rework_rate::ABOUT,
    main: Mark::Line,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
