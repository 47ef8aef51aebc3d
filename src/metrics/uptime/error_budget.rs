//! Error budget: how much downtime a target leaves, and how much of it is gone.

use crate::metrics::stats::{percent, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{Granularity, ItemSet, PreparedDataset, iso_from_day, next_period_start, period_start};

use super::services::{Period, Service, Services};
use super::told::{MINUTE, MOST_LINES, minutes, name, notes, percentage, services, target};

/// ## What it measures
/// The downtime that the availability target of a service allows in a period, and how much of it is left.
/// ## How
/// Budget = (100 % - target) x length of the period; used = downtime in it up to now; left = (budget - used) / budget. Burn
/// rate = share of the budget that is used / share of the period that is gone: above 1 the budget ends before the period. The
/// period is the one asked for, whose last day may lie ahead, else the calendar month of the moment taken as "now".
/// ## Edge cases
/// Left falls below 0 when the target is missed. A target of 100 % leaves no budget, and no share of it. A service without a
/// target of its own has the one for all; where there is none 99.9 % is assumed, and said.
/// ## Source
/// Google, Site Reliability Engineering, Workbook: <https://sre.google/workbook/error-budget-policy/>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "error-budget",
    title: "Error budget",
    definition: "The downtime that the target allows in the period, less the downtime there was. The period is the chosen \
                 one, else the present calendar month. A burn rate of 1 uses the budget up exactly at the end of the period.",
    how_to_read: "The line is what is left of the budget of the service that has least left, day by day; the dashed line is \
                  an even use. Below it the budget burns too fast; below 0 the target is missed.",
    per_iteration: false,
};

/// The period of a budget, which may reach beyond the present.
struct Span {
    /// The first moment; `None` = the first that is known of a service.
    from: Option<i64>,
    /// The first moment after it.
    to: i64,
    now: i64,
}

/// The budget of one service.
struct Budget<'a, 'b> {
    service: &'b Service<'a>,
    from: i64,
    target: f64,
    /// Milliseconds that the target allows to be down.
    allowed: f64,
    used: f64,
    /// Share of the period that is gone, 0 to 1.
    gone: f64,
}

impl Budget<'_, '_> {
    fn used_share(&self) -> Option<f64> {
        percent(self.used, self.allowed)
    }

    fn left_share(&self) -> Option<f64> {
        percent(self.allowed - self.used, self.allowed)
    }

    fn burn_rate(&self) -> Option<f64> {
        (self.gone > 0.0 && self.allowed > 0.0).then(|| tidy(self.used / self.allowed / self.gone))
    }
}

fn span(data: &PreparedDataset, query: &Query) -> Span {
    let now = Period::now(data, query);
    let day = |day: i32| data.calendar.start_of_day(day);
    if query.from.is_none() && query.to.is_none() {
        let month = period_start(data.calendar.day_of(now - 1), Granularity::Month);
        return Span { from: Some(day(month)), to: day(next_period_start(month, Granularity::Month)), now };
    }
    Span { from: query.from.map(day), to: query.to.map_or(now, |last| day(last.saturating_add(1))), now }
}

fn compute(data: &PreparedDataset, _items: &ItemSet, query: &Query) -> MetricResult {
    let span = span(data, query);
    let period = Period { from: span.from, is_asked: query.from.is_some(), to: span.to.min(span.now), now: span.now };
    let mut services = match services(ABOUT.id, data, query, period) {
        Ok(services) => services,
        Err(result) => return *result,
    };
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    services.account(&mut result);
    let budgets = budgets(data, &services, &span);
    let Some(least) = least_left(&budgets) else {
        let mut none = MetricResult::not_computable(
            ABOUT.id,
            "No service has a budget in this period: the targets are 100 %, or nothing is known of the period.",
            "A target below 100 %, or a period in which a service was watched.",
        );
        (none.counted, none.considered, none.excluded) = (result.counted, result.considered, result.excluded);
        return none;
    };
    result.series = series(data, least, &span);
    result.figures = figures(least, budgets.len());
    result.working = working(data, &budgets, &span);
    result.summary = summary(least);
    notes(&mut result, data, &services, period);
    super::availability::target_note(&mut result, data, &services);
    unknown_note(&mut result, &budgets, &span);
    result
}

fn budgets<'a, 'b>(data: &PreparedDataset, services: &'b Services<'a>, span: &Span) -> Vec<Budget<'a, 'b>> {
    let known = services.list.iter().filter(|service| !service.known.is_empty());
    known
        .map(|service| {
            let target = target(data, service).0;
            let from = span.from.unwrap_or(service.first_known);
            let length = (span.to - from).max(0) as f64;
            let gone = if length > 0.0 { (span.now.min(span.to) - from).max(0) as f64 / length } else { 0.0 };
            let allowed = (100.0 - target) / 100.0 * length;
            Budget { service, from, target, allowed, used: service.down_ms(), gone }
        })
        .collect()
}

/// The one with the least share left; the first of equal ones.
fn least_left<'a, 'b, 'c>(budgets: &'c [Budget<'a, 'b>]) -> Option<&'c Budget<'a, 'b>> {
    let with_share = budgets.iter().filter_map(|budget| Some((budget, budget.left_share()?)));
    with_share.reduce(|least, next| if next.1 < least.1 { next } else { least }).map(|(budget, _)| budget)
}

/// What is left at the end of each day up to now, and an even use of the budget over the whole period.
fn series(data: &PreparedDataset, worst: &Budget<'_, '_>, span: &Span) -> Vec<Series> {
    let calendar = &data.calendar;
    let (first, last) = (calendar.day_of(worst.from), calendar.day_of(span.to - 1));
    let today = calendar.day_of(span.now.min(span.to) - 1);
    let mut edges: Vec<i64> = (first..=today + 1).map(|day| calendar.start_of_day(day)).collect();
    // The first day may be covered in part.
    if let Some(edge) = edges.first_mut() {
        *edge = worst.from;
    }
    let mut used = 0.0;
    let steps = worst.service.down_by(&edges).into_iter().zip(worst.service.rows_by(&edges));
    let left = (first..=today).zip(steps).map(|(day, (down, items))| {
        used += down;
        Point { x: X::Day(day), y: percent(worst.allowed - used, worst.allowed), items }
    });
    let left = left.collect();
    let length = (span.to - worst.from) as f64;
    let even = (first..=last).map(|day| {
        let gone = (calendar.start_of_day(day + 1).min(span.to) - worst.from) as f64;
        Point { x: X::Day(day), y: percent(length - gone, length), items: Vec::new() }
    });
    vec![
        Series::new("left", name(worst.service), Role::Main, "%", left),
        Series::new("even", "Even use", Role::Guideline, "%", even.collect()),
    ]
}

fn figures(least: &Budget<'_, '_>, services: usize) -> Vec<Figure> {
    let of = if services == 1 { String::new() } else { format!(" ({})", name(least.service)) };
    let (budget, used) = (minutes(least.allowed), minutes(least.used));
    let gone = words::number(least.gone * 100.0);
    let share = words::number(least.used_share().unwrap_or(0.0));
    let rows = least.service.rows.clone();
    vec![
        Figure::new(
            "left",
            format!("Budget left{of}"),
            least.left_share(),
            "%",
            format!("({budget} - {used}) / {budget}"),
        )
        .with_items(rows.clone()),
        Figure::new(
            "budget",
            format!("Budget{of}"),
            Some(tidy(least.allowed / MINUTE)),
            "minutes",
            format!("(100 % - {} %) of the period", percentage(least.target)),
        ),
        Figure::new(
            "used",
            format!("Used{of}"),
            Some(tidy(least.used / MINUTE)),
            "minutes",
            "downtime in the period up to now",
        )
        .with_items(rows),
        Figure::new(
            "burn-rate",
            format!("Burn rate{of}"),
            least.burn_rate(),
            "",
            format!("{share} % of the budget used / {gone} % of the period gone"),
        ),
    ]
}

fn working(data: &PreparedDataset, budgets: &[Budget<'_, '_>], span: &Span) -> Vec<String> {
    let last = iso_from_day(data.calendar.day_of(span.to - 1));
    let mut lines: Vec<String> = budgets
        .iter()
        .take(MOST_LINES)
        .map(|budget| {
            let first = iso_from_day(data.calendar.day_of(budget.from));
            let left = budget.left_share().map_or("no share".to_owned(), |share| format!("{} %", words::number(share)));
            let (of, used) = (minutes(budget.allowed), minutes(budget.used));
            let target = percentage(budget.target);
            format!("{}, {first} to {last}, target {target} %: ({of} - {used}) / {of} = {left}.", name(budget.service))
        })
        .collect();
    if let more @ 1.. = budgets.len().saturating_sub(MOST_LINES) {
        lines.push(format!("{} more.", words::count(more, "service", "services")));
    }
    lines
}

fn summary(least: &Budget<'_, '_>) -> String {
    let name = name(least.service);
    let left = least.left_share().unwrap_or(0.0);
    let used = minutes(least.used);
    let budget = minutes(least.allowed);
    if left < 0.0 {
        return format!("{name} has used {used} of a budget of {budget}: its target is missed.");
    }
    let rate = least.burn_rate().map_or(String::new(), |rate| format!(", burn rate {}", words::number(rate)));
    format!("{name} has {} % of its error budget left ({used} of {budget} used{rate}).", words::number(left))
}

/// A budget whose past is not known in full may have less left than is said.
fn unknown_note(result: &mut MetricResult, budgets: &[Budget<'_, '_>], span: &Span) {
    let has_gap = |budget: &&Budget<'_, '_>| {
        let past = (span.now.min(span.to) - budget.from).max(0) as f64;
        budget.service.known_ms() < past
    };
    let gaps: Vec<&str> = budgets.iter().filter(has_gap).map(|budget| name(budget.service)).collect();
    if !gaps.is_empty() {
        let of = words::list(&gaps, 3);
        result.note(
            "time-unknown",
            format!(
                "Part of the period up to now is not known of {of}: its downtime, if any, would take from the budget."
            ),
        );
    }
}
