//! Code measures in percent over time.

use super::{Frame, Mark, Panel};
use crate::metrics::code_measures;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "code-measures",
    title: "Code measures in percent",
    about: &code_measures::ABOUT_SHARES,
    main: Mark::Line,
    frame: Frame::Days,
};
