//! Recovery of services: how long outages take, and how long it is between them.

use crate::metrics::stats::{FEW_VALUES, mean, percentile_by, percentile_in_words, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset};

use super::services::{Outage, Period, Service, Services};
use super::told::{HOUR, MINUTE, MOST_LINES, hours, minutes, name, notes, services};

/// ## What it measures
/// MTTR, the mean and the median time from the beginning of an outage to its end, and MTBF, the mean time up between outages.
/// ## How
/// Of the outages that began in the period: MTTR = mean of their lengths; MTBF = time up in the period / number of outages.
/// Downtimes that overlap or touch are one outage.
/// ## Edge cases
/// An outage that is not over has no length yet: it counts for MTBF and not for MTTR. One that began before the period counts
/// for neither. Spans of which only the sum of the downtime is known hold an unknown number of outages and are left out. It is
/// not the recovery time of DORA, which asks for failed deployments alone.
/// ## Source
/// ITIL 4, service availability: mean time between failures, mean time to restore service.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "service-recovery",
    title: "Recovery of services",
    definition: "MTTR: how long outages that began in the period took, as mean and median. MTBF: the time up, divided by the \
                 number of these outages. It counts every outage, not only those of failed deployments as DORA's recovery time.",
    how_to_read: "Each pair of bars is a service: the mean and the median length of its outages in minutes. A mean far above \
                  the median means few, long outages.",
    per_iteration: false,
};

const OPEN: &str = "the outage is not over";
const BEFORE: &str = "the outage began before the period";
const SUMS: &str = "only the sum of the downtime is known, not the outages";
const UP: &str = "tells of no outage";

/// The outages of a service that count.
struct Course<'a, 'b> {
    service: &'b Service<'a>,
    /// Began in the period, over or not.
    begun: usize,
    /// Lengths of those that are over, minutes, rising.
    lengths: Vec<f64>,
    rows: Vec<u32>,
}

fn compute(data: &PreparedDataset, _items: &ItemSet, query: &Query) -> MetricResult {
    let period = Period::asked(data, query);
    let mut services = match services(ABOUT.id, data, query, period) {
        Ok(services) => services,
        Err(result) => return *result,
    };
    leave_out(&mut services, period);
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    services.account(&mut result);
    let courses: Vec<Course<'_, '_>> = services.list.iter().map(|service| course(service, period)).collect();
    if courses.iter().all(|course| course.begun == 0) {
        let mut none = MetricResult::not_computable(
            ABOUT.id,
            "No outage began in the chosen period.",
            "A longer period, or services that were down: without an outage there is no time to recover.",
        );
        (none.counted, none.considered, none.excluded) = (result.counted, result.considered, result.excluded);
        return none;
    }
    result.series = series(&courses, query);
    result.figures = figures(&courses, query);
    result.working = working(&courses);
    result.summary = summary(&courses, query);
    notes(&mut result, data, &services, period);
    let lengths: usize = courses.iter().map(|course| course.lengths.len()).sum();
    if lengths < FEW_VALUES {
        let outages = words::count(lengths, "outage", "outages");
        result.note("few-outages", format!("Only {outages} that ended: the mean may change much with the next one."));
    }
    result
}

fn begins_within(outage: &Outage, period: Period) -> bool {
    period.from.is_none_or(|from| outage.from >= from)
}

fn course<'a, 'b>(service: &'b Service<'a>, period: Period) -> Course<'a, 'b> {
    let begun = || service.outages.iter().filter(|outage| begins_within(outage, period));
    let over = || begun().filter(|outage| !outage.is_open);
    let mut lengths: Vec<f64> = over().map(|outage| (outage.to - outage.from) as f64 / MINUTE).collect();
    lengths.sort_unstable_by(f64::total_cmp);
    let rows = over().flat_map(|outage| outage.rows.iter().copied()).collect();
    Course { service, begun: begun().count(), lengths, rows }
}

/// Takes out the records whose outages have no length that counts. A record of several services stays as long as it counts for
/// one of them.
fn leave_out(services: &mut Services<'_>, period: Period) {
    use std::collections::BTreeMap;
    // The largest of the reasons of a record is told; none of them when it counts.
    let mut reasons: BTreeMap<u32, Option<&'static str>> = BTreeMap::new();
    let mut tell = |row: u32, reason: Option<&'static str>| {
        let known = reasons.entry(row).or_insert(reason);
        if reason.is_none() {
            *known = None;
        }
    };
    for service in &services.list {
        for outage in &service.outages {
            let reason = match (begins_within(outage, period), outage.is_open) {
                (false, _) => Some(BEFORE),
                (true, true) => Some(OPEN),
                (true, false) => None,
            };
            outage.rows.iter().for_each(|&row| tell(row, reason));
        }
        service.sums.iter().for_each(|&row| tell(row, Some(SUMS)));
        let mut told: Vec<u32> =
            service.outages.iter().flat_map(|outage| &outage.rows).chain(&service.sums).copied().collect();
        told.sort_unstable();
        let up = service.rows.iter().filter(|row| told.binary_search(row).is_err());
        up.for_each(|&row| tell(row, Some(UP)));
    }
    for reason in [BEFORE, OPEN, SUMS, UP] {
        let rows = reasons.iter().filter(|(_, told)| **told == Some(reason)).map(|(&row, _)| row).collect();
        services.leave_out(reason, rows);
    }
}

fn series(courses: &[Course<'_, '_>], query: &Query) -> Vec<Series> {
    let points = |value: &dyn Fn(&Course<'_, '_>) -> Option<f64>| {
        let point = |course: &Course<'_, '_>| Point {
            x: X::Name(name(course.service).to_owned()),
            y: value(course),
            items: course.rows.clone(),
        };
        courses.iter().map(point).collect()
    };
    let median = |course: &Course<'_, '_>| percentile_by(&course.lengths, 50, query.percentile).map(tidy);
    vec![
        Series::new("mean", "Mean", Role::Main, "minutes", points(&|course| mean(&course.lengths))),
        Series::new("median", "Median", Role::Second, "minutes", points(&median)),
    ]
}

/// Milliseconds in which a service was up.
fn up_ms(service: &Service<'_>) -> f64 {
    service.known_ms() - service.down_ms()
}

fn lengths_of(courses: &[Course<'_, '_>]) -> Vec<f64> {
    let mut lengths: Vec<f64> = courses.iter().flat_map(|course| &course.lengths).copied().collect();
    lengths.sort_unstable_by(f64::total_cmp);
    lengths
}

fn figures(courses: &[Course<'_, '_>], query: &Query) -> Vec<Figure> {
    let lengths = lengths_of(courses);
    let mut rows: Vec<u32> = courses.iter().flat_map(|course| &course.rows).copied().collect();
    rows.sort_unstable();
    rows.dedup();
    let begun: usize = courses.iter().map(|course| course.begun).sum();
    let up: f64 = courses.iter().map(|course| up_ms(course.service)).sum();
    let of = words::count(lengths.len(), "outage", "outages");
    let ended = if lengths.is_empty() { "no outage has ended".to_owned() } else { format!("of {of} that ended") };
    let rank =
        if lengths.is_empty() { ended.clone() } else { percentile_in_words(lengths.len(), 50, query.percentile) };
    let median = percentile_by(&lengths, 50, query.percentile).map(tidy);
    let between = (begun > 0).then(|| tidy(up / HOUR / begun as f64));
    let outages = words::count(begun, "outage", "outages");
    vec![
        Figure::new("mttr-mean", "Mean time to recover", mean(&lengths), "minutes", ended).with_items(rows.clone()),
        Figure::new("mttr-median", "Median time to recover", median, "minutes", rank).with_items(rows),
        Figure::new("mtbf", "Mean time between failures", between, "hours", format!("{} up / {outages}", hours(up))),
        Figure::new("outages", "Outages", Some(begun as f64), "outages", "began in the period, over or not"),
    ]
}

fn working(courses: &[Course<'_, '_>]) -> Vec<String> {
    let line = |course: &Course<'_, '_>| {
        let total: f64 = course.lengths.iter().sum::<f64>() * MINUTE;
        let repair = match mean(&course.lengths) {
            Some(mean) => format!("MTTR = {} / {} = {}", minutes(total), course.lengths.len(), minutes(mean * MINUTE)),
            None => "no outage has ended".to_owned(),
        };
        let up = up_ms(course.service);
        let between = match course.begun {
            0 => "no outage began".to_owned(),
            begun => format!("MTBF = {} up / {begun} = {}", hours(up), hours(up / begun as f64)),
        };
        format!("{}: {repair}; {between}.", name(course.service))
    };
    courses.iter().take(MOST_LINES).map(line).collect()
}

fn summary(courses: &[Course<'_, '_>], query: &Query) -> String {
    let lengths = lengths_of(courses);
    let begun: usize = courses.iter().map(|course| course.begun).sum();
    let (Some(mean), Some(median)) = (mean(&lengths), percentile_by(&lengths, 50, query.percentile)) else {
        let outages = words::capitalised(&words::count(begun, "outage", "outages"));
        return format!("{outages} began in the period, and none is over.");
    };
    let (mean, median) = (minutes(mean * MINUTE), minutes(median * MINUTE));
    match lengths.len() {
        1 => format!("The one outage that ended took {mean}."),
        more => format!("Outages took {mean} on average, half of them at most {median} ({more} outages)."),
    }
}
