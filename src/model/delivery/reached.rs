//! Which production deployment brought each merged change of code to users, and how that is known.

use std::collections::HashMap;

use crate::model::{NO_MOMENT, Records};

use super::services::{Ids, NotFound, ServiceIndex};
use super::{Delivery, DeploymentEnd};

/// How it is known which deployment a change reached, or why none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReachOrigin {
    /// The change names the deployment.
    Named,
    /// The deployment has the commit of the change.
    Commit,
    /// It is the first successful production deployment of its service that finished at the merge or after it.
    First,
    /// It is not merged.
    NotMerged,
    /// It names a deployment that is in no file.
    NotInFiles,
    /// It does not tell when it was merged.
    NoMerge,
    /// No production deployment of its service succeeded since.
    NotYet,
    /// It names no service, and there are several.
    SeveralServices,
    /// No production deployment is of its service.
    OtherService,
    /// There are no deployments.
    NoDeployments,
}

impl ReachOrigin {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Named => "named by the change",
            Self::Commit => "the deployment of the same commit",
            Self::First => "the first successful one of its service after the merge",
            Self::NotMerged => "not merged",
            Self::NotInFiles => "it names a deployment that is in no file",
            Self::NoMerge => "merged, but no merge date",
            Self::NotYet => "no successful production deployment since its merge",
            Self::SeveralServices => "it names no service, and several are deployed",
            Self::OtherService => "no production deployment is of its service",
            Self::NoDeployments => "there are no deployments in these files",
        }
    }
}

/// The deployment that a change reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Row of the deployment.
    pub deployment: Option<u32>,
    /// How that is known.
    pub origin: ReachOrigin,
}

impl Reach {
    pub(super) const NONE: Self = Self::without(ReachOrigin::NoDeployments);

    const fn without(origin: ReachOrigin) -> Self {
        Self { deployment: None, origin }
    }
}

/// The deployment that each change reached, by the change's row.
pub(super) fn reached(
    table: &Records,
    changes: &Records,
    services: &ServiceIndex,
    ids: &Ids<'_>,
    delivery: &Delivery,
) -> Vec<Reach> {
    let commits = first_of_commits(table, changes, delivery);
    let column = changes.category("service");
    let codes = column.map_or_else(Vec::new, |column| services.codes_for(column.values()));
    let merged = changes.moments("merged-at");
    let of = |row: usize| {
        let at = merged.get(row).copied().unwrap_or(NO_MOMENT);
        if at == NO_MOMENT && changes.text("state", row) != "merged" {
            return Reach::without(ReachOrigin::NotMerged);
        }
        let told = told(changes, row, ids, delivery);
        let of_commit = || commits.get(changes.text("commit", row)).copied();
        let same = || of_commit().map(|row| Reach { deployment: Some(row), origin: ReachOrigin::Commit });
        if let Some(reach) = told.or_else(same) {
            return reach;
        }
        if at == NO_MOMENT {
            return Reach::without(ReachOrigin::NoMerge);
        }
        let own = column.map_or(0, |column| column.code(row));
        match services.first_since(own != 0, codes.get(own as usize).map_or(&[], Vec::as_slice), at) {
            Ok(row) => Reach { deployment: Some(row), origin: ReachOrigin::First },
            Err(NotFound::NoneThen) => Reach::without(ReachOrigin::NotYet),
            Err(NotFound::SeveralServices) => Reach::without(ReachOrigin::SeveralServices),
            Err(NotFound::OtherService) => Reach::without(ReachOrigin::OtherService),
        }
    };
    (0..changes.len()).map(of).collect()
}

/// The deployment that a change names. One that did not bring it to production says nothing of when it got there.
fn told(changes: &Records, row: usize, ids: &Ids<'_>, delivery: &Delivery) -> Option<Reach> {
    let id = changes.text("deployment-id", row);
    if id.is_empty() {
        return None;
    }
    let Some(found) = ids.find(id, changes.text("source", row), &delivery.deployments) else {
        return Some(Reach::without(ReachOrigin::NotInFiles));
    };
    let found = delivery.counted(found);
    let one = delivery.deployments.get(found as usize)?;
    let arrived = one.is_production && one.end == DeploymentEnd::Success && one.at != NO_MOMENT;
    arrived.then_some(Reach { deployment: Some(found), origin: ReachOrigin::Named })
}

/// The first successful production deployment of each commit that a change names.
fn first_of_commits<'a>(table: &'a Records, changes: &Records, delivery: &Delivery) -> HashMap<&'a str, u32> {
    let mut first = HashMap::new();
    if changes.tells("commit") {
        for &row in &delivery.in_order {
            let commit = table.text("commit", row as usize);
            if !commit.is_empty() && delivery.deployments[row as usize].end == DeploymentEnd::Success {
                first.entry(commit).or_insert(row);
            }
        }
    }
    first
}
