//! Bugs: how many come, are resolved and stay open.

pub mod backlog_age;
pub mod by_component;
pub mod by_release;
mod priorities;
pub mod resolution_time;
pub mod service_levels;
pub mod share;
mod spread;

use crate::model::{ItemSet, PreparedDataset, iso_from_day};

use super::marked::{Amount, Flow, Marked, Marks};
use super::stats::{FEW_VALUES, percent, tidy};
use super::{About, BySprint, Figure, Metric, MetricResult, Query, Role, Unit, words};

/// ## What it measures
/// Bugs created, resolved and opened again in each whole day, week or month, and those open at its end.
/// ## How
/// Which items are bugs says a rule (type, label, component, words of the title): the user's, else one worked out from the
/// data. A bug is open from its creation until it is done or closed without being delivered (won't fix, duplicate), and again
/// whenever it is opened again: open at the end = open before + created + opened again - resolved.
/// Re-open rate = of the bugs resolved in the periods, by items with a status history, the share that was opened again since.
/// Escaped share = of the bugs created in the periods, the share that was found in production, where a rule tells.
/// ## Edge cases
/// The present period, and a first one that the data covers only in part, have no bars; what happened before is in the number
/// open before. A bug resolved twice counts twice. Bugs that are closed without a date are left out and counted. A bug without
/// a creation date counts as there from the beginning, and a note says so.
/// ## Source
/// ISO/IEC/IEEE 24765 (defect), created against resolved as issue trackers chart it.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bugs",
    title: "Bugs",
    definition: "The number of bugs created, resolved (done, or closed without being delivered) and opened again in each \
                 whole period, and the number open at its end.",
    how_to_read: "The line is the number of open bugs. While the bars of created bugs are higher than those of resolved \
                  ones it rises. A mark shows bugs that were opened again: they had not been mended.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let bugs = Marked::new(Marks::Bugs, data, items);
    if bugs.items.count() == 0 {
        return bugs.none(ABOUT.id);
    }
    let mut flow = match Flow::new(ABOUT.id, data, &bugs.items, query, Unit::Items) {
        Ok(flow) => flow,
        Err(result) => return *result,
    };
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: flow.considered,
        excluded: std::mem::take(&mut flow.excluded),
        ..MetricResult::default()
    };
    result.series = vec![
        flow.open_series("Open", Unit::Items),
        flow.series("created", "Created", Role::Added, Unit::Items, &flow.created),
        flow.series("resolved", "Resolved", Role::Completed, Unit::Items, &flow.resolved),
    ];
    let totals = Totals::new(&flow);
    if totals.reopened.size > 0.0 {
        let reopened = flow.series("reopened", "Opened again", Role::Reopened, Unit::Items, &flow.reopened);
        result.series.push(super::Series {
            points: reopened.points.into_iter().filter(|point| point.y != Some(0.0)).collect(),
            ..reopened
        });
    }
    let escaped = Marked::new(Marks::Escaped, data, items);
    result.figures = figures(&flow, &totals, &escaped, query);
    result.working = working(&flow, &totals, &bugs, &escaped, query);
    result.summary = summary(&flow, &totals, query);
    flow.note_creation(&mut result);
    let number = flow.periods.starts.len();
    if number < FEW_VALUES {
        let periods = words::period(query.granularity, number);
        result.note("few-periods", format!("Only {number} whole {periods}: the next one may change the picture."));
    }
    result
}

/// What happened in all periods together.
struct Totals {
    created: Amount,
    resolved: Amount,
    reopened: Amount,
}

impl Totals {
    fn new(flow: &Flow) -> Self {
        Self {
            created: Flow::total(&flow.created),
            resolved: Flow::total(&flow.resolved),
            reopened: Flow::total(&flow.reopened),
        }
    }
}

fn of_periods(flow: &Flow, query: &Query) -> String {
    let number = flow.periods.starts.len();
    format!("{number} whole {}", words::period(query.granularity, number))
}

fn figures(flow: &Flow, totals: &Totals, escaped: &Marked, query: &Query) -> Vec<Figure> {
    let periods = of_periods(flow, query);
    let amount = |id: &str, name: &str, amount: &Amount, how: String| {
        Figure::new(id, name, Some(amount.size), "items", how).with_items(amount.items.clone())
    };
    let [resolved, reopened] = &flow.told;
    let reopen_how = if resolved.is_empty() {
        format!("needs the history of statuses of bugs resolved in {periods}")
    } else {
        format!("{} of {} resolved in {periods} were opened again", reopened.len(), words::items(resolved.len()))
    };
    let found: Vec<u32> =
        totals.created.items.iter().copied().filter(|&bug| escaped.items.contains(bug as usize)).collect();
    let created = totals.created.items.len() as f64;
    let (escaped_share, escaped_how) = if escaped.is_told() {
        let how = format!("{} of {} created in {periods}", found.len(), words::items(totals.created.items.len()));
        (percent(found.len() as f64, created), how)
    } else {
        (
            None,
            "nothing in this data says which bugs were found in production; the view \"Quality\" can be told"
                .to_owned(),
        )
    };
    vec![
        Figure::new(
            "open",
            "Open",
            Some(flow.now.size),
            "items",
            format!("at the end of {}", iso_from_day(flow.last_day)),
        )
        .with_items(flow.now.items.clone()),
        amount("created", "Created", &totals.created, format!("in {periods}")),
        amount("resolved", "Resolved", &totals.resolved, format!("done or closed in {periods}")),
        // Without a history nobody knows whether a bug came back: that is not 0.
        if resolved.is_empty() && totals.reopened.size == 0.0 {
            Figure::new("reopened", "Opened again", None, "items", reopen_how.clone())
        } else {
            amount("reopened", "Opened again", &totals.reopened, format!("in {periods}"))
        },
        Figure::new(
            "reopen-rate",
            "Re-open rate",
            percent(reopened.len() as f64, resolved.len() as f64),
            "%",
            reopen_how,
        )
        .with_items(reopened.clone()),
        Figure::new("escaped-share", "Found in production", escaped_share, "%", escaped_how).with_items(found),
        Figure::new("open-before", "Open before", Some(flow.before), "items", format!("before the first of {periods}")),
    ]
}

fn working(flow: &Flow, totals: &Totals, bugs: &Marked, escaped: &Marked, query: &Query) -> Vec<String> {
    let first = flow.periods.starts.first().copied().unwrap_or(flow.periods.end);
    let number = words::number;
    let mut lines = vec![
        bugs.line(),
        format!("{}: {}.", of_periods(flow, query), words::day_range(first, flow.periods.end - 1)),
        format!(
            "Open at their end = {} before + {} created + {} opened again - {} resolved = {}.",
            number(flow.before),
            number(totals.created.size),
            number(totals.reopened.size),
            number(totals.resolved.size),
            number(flow.open.last().copied().unwrap_or(0.0))
        ),
    ];
    if let Some(rate) = percent(flow.told[1].len() as f64, flow.told[0].len() as f64) {
        let [resolved, reopened] = [0, 1].map(|position: usize| flow.told[position].len());
        lines.push(format!("Re-open rate = {reopened} opened again / {resolved} resolved = {} %.", number(rate)));
    }
    if escaped.is_told() {
        lines.push(escaped.line());
    }
    lines
}

fn summary(flow: &Flow, totals: &Totals, query: &Query) -> String {
    let count = |size: f64| words::count(size as usize, "bug", "bugs");
    let open = flow.now.size;
    let net = tidy(totals.created.size + totals.reopened.size - totals.resolved.size);
    let course = match net {
        0.0 => "as many as came".to_owned(),
        net if net > 0.0 => format!("{} fewer than came", words::number(net)),
        net => format!("{} more than came", words::number(-net)),
    };
    format!(
        "{} {} open at the end of {}; in {}, {} {} resolved, {course}.",
        words::capitalised(&count(open)),
        words::verb(open as usize, "is", "are"),
        iso_from_day(flow.last_day),
        of_periods(flow, query),
        count(totals.resolved.size),
        words::verb(totals.resolved.size as usize, "was", "were"),
    )
}
