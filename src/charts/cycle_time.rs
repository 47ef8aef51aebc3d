//! A dot per finished item: days from start to finish, with percentile levels.

use super::{Frame, Mark, Panel};
use crate::metrics::cycle_time;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "cycle-time",
    title: "Cycle time",
    about: &cycle_time::ABOUT,
    main: Mark::Dot,
    frame: Frame::DaysOfItems,
};
