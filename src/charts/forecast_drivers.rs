//! The days that each change moves the date.

use super::{Frame, Mark, Panel};
use crate::metrics::forecast::drivers;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "forecast-drivers",
    title: "What would move the date",
    about: &drivers::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
