//! Logged hours per period, against capacity.

use super::{Frame, Mark, Panel};
use crate::metrics::capacity;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "logged-time",
    title: "Logged time",
    about: &capacity::logged::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
