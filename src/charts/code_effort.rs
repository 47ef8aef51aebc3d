//! Hours that an analyser estimates, over time.

use super::{Frame, Mark, Panel};
use crate::metrics::code_measures;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "code-effort",
    title: "Effort to mend the code",
    about: &code_measures::ABOUT_EFFORT,
    main: Mark::Line,
    frame: Frame::Days,
};
