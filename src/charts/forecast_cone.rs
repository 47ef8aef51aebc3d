//! Done, scope and the course to come.

use super::{Frame, Mark, Panel};
use crate::metrics::forecast::cone;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "forecast-cone",
    title: "Burnup with forecast",
    about: &cone::ABOUT,
    main: Mark::Line,
    frame: Frame::Days,
};
