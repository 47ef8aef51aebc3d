//! Bugs within and beyond their target, by priority.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "bug-service-levels",
    title: "Service levels of bugs",
    about: &bugs::service_levels::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
