//! Small datasets worked out by hand, one file per metric.

mod burndown;
mod cycle_time;
mod data_quality;
mod lead_time;
mod throughput;
mod velocity;
