//! Work left over several sprints or periods, with what was added, removed, estimated anew and completed.

use super::{Frame, Mark, Panel};
use crate::metrics::release_burndown;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "release-burndown",
    title: "Release burndown",
    about: &release_burndown::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
