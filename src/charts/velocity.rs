//! Committed and completed per sprint, with the band of completed.

use super::{Frame, Mark, Panel};
use crate::metrics::velocity;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "velocity", title: "Velocity", about: &velocity::ABOUT, main: Mark::Bar, frame: Frame::Places };
