//! Finished items by the days they took.

use super::{Frame, Mark, Panel};
use crate::metrics::cycle_time_histogram;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "cycle-time-histogram",
    title: "Cycle time histogram",
    about: &cycle_time_histogram::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
