//! Deployments in order of time, and what they are linked to: the incidents that they caused and the changes of code that they
//! brought to production. Worked out once, so that every number and the editor of the links say the same.

mod causes;
mod pipelines;
mod production;
mod reached;
mod services;

use super::{Categorical, Dataset, Decisions, NO_MOMENT, RecordKind, Records, sort_by};

pub use causes::{Cause, CauseOrigin};
pub use production::{Production, ProductionRule};
pub use reached::{Reach, ReachOrigin};

use causes::causes;
use pipelines::PipelineRuns;
use services::{Ids, ServiceIndex};

/// How a deployment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentEnd {
    /// It reached its environment.
    Success,
    /// It did not.
    Failure,
    /// It was taken back.
    Rollback,
    /// It is not over.
    InProgress,
    /// It was stopped before it was over.
    Cancelled,
    /// The files do not tell.
    Unknown,
}

impl DeploymentEnd {
    fn of(status: &str) -> Self {
        match status {
            "success" => Self::Success,
            "failure" => Self::Failure,
            "rollback" => Self::Rollback,
            "in-progress" => Self::InProgress,
            "cancelled" => Self::Cancelled,
            _ => Self::Unknown,
        }
    }

    /// True when it is over with a result.
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::Rollback)
    }
}

/// One deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deployed {
    /// When it finished: deployed-at, else created-at; [`NO_MOMENT`] when neither is given.
    pub at: i64,
    /// How it ended.
    pub end: DeploymentEnd,
    /// True when its environment is production.
    pub is_production: bool,
    /// The deployment that counts for its pipeline run, when that is another one.
    pub counted_as: Option<u32>,
    /// The production deployment of its service that finished last strictly before it.
    pub before: Option<u32>,
    /// True when it was not planned (a hotfix).
    pub is_unplanned: bool,
    /// True when it says itself that it caused an incident.
    pub says_failed: bool,
}

/// Everything about deployments that metrics share. Rows are those of the tables of records.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Delivery {
    /// By row of the deployments.
    pub deployments: Vec<Deployed>,
    /// Rows of the production deployments that are over, each pipeline run once, in order of time.
    pub in_order: Vec<u32>,
    /// What caused each incident, by row of the incidents.
    pub causes: Vec<Cause>,
    /// Where each change of code arrived, by row of the changes.
    pub reached: Vec<Reach>,
    /// Which environments are production.
    pub production: Production,
    /// The earliest moment at which any deployment finished.
    pub first: Option<i64>,
}

impl Delivery {
    /// Works it out.
    pub fn new(dataset: &Dataset, decisions: &Decisions) -> Self {
        let Some(table) = dataset.records(RecordKind::Deployment) else {
            return Self::without_deployments(dataset, decisions);
        };
        let production = Production::new(table, &decisions.production);
        let mut deployments = deployments(table, &production);
        let runs = PipelineRuns::new(dataset.records(RecordKind::Run));
        pipelines::count_once(table, &runs, &mut deployments);
        let in_order = in_order(table, &deployments);
        let services = ServiceIndex::new(table, &deployments, &in_order);
        for (position, &row) in in_order.iter().enumerate() {
            let before = services.before_of(table, position);
            deployments[row as usize].before = before;
        }
        let first = deployments.iter().map(|one| one.at).filter(|&at| at != NO_MOMENT).min();
        let mut delivery = Self { deployments, in_order, production, first, ..Self::default() };
        let ids = Ids::new(table, dataset, decisions);
        if let Some(incidents) = dataset.records(RecordKind::Incident) {
            delivery.causes = causes(table, incidents, &services, &ids, &delivery, decisions);
        }
        causes::mark_those_that_say_so(table, dataset.records(RecordKind::Incident), decisions, &mut delivery);
        if let Some(changes) = dataset.records(RecordKind::Change) {
            delivery.reached = reached::reached(table, changes, &services, &ids, &delivery);
        }
        delivery
    }

    fn without_deployments(dataset: &Dataset, decisions: &Decisions) -> Self {
        let rows = |kind| dataset.records(kind).map_or(0, Records::len);
        let mut delivery = Self {
            causes: vec![Cause::NONE; rows(RecordKind::Incident)],
            reached: vec![Reach::NONE; rows(RecordKind::Change)],
            ..Self::default()
        };
        if let Some(incidents) = dataset.records(RecordKind::Incident) {
            causes::keep_decided(incidents, decisions, &mut delivery.causes);
        }
        delivery
    }

    /// The row that counts for a deployment: itself, or the one that stands for its pipeline run.
    pub fn counted(&self, row: u32) -> u32 {
        self.deployments.get(row as usize).and_then(|one| one.counted_as).unwrap_or(row)
    }
}

fn deployments(table: &Records, production: &Production) -> Vec<Deployed> {
    let (deployed, created) = (table.moments("deployed-at"), table.moments("created-at"));
    let known = |column: &[i64], row: usize| column.get(row).copied().unwrap_or(NO_MOMENT);
    let ends = by_value(table.category("status"), DeploymentEnd::of);
    let unplanned = by_value(table.category("unplanned"), |word| word == "yes");
    (0..table.len())
        .map(|row| Deployed {
            at: match known(deployed, row) {
                NO_MOMENT => known(created, row),
                at => at,
            },
            end: ends.of(row, DeploymentEnd::Unknown),
            is_production: production.holds(table, row),
            counted_as: None,
            before: None,
            is_unplanned: unplanned.of(row, false),
            says_failed: false,
        })
        .collect()
}

/// A property of the values of a column, read row by row.
struct ByValue<'a, T> {
    column: Option<&'a Categorical>,
    of_code: Vec<T>,
}

impl<T: Copy> ByValue<'_, T> {
    fn of(&self, row: usize, otherwise: T) -> T {
        let code = self.column.map(|column| column.code(row) as usize);
        code.and_then(|code| self.of_code.get(code)).copied().unwrap_or(otherwise)
    }
}

fn by_value<T>(column: Option<&Categorical>, read: impl Fn(&str) -> T) -> ByValue<'_, T> {
    let of_code = column.map_or_else(Vec::new, |column| column.values().iter().map(read).collect());
    ByValue { column, of_code }
}

/// Equal instants are ordered by what the records say, so that the order of files changes nothing.
fn in_order(table: &Records, deployments: &[Deployed]) -> Vec<u32> {
    let counts =
        |one: &Deployed| one.is_production && one.end.is_finished() && one.counted_as.is_none() && one.at != NO_MOMENT;
    let mut rows: Vec<u32> = (0..deployments.len() as u32).filter(|&row| counts(&deployments[row as usize])).collect();
    sort_by(&mut rows, |&a, &b| by_time(table, deployments, a, b));
    rows
}

fn by_time(table: &Records, deployments: &[Deployed], a: u32, b: u32) -> std::cmp::Ordering {
    let (first, second) = (a as usize, b as usize);
    let at = |row: usize| deployments[row].at;
    at(first).cmp(&at(second)).then_with(|| {
        let told = |row: usize| [table.text("id", row), table.text("source", row), table.text("commit", row)];
        told(first).cmp(&told(second)).then(a.cmp(&b))
    })
}
