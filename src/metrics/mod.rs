//! From a [`PreparedDataset`] and a [`Query`] to a [`MetricResult`]. A metric is a pure function: it never fails, never reads
//! a clock and never draws.

mod age;
pub mod blocked_time;
pub mod bugs;
pub mod burndown;
pub mod burnup;
pub mod capacity;
pub mod code_measures;
pub mod cumulative_flow;
pub mod cycle_time;
pub mod cycle_time_histogram;
pub mod cycle_time_trend;
pub mod data_quality;
pub mod debt;
pub mod delivery;
mod duration;
pub mod flow_efficiency;
pub mod forecast;
mod groups;
pub mod lead_time;
mod marked;
pub mod net_flow;
mod outcome;
mod percentiles;
mod periods;
mod phase;
pub mod process_behaviour;
mod quality;
mod query;
mod query_edits;
mod query_text;
mod relative_day;
pub mod release_burndown;
mod result;
mod rules;
pub mod scope_change;
mod sprint_choice;
mod sprint_content;
mod sprint_course;
pub mod sprint_report;
mod sprint_story;
mod standing;
mod stats;
mod steps;
pub mod throughput;
pub mod time_in_status;
mod told;
pub mod uptime;
pub mod velocity;
mod verdicts;
mod words;
pub mod work_in_progress;
pub mod work_item_age;

pub use quality::{
    CheckWords, Finding, FixAction, Severity, Usability, VIEWS, Verdict, ViewMetrics, findings, verdict,
};

pub use forecast::{ForecastSettings, HistoryWindow, Risk, risk_of_fields};
pub use groups::{GroupNumber, GroupOf, GroupRow, Groups, LARGEST_GROUPS, group_items, groups};
pub use marked::{Marks, MarksRule};
pub use percentiles::Percentiles;
pub use query::{Filter, FilterField, Query, QueryError, SelectedRecords, Unit};
pub use relative_day::{DateUnit, PeriodEnd, RelativeDay};
pub use result::{Alternative, Counted, Exclusion, Figure, MetricResult, Note, Point, Role, Series, Status, X};
pub use rules::{DayRule, PeopleRule, PercentileRule, StartRule, WeekStart};
pub use steps::BySprint;
pub use verdicts::{
    Answers, Headline, Measure, Span, VERDICTS, VerdictAbout, VerdictLine, VerdictState, When, headlines, judge,
    rule_in_words, verdicts, verdicts_in_words,
};

use crate::model::{ItemSet, PreparedDataset};

/// The words of a metric: what it is called and what it means.
pub struct About {
    /// Stable name, kebab-case: `throughput`.
    pub id: &'static str,
    /// For people: "Throughput".
    pub title: &'static str,
    /// The definition shown beside the number, in plain words.
    pub definition: &'static str,
    /// How to read its chart, in plain words.
    pub how_to_read: &'static str,
    /// True when it answers for one iteration, named by `Query::iteration`.
    pub per_iteration: bool,
}

/// A number with its definition.
pub struct Metric {
    /// Its words.
    pub about: &'static About,
    /// What it does where sprints are asked for as periods.
    pub by_sprint: BySprint,
    /// Computes it over the selected items.
    pub compute: fn(&PreparedDataset, &ItemSet, &Query) -> MetricResult,
}

/// Order = order in reports. To add one: write the file, add its line, add its golden case in `tests/golden/`.
pub static METRICS: &[&Metric] = &[
    &burndown::METRIC,
    &sprint_report::METRIC,
    &scope_change::METRIC,
    &velocity::METRIC,
    &burnup::METRIC,
    &release_burndown::METRIC,
    &throughput::METRIC,
    &cycle_time::METRIC,
    &lead_time::METRIC,
    &cycle_time_histogram::METRIC,
    &cycle_time_trend::METRIC,
    &work_item_age::METRIC,
    &work_in_progress::METRIC,
    &cumulative_flow::METRIC,
    &net_flow::METRIC,
    &process_behaviour::METRIC,
    &time_in_status::METRIC,
    &flow_efficiency::METRIC,
    &blocked_time::METRIC,
    &forecast::when::METRIC,
    &forecast::how_many::METRIC,
    &forecast::cone::METRIC,
    &forecast::drivers::METRIC,
    &forecast::backtest::METRIC,
    &forecast::teams::METRIC,
    &data_quality::METRIC,
    &uptime::availability::METRIC,
    &uptime::trend::METRIC,
    &uptime::outages::METRIC,
    &uptime::error_budget::METRIC,
    &uptime::recovery::METRIC,
    &bugs::METRIC,
    &bugs::resolution_time::METRIC,
    &bugs::backlog_age::METRIC,
    &bugs::service_levels::METRIC,
    &bugs::share::METRIC,
    &bugs::by_component::METRIC,
    &bugs::by_release::METRIC,
    &debt::METRIC,
    &debt::flow::METRIC,
    &debt::share::METRIC,
    &code_measures::SHARES,
    &code_measures::EFFORT,
    &code_measures::COUNTS,
    &capacity::hours::METRIC,
    &capacity::utilisation::METRIC,
    &capacity::logged::METRIC,
    &capacity::balance::METRIC,
    &capacity::plan::METRIC,
    &delivery::frequency::METRIC,
    &delivery::success::METRIC,
    &delivery::lead_time::METRIC,
    &delivery::failure_rate::METRIC,
    &delivery::recovery_time::METRIC,
    &delivery::rework_rate::METRIC,
    &delivery::calendar::METRIC,
];

/// The metric of an id.
pub fn metric(id: &str) -> Option<&'static Metric> {
    METRICS.iter().copied().find(|metric| metric.about.id == id)
}
