//! What can be seen with the files of a workspace: each metric computed, estimated or not computable, why, and which kind of
//! data would add what is missing.
//!
//! It asks the metrics themselves and reads their answers, so it says of a view what the view will say.

use serde::{Deserialize, Serialize};

use crate::metrics::{METRICS, Metric, MetricResult, Query, Status};
use crate::model::{ChangeField, ListField, NO_DAY, NO_MOMENT, PreparedDataset, RecordKind, WindowOrigin};

/// How well a metric can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sight {
    /// From what the files state.
    Computed,
    /// Computed, but on an assumption, or from fewer items than were left out because the files do not tell enough of them.
    Estimated,
    /// Not from these files.
    NotComputable,
}

impl Sight {
    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Computed => "Computed",
            Self::Estimated => "Estimated",
            Self::NotComputable => "Not computable",
        }
    }

    /// Stable name, kebab-case.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Estimated => "estimated",
            Self::NotComputable => "not-computable",
        }
    }
}

/// A kind of data that a file may tell or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Need {
    /// Work items at all.
    Items,
    /// When items were created.
    CreatedDates,
    /// When work on items started.
    StartDates,
    /// When items were finished.
    FinishDates,
    /// Which sprint an item is in.
    SprintNames,
    /// First and last day of sprints.
    SprintDates,
    /// When items came into a sprint and left it.
    SprintHistory,
    /// Story points.
    Points,
    /// When items moved from one status to another.
    StatusHistory,
    /// Records of a kind.
    Records(RecordKind),
}

impl Need {
    /// All that a metric needs, in the order in which they matter.
    pub const ALL: [Self; 16] = [
        Self::Items,
        Self::FinishDates,
        Self::CreatedDates,
        Self::StartDates,
        Self::SprintNames,
        Self::SprintDates,
        Self::SprintHistory,
        Self::Points,
        Self::StatusHistory,
        Self::Records(RecordKind::Deployment),
        Self::Records(RecordKind::Change),
        Self::Records(RecordKind::Incident),
        Self::Records(RecordKind::Uptime),
        Self::Records(RecordKind::Capacity),
        Self::Records(RecordKind::CodeMeasure),
        Self::Records(RecordKind::WorkLog),
    ];

    /// Stable name, kebab-case; the help on exports says with it what a file adds.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::CreatedDates => "created-dates",
            Self::StartDates => "start-dates",
            Self::FinishDates => "finish-dates",
            Self::SprintNames => "sprint-names",
            Self::SprintDates => "sprint-dates",
            Self::SprintHistory => "sprint-history",
            Self::Points => "points",
            Self::StatusHistory => "status-history",
            Self::Records(kind) => kind.id(),
        }
    }

    /// What an export would have to hold.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Items => "work items",
            Self::CreatedDates => "created dates",
            Self::StartDates => "start dates",
            Self::FinishDates => "finish dates",
            Self::SprintNames => "the sprint of each item",
            Self::SprintDates => "dates of sprints",
            Self::SprintHistory => "the history of sprints",
            Self::Points => "story points",
            Self::StatusHistory => "the history of statuses",
            Self::Records(kind) => kind.words().1,
        }
    }

    /// True when no item (or no sprint) of the data tells it.
    fn is_missing(self, data: &PreparedDataset) -> bool {
        let unknown = |days: &[i32]| days.iter().all(|&day| day == NO_DAY);
        let iterations = data.iterations.list();
        match self {
            Self::Items => data.dataset.is_empty(),
            Self::CreatedDates => unknown(&data.life.created_day),
            Self::StartDates => unknown(&data.life.started_day),
            Self::FinishDates => data.life.finished_at.iter().all(|&moment| moment == NO_MOMENT),
            Self::SprintNames => data.dataset.list(ListField::Sprint).values().len() < 2,
            Self::SprintDates => !iterations
                .iter()
                .any(|iteration| iteration.window.is_some_and(|window| window.origin != WindowOrigin::Inferred)),
            // No file can be without it and be asked for it: metrics say themselves when they did without.
            Self::SprintHistory => false,
            Self::StatusHistory => !data.dataset.history.tells(ChangeField::Status),
            Self::Records(kind) => data.dataset.records(kind).is_none(),
            Self::Points => data.dataset.number(crate::model::NumberField::Points).iter().all(|points| points.is_nan()),
        }
    }
}

/// Why a metric is not seen as well as it could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SightReason {
    /// A sentence.
    pub text: String,
    /// The kinds of data that would help; none where another question or more time would.
    pub needs: Vec<Need>,
}

/// How well one metric can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visibility {
    /// Id of the metric.
    pub metric: String,
    /// Its name for people.
    pub title: String,
    /// How well.
    pub sight: Sight,
    /// Why not better; the first is the most important.
    pub reasons: Vec<SightReason>,
}

/// What each metric cannot do without, in the order in which it is asked for. A test keeps it complete.
const REQUIRED: &[(&str, &[Need])] = &[
    ("burndown", &[Need::SprintNames, Need::SprintDates]),
    ("sprint-report", &[Need::SprintNames, Need::SprintDates]),
    ("scope-change", &[Need::SprintNames, Need::SprintDates]),
    ("velocity", &[Need::FinishDates]),
    ("burnup", &[Need::CreatedDates]),
    ("release-burndown", &[Need::CreatedDates]),
    ("throughput", &[Need::FinishDates]),
    ("cycle-time", &[Need::StartDates, Need::FinishDates]),
    ("lead-time", &[Need::CreatedDates, Need::FinishDates]),
    ("cycle-time-histogram", &[Need::StartDates, Need::FinishDates]),
    ("cycle-time-trend", &[Need::StartDates, Need::FinishDates]),
    ("work-item-age", &[Need::StartDates]),
    ("work-in-progress", &[Need::StartDates]),
    ("cumulative-flow", &[Need::CreatedDates]),
    ("net-flow", &[Need::CreatedDates]),
    ("process-behaviour", &[Need::FinishDates]),
    ("time-in-status", &[Need::StatusHistory]),
    ("flow-efficiency", &[Need::StatusHistory]),
    ("blocked-time", &[Need::StatusHistory]),
    ("forecast-when", &[Need::FinishDates]),
    ("forecast-how-many", &[Need::FinishDates]),
    ("forecast-cone", &[Need::FinishDates]),
    ("forecast-drivers", &[Need::FinishDates]),
    ("forecast-backtest", &[Need::FinishDates]),
    ("forecast-teams", &[Need::FinishDates]),
    ("data-quality", &[]),
    ("uptime", UPTIME),
    ("uptime-trend", UPTIME),
    ("outages", UPTIME),
    ("error-budget", UPTIME),
    ("service-recovery", UPTIME),
    ("bugs", &[Need::CreatedDates]),
    ("bug-resolution-time", &[Need::CreatedDates, Need::FinishDates]),
    ("bug-backlog-age", &[Need::CreatedDates]),
    ("bug-service-levels", &[Need::CreatedDates]),
    ("bug-share", &[Need::FinishDates]),
    ("bugs-by-component", &[Need::CreatedDates]),
    ("bugs-by-release", &[Need::CreatedDates]),
    ("technical-debt", &[Need::CreatedDates]),
    ("technical-debt-flow", &[Need::CreatedDates]),
    ("technical-debt-share", &[Need::FinishDates]),
    ("code-measures", &[Need::Records(RecordKind::CodeMeasure)]),
    ("code-effort", &[Need::Records(RecordKind::CodeMeasure)]),
    ("code-counts", &[Need::Records(RecordKind::CodeMeasure)]),
    ("capacity", &[Need::Records(RecordKind::Capacity)]),
    ("utilisation", &[Need::Records(RecordKind::Capacity), Need::Items]),
    ("logged-time", &[Need::Records(RecordKind::Capacity), Need::Records(RecordKind::WorkLog)]),
    ("workload-balance", &[Need::Records(RecordKind::Capacity), Need::Items]),
    ("capacity-plan", &[Need::Records(RecordKind::Capacity), Need::FinishDates]),
    ("deployment-frequency", &[Need::Records(RecordKind::Deployment)]),
    ("deployment-success", &[Need::Records(RecordKind::Deployment)]),
    ("change-lead-time", &[Need::Records(RecordKind::Deployment), Need::Records(RecordKind::Change)]),
    ("change-failure-rate", &[Need::Records(RecordKind::Deployment), Need::Records(RecordKind::Incident)]),
    ("failed-deployment-recovery-time", &[Need::Records(RecordKind::Deployment), Need::Records(RecordKind::Incident)]),
    ("deployment-rework-rate", &[Need::Records(RecordKind::Deployment)]),
    ("deployment-calendar", &[Need::Records(RecordKind::Deployment)]),
];

/// Any of them is enough: samples of uptime, or incidents.
const UPTIME: &[Need] = &[Need::Records(RecordKind::Uptime), Need::Records(RecordKind::Incident)];

/// Metrics for which any one of the needed kinds of record is enough.
const ANY_OF: &[&str] = &["uptime", "uptime-trend", "outages", "error-budget", "service-recovery"];

/// The metrics that can also count points.
const COUNT_POINTS: &[&str] =
    &["burndown", "sprint-report", "scope-change", "velocity", "burnup", "release-burndown", "throughput"];

/// Notes of metrics that say that a number rests on an assumption, and what would make it unnecessary.
const ASSUMPTIONS: &[(&str, Need)] = &[
    ("final-content", Need::SprintHistory),
    ("no-sprints", Need::SprintNames),
    ("window-inferred", Need::SprintDates),
    ("windows-inferred", Need::SprintDates),
    ("creation-unknown", Need::CreatedDates),
];

/// Reasons of metrics for leaving an item out that are gaps in the data, and what would fill them.
const GAPS: &[(&str, Need)] = &[
    ("finished, but no start date", Need::StartDates),
    ("finished, but no creation date", Need::CreatedDates),
    ("finished, but no finish date", Need::FinishDates),
    ("in progress, but no start date", Need::StartDates),
    ("finished, but no status history that tells the whole way", Need::StatusHistory),
    ("finished, but the dates of its sprints are not known", Need::SprintDates),
];

/// What can be seen of a metric with a file that adds these kinds of data (their ids) to an empty workspace. What rests on
/// sprints is estimated unless the file tells their dates and their history: else dates are inferred, or content is final, or, for
/// the velocity, periods stand for sprints.
pub fn sight_with(metric: &str, adds: &[String]) -> Sight {
    let required = required(metric);
    let has = |need: &Need| adds.iter().any(|id| id == need.id());
    if ANY_OF.contains(&metric) {
        return if required.iter().any(has) { Sight::Computed } else { Sight::NotComputable };
    }
    // What is told by records alone needs no item.
    let rests_on_items = !required.iter().any(|need| matches!(need, Need::Records(_)));
    if (rests_on_items && !has(&Need::Items)) || !required.iter().all(|need| has(need) || *need == Need::SprintDates) {
        Sight::NotComputable
    } else if (required.contains(&Need::SprintNames) || metric == "velocity")
        && !(has(&Need::SprintDates) && has(&Need::SprintHistory))
    {
        Sight::Estimated
    } else {
        Sight::Computed
    }
}

fn required(metric: &str) -> &'static [Need] {
    REQUIRED.iter().find(|(id, _)| *id == metric).map_or(&[], |(_, needs)| needs)
}

/// What can be seen, in the order of [`METRICS`].
pub(super) fn visibility(data: &PreparedDataset, query: &Query) -> Vec<Visibility> {
    let items = query.select(data);
    METRICS.iter().map(|metric| of_metric(metric, data, &(metric.compute)(data, &items, query))).collect()
}

fn of_metric(metric: &Metric, data: &PreparedDataset, result: &MetricResult) -> Visibility {
    let id = metric.about.id;
    let (sight, reasons) = match &result.status {
        Status::NotComputable { reason, needs } => {
            let text = format!("{reason} What would help: {needs}");
            (Sight::NotComputable, vec![SightReason { text, needs: missing(id, data) }])
        }
        Status::Computed => {
            let mut reasons = assumptions(result);
            let (gaps, left_out) = gaps(result);
            let is_estimated = !reasons.is_empty() || left_out > result.considered;
            reasons.extend(gaps);
            if COUNT_POINTS.contains(&id) && Need::Points.is_missing(data) {
                let text = "No item has an estimate: it counts items, not points.".to_owned();
                reasons.push(SightReason { text, needs: vec![Need::Points] });
            }
            (if is_estimated { Sight::Estimated } else { Sight::Computed }, reasons)
        }
    };
    Visibility { metric: id.to_owned(), title: metric.about.title.to_owned(), sight, reasons }
}

/// What a metric that cannot be computed misses entirely.
fn missing(id: &str, data: &PreparedDataset) -> Vec<Need> {
    let rests_on_items = !required(id).iter().any(|need| matches!(need, Need::Records(_)));
    if rests_on_items && Need::Items.is_missing(data) {
        return vec![Need::Items];
    }
    if ANY_OF.contains(&id) && required(id).iter().any(|need| !need.is_missing(data)) {
        return Vec::new();
    }
    required(id).iter().copied().filter(|need| need.is_missing(data)).collect()
}

fn assumptions(result: &MetricResult) -> Vec<SightReason> {
    let rests_on = |id: &str| ASSUMPTIONS.iter().find(|(note, _)| *note == id).map(|&(_, need)| need);
    let reason = |note: &crate::metrics::Note| {
        rests_on(&note.id).map(|need| SightReason { text: note.text.clone(), needs: vec![need] })
    };
    result.notes.iter().filter_map(reason).collect()
}

/// The gaps in the data, and the number of items that they leave out.
fn gaps(result: &MetricResult) -> (Vec<SightReason>, u64) {
    let mut left_out = 0;
    let mut reasons = Vec::new();
    for exclusion in &result.excluded {
        if let Some(&(_, need)) = GAPS.iter().find(|(reason, _)| *reason == exclusion.reason) {
            let number = exclusion.items.len() as u64;
            left_out += number;
            let text = format!("{number} of {} items left out: {}.", result.candidates(), exclusion.reason);
            reasons.push(SightReason { text, needs: vec![need] });
        }
    }
    (reasons, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_says_what_it_requires() {
        let known: Vec<&str> = REQUIRED.iter().map(|(id, _)| *id).collect();
        let all: Vec<&str> = METRICS.iter().map(|metric| metric.about.id).collect();
        assert_eq!(known, all);
    }

    /// A metric that words a note or an exclusion anew would silently be "computed" here.
    #[test]
    fn the_notes_and_exclusions_looked_for_are_those_of_the_metrics() {
        let list = |folder: &std::path::Path| -> Vec<_> {
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect()
        };
        let (files, folders): (Vec<_>, Vec<_>) =
            list("src/metrics".as_ref()).into_iter().partition(|path| path.is_file());
        let files = files.into_iter().chain(folders.iter().flat_map(|folder| list(folder)));
        let text: String = files.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        for (words, _) in ASSUMPTIONS.iter().chain(GAPS) {
            assert!(text.contains(&format!("\"{words}\"")), "no metric says \"{words}\"");
        }
    }

    #[test]
    fn needs_have_names_of_their_own() {
        let ids: std::collections::BTreeSet<&str> = Need::ALL.iter().map(|need| need.id()).collect();
        assert_eq!(ids.len(), Need::ALL.len());
    }
}
