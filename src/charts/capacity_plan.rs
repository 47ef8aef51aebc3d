//! What past sprints completed, and what the hours of the next one suggest.

use super::{Frame, Mark, Panel};
use crate::metrics::capacity;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "capacity-plan",
    title: "Next sprint by capacity",
    about: &capacity::plan::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
