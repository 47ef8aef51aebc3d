//! Forecasts: days of the past drawn again and again, seeded, in whole numbers.

pub mod backtest;
mod basis;
pub mod cone;
pub mod drivers;
pub mod how_many;
mod past;
mod planned;
mod settings;
pub mod teams;
pub mod when;

pub(super) use past::last_whole_day;
pub use settings::{ForecastSettings, HistoryWindow, KEYS, MOST_TRIALS, risk_of_fields};
pub use throughline_simulation::Risk;
