//! Availability: the share of the time in which a service was up.

use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset};

use super::services::{Period, Service, Services};
use super::told::{MINUTE, MOST_LINES, minutes, name, notes, of_services, percentage, services, target};
use crate::metrics::stats::tidy;

/// ## What it measures
/// The share of the time in which each service was up, in percent.
/// ## How
/// 100 % - downtime / time of which the state is known. Downtime is the union of the outages of the service, cut to the chosen
/// period; outages that overlap count once; an outage that has not ended runs to the moment taken as "now". The period runs
/// from the first day asked for, else the first record of the service, to the last day asked for, else "now".
/// ## Edge cases
/// Samples of uptime win over incidents of the same service, and the two are never blended. Time that no sample covers is
/// unknown: neither up nor down. Degraded time is told apart and is no downtime. Planned maintenance does not count. Incidents
/// that name no service are a line of their own. A service whose known time is 0 has no number.
/// ## Source
/// Google, Site Reliability Engineering: <https://sre.google/sre-book/service-level-objectives/>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "uptime",
    title: "Availability",
    definition: "The share of the time in which a service was up: 100 % less its downtime, of the time of which anything is \
                 known. Outages that overlap count once. Planned maintenance and degraded service are no downtime.",
    how_to_read: "Each mark is a service, at the share of the time in which it was up; the line is the share it shall have. A \
                  mark below the line has missed its target. 99.9 % of a month of 30 days leaves about 43 minutes of downtime.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, _items: &ItemSet, query: &Query) -> MetricResult {
    let period = Period::asked(data, query);
    let mut services = match services(ABOUT.id, data, query, period) {
        Ok(services) => services,
        Err(result) => return *result,
    };
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    services.account(&mut result);
    result.series = series(data, &services);
    result.figures = figures(data, &services);
    result.working = working(&services);
    result.summary = summary(&services);
    notes(&mut result, data, &services, period);
    target_note(&mut result, data, &services);
    result
}

/// Says where a target is assumed.
pub(super) fn target_note(result: &mut MetricResult, data: &PreparedDataset, services: &Services<'_>) {
    if services.list.iter().any(|service| !target(data, service).1) {
        let sentence = format!(
            "No target is set for all services: {} % is assumed where there is none.",
            super::told::DEFAULT_TARGET
        );
        result.note("target-assumed", sentence);
    }
}

/// The service that was up least; the first of equal ones.
pub(super) fn lowest<'a, 'b>(services: &'b Services<'a>) -> Option<(&'b Service<'a>, f64)> {
    let known = services.list.iter().filter_map(|service| Some((service, service.availability()?)));
    known.reduce(|lowest, next| if next.1 < lowest.1 { next } else { lowest })
}

fn series(data: &PreparedDataset, services: &Services<'_>) -> Vec<Series> {
    let point = |service: &Service<'_>, y, items| Point { x: X::Name(name(service).to_owned()), y, items };
    let list = services.list.iter();
    let up = list.clone().map(|service| point(service, service.availability(), service.rows.clone())).collect();
    let targets = list.map(|service| point(service, Some(target(data, service).0), Vec::new())).collect();
    vec![
        Series::new("availability", "Availability", Role::Main, "%", up),
        Series::new("target", "Target", Role::Guideline, "%", targets),
    ]
}

fn figures(data: &PreparedDataset, services: &Services<'_>) -> Vec<Figure> {
    let list = &services.list;
    let mut figures = Vec::new();
    if let Some((worst, share)) = lowest(services) {
        let name =
            if list.len() == 1 { "Availability".to_owned() } else { format!("Lowest availability ({})", name(worst)) };
        let figure = Figure::new("availability", name, Some(share), "%", formula(worst));
        figures.push(figure.with_items(worst.rows.clone()));
    }
    let down: f64 = list.iter().map(Service::down_ms).sum();
    let of = words::count(list.len(), "service", "services");
    figures.push(Figure::new("downtime", "Downtime", Some(tidy(down / MINUTE)), "minutes", of_services(list.len())));
    if list.iter().any(|service| service.by_spans) {
        let degraded: i64 = list.iter().map(|service| service.degraded_ms).sum();
        let how = "time in which a service worked badly; it is no downtime";
        figures.push(Figure::new("degraded", "Degraded", Some(tidy(degraded as f64 / MINUTE)), "minutes", how));
    }
    let outages: usize = list.iter().map(|service| service.outages.len()).sum();
    let how = "downtimes without a break; those of which only the sum is known are not among them";
    figures.push(Figure::new("outages", "Outages", Some(outages as f64), "outages", how));
    let missed = |service: &&Service<'_>| service.availability().is_some_and(|share| share < target(data, service).0);
    let below = list.iter().filter(missed).count();
    figures.push(Figure::new("below-target", "Below their target", Some(below as f64), "services", format!("of {of}")));
    figures
}

fn formula(service: &Service<'_>) -> String {
    let Some(share) = service.availability() else { return "no time is known".to_owned() };
    let (down, known) = (minutes(service.down_ms()), minutes(service.known_ms()));
    format!("100 % - {down} down / {known} known = {} %", percentage(share))
}

fn working(services: &Services<'_>) -> Vec<String> {
    let list = &services.list;
    let line = |service: &Service<'_>| format!("{}: {}.", name(service), formula(service));
    let mut lines: Vec<String> = list.iter().take(MOST_LINES).map(line).collect();
    if let more @ 1.. = list.len().saturating_sub(MOST_LINES) {
        lines.push(format!("{} more are in the table.", words::count(more, "service", "services")));
    }
    lines
}

fn summary(services: &Services<'_>) -> String {
    let Some((worst, share)) = lowest(services) else { return String::new() };
    let share = percentage(share);
    match services.list.len() {
        1 => format!("{} was up {share} % of the time, with {} of downtime.", name(worst), minutes(worst.down_ms())),
        more => {
            let others = words::count(more, "service", "services");
            format!(
                "Of {others} {} was up least: {share} % of the time, with {} of downtime.",
                name(worst),
                minutes(worst.down_ms())
            )
        }
    }
}
