//! Technical debt over time: what came in, what went out, and what is open.

use crate::metrics::marked::{Amount, Flow, Marked, Marks};
use crate::metrics::stats::{FEW_VALUES, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Query, Role, words};
use crate::model::{ItemSet, PreparedDataset, iso_from_day};

/// ## What it measures
/// Technical debt that came in and went out in each whole day, week or month, and what is open at its end, in items, points or
/// hours.
/// ## How
/// Inflow = items of debt created or opened again. Outflow = items done, or closed without being delivered. Open at the end =
/// open before + inflow - outflow. Sizes are those of today, so that what goes out is as large as what came in.
/// ## Edge cases
/// The present period, and a first one that the data covers only in part, have no bars; what happened before is in the number
/// open before. Items closed without a date are left out and counted. An item without a creation date counts as there from the
/// beginning, and a note says so. An item without an estimate counts 0 points.
/// ## Source
/// P. Kruchten et al., Managing Technical Debt (2019).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "technical-debt-flow",
    title: "Technical debt in and out",
    definition: "The technical debt that came in (created or opened again) and went out (done or closed) in each whole \
                 period, and what is open at its end.",
    how_to_read: "The line is the open debt. It rises while more comes in than goes out: then debt is taken up faster than \
                  it is paid back.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let debt = Marked::new(Marks::Debt, data, items);
    if debt.items.count() == 0 {
        return debt.none(ABOUT.id);
    }
    let mut flow = match Flow::new(ABOUT.id, data, &debt.items, query, query.unit) {
        Ok(flow) => flow,
        Err(result) => return *result,
    };
    let inflow: Vec<Amount> = flow
        .created
        .iter()
        .zip(&flow.reopened)
        .map(|(created, reopened)| Flow::total(&[created.clone(), reopened.clone()]))
        .collect();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: flow.considered,
        excluded: std::mem::take(&mut flow.excluded),
        series: vec![
            flow.open_series("Open", query.unit),
            flow.series("inflow", "Came in", Role::Added, query.unit, &inflow),
            flow.series("outflow", "Went out", Role::Completed, query.unit, &flow.resolved),
        ],
        ..MetricResult::default()
    };
    let (came, went) = (Flow::total(&inflow), Flow::total(&flow.resolved));
    let number = flow.periods.starts.len();
    let periods = format!("{number} whole {}", words::period(query.granularity, number));
    let last_day = iso_from_day(flow.last_day);
    let unit = query.unit.id();
    let net = tidy(came.size - went.size);
    let (came_words, went_words) = (words::number(came.size), words::number(went.size));
    result.figures = vec![
        Figure::new("open", "Open", Some(tidy(flow.now.size)), unit, format!("at the end of {last_day}"))
            .with_items(flow.now.items.clone()),
        Figure::new("inflow", "Came in", Some(came.size), unit, format!("created or opened again in {periods}"))
            .with_items(came.items),
        Figure::new("outflow", "Went out", Some(went.size), unit, format!("done or closed in {periods}"))
            .with_items(went.items),
        Figure::new("net", "Change", Some(net), unit, format!("{came_words} came in - {went_words} went out")),
        Figure::new("open-before", "Open before", Some(flow.before), unit, format!("before the first of {periods}")),
    ];
    let first = flow.periods.starts.first().copied().unwrap_or(flow.periods.end);
    let end = words::number(flow.open.last().copied().unwrap_or(0.0));
    result.working = vec![
        debt.line(),
        format!("{periods}: {}.", words::day_range(first, flow.periods.end - 1)),
        format!(
            "Open at their end = {} before + {came_words} in - {went_words} out = {end}.",
            words::number(flow.before)
        ),
    ];
    let course = match net {
        0.0 => "as much came in as went out".to_owned(),
        net if net > 0.0 => format!("it grew by {}", words::amount(net, query.unit)),
        net => format!("it shrank by {}", words::amount(-net, query.unit)),
    };
    result.summary = format!(
        "{} of technical debt {} open at the end of {last_day}; in {periods} {course}.",
        words::amount(flow.now.size, query.unit),
        words::verb(usize::from(words::number(flow.now.size) == "1"), "is", "are"),
    );
    flow.note_creation(&mut result);
    result.note_unestimated(flow.unestimated, query.unit);
    if number < FEW_VALUES {
        result.note("few-periods", format!("Only {periods}: the next one may change the picture."));
    }
    result
}
