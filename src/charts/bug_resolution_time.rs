//! How long bugs took, by priority.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "bug-resolution-time",
    title: "Resolution time of bugs",
    about: &bugs::resolution_time::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
