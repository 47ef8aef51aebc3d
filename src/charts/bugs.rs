//! Open bugs over time, with those that came and went.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "bugs", title: "Bugs", about: &bugs::ABOUT, main: Mark::Line, frame: Frame::Places };
