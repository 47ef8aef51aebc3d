//! The chance to be done by each day.

use super::{Frame, Mark, Panel};
use crate::metrics::forecast::when;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "forecast-when", title: "When it is done", about: &when::ABOUT, main: Mark::Line, frame: Frame::Days };
