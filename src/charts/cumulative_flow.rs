//! Stacked bands by stage, finished work at the bottom, and the line of all that arrived.

use super::{Frame, Mark, Panel};
use crate::metrics::cumulative_flow;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "cumulative-flow",
    title: "Cumulative flow",
    about: &cumulative_flow::ABOUT,
    main: Mark::Area,
    frame: Frame::Places,
};
