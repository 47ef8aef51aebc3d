//! Mean and median length of outages by service.

use super::{Frame, Mark, Panel};
use crate::metrics::uptime::recovery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "service-recovery",
    title: "Recovery of services",
    about: &recovery::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
