//! Outages: when each service was down, day by day.

use crate::metrics::stats::tidy;
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset, RecordKind};

use super::services::{Outage, Period, Service, Services};
use super::told::{MINUTE, minutes, moment, name, notes, of_services, services};

/// Services with a band of their own; the others share one.
const MOST_SERVICES: usize = 5;
/// Outages that are listed, the latest ones.
const MOST_LISTED: usize = 20;

/// ## What it measures
/// Minutes of downtime per service and day, and the list of outages.
/// ## How
/// Downtimes of a service that overlap or touch are one outage. Its minutes count on the days on which they fall, in the
/// workspace zone. An outage that has not ended runs to the moment taken as "now".
/// ## Edge cases
/// A day without downtime counts 0, a day of which nothing is known has no value. Of a span of which only the sum of the
/// downtime is known, the minutes count and the outages do not.
/// ## Source
/// Google, Site Reliability Engineering: <https://sre.google/sre-book/service-level-objectives/>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "outages",
    title: "Outages",
    definition: "The minutes in which each service was down, day by day. Downtimes of one service that overlap or touch are \
                 one outage and count once. Planned maintenance does not count.",
    how_to_read: "Each bar is a day, each part of it a service; its height is the downtime of that day in minutes. A day \
                  without a bar had no downtime. The list below names the latest outages.",
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
    result.series = bands(data, &services);
    result.figures = figures(&services);
    result.working = listed(data, &services);
    result.summary = summary(&services);
    notes(&mut result, data, &services, period);
    result
}

/// The days of which anything is known.
fn days(data: &PreparedDataset, services: &Services<'_>) -> Vec<i32> {
    let known = services.list.iter().flat_map(|service| &service.known);
    match (known.clone().map(|known| known.0).min(), known.map(|known| known.1).max()) {
        (Some(first), Some(last)) => (data.calendar.day_of(first)..=data.calendar.day_of(last - 1)).collect(),
        _ => Vec::new(),
    }
}

/// The services in the order of their downtime; those without any stay in the order of their names.
fn bands(data: &PreparedDataset, services: &Services<'_>) -> Vec<Series> {
    let days = days(data, services);
    let mut edges: Vec<i64> = days.iter().map(|&day| data.calendar.start_of_day(day)).collect();
    edges.extend(days.last().map(|&last| data.calendar.start_of_day(last + 1)));
    let mut order: Vec<&Service<'_>> = services.list.iter().collect();
    order.sort_by(|a, b| b.down_ms().total_cmp(&a.down_ms()));
    let (shown, others) = order.split_at(order.len().min(MOST_SERVICES));
    let mut bands: Vec<Series> = shown
        .iter()
        .enumerate()
        .map(|(place, service)| band(&format!("service-{}", place + 1), name(service), &[service], &days, &edges))
        .collect();
    if !others.is_empty() {
        let title = format!("{} more", words::count(others.len(), "service", "services"));
        bands.push(band("other-services", &title, others, &days, &edges));
    }
    bands
}

fn band(id: &str, title: &str, services: &[&Service<'_>], days: &[i32], edges: &[i64]) -> Series {
    let (mut down, mut known) = (vec![0.0; days.len()], vec![0.0; days.len()]);
    let mut rows = vec![Vec::new(); days.len()];
    for service in services {
        down.iter_mut().zip(service.down_by(edges)).for_each(|(sum, more)| *sum += more);
        known.iter_mut().zip(service.known_by(edges)).for_each(|(sum, more)| *sum += more);
        rows.iter_mut().zip(service.rows_by(edges)).for_each(|(all, mut more)| all.append(&mut more));
    }
    let points = days.iter().zip(down).zip(known).zip(rows).map(|(((&day, down), known), mut items)| {
        // An incident of several services may stand in a band of several.
        items.sort_unstable();
        items.dedup();
        Point { x: X::Day(day), y: (known > 0.0).then(|| tidy(down / MINUTE)), items }
    });
    Series::new(id, title, Role::Stacked, "minutes", points.collect())
}

fn all_of<'a, 'b>(services: &'b Services<'a>) -> impl Iterator<Item = (&'b Service<'a>, &'b Outage)> {
    services.list.iter().flat_map(|service| service.outages.iter().map(move |outage| (service, outage)))
}

fn longest<'a, 'b>(services: &'b Services<'a>) -> Option<(&'b Service<'a>, &'b Outage)> {
    let length = |(_, outage): &(&Service<'_>, &Outage)| outage.to - outage.from;
    all_of(services).reduce(|longest, next| if length(&next) > length(&longest) { next } else { longest })
}

fn figures(services: &Services<'_>) -> Vec<Figure> {
    let down: f64 = services.list.iter().map(Service::down_ms).sum();
    let of = of_services(services.list.len());
    let number = all_of(services).count();
    let open: Vec<u32> =
        all_of(services).filter(|(_, outage)| outage.is_open).flat_map(|(_, outage)| outage.rows.clone()).collect();
    let is_open = all_of(services).filter(|(_, outage)| outage.is_open).count();
    let mut figures = vec![
        Figure::new("downtime", "Downtime", Some(tidy(down / MINUTE)), "minutes", of.as_str()),
        Figure::new(
            "outages",
            "Outages",
            Some(number as f64),
            "outages",
            "downtimes without a break that touch the period",
        ),
        Figure::new("open", "Not over", Some(is_open as f64), "outages", "they run to the moment taken as \"now\"")
            .with_items(open),
    ];
    if let Some((service, outage)) = longest(services) {
        let length = tidy((outage.to - outage.from) as f64 / MINUTE);
        let how = format!("of {}; from its beginning to its end, even outside the period", name(service));
        figures.push(
            Figure::new("longest", "Longest outage", Some(length), "minutes", how).with_items(outage.rows.clone()),
        );
    }
    figures
}

/// The latest outages, newest first.
fn listed(data: &PreparedDataset, services: &Services<'_>) -> Vec<String> {
    let mut all: Vec<(&Service<'_>, &Outage)> = all_of(services).collect();
    all.sort_by_key(|(service, outage)| (std::cmp::Reverse(outage.from), service.name));
    let mut lines: Vec<String> =
        all.iter().take(MOST_LISTED).map(|(service, outage)| line(data, services, service, outage)).collect();
    if let more @ 1.. = all.len().saturating_sub(MOST_LISTED) {
        lines.push(format!("{} before them.", words::capitalised(&words::count(more, "outage", "outages"))));
    }
    lines
}

fn line(data: &PreparedDataset, services: &Services<'_>, service: &Service<'_>, outage: &Outage) -> String {
    let end = if outage.is_open { "not over".to_owned() } else { format!("to {}", moment(data, outage.to)) };
    let length = minutes((outage.to - outage.from) as f64);
    let line = format!("{}: {} {end}, {length}", name(service), moment(data, outage.from));
    if services.counted == RecordKind::Incident && !service.by_spans {
        let incidents = words::count(outage.rows.len(), "incident", "incidents");
        return format!("{line}, {incidents}{}.", causing_deployments(data, outage));
    }
    line + "."
}

/// The deployments that caused the incidents of an outage, each with who says so (see [`crate::model::Delivery`]).
fn causing_deployments(data: &PreparedDataset, outage: &Outage) -> String {
    let named: Vec<String> = outage.rows.iter().filter_map(|&row| causing_deployment(data, row as usize)).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    if named.is_empty() { String::new() } else { format!(", after deployment {}", words::list(&named, 3)) }
}

fn causing_deployment(data: &PreparedDataset, row: usize) -> Option<String> {
    let cause = data.delivery.causes.get(row)?;
    if let (Some(deployment), Some(table)) = (cause.deployment, data.dataset.records(RecordKind::Deployment)) {
        let deployment = deployment as usize;
        let name = match table.text("id", deployment) {
            "" => format!("of {}", moment(data, data.delivery.deployments.get(deployment)?.at)),
            id => id.to_owned(),
        };
        return Some(format!("{name} ({})", cause.origin.words()));
    }
    // One that is in no file is named all the same.
    let id = data.dataset.records(RecordKind::Incident)?.text("deployment-id", row);
    (!id.is_empty()).then(|| format!("{id} (named by the incident)"))
}

fn summary(services: &Services<'_>) -> String {
    let down: f64 = services.list.iter().map(Service::down_ms).sum();
    let of = words::count(services.list.len(), "service", "services");
    match all_of(services).count() {
        0 if down > 0.0 => format!("{} of downtime in {of}.", words::capitalised(&minutes(down))),
        0 => format!("No outage of {of}."),
        number => {
            let outages = words::capitalised(&words::count(number, "outage", "outages"));
            format!("{outages} of {of}, {} of downtime.", minutes(down))
        }
    }
}
