//! A dot per item in progress: its age, by the status it is in, with the levels of finished items.

use super::{Frame, Mark, Panel};
use crate::metrics::work_item_age;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "work-item-age",
    title: "Aging work in progress",
    about: &work_item_age::ABOUT,
    main: Mark::Dot,
    frame: Frame::PlacesOfItems,
};
