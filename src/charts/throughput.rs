//! Finished work per period, with its levels.

use super::{Frame, Mark, Panel};
use crate::metrics::throughput;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "throughput", title: "Throughput", about: &throughput::ABOUT, main: Mark::Bar, frame: Frame::Places };
