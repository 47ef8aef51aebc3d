//! The share of successful deployments per period, and by service beside.

use super::{Frame, Mark, Panel};
use crate::metrics::delivery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "deployment-success",
    title: "Deployment success rate",
    about: &delivery::success::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
