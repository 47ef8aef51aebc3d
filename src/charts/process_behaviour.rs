//! Throughput per period between its natural limits, with signals marked.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, process_behaviour};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "process-behaviour",
    title: "Process behaviour",
    about: &process_behaviour::ABOUT,
    main: Mark::Line,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
