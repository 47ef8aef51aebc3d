//! Uptime of services: availability, outages, error budget and recovery, from incidents or from samples of uptime.

pub mod availability;
pub mod error_budget;
mod gathering;
mod intervals;
pub mod outages;
pub mod recovery;
mod services;
mod told;
pub mod trend;
