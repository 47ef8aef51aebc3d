//! How far the data can be used, in words: no percentage, since a share of checks says nothing about a view.

use serde::{Deserialize, Serialize};

use crate::metrics::capacity;
use crate::metrics::delivery;
use crate::metrics::uptime;
use crate::metrics::{Metric, Query, Status, burndown, cycle_time, forecast, lead_time, throughput, velocity};
use crate::metrics::{
    blocked_time, cumulative_flow, flow_efficiency, net_flow, time_in_status, work_in_progress, work_item_age,
};
use crate::metrics::{bugs, code_measures, debt};
use crate::metrics::{burnup, release_burndown, scope_change, sprint_report};
use crate::metrics::{cycle_time_histogram, cycle_time_trend, process_behaviour};
use crate::model::{ItemSet, ListField, PreparedDataset};

use super::{Finding, Severity, share};

/// A view and the metrics it shows.
pub struct ViewMetrics {
    /// The id in the address.
    pub id: &'static str,
    /// The title in the navigation.
    pub title: &'static str,
    /// The metrics on it.
    pub metrics: &'static [&'static Metric],
    /// The items that its metrics rest on.
    rests_on: RestsOn,
}

impl ViewMetrics {
    /// Ids of the metrics on it, in their order.
    pub fn metric_ids(&self) -> impl Iterator<Item = &'static str> {
        self.metrics.iter().map(|metric| metric.about.id)
    }
}

/// The items that metrics rest on.
enum RestsOn {
    /// Those that name a sprint.
    SprintItems,
    /// Those that are finished.
    FinishedItems,
    /// All of them.
    Everything,
    /// Records, or the few items that a rule marks: no finding about items spoils it, and a workspace without them is none the
    /// worse, so the view is not judged.
    NotJudged,
}

impl RestsOn {
    /// An item whose finish is spoilt would be one of the finished; no fault makes an item one of a sprint.
    fn holds(&self, data: &PreparedDataset, item: usize, is_spoilt: bool) -> bool {
        match self {
            Self::SprintItems => !data.dataset.list(ListField::Sprint).codes_of(item).is_empty(),
            Self::Everything => true,
            Self::NotJudged => false,
            Self::FinishedItems => is_spoilt || data.life.is_finished(item),
        }
    }
}

/// The views that show metrics, in the order of the navigation.
pub static VIEWS: &[ViewMetrics] = &[
    ViewMetrics {
        id: "sprint",
        title: "Sprint",
        metrics: &[&burndown::METRIC, &sprint_report::METRIC, &scope_change::METRIC],
        rests_on: RestsOn::SprintItems,
    },
    ViewMetrics { id: "velocity", title: "Velocity", metrics: &[&velocity::METRIC], rests_on: RestsOn::SprintItems },
    ViewMetrics {
        id: "burnup",
        title: "Burnup",
        metrics: &[&burnup::METRIC, &release_burndown::METRIC],
        rests_on: RestsOn::Everything,
    },
    ViewMetrics {
        id: "throughput",
        title: "Throughput",
        metrics: &[&throughput::METRIC],
        rests_on: RestsOn::FinishedItems,
    },
    ViewMetrics {
        id: "flow",
        title: "Flow",
        metrics: &[
            &cycle_time::METRIC,
            &cycle_time_histogram::METRIC,
            &cycle_time_trend::METRIC,
            &lead_time::METRIC,
            &process_behaviour::METRIC,
            &time_in_status::METRIC,
            &flow_efficiency::METRIC,
            &blocked_time::METRIC,
        ],
        rests_on: RestsOn::FinishedItems,
    },
    ViewMetrics {
        id: "wip",
        title: "Work in progress",
        metrics: &[&work_item_age::METRIC, &work_in_progress::METRIC, &cumulative_flow::METRIC, &net_flow::METRIC],
        rests_on: RestsOn::Everything,
    },
    ViewMetrics {
        id: "forecast",
        title: "Forecast",
        metrics: &[
            &forecast::when::METRIC,
            &forecast::how_many::METRIC,
            &forecast::cone::METRIC,
            &forecast::drivers::METRIC,
            &forecast::backtest::METRIC,
            &forecast::teams::METRIC,
        ],
        rests_on: RestsOn::FinishedItems,
    },
    ViewMetrics {
        id: "uptime",
        title: "Uptime",
        metrics: &[
            &uptime::availability::METRIC,
            &uptime::trend::METRIC,
            &uptime::error_budget::METRIC,
            &uptime::outages::METRIC,
            &uptime::recovery::METRIC,
        ],
        rests_on: RestsOn::NotJudged,
    },
    ViewMetrics {
        id: "quality",
        title: "Quality",
        metrics: &[
            &bugs::METRIC,
            &bugs::resolution_time::METRIC,
            &bugs::backlog_age::METRIC,
            &bugs::service_levels::METRIC,
            &bugs::share::METRIC,
            &bugs::by_component::METRIC,
            &bugs::by_release::METRIC,
        ],
        rests_on: RestsOn::NotJudged,
    },
    ViewMetrics {
        id: "debt",
        title: "Technical debt",
        metrics: &[
            &debt::METRIC,
            &debt::flow::METRIC,
            &debt::share::METRIC,
            &code_measures::SHARES,
            &code_measures::EFFORT,
            &code_measures::COUNTS,
        ],
        rests_on: RestsOn::NotJudged,
    },
    ViewMetrics {
        id: "capacity",
        title: "Capacity",
        metrics: &[
            &capacity::hours::METRIC,
            &capacity::utilisation::METRIC,
            &capacity::logged::METRIC,
            &capacity::balance::METRIC,
            &capacity::plan::METRIC,
        ],
        rests_on: RestsOn::NotJudged,
    },
    ViewMetrics {
        id: "dora",
        title: "Delivery",
        metrics: &[
            &delivery::frequency::METRIC,
            &delivery::success::METRIC,
            &delivery::lead_time::METRIC,
            &delivery::failure_rate::METRIC,
            &delivery::recovery_time::METRIC,
            &delivery::rework_rate::METRIC,
            &delivery::calendar::METRIC,
        ],
        rests_on: RestsOn::NotJudged,
    },
];

/// Id of the first view that shows a metric.
pub(in crate::metrics) fn view_of(metric: &str) -> Option<&'static str> {
    let shows = |view: &&ViewMetrics| view.metrics.iter().any(|shown| shown.about.id == metric);
    VIEWS.iter().find(shows).map(|view| view.id)
}

/// Ids of the views that show one of these metrics, then the others given.
pub(super) fn views_of(metrics: &[&str], others: &[&str]) -> Vec<String> {
    let shows = |view: &&ViewMetrics| view.metrics.iter().any(|metric| metrics.contains(&metric.about.id));
    VIEWS.iter().filter(shows).map(|view| view.id).chain(others.iter().copied()).map(str::to_owned).collect()
}

/// The result in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Usability {
    /// Nothing was found, or only what is good to know.
    Good,
    /// Every view can be used; something was found that its numbers suffer from.
    Gaps,
    /// At least one view cannot be used.
    Lacking,
}

impl Usability {
    /// The word used in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Gaps => "gaps",
            Self::Lacking => "lacking",
        }
    }
}

/// How far the data can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The result in a word.
    pub usability: Usability,
    /// "Good", "Usable with gaps" or "Not usable for: Sprint, Velocity".
    pub words: String,
    /// Ids of the views that cannot be used, in the order of the navigation.
    pub not_usable: Vec<String>,
    /// For each of them a sentence that says why.
    pub because: Vec<String>,
}

/// Items of a view may be wrong or missing up to one in this many; with more the view is not usable.
const ONE_IN: usize = 3;

/// Judges the data by what was found in it.
///
/// A metric is not usable when it cannot be computed, or when findings that spoil it (see [`super::CheckWords::spoils`])
/// hold for more than a third of the items it rests on: those that name a sprint for burndown and velocity, the finished ones
/// for the others (and those that a finding spoils: rightly dated, they might be finished). A view is not usable when none of its metrics is. Otherwise the data is usable with gaps when anything above a notice was found,
/// and good when not. Findings about files (a cut export, say) name no items and therefore make gaps, no more: nobody knows
/// how much is missing.
pub fn verdict(data: &PreparedDataset, items: &ItemSet, query: &Query, findings: &[Finding]) -> Verdict {
    let mut not_usable = Vec::new();
    let mut because = Vec::new();
    for view in VIEWS.iter().filter(|view| !matches!(view.rests_on, RestsOn::NotJudged)) {
        // One metric without a fault makes a view usable: those after it need not be computed.
        let mut faults = view.metrics.iter().map(|metric| fault(data, items, query, findings, view, metric));
        if let Some(Some(first)) = faults.next()
            && faults.all(|fault| fault.is_some())
        {
            not_usable.push(view);
            because.push(format!("{}: {first}", view.title));
        }
    }
    let titles: Vec<&str> = not_usable.iter().map(|view| view.title).collect();
    let has_gaps = findings.iter().any(|finding| finding.level > Severity::Notice);
    let (usability, words) = match (titles.is_empty(), has_gaps) {
        (false, _) => (Usability::Lacking, format!("Not usable for: {}", titles.join(", "))),
        (true, true) => (Usability::Gaps, "Usable with gaps".to_owned()),
        (true, false) => (Usability::Good, "Good".to_owned()),
    };
    Verdict { usability, words, not_usable: not_usable.iter().map(|view| view.id.to_owned()).collect(), because }
}

/// Why a metric of a view cannot be used; `None` when it can.
fn fault(
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
    findings: &[Finding],
    view: &ViewMetrics,
    metric: &Metric,
) -> Option<String> {
    if let Status::NotComputable { reason, .. } = (metric.compute)(data, items, query).status {
        return Some(reason);
    }
    let spoils = |finding: &&Finding| finding.spoils && finding.affects.iter().any(|id| id == metric.about.id);
    let mut is_spoilt = vec![false; data.dataset.len()];
    findings.iter().filter(spoils).flat_map(|finding| &finding.items).for_each(|&item| is_spoilt[item as usize] = true);
    let resting = || items.iter().filter(|&item| view.rests_on.holds(data, item, is_spoilt[item]));
    let (all, wrong) = (resting().count(), resting().filter(|&item| is_spoilt[item]).count());
    (wrong * ONE_IN > all)
        .then(|| format!("{} of the items it rests on are in findings that make its numbers wrong.", share(wrong, all)))
}
