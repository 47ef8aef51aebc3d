//! Deployment success rate: how many of the deployments that are over reached production.

use crate::model::{DeploymentEnd, ItemSet, PreparedDataset, RecordKind};

use super::super::{About, BySprint, Figure, Metric, MetricResult, Query};
use super::rates::{Rate, answer};
use super::scope::Scope;

/// ## What it measures
/// Successful production deployments as a share of all that are over.
/// ## How
/// Over are those that succeeded, failed or were rolled back; each pipeline run counts once. By period of the finish and by
/// service; the rate is over all days asked for.
/// ## Edge cases
/// In progress, cancelled and without a result: left out and counted. A period without a deployment has no rate.
/// ## Source
/// DORA, software delivery metrics: <https://dora.dev/guides/dora-metrics-four-keys/>.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::RATES, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "deployment-success",
    title: "Deployment success rate",
    definition: "The share of production deployments that succeeded, of all that are over: successful, failed or rolled back. \
                 Those in progress, cancelled or without a result are left out and counted.",
    how_to_read: "The line is the share in each period; it has a gap where nothing was deployed. The bars at the right show it \
                  by service. Behind a point are its deployments, the successful ones first.",
    per_iteration: false,
};

const RATE: Rate = Rate { id: ABOUT.id, name: "Success rate", did: "succeeded" };

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let mut scope = match Scope::new(ABOUT.id, data, query, &[RecordKind::Deployment]) {
        Ok(scope) => scope,
        Err(result) => return *result,
    };
    scope.within(query);
    if scope.rows.is_empty() {
        let mut result =
            scope.not_computable("No production deployment finished in the chosen period.", "Another period.");
        result.excluded = scope.excluded;
        return result;
    }
    let end = |row: u32| scope.delivery.deployments[row as usize].end;
    let mut result = answer(&RATE, &scope, query, |row| end(row) == DeploymentEnd::Success);
    for (id, name, wanted) in [
        ("successful", "Successful", DeploymentEnd::Success),
        ("failed", "Failed", DeploymentEnd::Failure),
        ("rolled-back", "Rolled back", DeploymentEnd::Rollback),
    ] {
        let rows: Vec<u32> = scope.rows.iter().copied().filter(|&row| end(row) == wanted).collect();
        let how = format!("of {} that are over", scope.rows.len());
        result.figures.push(Figure::new(id, name, Some(rows.len() as f64), "deployments", how).with_items(rows));
    }
    scope.notes(&mut result, &scope.rows, None);
    result
}
