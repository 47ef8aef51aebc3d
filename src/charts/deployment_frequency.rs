//! Production deployments per period, and by service beside.

use super::{Frame, Mark, Panel};
use crate::metrics::delivery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "deployment-frequency",
    title: "Deployment frequency",
    about: &delivery::frequency::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
