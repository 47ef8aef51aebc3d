//! Median cycle time per period.

use super::{Frame, Mark, Panel};
use crate::metrics::cycle_time_trend;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "cycle-time-trend",
    title: "Cycle time trend",
    about: &cycle_time_trend::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
