//! Forecasts: days of the past drawn again and again, seeded, in whole numbers.

mod basis;
pub mod how_many;
mod past;
mod settings;
mod simulation;
pub mod when;

pub use settings::{ForecastSettings, HistoryWindow, KEYS, MOST_TRIALS, Risk};
