//! Which deployment caused each incident, and who says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Decisions, NO_MOMENT, Records};

use super::services::{Ids, NotFound, ServiceIndex};
use super::{Delivery, by_time};

/// Who says which deployment caused an incident, or why none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CauseOrigin {
    /// The user.
    Decided,
    /// The user says that no deployment caused it.
    DecidedNone,
    /// The incident names the deployment.
    Incident,
    /// The deployment names the incident.
    Deployment,
    /// It is the latest production deployment of its service that finished before it began.
    Latest,
    /// The incident names a deployment that is in no file.
    NotInFiles,
    /// It is planned maintenance.
    Maintenance,
    /// It does not tell when it began.
    NoStart,
    /// No production deployment of its service finished before it began.
    NoneBefore,
    /// It names no service, and there are several.
    SeveralServices,
    /// No production deployment is of its service.
    OtherService,
    /// There are no deployments.
    NoDeployments,
}

impl CauseOrigin {
    /// In words, after "the deployment": "as you decided".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Decided => "your decision",
            Self::DecidedNone => "your decision: no deployment caused it",
            Self::Incident => "named by the incident",
            Self::Deployment => "the deployment names the incident",
            Self::Latest => "the latest of its service before it began",
            Self::NotInFiles => "the incident names a deployment that is in no file",
            Self::Maintenance => "planned maintenance",
            Self::NoStart => "no date of its begin",
            Self::NoneBefore => "no production deployment of its service finished before it began",
            Self::SeveralServices => "it names no service, and several are deployed",
            Self::OtherService => "no production deployment is of its service",
            Self::NoDeployments => "there are no deployments in these files",
        }
    }
}

/// The cause of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Row of the deployment.
    pub deployment: Option<u32>,
    /// Who says so.
    pub origin: CauseOrigin,
}

impl Cause {
    pub(super) const NONE: Self = Self::without(CauseOrigin::NoDeployments);

    const fn without(origin: CauseOrigin) -> Self {
        Self { deployment: None, origin }
    }
}

/// What deployments say of the incidents that they caused.
struct Named<'a> {
    /// Rows of the deployments by the id of the incident.
    by_incident: BTreeMap<&'a str, Vec<u32>>,
}

impl<'a> Named<'a> {
    fn new(table: &'a Records) -> Self {
        let mut by_incident: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for row in 0..table.len() {
            let id = table.text("caused-incident", row);
            if !id.is_empty() {
                by_incident.entry(id).or_default().push(row as u32);
            }
        }
        Self { by_incident }
    }
}

/// The cause of each incident, by its row.
pub(super) fn causes(
    table: &Records,
    incidents: &Records,
    services: &ServiceIndex,
    ids: &Ids<'_>,
    delivery: &Delivery,
    decisions: &Decisions,
) -> Vec<Cause> {
    let named = Named::new(table);
    let column = incidents.list("services");
    let codes = column.map_or_else(Vec::new, |column| services.codes_for(column.values()));
    let started = incidents.moments("started-at");
    let mut causes = vec![Cause::NONE; incidents.len()];
    for (row, cause) in causes.iter_mut().enumerate() {
        let at = started.get(row).copied().unwrap_or(NO_MOMENT);
        let of_service = || {
            let own = column.map_or(&[][..], |column| column.codes_of(row));
            let wanted: Vec<u32> = own.iter().flat_map(|&code| codes[code as usize].iter().copied()).collect();
            services.latest_before(!own.is_empty(), &wanted, at)
        };
        *cause = decided(incidents, row, decisions, ids)
            .or_else(|| told(table, incidents, row, at, &named, ids, delivery))
            .unwrap_or_else(
                || if at == NO_MOMENT { Cause::without(CauseOrigin::NoStart) } else { guessed(of_service()) },
            );
        // Incidents of one deployment of a run are those of the run.
        cause.deployment = cause.deployment.map(|row| delivery.counted(row));
    }
    causes
}

fn decided(incidents: &Records, row: usize, decisions: &Decisions, ids: &Ids<'_>) -> Option<Cause> {
    if decisions.incident_links.is_empty() {
        return None;
    }
    match decisions.incident_links.get(&incidents.identity(row))?.as_str() {
        "" => Some(Cause::without(CauseOrigin::DecidedNone)),
        // A deployment whose file was taken out again leaves it to the guess.
        identity => ids.of_identity(identity).map(|row| Cause { deployment: Some(row), origin: CauseOrigin::Decided }),
    }
}

/// What the records say themselves.
fn told(
    table: &Records,
    incidents: &Records,
    row: usize,
    at: i64,
    named: &Named<'_>,
    ids: &Ids<'_>,
    delivery: &Delivery,
) -> Option<Cause> {
    if incidents.text("status", row) == "maintenance" {
        return Some(Cause::without(CauseOrigin::Maintenance));
    }
    let id = incidents.text("deployment-id", row);
    if !id.is_empty() {
        let found = ids.find(id, incidents.text("source", row), &delivery.deployments);
        let origin = if found.is_some() { CauseOrigin::Incident } else { CauseOrigin::NotInFiles };
        return Some(Cause { deployment: found, origin });
    }
    let own = incidents.text("id", row);
    let naming = named.by_incident.get(own).filter(|_| !own.is_empty())?;
    let order = |&&a: &&u32, &&b: &&u32| {
        let earlier = |row: u32| delivery.deployments[row as usize].at < at;
        earlier(a).cmp(&earlier(b)).then_with(|| by_time(table, &delivery.deployments, a, b))
    };
    let deployment = naming.iter().max_by(order).copied();
    Some(Cause { deployment, origin: CauseOrigin::Deployment })
}

fn guessed(found: Result<u32, NotFound>) -> Cause {
    match found {
        Ok(row) => Cause { deployment: Some(row), origin: CauseOrigin::Latest },
        Err(NotFound::NoneThen) => Cause::without(CauseOrigin::NoneBefore),
        Err(NotFound::SeveralServices) => Cause::without(CauseOrigin::SeveralServices),
        Err(NotFound::OtherService) => Cause::without(CauseOrigin::OtherService),
    }
}

/// Where there is no deployment, the user's "none" still stands.
pub(super) fn keep_decided(incidents: &Records, decisions: &Decisions, causes: &mut [Cause]) {
    if decisions.incident_links.is_empty() {
        return;
    }
    for (row, cause) in causes.iter_mut().enumerate() {
        if decisions.incident_links.get(&incidents.identity(row)).is_some_and(String::is_empty) {
            *cause = Cause::without(CauseOrigin::DecidedNone);
        }
    }
}

/// Words that say that no incident was caused, without naming one.
const NO: &[&str] = &["no", "n", "false", "0", "none", "-", "nein", "non", "não", "nao", "нет", "いいえ", "否"];

/// Marks the deployments that say that they caused an incident: with a yes, or by naming one. An incident about which the user
/// decided is left to that decision.
pub(super) fn mark_those_that_say_so(
    table: &Records,
    incidents: Option<&Records>,
    decisions: &Decisions,
    delivery: &mut Delivery,
) {
    let decided: BTreeSet<&str> = incidents.map_or_else(BTreeSet::new, |incidents| {
        let is_decided = |row: &usize| {
            !decisions.incident_links.is_empty() && decisions.incident_links.contains_key(&incidents.identity(*row))
        };
        (0..incidents.len()).filter(is_decided).map(|row| incidents.text("id", row)).collect()
    });
    for row in 0..table.len() {
        let word = table.text("caused-incident", row);
        if word.is_empty() || NO.contains(&word.to_lowercase().as_str()) || decided.contains(word) {
            continue;
        }
        let counted = delivery.counted(row as u32) as usize;
        delivery.deployments[counted].says_failed = true;
    }
}
