//! The part of each sprint that went into technical debt, with its target.

use super::{Frame, Mark, Panel};
use crate::metrics::debt;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "technical-debt-share",
    title: "Share spent on technical debt",
    about: &debt::share::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
