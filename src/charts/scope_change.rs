//! The way of a sprint's work from its start to its end, step by step.

use super::{Frame, Mark, Panel};
use crate::metrics::scope_change;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "scope-change",
    title: "Scope change",
    about: &scope_change::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
