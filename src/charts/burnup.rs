//! Scope and finished work over time.

use super::{Frame, Mark, Panel};
use crate::metrics::burnup;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "burnup", title: "Burnup", about: &burnup::ABOUT, main: Mark::Line, frame: Frame::Places };
