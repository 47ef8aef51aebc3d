//! Small datasets worked out by hand, one file per metric.

mod burndown;
mod cycle_time;
mod data_quality;
mod forecast_how_many;
mod forecast_when;
mod lead_time;
mod throughput;
mod velocity;
