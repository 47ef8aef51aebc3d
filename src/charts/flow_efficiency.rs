//! Time in progress by kind: active, waiting, blocked.

use super::{Frame, Mark, Panel};
use crate::metrics::flow_efficiency;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "flow-efficiency",
    title: "Flow efficiency",
    about: &flow_efficiency::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
