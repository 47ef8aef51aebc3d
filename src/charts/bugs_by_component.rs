//! Bugs by component.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "bugs-by-component",
    title: "Bugs by component",
    about: &bugs::by_component::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
