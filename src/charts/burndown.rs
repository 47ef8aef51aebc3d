//! Remaining work of a sprint day by day, with scope, guideline and what was added and taken out.

use super::{Frame, Mark, Panel};
use crate::metrics::burndown;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel =
    Panel { id: "burndown", title: "Burndown", about: &burndown::ABOUT, main: Mark::Line, frame: Frame::Days };
