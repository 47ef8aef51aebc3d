//! What an analyser counts, over time.

use super::{Frame, Mark, Panel};
use crate::metrics::code_measures;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "code-counts",
    title: "Code measures in numbers",
    about: &code_measures::ABOUT_COUNTS,
    main: Mark::Line,
    frame: Frame::Days,
};
