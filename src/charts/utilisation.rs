//! Load against capacity, by team or person.

use super::{Frame, Mark, Panel};
use crate::metrics::capacity;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "utilisation",
    title: "Utilisation",
    about: &capacity::utilisation::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
