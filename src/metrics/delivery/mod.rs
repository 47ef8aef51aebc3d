//! Delivery: how often, how fast and how safely changes reach production (the DORA metrics). All of them look at the production
//! deployments of the question, and say which environments and services those are.

mod bands;
pub mod calendar;
pub mod failure_rate;
pub mod frequency;
pub mod lead_time;
mod lead_time_parts;
mod rates;
pub mod recovery_time;
pub mod rework_rate;
mod scope;
pub mod success;

pub use bands::BAND_YEARS;
