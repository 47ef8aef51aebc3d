//! Arrivals minus departures per period, with both, and their running sum.

use super::{Frame, Mark, Panel};
use crate::metrics::net_flow;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "net-flow", title: "Net flow", about: &net_flow::ABOUT, main: Mark::Bar, frame: Frame::Places };
