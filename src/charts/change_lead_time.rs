//! A dot per change: days to production, with its parts and services beside.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, delivery};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "change-lead-time",
    title: "Change lead time",
    about: &delivery::lead_time::ABOUT,
    main: Mark::Dot,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Mark), result, palette, &categories, PANEL.main)
}
