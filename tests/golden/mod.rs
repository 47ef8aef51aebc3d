//! Small datasets worked out by hand, one file per metric.

mod blocked_time;
mod burndown;
mod burnup;
mod cumulative_flow;
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
mod release_burndown;
mod scope_change;
mod sprint_history;
mod sprint_report;
mod throughput;
mod time_in_status;
mod velocity;
mod work_in_progress;
mod work_item_age;

mod change_failure_rate;
mod change_lead_time;
mod deployment_calendar;
mod deployment_frequency;
mod deployment_rework_rate;
mod deployment_success;
mod failed_deployment_recovery_time;
