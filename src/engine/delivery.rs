//! Which environments are deployed to and which releases there were, for the page.

use std::collections::BTreeMap;

use crate::engine::{DeliverySummary, EnvironmentSummary, ReleaseDay};
use crate::model::{DeploymentEnd, PreparedDataset, ProductionRule, RecordKind, sort_by};

/// Versions of one day that are named; the rest is counted.
const NAMES: usize = 4;

pub(super) fn summary(data: &PreparedDataset) -> DeliverySummary {
    let Some(table) = data.dataset.records(RecordKind::Deployment) else { return DeliverySummary::default() };
    let delivery = &data.delivery;
    let mut environments = Vec::new();
    if let Some(column) = table.category("environment") {
        let mut counts = vec![0_u64; column.values().len()];
        (0..table.len()).for_each(|row| counts[column.code(row) as usize] += 1);
        let used = counts.iter().enumerate().filter(|&(_, &count)| count > 0);
        environments = used
            .map(|(code, &deployments)| EnvironmentSummary {
                name: column.value(code as u32).to_owned(),
                deployments,
                is_production: delivery.production.is_code(code as u32),
            })
            .collect();
        sort_by(&mut environments, |a: &EnvironmentSummary, b| {
            b.deployments.cmp(&a.deployments).then_with(|| a.name.cmp(&b.name))
        });
    }
    let mut days: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for &row in &delivery.in_order {
        let version = table.text("version", row as usize);
        let one = delivery.deployments[row as usize];
        if !version.is_empty() && one.end == DeploymentEnd::Success {
            let names = days.entry(data.calendar.day_of(one.at)).or_default();
            if !names.iter().any(|known| known == version) {
                names.push(version.to_owned());
            }
        }
    }
    let releases = days.into_iter().map(|(day, mut versions)| {
        let more = versions.len().saturating_sub(NAMES) as u64;
        versions.truncate(NAMES);
        ReleaseDay { day, versions, more }
    });
    DeliverySummary {
        environments,
        is_chosen: delivery.production.rule == ProductionRule::Chosen,
        releases: releases.collect(),
    }
}
