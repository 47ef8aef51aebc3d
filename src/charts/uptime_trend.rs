//! Availability per period of the services that were up least.

use super::{Frame, Mark, Panel};
use crate::metrics::uptime::trend;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "uptime-trend",
    title: "Availability over time",
    about: &trend::ABOUT,
    main: Mark::Line,
    frame: Frame::CloseUp,
};
