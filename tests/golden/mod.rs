//! Small datasets worked out by hand, one file per metric.

mod aging_wip;
mod blocked_time;
mod burndown;
mod cfd;
mod cycle_time;
mod cycle_time_histogram;
mod cycle_time_trend;
mod data_quality;
mod flow_efficiency;
mod forecast_backtest;
mod forecast_cone;
mod forecast_drivers;
mod forecast_how_many;
mod forecast_teams;
mod forecast_when;
mod lead_time;
mod net_flow;
mod process_behaviour;
mod throughput;
mod time_in_status;
mod velocity;
mod wip;
