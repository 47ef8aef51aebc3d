//! Change lead time: from the first commit of a change to its production deployment.

use std::collections::BTreeMap;

use crate::model::{ItemSet, NO_MOMENT, PreparedDataset, ReachOrigin, RecordKind, Records, sort_by_key};

use super::super::stats::{FEW_VALUES, VALUES_FOR_P85, percentile_by, percentile_in_words};
use super::super::{
    About, BySprint, Counted, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words,
};
use super::bands::{BandLimits, Bands};
use super::lead_time_parts::{PARTS, Steps, Way};
use super::scope::{Scope, beside, is_within};

/// ## What it measures
/// Days, with fractions, from the first commit of a merged change (else its opening) to the production deployment that brought it
/// to users; and its parts: coding (first commit to opened), review (opened to first review), merge wait (first review to
/// merged), deploy (merged to deployed).
/// ## How
/// The deployment is the one that the change names, else that of the same commit, else the first successful production deployment
/// of its service that finished at the merge or after it. Median and p85 by the percentile rule of the question. A dot stands at
/// the day of the deployment.
/// ## Edge cases
/// A step that is dated before an earlier one makes a part negative: the change is left out with the reason. So are changes that
/// reached no deployment. A part with an unknown end is left out of that part alone. Changes that are not merged do not count.
/// ## Source
/// DORA, software delivery metrics: <https://dora.dev/guides/dora-metrics-four-keys/>.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "change-lead-time",
    title: "Change lead time",
    definition: "The days, with fractions, from the first commit of a merged change (or its opening, where no commit is dated) \
                 to the production deployment that brought it to users. Its parts are coding, review, merge wait and deploy.",
    how_to_read: "Each dot is one change: to the right the day it reached production, upwards the days it took. Half of them lie \
                  at or below the median line. The bars at the right are the medians of its parts and by service: the longest \
                  part is where time is to be gained.",
    per_iteration: false,
};

const UNIT: &str = "days";
const NEEDS: &str = "Pull or merge requests with their dates (GitHub pull requests JSON, GitLab merge requests JSON), or a table \
                     with id, first_commit_at, merged_at and deployment_id.";

/// One change that reached production.
struct Arrived {
    change: u32,
    deployment: u32,
    day: i32,
    way: Way,
}

#[derive(Default)]
struct Arrivals {
    found: Vec<Arrived>,
    excluded: Vec<Exclusion>,
    /// How each is linked: named, same commit, first since.
    linked: [usize; 3],
}

impl Arrivals {
    fn new(scope: &Scope<'_>, changes: &Records, query: &Query) -> Self {
        let mut arrivals = Self::default();
        let merged = changes.moments("merged-at");
        let steps = Steps::of(changes);
        let of_deployments = query.select_records(changes).rows;
        for row in &scope.others(changes, query) {
            let at = merged.get(row).copied().unwrap_or(NO_MOMENT);
            let Some(reach) = scope.delivery.reached.get(row) else { continue };
            if reach.origin == ReachOrigin::NotMerged || (at != NO_MOMENT && at > scope.as_of) {
                continue;
            }
            let reached = reach.deployment.filter(|&one| scope.delivery.deployments[one as usize].at <= scope.as_of);
            let one = match reached {
                // A filter on services and environments is one on the deployments; without one, on the changes.
                Some(deployment) if !scope.passes(deployment) => continue,
                None if !of_deployments.contains(row) => continue,
                Some(deployment) => arrived(scope, &steps, row, deployment, query),
                None if reach.deployment.is_some() => Err(ReachOrigin::NotYet.words()),
                None => Err(reach.origin.words()),
            };
            match one {
                Ok(one) => {
                    arrivals.linked[link_place(reach.origin)] += 1;
                    arrivals.found.push(one);
                }
                Err(reason) => Exclusion::add(&mut arrivals.excluded, reason, [row as u32]),
            }
        }
        sort_by_key(&mut arrivals.found, |one| (one.day, one.change));
        arrivals
    }
}

const fn link_place(origin: ReachOrigin) -> usize {
    match origin {
        ReachOrigin::Named => 0,
        ReachOrigin::Commit => 1,
        _ => 2,
    }
}

fn arrived(
    scope: &Scope<'_>,
    steps: &Steps<'_>,
    row: usize,
    deployment: u32,
    query: &Query,
) -> Result<Arrived, &'static str> {
    let day = scope.day(deployment);
    if !is_within(day, query) {
        return Err("deployed outside the chosen period");
    }
    let way = Way::of(steps, row, scope.delivery.deployments[deployment as usize].at)?;
    Ok(Arrived { change: row as u32, deployment, day, way })
}

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let scope = match Scope::new(ABOUT.id, data, query, &[RecordKind::Deployment, RecordKind::Change]) {
        Ok(scope) => scope,
        Err(mut result) => {
            // What it counts are changes.
            result.excluded.clear();
            return *result;
        }
    };
    let Some(changes) = data.dataset.records(RecordKind::Change).filter(|table| !table.is_empty()) else {
        return MetricResult::not_computable(
            ABOUT.id,
            "There are no pull requests, merge requests or commits in these files.",
            NEEDS,
        );
    };
    let arrivals = Arrivals::new(&scope, changes, query);
    if arrivals.found.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No merged change of this selection is known to have reached production.",
            "Changes and deployments of the same services and the same time, with their dates.",
        );
        result.counted = Counted::Records(RecordKind::Change);
        result.excluded = arrivals.excluded;
        return result;
    }
    answer(&scope, changes, arrivals, query)
}

fn answer(scope: &Scope<'_>, changes: &Records, arrivals: Arrivals, query: &Query) -> MetricResult {
    let Arrivals { found, excluded, linked } = arrivals;
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        counted: Counted::Records(RecordKind::Change),
        considered: found.len() as u64,
        excluded,
        ..MetricResult::default()
    };
    let rising = rising(found.iter().map(|one| one.way.days));
    let number = rising.len();
    let points = found.iter().map(|one| Point { x: X::Day(one.day), y: Some(one.way.days), items: vec![one.change] });
    result.series.push(Series::new("changes", "Changes", Role::Scatter, UNIT, points.collect()));
    let days: Vec<i32> = found.iter().map(|one| one.day).collect();
    let median = percentile_by(&rising, 50, query.percentile);
    let p85 = percentile_by(&rising, 85, query.percentile).filter(|_| number >= VALUES_FOR_P85);
    for (id, name, level) in [("median", "Median", median), ("p85", "85 % took at most", p85)] {
        result.series.extend(level.map(|level| Series::level(id, name, UNIT, level, &days)));
    }
    let parts = parts(&found, query);
    let how = |p: usize| {
        format!("{} {}", percentile_in_words(number, p, query.percentile), words::verb(number, "change", "changes"))
    };
    let few =
        || format!("needs at least {VALUES_FOR_P85} changes; there {} {number}", words::verb(number, "is", "are"));
    result.figures = vec![
        Figure::new("median", "Median", median, UNIT, how(50)),
        Figure::new("p85", "p85", p85, UNIT, if p85.is_some() { how(85) } else { few() }),
    ];
    for ((id, name), (_, value, items)) in PARTS.iter().zip(&parts) {
        let how = format!("median of the {} whose both ends are known", words::count(items.len(), "change", "changes"));
        result.figures.push(Figure::new(id, format!("{name}, median"), *value, UNIT, how));
    }
    let all: Vec<u32> = found.iter().map(|one| one.change).collect();
    let figure = Figure::new("changes", "Changes", Some(number as f64), "changes", scope.of_what(&scope.rows));
    result.figures.push(figure.with_items(all));
    result.series.push(beside("parts", "Median of the part", UNIT, parts));
    result.series.push(by_service(scope, &found, query));
    tell(&mut result, scope, changes, median, linked);
    result
}

fn rising(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut rising: Vec<f64> = values.collect();
    rising.sort_unstable_by(f64::total_cmp);
    rising
}

fn parts(found: &[Arrived], query: &Query) -> Vec<(String, Option<f64>, Vec<u32>)> {
    let bar = |position: usize| {
        let known: Vec<(f64, u32)> =
            found.iter().filter_map(|one| Some((one.way.parts[position]?, one.change))).collect();
        let median = percentile_by(&rising(known.iter().map(|&(days, _)| days)), 50, query.percentile);
        (PARTS[position].1.to_owned(), median, known.into_iter().map(|(_, change)| change).collect())
    };
    (0..PARTS.len()).map(bar).collect()
}

fn by_service(scope: &Scope<'_>, found: &[Arrived], query: &Query) -> Series {
    let mut groups: BTreeMap<&str, Vec<&Arrived>> = BTreeMap::new();
    for one in found {
        groups.entry(scope.service(one.deployment)).or_default().push(one);
    }
    let bars = groups.into_iter().map(|(name, group)| {
        let rising = rising(group.iter().map(|one| one.way.days));
        (name.to_owned(), percentile_by(&rising, 50, query.percentile), group.iter().map(|one| one.change).collect())
    });
    beside("by-service", "Median by service", UNIT, bars.collect())
}

fn tell(result: &mut MetricResult, scope: &Scope<'_>, table: &Records, median: Option<f64>, linked: [usize; 3]) {
    let Some(median) = median else { return };
    let number: usize = linked.iter().sum();
    let changes = words::count(number, "change", "changes");
    result.summary = format!("Median change lead time is {} ({changes}).", words::days(median));
    let [named, commit, first] = linked;
    result.working.push(format!(
        "{} reached production: {named} by the deployment that they name, {commit} by the same commit, {first} by the first successful deployment of their service after the merge.",
        words::capitalised(&changes)
    ));
    result.working.push(format!("Median = {} = {}.", result.figures[0].how, words::days(median)));
    let bands = Bands::of(&scope.data.decisions);
    bands.note(result, bands.of_lead_time(median), BandLimits::LeadTime);
    scope.notes(result, &scope.rows, Some(table));
    if number < FEW_VALUES {
        result.note("few-values", format!("Only {changes}: the median may change much with the next one."));
    }
}
