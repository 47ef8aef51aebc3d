//! Deployment rework rate: how many production deployments were unplanned, because of an incident.

use crate::model::{DeploymentEnd, ItemSet, NO_MOMENT, PreparedDataset, RecordKind, Records, sort_by_key};

use super::super::{About, BySprint, Figure, Metric, MetricResult, Query, words};
use super::rates::{Rate, answer, note_incidents_missing};
use super::scope::Scope;

/// ## What it measures
/// Unplanned production deployments (hotfixes) that an incident caused, as a share of all that are over.
/// ## How
/// An unplanned deployment was caused by an incident when one of its service began before it finished and was not yet over, or had
/// not yet begun, when the production deployment of its service before it finished. An incident without a service counts where a
/// single service is deployed.
/// ## Edge cases
/// Without incidents every unplanned deployment counts, and that is said. Planned maintenance is no incident. Where no deployment
/// says whether it was planned, the rate cannot be told.
/// ## Source
/// DORA 2024, "rework rate": <https://dora.dev/research/2024/dora-report/>.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::RATES, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "deployment-rework-rate",
    title: "Deployment rework rate",
    definition: "The share of production deployments that were unplanned and made because of an incident: one of its service was \
                 open, or began, between the production deployment before it and its own finish.",
    how_to_read: "The line is the share in each period; it has a gap where nothing was deployed. The bars at the right show it \
                  by service. A rising line means that more of the deployments repair what others broke.",
    per_iteration: false,
};

const RATE: Rate = Rate { id: ABOUT.id, name: "Rework rate", did: "were rework" };

/// Incidents of one service: their begins in order of time, and the latest end of those up to each.
#[derive(Default)]
struct Course {
    begins: Vec<i64>,
    latest_end: Vec<i64>,
}

impl Course {
    fn of(mut spans: Vec<(i64, i64)>) -> Self {
        sort_by_key(&mut spans, |&span| span);
        let mut course = Self::default();
        for (begin, end) in spans {
            let latest = course.latest_end.last().map_or(end, |&latest| latest.max(end));
            course.begins.push(begin);
            course.latest_end.push(latest);
        }
        course
    }

    /// True when an incident began up to `to` and ended after `from`.
    fn meets(&self, from: i64, to: i64) -> bool {
        let begun = self.begins.partition_point(|&begin| begin <= to);
        begun.checked_sub(1).is_some_and(|last| self.latest_end[last] > from)
    }
}

/// The incidents by service of deployments.
struct Incidents {
    of_service: Vec<Course>,
}

impl Incidents {
    fn new(scope: &Scope<'_>, table: &Records, selected: &ItemSet) -> Self {
        let services = scope.table.category("service");
        let number = services.map_or(1, |column| column.values().len());
        let in_use: Vec<usize> = {
            let mut codes: Vec<usize> = scope
                .delivery
                .in_order
                .iter()
                .map(|&row| services.map_or(0, |column| column.code(row as usize)) as usize)
                .collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        let is_unnamed = in_use.iter().all(|&code| code == 0);
        let small = |name: &str| name.trim().to_lowercase();
        let names: Vec<(String, usize)> = in_use
            .iter()
            .map(|&code| (services.map_or(String::new(), |column| small(column.value(code as u32))), code))
            .collect();
        let list = table.list("services");
        let moment = |name: &str, row: usize| table.moments(name).get(row).copied().unwrap_or(NO_MOMENT);
        let mut spans: Vec<Vec<(i64, i64)>> = vec![Vec::new(); number];
        for row in selected {
            let begin = moment("started-at", row);
            if begin == NO_MOMENT || table.text("status", row) == "maintenance" {
                continue;
            }
            let end = match moment("resolved-at", row) {
                NO_MOMENT => i64::MAX,
                end => end.max(begin),
            };
            let own: Vec<String> = list.map_or_else(Vec::new, |list| list.texts_of(row).map(small).collect());
            let meant = names.iter().filter(|(name, code)| {
                is_unnamed || (own.is_empty() && in_use.len() == 1) || (*code != 0 && own.contains(name))
            });
            meant.for_each(|&(_, code)| spans[code].push((begin, end)));
        }
        Self { of_service: spans.into_iter().map(Course::of).collect() }
    }
}

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let kinds = [RecordKind::Deployment, RecordKind::Incident];
    let mut scope = match Scope::new(ABOUT.id, data, query, &kinds) {
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
    if !scope.table.tells("unplanned") {
        let mut result = scope.not_computable(
            "No deployment says whether it was planned.",
            "Deployments with a column unplanned: yes for a hotfix, no for the others.",
        );
        result.excluded = scope.excluded;
        return result;
    }
    let table = data.dataset.records(RecordKind::Incident);
    let incidents = table.map(|table| Incidents::new(&scope, table, &scope.others(table, query)));
    let services = scope.table.category("service");
    let is_rework = |row: u32| {
        let one = &scope.delivery.deployments[row as usize];
        let Some(incidents) = &incidents else { return one.is_unplanned };
        let before = one.before.map_or(i64::MIN, |before| scope.delivery.deployments[before as usize].at);
        let code = services.map_or(0, |column| column.code(row as usize)) as usize;
        one.is_unplanned && incidents.of_service.get(code).is_some_and(|course| course.meets(before, one.at))
    };
    let mut result = answer(&RATE, &scope, query, is_rework);
    let of_all = |id: &str, name: &str, rows: Vec<u32>| {
        let how = format!("of {}", words::count(scope.rows.len(), "deployment", "deployments"));
        Figure::new(id, name, Some(rows.len() as f64), "deployments", how).with_items(rows)
    };
    let unplanned = |&row: &u32| scope.delivery.deployments[row as usize].is_unplanned;
    let rows: Vec<u32> = scope.rows.iter().copied().filter(unplanned).collect();
    result.figures.push(of_all("unplanned", "Unplanned", rows));
    let failed = |&row: &u32| scope.delivery.deployments[row as usize].end == DeploymentEnd::Failure;
    result.figures.push(of_all("failed", "Failed to deploy", scope.rows.iter().copied().filter(failed).collect()));
    scope.notes(&mut result, &scope.rows, table);
    note_incidents_missing(
        &mut result,
        data,
        "There are no incidents in these files: every unplanned deployment counts. Incidents would tell which of them one caused.",
    );
    result
}
