//! Items in progress at the end of each day, with their mean.

use super::{Frame, Mark, Panel};
use crate::metrics::work_in_progress;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "work-in-progress",
    title: "Work in progress",
    about: &work_in_progress::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
