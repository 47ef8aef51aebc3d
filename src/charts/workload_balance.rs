//! How evenly the load lies on people.

use super::{Frame, Mark, Panel};
use crate::metrics::capacity;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "workload-balance",
    title: "Workload balance",
    about: &capacity::balance::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
