//! Hours of capacity per period, stacked by team or person.

use super::{Frame, Mark, Panel};
use crate::metrics::capacity;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "capacity", title: "Capacity", about: &capacity::hours::ABOUT, main: Mark::Bar, frame: Frame::Places };
