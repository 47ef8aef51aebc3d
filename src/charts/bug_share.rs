//! The part of the throughput that was bugs.

use super::{Frame, Mark, Panel};
use crate::metrics::bugs;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "bug-share",
    title: "Share of bugs in throughput",
    about: &bugs::share::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
