//! What became of the items of a sprint, group by group.

use super::{Frame, Mark, Panel};
use crate::metrics::sprint_report;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "sprint-report",
    title: "Sprint report",
    about: &sprint_report::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
