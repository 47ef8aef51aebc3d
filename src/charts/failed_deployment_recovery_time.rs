//! A dot per incident: hours from the deployment that caused it to its end, and by service beside.

use super::{Frame, Mark, Panel};
use crate::metrics::delivery;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "failed-deployment-recovery-time",
    title: "Failed deployment recovery time",
    about: &delivery::recovery_time::ABOUT,
    main: Mark::Dot,
    frame: Frame::DaysOfItems,
};
