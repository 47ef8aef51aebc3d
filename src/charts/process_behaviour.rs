//! Throughput per period between its natural limits, with signals marked.

use super::{Frame, Mark, Panel};
use crate::metrics::process_behaviour;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "process-behaviour",
    title: "Process behaviour",
    about: &process_behaviour::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
