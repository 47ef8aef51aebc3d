//! What all metrics of uptime say alike: names, times, notes, and the answer where nothing can be said.

use crate::metrics::{MetricResult, Query, words};
use crate::model::{PreparedDataset, RecordKind, iso_from_day};

use super::services::{Period, Service, Services};

/// Milliseconds of a minute.
pub(super) const MINUTE: f64 = 60_000.0;
/// Milliseconds of an hour.
pub(super) const HOUR: f64 = 3_600_000.0;
/// The target of a service where the user has named none, percent.
pub(super) const DEFAULT_TARGET: f64 = 99.9;
/// Services that have a line of their own in the working.
pub(super) const MOST_LINES: usize = 20;

/// The name of a service on an axis and in sentences.
pub(super) fn name<'a>(service: &Service<'a>) -> &'a str {
    if service.name.is_empty() { "No service named" } else { service.name }
}

/// "1 minute", "2.5 minutes".
pub(super) fn minutes(milliseconds: f64) -> String {
    amount(milliseconds / MINUTE, "minute", "minutes")
}

/// "1 hour", "2.5 hours".
pub(super) fn hours(milliseconds: f64) -> String {
    amount(milliseconds / HOUR, "hour", "hours")
}

fn amount(value: f64, singular: &str, plural: &str) -> String {
    let text = words::number(value);
    let unit = if text == "1" { singular } else { plural };
    format!("{text} {unit}")
}

/// Whose a sum is: "of 1 service", "of 3 services together".
pub(super) fn of_services(number: usize) -> String {
    let together = if number == 1 { "" } else { " together" };
    format!("of {}{together}", words::count(number, "service", "services"))
}

/// An availability with three decimals: "99.953"; with more where it would read as 100 although it is less.
pub(super) fn percentage(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0 + 0.0;
    if rounded >= 100.0 && value < 100.0 { format!("{value}") } else { format!("{rounded}") }
}

/// "2024-01-31 09:30" in the workspace's zone.
pub(super) fn moment(data: &PreparedDataset, moment: i64) -> String {
    let day = data.calendar.day_of(moment);
    let minutes = (moment - data.calendar.start_of_day(day)) / 60_000;
    format!("{} {:02}:{:02}", iso_from_day(day), minutes / 60, minutes % 60)
}

/// The availability that a service shall have, percent, and whether the user said so.
pub(super) fn target(data: &PreparedDataset, service: &Service<'_>) -> (f64, bool) {
    let targets = &data.decisions.availability_targets;
    let own = targets.get(service.name).or_else(|| targets.get(""));
    (own.copied().unwrap_or(DEFAULT_TARGET), own.is_some())
}

/// The services, or the answer why nothing can be said of them.
pub(super) fn services<'a>(
    id: &str,
    data: &'a PreparedDataset,
    query: &Query,
    period: Period,
) -> Result<Services<'a>, Box<MetricResult>> {
    let mut services = Services::new(data, query, period);
    let tells = |kind| data.dataset.records(kind).is_some();
    let reason = if !tells(RecordKind::Incident) && !tells(RecordKind::Uptime) {
        "These files tell neither of incidents nor of the uptime of a service."
    } else if services.list.is_empty() {
        "No incident and no span of uptime of this selection tells when a service was down."
    } else if services.list.iter().all(|service| service.known.is_empty()) {
        "Nothing tells since when the services were watched, or they were not watched in the chosen period."
    } else {
        return Ok(services);
    };
    let needs =
        "A list of incidents, or samples of uptime such as UptimeRobot's; for a chosen period its first and last day.";
    let mut result = MetricResult::not_computable(id, reason, needs);
    if !services.list.is_empty() || tells(RecordKind::Incident) || tells(RecordKind::Uptime) {
        services.account(&mut result);
    }
    Err(Box::new(result))
}

/// What every answer must say of its sources.
pub(super) fn notes(result: &mut MetricResult, data: &PreparedDataset, services: &Services<'_>, period: Period) {
    let list = &services.list;
    let names = |wanted: &dyn Fn(&Service<'_>) -> bool| -> Vec<String> {
        list.iter().filter(|service| wanted(service)).map(|service| name(service).to_owned()).collect()
    };
    let told = |names: &[String]| words::list(&names.iter().map(String::as_str).collect::<Vec<_>>(), 3);
    let (by_spans, by_incidents) = (names(&|service| service.by_spans), names(&|service| !service.by_spans));
    if !by_spans.is_empty() {
        let of = told(&by_spans);
        result.note(
            "by-spans",
            format!(
                "Told by samples of uptime: {of}. Time that no sample covers is unknown and is not part of the share."
            ),
        );
        if !by_incidents.is_empty() {
            result.note("spans-not-listed", format!("The samples of {of} are not among the records listed here, which are incidents. Ask for these services alone to see them."));
        }
    }
    if !by_incidents.is_empty() {
        let since = match (period.from, period.is_asked) {
            (Some(from), true) => format!("the time from {} on without an incident counts as up", moment(data, from)),
            _ => "the time after the first incident of a service without another counts as up, what was before is unknown".to_owned(),
        };
        result.note(
            "by-incidents",
            format!(
                "Told by incidents: {}; {since}. Every incident counts as downtime, whatever its severity.",
                told(&by_incidents)
            ),
        );
    }
    if result.excluded.iter().any(|exclusion| exclusion.reason == super::gathering::MAINTENANCE) {
        result.note("maintenance", "Planned maintenance is not counted as downtime.");
    }
    if list.iter().any(|service| service.name.is_empty()) {
        result.note("no-service", "Records that name no service stand together as \"No service named\".");
    }
    if list.iter().any(|service| service.down.iter().any(|down| down.share < 1.0)) {
        result.note("sums-only", "Of some spans only the sum of the downtime is known, not when it was: it is spread evenly over the span and is no outage that could be counted.");
    }
    for sentence in services.not_asked() {
        result.note("filter-not-asked", sentence);
    }
}
