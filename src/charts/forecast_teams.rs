//! The dates of teams side by side.

use super::{Frame, Mark, Panel};
use crate::metrics::forecast::teams;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "forecast-teams",
    title: "When all teams are done",
    about: &teams::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
