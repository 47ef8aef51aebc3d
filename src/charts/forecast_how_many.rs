//! The chance of at least so much by a day.

use super::{Frame, Mark, Panel};
use crate::metrics::forecast::how_many;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "forecast-how-many",
    title: "How much is done by a day",
    about: &how_many::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
