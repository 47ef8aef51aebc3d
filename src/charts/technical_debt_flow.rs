//! Open technical debt over time, with what came and went.

use super::{Frame, Mark, Panel};
use crate::metrics::debt;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "technical-debt-flow",
    title: "Technical debt in and out",
    about: &debt::flow::ABOUT,
    main: Mark::Line,
    frame: Frame::Places,
};
