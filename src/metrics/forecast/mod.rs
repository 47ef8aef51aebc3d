//! Forecasts: days of the past drawn again and again, seeded, in whole numbers.

mod past;
mod settings;
mod simulation;

pub use settings::{ForecastSettings, HistoryWindow, KEYS, MOST_TRIALS, Risk};
