//! What is left of an error budget, day by day, beside an even use.

use super::{Frame, Mark, Panel};
use crate::metrics::uptime::error_budget;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "error-budget",
    title: "Error budget",
    about: &error_budget::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
