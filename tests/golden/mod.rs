//! Small datasets worked out by hand, one file per metric.

mod burndown;
mod cycle_time;
mod data_quality;
mod forecast_backtest;
mod forecast_cone;
mod forecast_drivers;
mod forecast_how_many;
mod forecast_teams;
mod forecast_when;
mod lead_time;
mod throughput;
mod velocity;
