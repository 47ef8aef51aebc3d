//! Open technical debt by age.

use super::{Frame, Mark, Panel};
use crate::metrics::debt;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "technical-debt",
    title: "Open technical debt",
    about: &debt::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
