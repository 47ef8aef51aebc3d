//! Minutes of downtime per day, stacked by service.

use super::{Frame, Mark, Panel};
use crate::metrics::uptime::outages;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "outages", title: "Outages", about: &outages::ABOUT, main: Mark::Bar, frame: Frame::Places };
