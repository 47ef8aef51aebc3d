//! A dot per finished item: days from creation to finish, with percentile levels.

use super::{Frame, Mark, Panel};
use crate::metrics::lead_time;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "lead-time", title: "Lead time", about: &lead_time::ABOUT, main: Mark::Dot, frame: Frame::DaysOfItems };
