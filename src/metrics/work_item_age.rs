//! Aging work in progress: how old each item is that is begun and not finished, by where it stands.

use crate::model::{CategoryField, ItemSet, NO_MOMENT, PreparedDataset, StatusCategory, Timeline, iso_from_day};

use super::age::{began, days_between, in_days, time_in_progress};
use super::standing::{Ways, Window};
use super::stats::{FEW_VALUES, at_most, percentile_by, percentile_in_words, tidy};
use super::{
    About, BySprint, DayRule, Exclusion, Figure, Metric, MetricResult, Percentiles, Point, Query, Role, Series, X,
    cycle_time, words,
};

/// ## What it measures
/// The age of each item in progress, beside how long finished items took.
/// ## How
/// Age = days from the start of work to the moment taken as "now", by the same rule for days as the cycle time: the day of
/// the start and today both count. The levels are the percentiles of the cycle time of the finished items of the question.
/// ## Edge cases
/// Work begins with the last entry into progress after which the item never went back to "to do". Items in progress without a
/// start date are left out and counted. Where only the category at that moment is known, the item stands at "In progress".
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>, work item age; D. Vacanti, Actionable Agile Metrics (2015), aging charts.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "work-item-age",
    title: "Aging work in progress",
    definition: "The days since work began on each item that is in progress, both days counted, by the status it is in. The \
                 levels are how long finished items took.",
    how_to_read: "Each dot is one item in progress, in the column of its status, the higher the older. A dot above the line \
                  of 85 % is already older than 85 of 100 finished items were at their end: look at it first. Dots that rise \
                  in an early column will take longest.",
    per_iteration: false,
};

/// The percentiles of the finished that are shown where no others are asked for.
const SHOWN: [u8; 3] = [50, 85, 95];
/// An item is late when it is older than so many percent of the finished were at their end.
const LATE: u8 = 85;

/// One item in progress.
struct Open {
    item: u32,
    /// Place of its status in the workflow.
    place: u32,
    days: f64,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let as_of = query.as_of(data);
    // The age is that at "now", whichever period is asked for.
    let window = Window { as_of, last: data.calendar.day_of(as_of) };
    let mut ways = Ways::new(data, items, window);
    let mut excluded = ways.exclusions();
    let mut open = Vec::new();
    let (mut unstarted, mut no_history, mut others) = (Vec::new(), Vec::new(), 0_usize);
    for &item in &ways.known {
        let step = data.timeline.at(item as usize, as_of);
        let Some(step) = step.filter(|step| step.category == StatusCategory::InProgress) else {
            others += 1;
            continue;
        };
        let from = began(data, item as usize, as_of, query.start);
        if from == NO_MOMENT || from > as_of {
            unstarted.push(item);
            continue;
        }
        let days = days_between(data, (from, data.calendar.day_of(from)), (as_of, window.last), query.days);
        match days.or_else(|| time_in_progress(data, item as usize, as_of).map(in_days)) {
            Some(days) => open.push(Open { item, place: place(data, item as usize, step.status), days }),
            None => no_history.push(item),
        }
    }
    Exclusion::add(&mut excluded, "in progress, but no start date", unstarted);
    Exclusion::add(&mut excluded, "in progress, but no status history that tells the whole way", no_history);
    if open.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            format!(
                "No item of this selection is known to be in progress at the end of {}.",
                iso_from_day(window.last)
            ),
            "Items in progress with the day work on them started, or an export with the status history.",
        );
        result.excluded = excluded;
        return result;
    }
    open.sort_unstable_by(|a, b| a.place.cmp(&b.place).then(a.days.total_cmp(&b.days)).then(a.item.cmp(&b.item)));
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: (open.len() + others) as u64,
        excluded,
        ..MetricResult::default()
    };
    // Whichever levels are asked for, one rule tells what is late.
    let levels = if query.percentiles.is_asked() { query.percentiles.and(LATE) } else { Percentiles::default() };
    let finished = Query { percentiles: levels, ..query.clone() };
    answer(&mut result, data, &open, &cycle_time::measured(data, items, &finished), query, window);
    result
}

/// The place of the status in the workflow; that of the present status where only the category is told and it is so still.
fn place(data: &PreparedDataset, item: usize, status: u32) -> u32 {
    let is_so_still = data.life.category[item] == StatusCategory::InProgress;
    match status {
        Timeline::NO_STATUS if is_so_still => {
            data.statuses.position(data.dataset.category(CategoryField::Status).code(item))
        }
        Timeline::NO_STATUS => u32::MAX,
        code => data.statuses.position(code),
    }
}

/// The names of statuses by place in the workflow.
fn names_by_place(data: &PreparedDataset) -> Vec<String> {
    let present = data.dataset.category(CategoryField::Status);
    let mut names = vec![String::new(); data.statuses.len()];
    for code in 0..data.statuses.len() as u32 {
        if let Some(name) = names.get_mut(data.statuses.position(code) as usize) {
            data.statuses.name(code, present).clone_into(name);
        }
    }
    names
}

fn answer(
    result: &mut MetricResult,
    data: &PreparedDataset,
    open: &[Open],
    finished: &MetricResult,
    query: &Query,
    window: Window,
) {
    let names = names_by_place(data);
    let name =
        |place: u32| names.get(place as usize).filter(|name| !name.is_empty()).map_or("In progress", String::as_str);
    let x = |one: &Open| X::Name(name(one.place).to_owned());
    result.series.push(Series {
        id: "age".into(),
        name: "Age".into(),
        role: Role::Scatter,
        unit: "days".into(),
        points: open.iter().map(|one| Point { x: x(one), y: Some(one.days), items: vec![one.item] }).collect(),
    });
    let level = |id: &str| finished.figure(id).and_then(|figure| figure.value);
    for p in query.percentiles.or(&SHOWN) {
        let id = format!("p{p}");
        let title = if p == 50 { "Half of the finished took at most".to_owned() } else { at_most(p) };
        if let (Some(value), Some(first), Some(last)) = (level(&id), open.first(), open.last()) {
            let ends = if first.place == last.place { vec![x(first)] } else { vec![x(first), x(last)] };
            result.series.push(Series {
                id,
                name: title,
                role: Role::Level,
                unit: "days".into(),
                points: ends.into_iter().map(|x| Point { x, y: Some(value), items: Vec::new() }).collect(),
            });
        }
    }
    let number = open.len();
    let mut rising: Vec<f64> = open.iter().map(|one| one.days).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let oldest = rising.last().copied().unwrap_or(0.0);
    let oldest_items: Vec<u32> = open.iter().filter(|one| one.days >= oldest).map(|one| one.item).collect();
    let p85 = level("p85");
    let above: Vec<u32> =
        p85.map(|p85| open.iter().filter(|one| one.days > p85).map(|one| one.item).collect()).unwrap_or_default();
    let total = tidy(rising.iter().sum());
    let items = words::items(number);
    result.figures = vec![
        Figure::new("oldest", "Oldest", Some(oldest), "days", format!("the highest age of {items}"))
            .with_items(oldest_items),
        Figure::new(
            "above-p85",
            "Older than 85 % of the finished",
            p85.map(|_| above.len() as f64),
            "items",
            p85.map_or_else(
                || "needs at least 10 finished items with a cycle time".to_owned(),
                |p85| format!("older than {}", words::days(p85)),
            ),
        )
        .with_items(above.clone()),
        Figure::new(
            "median-age",
            "Median age",
            percentile_by(&rising, 50, query.percentile),
            "days",
            percentile_in_words(number, 50, query.percentile),
        ),
        Figure::new("total-age", "Total work item age", Some(total), "days", format!("the ages of {items} added up")),
    ];
    let formula = match query.days {
        DayRule::Calendar => "Age = today - day started + 1, in calendar days.",
        DayRule::Working => "Age = working days from the day started to today, both counted, at least 1.",
        DayRule::Elapsed => "Age = now - moment started, in days of 24 hours.",
        DayRule::InStatus => "Age = time in statuses that count as in progress, all visits added up.",
    };
    result.working = vec![formula.to_owned(), format!("Today is {}.", iso_from_day(window.last))];
    let is = words::verb(number, "is", "are");
    let oldest_days = words::days(oldest);
    result.summary = match (p85, above.len()) {
        (Some(p85), late) => {
            let late_are = words::verb(late, "is", "are");
            let late = if late == 0 { "none".to_owned() } else { late.to_string() };
            format!(
                "{items} {is} in progress, the oldest for {oldest_days}; {late} {late_are} older than the {} that 85 % of finished items took at most.",
                words::days(p85)
            )
        }
        (None, _) => format!("{items} {is} in progress, the oldest for {oldest_days}."),
    };
    if p85.is_none() {
        result
            .note("few-finished", "There are not enough finished items with a cycle time to say which ages are high.");
    }
    if number < FEW_VALUES {
        result.note("few-items", format!("Only {items}: the median age of so few says little."));
    }
}
