//! Work left over several sprints or periods, with what was added, removed, estimated anew and completed.

use charming::Chart;

use super::parts::{Categories, Hover, chart, with_series};
use super::{Mark, Palette, Panel};
use crate::metrics::{MetricResult, release_burndown};

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "release-burndown",
    title: "Release burndown",
    about: &release_burndown::ABOUT,
    main: Mark::Line,
    draw,
};

fn draw(result: &MetricResult, palette: &Palette) -> Chart {
    let categories = Categories::of(result);
    with_series(chart(result, palette, &categories, Hover::Axis), result, palette, &categories, PANEL.main)
}
