//! A dot per incident: hours from the deployment that caused it to its end, and by service beside.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, delivery};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "failed-deployment-recovery-time",
    title: "Failed deployment recovery time",
    about: &delivery::recovery_time::ABOUT,
    main: Mark::Dot,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::every_day(result);
    with_series(chart(result, palette, &categories, Hover::Mark), result, palette, &categories, PANEL.main)
}
