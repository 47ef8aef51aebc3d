//! Availability of each service beside its target.

use super::{Frame, Mark, Panel};
use crate::metrics::uptime::availability;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "uptime", title: "Availability", about: &availability::ABOUT, main: Mark::Dot, frame: Frame::CloseUp };
