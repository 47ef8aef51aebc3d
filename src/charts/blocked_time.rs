//! Days blocked by reason.

use super::{Frame, Mark, Panel};
use crate::metrics::blocked_time;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "blocked-time",
    title: "Blocked time",
    about: &blocked_time::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
