//! Failed deployment recovery time: from a deployment that broke something to the end of the incident.

use crate::model::{CauseOrigin, ItemSet, NO_MOMENT, PreparedDataset, RecordKind, Records, sort_by_key};

use super::super::stats::{FEW_VALUES, VALUES_FOR_P85, percentile_by, percentile_in_words, tidy};
use super::super::{
    About, BySprint, Counted, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words,
};
use super::bands::{BandLimits, Bands};
use super::scope::{Scope, beside, is_within};

/// ## What it measures
/// Hours from the finish of the production deployment that caused an incident to the moment the incident was resolved.
/// ## How
/// Per incident; median and p85 by the percentile rule of the question. Which deployment caused an incident is told in
/// [`crate::model::CauseOrigin`]. A dot stands at the day on which the incident was resolved.
/// ## Edge cases
/// Open incidents, those of no deployment or of one that did not go to production, planned maintenance and those resolved before
/// their deployment finished are left out and counted.
/// ## Source
/// DORA 2023, "failed deployment recovery time": <https://dora.dev/guides/dora-metrics-four-keys/>.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "failed-deployment-recovery-time",
    title: "Failed deployment recovery time",
    definition: "The hours from the finish of the production deployment that caused an incident to the moment the incident was \
                 resolved. Only incidents that a deployment caused count.",
    how_to_read: "Each dot is one incident: to the right the day it was resolved, upwards the hours since the deployment that \
                  caused it. Half of them lie at or below the median line. The bars at the right are the medians by service.",
    per_iteration: false,
};

const MILLISECONDS_AN_HOUR: f64 = 3_600_000.0;
const UNIT: &str = "hours";

/// One incident that is over.
struct Recovered {
    incident: u32,
    deployment: u32,
    day: i32,
    hours: f64,
}

#[derive(Default)]
struct Recoveries {
    found: Vec<Recovered>,
    excluded: Vec<Exclusion>,
}

impl Recoveries {
    fn new(scope: &Scope<'_>, table: &Records, query: &Query) -> Self {
        let mut recoveries = Self::default();
        let moment = |name: &str, row: usize| table.moments(name).get(row).copied().unwrap_or(NO_MOMENT);
        for row in &scope.others(table, query) {
            let started = moment("started-at", row);
            if started != NO_MOMENT && started > scope.as_of {
                continue;
            }
            match recovered(scope, row as u32, moment("resolved-at", row), query) {
                Ok(Some(one)) => recoveries.found.push(one),
                Ok(None) => {}
                Err(reason) => Exclusion::add(&mut recoveries.excluded, reason, [row as u32]),
            }
        }
        sort_by_key(&mut recoveries.found, |one| (one.day, one.incident));
        recoveries
    }
}

/// `None` for incidents of deployments that a filter leaves out.
fn recovered(
    scope: &Scope<'_>,
    incident: u32,
    resolved: i64,
    query: &Query,
) -> Result<Option<Recovered>, &'static str> {
    let Some(cause) = scope.delivery.causes.get(incident as usize) else { return Ok(None) };
    let Some(deployment) = cause.deployment else {
        return Err(match cause.origin {
            CauseOrigin::DecidedNone => "no deployment caused it, as you decided",
            origin => origin.words(),
        });
    };
    if !scope.passes(deployment) {
        return Ok(None);
    }
    let one = &scope.delivery.deployments[deployment as usize];
    if !one.is_production {
        return Err("its deployment did not go to production");
    }
    if one.at == NO_MOMENT || !one.end.is_finished() {
        return Err("its deployment tells no result or no date");
    }
    if resolved == NO_MOMENT || resolved > scope.as_of {
        return Err("not resolved yet");
    }
    if resolved < one.at {
        return Err("resolved before its deployment finished");
    }
    let day = scope.data.calendar.day_of(resolved);
    if !is_within(day, query) {
        return Err("resolved outside the chosen period");
    }
    let hours = tidy((resolved - one.at) as f64 / MILLISECONDS_AN_HOUR);
    Ok(Some(Recovered { incident, deployment, day, hours }))
}

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let scope = match Scope::new(ABOUT.id, data, query, &[RecordKind::Deployment, RecordKind::Incident]) {
        Ok(scope) => scope,
        Err(mut result) => {
            // What it counts are incidents.
            result.excluded.clear();
            return *result;
        }
    };
    let Some(table) = data.dataset.records(RecordKind::Incident).filter(|table| !table.is_empty()) else {
        return MetricResult::not_computable(
            ABOUT.id,
            "There are no incidents in these files.",
            "Incidents with their service, begin and end: PagerDuty, Opsgenie, Statuspage, or a table with started_at and resolved_at.",
        );
    };
    let recoveries = Recoveries::new(&scope, table, query);
    if recoveries.found.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No incident of this selection is resolved and belongs to a production deployment.",
            "Incidents with an end, of the services that are deployed; or links between them, below.",
        );
        result.counted = Counted::Records(RecordKind::Incident);
        result.excluded = recoveries.excluded;
        return result;
    }
    answer(&scope, table, recoveries, query)
}

fn answer(scope: &Scope<'_>, table: &Records, recoveries: Recoveries, query: &Query) -> MetricResult {
    let Recoveries { found, excluded } = recoveries;
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        counted: Counted::Records(RecordKind::Incident),
        considered: found.len() as u64,
        excluded,
        ..MetricResult::default()
    };
    let mut rising: Vec<f64> = found.iter().map(|one| one.hours).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let number = rising.len();
    let points = found.iter().map(|one| Point { x: X::Day(one.day), y: Some(one.hours), items: vec![one.incident] });
    result.series.push(Series::new("incidents", "Incidents", Role::Scatter, UNIT, points.collect()));
    let days: Vec<i32> = found.iter().map(|one| one.day).collect();
    let median = percentile_by(&rising, 50, query.percentile);
    let p85 = percentile_by(&rising, 85, query.percentile).filter(|_| number >= VALUES_FOR_P85);
    for (id, name, level) in [("median", "Median", median), ("p85", "85 % took at most", p85)] {
        result.series.extend(level.map(|level| Series::level(id, name, UNIT, level, &days)));
    }
    result.series.push(by_service(scope, &found, query));
    let how = |p: usize| {
        format!("{} {}", percentile_in_words(number, p, query.percentile), words::verb(number, "incident", "incidents"))
    };
    let p85_how = if p85.is_some() {
        how(85)
    } else {
        format!("needs at least {VALUES_FOR_P85} incidents; there {} {number}", words::verb(number, "is", "are"))
    };
    let deployments: std::collections::BTreeSet<u32> = found.iter().map(|one| one.deployment).collect();
    let all: Vec<u32> = found.iter().map(|one| one.incident).collect();
    result.figures = vec![
        Figure::new("median", "Median", median, UNIT, how(50)),
        Figure::new("p85", "p85", p85, UNIT, p85_how),
        Figure::new(
            "incidents",
            "Incidents",
            Some(number as f64),
            "incidents",
            format!(
                "that {} caused, {}",
                words::count(deployments.len(), "deployment", "deployments"),
                scope.of_what(&scope.rows)
            ),
        )
        .with_items(all),
    ];
    tell(&mut result, scope, table, median, number);
    result
}

fn tell(result: &mut MetricResult, scope: &Scope<'_>, table: &Records, median: Option<f64>, number: usize) {
    let Some(median) = median else { return };
    let incidents = words::count(number, "incident", "incidents");
    let text = words::number(median);
    let hours = if text == "1" { "1 hour".to_owned() } else { format!("{text} hours") };
    result.summary = format!("Median recovery from a failed deployment takes {hours} ({incidents}).");
    result.working.push(format!("{} with a causing production deployment and an end.", words::capitalised(&incidents)));
    result.working.push(format!("Median = {} = {hours}.", result.figures[0].how));
    let bands = Bands::of(&scope.data.decisions);
    bands.note(result, Bands::of_recovery(median), BandLimits::Recovery);
    scope.notes(result, &scope.rows, Some(table));
    if number < FEW_VALUES {
        result.note("few-values", format!("Only {incidents}: the median may change much with the next one."));
    }
}

fn by_service(scope: &Scope<'_>, found: &[Recovered], query: &Query) -> Series {
    let mut groups: std::collections::BTreeMap<&str, Vec<&Recovered>> = std::collections::BTreeMap::new();
    for one in found {
        groups.entry(scope.service(one.deployment)).or_default().push(one);
    }
    let bars = groups.into_iter().map(|(name, group)| {
        let mut rising: Vec<f64> = group.iter().map(|one| one.hours).collect();
        rising.sort_unstable_by(f64::total_cmp);
        let items = group.iter().map(|one| one.incident).collect();
        (name.to_owned(), percentile_by(&rising, 50, query.percentile), items)
    });
    beside("by-service", "Median by service", UNIT, bars.collect())
}
