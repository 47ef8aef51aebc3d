//! From a [`MetricResult`] to a drawing. A chart computes no number.
//!
//! An option is plain JSON: no code, no markup. Text of users appears only as data (axis categories, never in a formatter),
//! and where ECharts takes a function the option names one of `public/chart_functions.js` as `"fn:NAME"`.

mod annotations;
mod blocked_time;
mod bug_backlog_age;
mod bug_resolution_time;
mod bug_service_levels;
mod bug_share;
mod bugs;
mod bugs_by_component;
mod bugs_by_release;
mod burndown;
mod burnup;
mod capacity;
mod capacity_plan;
mod categories;
mod code_counts;
mod code_effort;
mod code_measures;
mod cumulative_flow;
mod cycle_time;
mod cycle_time_histogram;
mod cycle_time_trend;
mod decals;
mod error_budget;
mod flow_efficiency;
mod forecast_backtest;
mod forecast_cone;
mod forecast_drivers;
mod forecast_how_many;
mod forecast_teams;
mod forecast_when;
mod lead_time;
mod logged_time;
mod look;
mod net_flow;
mod option;
mod outages;
mod palette;
mod parts;
mod place;
mod process_behaviour;
mod release_burndown;
mod releases;
mod scope_change;
mod service_recovery;
mod sprint_report;
mod technical_debt;
mod technical_debt_flow;
mod technical_debt_share;
mod throughput;
mod time_in_status;
mod uptime;
mod uptime_trend;
mod utilisation;
mod velocity;
mod work_in_progress;
mod work_item_age;
mod workload_balance;

mod change_failure_rate;
mod change_lead_time;
mod deployment_calendar;
mod deployment_frequency;
mod deployment_rework_rate;
mod deployment_success;
mod failed_deployment_recovery_time;

pub use annotations::{annotate, annotation_place, mark_releases};
pub use categories::{Categories, main_series};
pub use deployment_calendar::fullness;
pub use look::{Dash, Look, Mark, Slot};
pub use option::ChartOption;
pub use palette::Palette;
pub use parts::line_width;
pub use place::{Place, gathered_by, place_name, places};
pub use releases::{ReleaseMark, release_marks};

use crate::metrics::{About, MetricResult};

/// A drawing of one metric.
pub struct Panel {
    /// Stable name, kebab-case: `throughput`. It is the chart's id on the page.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it draws.
    pub about: &'static About,
    /// What its measured values are drawn as; the legend shows the same.
    pub main: Mark,
    /// How its marks are laid out.
    pub frame: Frame,
}

/// How the marks of a panel are laid out, and what hovering tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// The places that the result names, side by side; hovering tells all series at a place.
    Places,
    /// Every day between the first and the last, so that distances are true.
    Days,
    /// As `Places`, with marks that stand for items; hovering tells the one mark.
    PlacesOfItems,
    /// As `Days`, with marks that stand for items.
    DaysOfItems,
    /// As `Places`, with a height that need not begin at 0: for shares that differ in their decimals.
    CloseUp,
    /// A column for each week, a row for each day of the week.
    Calendar,
}

impl Panel {
    /// The chart's option for ECharts.
    pub fn draw(&self, result: &MetricResult, palette: &Palette) -> ChartOption {
        match self.frame {
            Frame::Calendar => deployment_calendar::draw(result, palette),
            _ => parts::draw(self, result, palette),
        }
    }
}

/// To add one: write the file, add its line here and in a view.
pub static PANELS: &[&Panel] = &[
    &burndown::PANEL,
    &sprint_report::PANEL,
    &scope_change::PANEL,
    &velocity::PANEL,
    &burnup::PANEL,
    &release_burndown::PANEL,
    &throughput::PANEL,
    &cycle_time::PANEL,
    &lead_time::PANEL,
    &cycle_time_histogram::PANEL,
    &cycle_time_trend::PANEL,
    &work_item_age::PANEL,
    &work_in_progress::PANEL,
    &cumulative_flow::PANEL,
    &net_flow::PANEL,
    &process_behaviour::PANEL,
    &time_in_status::PANEL,
    &flow_efficiency::PANEL,
    &blocked_time::PANEL,
    &forecast_when::PANEL,
    &forecast_how_many::PANEL,
    &forecast_cone::PANEL,
    &forecast_drivers::PANEL,
    &forecast_backtest::PANEL,
    &forecast_teams::PANEL,
    &uptime::PANEL,
    &uptime_trend::PANEL,
    &outages::PANEL,
    &error_budget::PANEL,
    &service_recovery::PANEL,
    &bugs::PANEL,
    &bug_resolution_time::PANEL,
    &bug_backlog_age::PANEL,
    &bug_service_levels::PANEL,
    &bug_share::PANEL,
    &bugs_by_component::PANEL,
    &bugs_by_release::PANEL,
    &technical_debt::PANEL,
    &technical_debt_flow::PANEL,
    &technical_debt_share::PANEL,
    &code_measures::PANEL,
    &code_effort::PANEL,
    &code_counts::PANEL,
    &capacity::PANEL,
    &utilisation::PANEL,
    &logged_time::PANEL,
    &workload_balance::PANEL,
    &capacity_plan::PANEL,
    &deployment_frequency::PANEL,
    &deployment_success::PANEL,
    &change_lead_time::PANEL,
    &change_failure_rate::PANEL,
    &failed_deployment_recovery_time::PANEL,
    &deployment_rework_rate::PANEL,
    &deployment_calendar::PANEL,
];

/// The panel of an id.
pub fn panel(id: &str) -> Option<&'static Panel> {
    PANELS.iter().copied().find(|panel| panel.id == id)
}
