//! Bugs by release.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "bugs-by-release",
    title: "Bugs by release",
    about: &bugs::by_release::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
