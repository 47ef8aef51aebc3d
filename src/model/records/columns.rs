//! The columns of every kind of record. Adding one is a line here: snapshot and merge follow. A name never changes once released.

use super::ColumnKind::{self, Category, List, Moment, Number, Text};
use super::RecordKind;

type Columns = &'static [(&'static str, ColumnKind)];

/// Every table begins with these: where a record comes from (`github owner/repository`, `pagerduty`) and its name there.
/// Two records of one source and id are versions of one record; `updated` tells which is newer.
pub(super) const IDENTITY: [&str; 3] = ["source", "id", "updated"];

const DEPLOYMENT: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("service", Category),
    ("environment", Category),
    // success, failure, rollback, in-progress, cancelled, unknown; empty when only another file tells
    ("status", Category),
    ("created-at", Moment),
    ("deployed-at", Moment),
    ("commit", Text),
    ("branch", Category),
    ("version", Text),
    ("caused-incident", Text),
    // yes when it was not planned (a hotfix)
    ("unplanned", Category),
    ("url", Text),
];
const CHANGE: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("title", Text),
    ("author", Category),
    ("service", Category),
    // open, merged, closed
    ("state", Category),
    ("first-commit-at", Moment),
    ("opened-at", Moment),
    ("first-review-at", Moment),
    ("merged-at", Moment),
    ("closed-at", Moment),
    ("branch", Text),
    ("base", Category),
    ("commit", Text),
    ("deployment-id", Text),
    ("work-items", List),
    ("labels", List),
    ("additions", Number),
    ("deletions", Number),
    ("url", Text),
];
const RUN: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("workflow", Category),
    ("service", Category),
    ("branch", Category),
    ("event", Category),
    ("environment", Category),
    // success, failure, cancelled, skipped, in-progress, unknown
    ("status", Category),
    ("commit", Text),
    ("attempt", Number),
    ("created-at", Moment),
    ("started-at", Moment),
    ("finished-at", Moment),
    ("url", Text),
];
const INCIDENT: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("title", Text),
    ("services", List),
    ("severity", Category),
    // open, resolved, maintenance
    ("status", Category),
    ("started-at", Moment),
    ("acknowledged-at", Moment),
    ("resolved-at", Moment),
    ("deployment-id", Text),
    ("url", Text),
];
const UPTIME: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("service", Category),
    // up, down, degraded, unknown
    ("state", Category),
    ("from", Moment),
    ("to", Moment),
    // Where only the sum within the span is known; NaN when the whole span has the state.
    ("minutes", Number),
];
const CAPACITY: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("person", Category),
    ("team", Category),
    ("role", Category),
    ("skills", List),
    // First and last day.
    ("from", Moment),
    ("to", Moment),
    ("hours-per-day", Number),
    ("points-per-day", Number),
    // 0 to 1
    ("allocation", Number),
];
const TIME_OFF: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    // holiday, time-off
    ("kind", Category),
    // Empty for everybody.
    ("person", Category),
    ("region", Category),
    // First and last day.
    ("from", Moment),
    ("to", Moment),
    // yes when only half of each day is off
    ("half-day", Category),
    ("reason", Text),
    // day, yearly: how it repeats
    ("repeats", Category),
];
const WORK_LOG: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("person", Category),
    ("date", Moment),
    ("hours", Number),
    ("key", Text),
    ("category", Category),
    ("project", Category),
    ("client", Category),
    ("billable", Category),
    ("rate", Number),
    ("amount", Number),
    ("currency", Category),
    ("note", Text),
];
const ASSIGNMENT: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("key", Text),
    ("person", Category),
    ("from", Moment),
    ("to", Moment),
    ("hours", Number),
    ("done-hours", Number),
    ("units", Number),
    ("cost", Number),
];
const DEPENDENCY: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    // Keys: `to` cannot go on before `from`.
    ("from", Text),
    ("to", Text),
    // finish-start, start-start, finish-finish, start-finish
    ("kind", Category),
    ("lag-hours", Number),
];
const COST: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("date", Moment),
    // people, licences, cloud, maintenance, other
    ("category", Category),
    ("amount", Number),
    ("planned", Number),
    ("currency", Category),
    ("vendor", Category),
    ("service", Category),
    ("note", Text),
];
const RISK: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("title", Text),
    // 0 to 1
    ("probability", Number),
    // 1 to 5
    ("impact", Number),
    ("cost", Number),
    ("days", Number),
    ("owner", Category),
    ("status", Category),
    ("mitigation", Text),
    ("opened", Moment),
    ("closed", Moment),
    ("key", Text),
];
const MILESTONE: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("name", Text),
    ("start", Moment),
    ("due", Moment),
    ("baseline", Moment),
    ("completed", Moment),
    ("scope", Number),
    ("done", Number),
    ("owner", Category),
    ("status", Category),
];
const CODE_MEASURE: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("date", Moment),
    ("measure", Category),
    ("value", Number),
    ("component", Category),
    ("project", Category),
];
const ITERATION: Columns = &[
    ("source", Category),
    ("id", Text),
    ("updated", Moment),
    ("name", Text),
    ("start", Moment),
    ("end", Moment),
    ("completed", Moment),
    ("team", Category),
    ("board", Category),
    ("state", Category),
    ("goal", Text),
];

impl RecordKind {
    /// The columns of this kind, in their order. A name never changes once released.
    pub const fn columns(self) -> &'static [(&'static str, ColumnKind)] {
        match self {
            Self::Deployment => DEPLOYMENT,
            Self::Change => CHANGE,
            Self::Run => RUN,
            Self::Incident => INCIDENT,
            Self::Uptime => UPTIME,
            Self::Capacity => CAPACITY,
            Self::TimeOff => TIME_OFF,
            Self::WorkLog => WORK_LOG,
            Self::Assignment => ASSIGNMENT,
            Self::Dependency => DEPENDENCY,
            Self::Cost => COST,
            Self::Risk => RISK,
            Self::Milestone => MILESTONE,
            Self::CodeMeasure => CODE_MEASURE,
            Self::Iteration => ITERATION,
        }
    }
}
