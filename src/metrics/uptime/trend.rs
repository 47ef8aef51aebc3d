//! Availability per period.

use crate::metrics::stats::{percent, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset, iso_from_day};

use super::services::{Period, Service, Services};
use super::told::{MINUTE, minutes, name, notes, percentage, services};

/// Services with a line of their own: more could only be told apart by colour.
const MOST_SERVICES: usize = 2;

/// ## What it measures
/// The share of each day, week or month in which a service was up.
/// ## How
/// As [`super::availability`], of the part of the period that lies in the question's time. Shown are the services that were up
/// least; a filter on service chooses others.
/// ## Edge cases
/// The first and the last period may be covered in part: their share is that of the part. A period of which nothing is known
/// has no value.
/// ## Source
/// Google, Site Reliability Engineering: <https://sre.google/sre-book/service-level-objectives/>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Weeks("services run in no sprint"), compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "uptime-trend",
    title: "Availability over time",
    definition: "The share of each period in which a service was up, of the time of which anything is known. Shown are the \
                 services that were up least; a filter on service chooses others.",
    how_to_read: "Each point is one period. A dip is a period with an outage; a gap is a period of which nothing is known. \
                  Look for services whose dips come again.",
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
    let starts = starts(data, &services, query);
    let mut edges: Vec<i64> = starts.iter().map(|&day| data.calendar.start_of_day(day)).collect();
    edges.extend(starts.last().map(|&last| data.calendar.start_of_day(query.next_period_start(last))));
    let shown = least_up(&services);
    for (role, service) in [Role::Main, Role::Second].into_iter().zip(&shown) {
        result.series.push(line(service, role, &starts, &edges));
    }
    result.figures = figures(&result.series, &shown, query);
    result.working = working(&result.series, &edges, &shown);
    result.summary = summary(&result, &shown, query);
    if services.list.len() > shown.len() {
        let sentence = format!("Shown are the {} of {} services that were up least.", shown.len(), services.list.len());
        result.note("services-shown", sentence);
    }
    notes(&mut result, data, &services, period);
    result
}

/// First days of the periods that hold known time.
fn starts(data: &PreparedDataset, services: &Services<'_>, query: &Query) -> Vec<i32> {
    let known = services.list.iter().flat_map(|service| &service.known);
    let (Some(first), Some(last)) = (known.clone().map(|known| known.0).min(), known.map(|known| known.1).max()) else {
        return Vec::new();
    };
    let mut start = query.period_start(data.calendar.day_of(first));
    let last = data.calendar.day_of(last - 1);
    let mut starts = Vec::new();
    while start <= last {
        starts.push(start);
        start = query.next_period_start(start);
    }
    starts
}

/// The services that were up least, of those of which anything is known.
fn least_up<'a, 'b>(services: &'b Services<'a>) -> Vec<&'b Service<'a>> {
    let mut known: Vec<(f64, &Service<'a>)> =
        services.list.iter().filter_map(|service| Some((service.availability()?, service))).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    known.into_iter().map(|(_, service)| service).take(MOST_SERVICES).collect()
}

fn line(service: &Service<'_>, role: Role, starts: &[i32], edges: &[i64]) -> Series {
    let values = service.down_by(edges).into_iter().zip(service.known_by(edges));
    let values = values.map(|(down, known)| percent(known - down, known));
    let points = starts.iter().zip(values).zip(service.rows_by(edges));
    let points = points.map(|((&start, y), items)| Point { x: X::Day(start), y, items }).collect();
    let id = if role == Role::Main { "lowest" } else { "second-lowest" };
    Series::new(id, name(service), role, "%", points)
}

fn figures(series: &[Series], shown: &[&Service<'_>], query: &Query) -> Vec<Figure> {
    let (Some(line), Some(service)) = (series.first(), shown.first()) else { return Vec::new() };
    let step = words::period(query.granularity, 1);
    let known: Vec<&Point> = line.points.iter().filter(|point| point.y.is_some()).collect();
    let of_day = |point: &Point| match point.x {
        X::Day(day) => format!("the {step} that began on {}", iso_from_day(day)),
        X::Name(_) => String::new(),
    };
    let mut figures = Vec::new();
    let worst = known.iter().copied().reduce(|worst, next| if next.y < worst.y { next } else { worst });
    for (id, title, point) in [("worst", "Lowest", worst), ("last", "Last", known.last().copied())] {
        if let Some(point) = point {
            let title = format!("{title} {step} of {}", name(service));
            figures.push(Figure::new(id, title, point.y, "%", of_day(point)).with_items(point.items.clone()));
        }
    }
    let down = tidy(service.down_ms() / MINUTE);
    figures.push(Figure::new(
        "downtime",
        format!("Downtime of {}", name(service)),
        Some(down),
        "minutes",
        "in all periods",
    ));
    figures
}

fn working(series: &[Series], edges: &[i64], shown: &[&Service<'_>]) -> Vec<String> {
    let (Some(line), Some(service)) = (series.first(), shown.first()) else { return Vec::new() };
    let steps = service.down_by(edges).into_iter().zip(service.known_by(edges));
    let with_downtime = line.points.iter().zip(steps).filter(|(_, (down, _))| *down > 0.0);
    let told = with_downtime.filter_map(|(point, (down, known))| {
        let (X::Day(day), Some(share)) = (&point.x, point.y) else { return None };
        let words = format!("{} down / {} known = {} %", minutes(down), minutes(known), percentage(share));
        Some(format!("{} from {}: 100 % - {words}.", name(service), iso_from_day(*day)))
    });
    told.take(super::told::MOST_LINES).collect()
}

fn summary(result: &MetricResult, shown: &[&Service<'_>], query: &Query) -> String {
    let (Some(service), Some(line)) = (shown.first(), result.series.first()) else { return String::new() };
    let known: Vec<f64> = line.points.iter().filter_map(|point| point.y).collect();
    let dips = known.iter().filter(|&&share| share < 100.0).count();
    let periods = words::count(known.len(), words::period(query.granularity, 1), words::period(query.granularity, 2));
    match dips {
        0 => format!("{} was up all the time that is known ({periods}).", name(service)),
        _ => format!("{} was down for a time in {dips} of {periods}.", name(service)),
    }
}
