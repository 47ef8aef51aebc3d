//! The share of deployments that were rework per period, and by service beside.

use super::{Frame, Mark, Panel};
use crate::metrics::delivery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "deployment-rework-rate",
    title: "Deployment rework rate",
    about: &delivery::rework_rate::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
