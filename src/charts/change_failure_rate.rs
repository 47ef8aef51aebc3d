//! The share of deployments that led to a failure per period, and by service beside.

use super::{Frame, Mark, Panel};
use crate::metrics::delivery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "change-failure-rate",
    title: "Change failure rate",
    about: &delivery::failure_rate::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
