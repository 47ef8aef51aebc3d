//! Open bugs by age, in parts by priority.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "bug-backlog-age",
    title: "Age of open bugs",
    about: &bugs::backlog_age::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
