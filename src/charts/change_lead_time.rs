//! A dot per change: days to production, with its parts and services beside.

use super::{Frame, Mark, Panel};
use crate::metrics::delivery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "change-lead-time",
    title: "Change lead time",
    about: &delivery::lead_time::ABOUT,
    main: Mark::Dot,
    frame: Frame::DaysOfItems,
};
