//! Change failure rate: how many production deployments led to an incident, a rollback or a hotfix.

use crate::model::{CauseOrigin, DeploymentEnd, ItemSet, NO_MOMENT, PreparedDataset, RecordKind, Records};

use super::super::{About, BySprint, Figure, Metric, MetricResult, Query, words};
use super::bands::{BandLimits, Bands};
use super::rates::{Rate, answer, note_incidents_missing};
use super::scope::Scope;

/// ## What it measures
/// Production deployments that led to at least one incident, a rollback or a hotfix, as a share of all that are over.
/// ## How
/// A deployment counts once, however many incidents it caused. An incident belongs to the deployment that you chose, else to the
/// one that either of them names, else to the latest production deployment of its service that finished strictly before it began
/// (of several services: the latest over them). A hotfix (an unplanned deployment) counts for the production deployment of its
/// service before it. A deployment may also say itself that it caused an incident.
/// ## Edge cases
/// An incident without a service belongs to the latest of all deployments only where a single service is deployed. An incident at
/// the very moment a deployment finished belongs to the one before. Incidents of no deployment are named and change nothing.
/// Failed deployments are deployments; failing to deploy is not failing in production.
/// ## Source
/// DORA, software delivery metrics: <https://dora.dev/guides/dora-metrics-four-keys/>.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::RATES, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "change-failure-rate",
    title: "Change failure rate",
    definition: "The share of production deployments that led to an incident, a rollback or a hotfix. A deployment counts once, \
                 however many incidents it caused. An incident belongs to the deployment that is named, else to the latest \
                 of its service that finished before it began.",
    how_to_read: "The line is the share in each period; it has a gap where nothing was deployed. The bars at the right show it \
                  by service. Behind a point are its deployments, those that failed first; which incident belongs to which \
                  deployment can be corrected below.",
    per_iteration: false,
};

const RATE: Rate = Rate { id: ABOUT.id, name: "Change failure rate", did: "led to a failure" };
/// Deployments whose incident the working names.
const TOLD: usize = 5;

/// Why deployments count as failed, by their row.
struct Failures {
    /// First incident of each.
    incident: Vec<Option<u32>>,
    hotfix: Vec<bool>,
    unattached: usize,
}

impl Failures {
    fn new(scope: &Scope<'_>, incidents: Option<(&Records, ItemSet)>) -> Self {
        let delivery = scope.delivery;
        let number = delivery.deployments.len();
        let mut failures = Self { incident: vec![None; number], hotfix: vec![false; number], unattached: 0 };
        if let Some((table, selected)) = incidents {
            let started = table.moments("started-at");
            for row in selected.iter().filter(|&row| started.get(row).is_none_or(|&at| at <= scope.as_of)) {
                match delivery.causes.get(row).and_then(|cause| cause.deployment) {
                    Some(deployment) => {
                        failures.incident[deployment as usize].get_or_insert(row as u32);
                    }
                    None => failures.unattached += usize::from(is_without_cause(scope, row)),
                }
            }
        }
        for &row in &delivery.in_order {
            let one = &delivery.deployments[row as usize];
            if one.is_unplanned
                && one.at <= scope.as_of
                && let Some(before) = one.before
            {
                failures.hotfix[before as usize] = true;
            }
        }
        failures
    }
}

/// True when nobody said that no deployment caused it.
fn is_without_cause(scope: &Scope<'_>, incident: usize) -> bool {
    let origin = scope.delivery.causes.get(incident).map(|cause| cause.origin);
    !matches!(origin, Some(CauseOrigin::DecidedNone | CauseOrigin::Maintenance))
}

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let kinds = [RecordKind::Deployment, RecordKind::Incident];
    let mut scope = match Scope::new(ABOUT.id, data, query, &kinds) {
        Ok(scope) => scope,
        Err(result) => return *result,
    };
    scope.within(query);
    let incidents = data.dataset.records(RecordKind::Incident);
    if scope.rows.is_empty() {
        let mut result =
            scope.not_computable("No production deployment finished in the chosen period.", "Another period.");
        result.excluded = scope.excluded;
        return result;
    }
    if incidents.is_none() && !tells_failures(&scope) {
        let mut result = scope.not_computable(
            "Nothing in these files tells which deployments failed in production: there are no incidents, and no deployment was rolled back, is marked as unplanned or says whether it caused an incident.",
            "Incidents with their service, begin and end (PagerDuty, Opsgenie, a table with started_at and resolved_at), or deployments with the columns caused_incident and unplanned.",
        );
        result.excluded = scope.excluded;
        return result;
    }
    let selected = incidents.map(|table| (table, scope.others(table, query)));
    let failures = Failures::new(&scope, selected);
    let reasons = |row: u32| {
        let one = &scope.delivery.deployments[row as usize];
        let has_incident = failures.incident[row as usize].is_some() || one.says_failed;
        [has_incident, one.end == DeploymentEnd::Rollback, failures.hotfix[row as usize]]
    };
    let mut result = answer(&RATE, &scope, query, |row| reasons(row).contains(&true));
    let figures = [
        ("with-incident", "Led to an incident", 0),
        ("rolled-back", "Rolled back", 1),
        ("hotfixed", "Followed by a hotfix", 2),
    ];
    for (id, name, reason) in figures {
        let rows: Vec<u32> = scope.rows.iter().copied().filter(|&row| reasons(row)[reason]).collect();
        let how = "a deployment may have failed in more than one way";
        result.figures.push(Figure::new(id, name, Some(rows.len() as f64), "deployments", how).with_items(rows));
    }
    tell(&mut result, &scope, &failures, incidents);
    result
}

/// True when deployments alone say anything of failures in production.
fn tells_failures(scope: &Scope<'_>) -> bool {
    scope.table.tells("caused-incident")
        || scope.table.tells("unplanned")
        || scope.delivery.deployments.iter().any(|one| one.end == DeploymentEnd::Rollback && one.at != NO_MOMENT)
}

fn tell(result: &mut MetricResult, scope: &Scope<'_>, failures: &Failures, incidents: Option<&Records>) {
    if let Some(table) = incidents {
        let linked = scope.rows.iter().filter_map(|&row| Some((row, failures.incident[row as usize]?)));
        for (row, incident) in linked.take(TOLD) {
            let origin = scope.delivery.causes.get(incident as usize).map_or("", |cause| cause.origin.words());
            result.working.push(format!(
                "Deployment {} led to incident {} ({origin}).",
                name(scope.table, row),
                name(table, incident)
            ));
        }
    }
    if let Some(rate) = result.figure("rate").and_then(|figure| figure.value) {
        let bands = Bands::of(&scope.data.decisions);
        bands.note(result, bands.of_failure_rate(rate), BandLimits::FailureRate);
    }
    scope.notes(result, &scope.rows, incidents);
    if failures.unattached > 0 {
        let incidents = words::capitalised(&words::count(failures.unattached, "incident", "incidents"));
        let belongs = words::verb(failures.unattached, "belongs", "belong");
        result.note(
            "unattached",
            format!("{incidents} {belongs} to no deployment and changes nothing here; see the links below."),
        );
    }
    note_incidents_missing(
        result,
        scope.data,
        "There are no incidents in these files: only what deployments say themselves counts as a failure. Incidents would add the others.",
    );
}

/// Its id, or where it stands in the file.
fn name(table: &Records, row: u32) -> String {
    match table.text("id", row as usize) {
        "" => format!("in line {}", table.line(row as usize)),
        id => id.to_owned(),
    }
}
