//! Median days in each status, in the order of the workflow.

use super::{Frame, Mark, Panel};
use crate::metrics::time_in_status;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "time-in-status",
    title: "Time in status",
    about: &time_in_status::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
