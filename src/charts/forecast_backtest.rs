//! Promised against kept dates.

use super::{Frame, Mark, Panel};
use crate::metrics::forecast::backtest;

/// The panel; the module says what it draws.
pub(super) static PANEL: Panel = Panel {
    id: "forecast-backtest",
    title: "Track record of the forecast",
    about: &backtest::ABOUT,
    main: Mark::Bar,
    frame: Frame::Places,
};
