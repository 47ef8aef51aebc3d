//! Flow efficiency: the share of the time in progress in which somebody worked.

use crate::model::{CategoryField, ChangeField, ItemSet, NO_MOMENT, PreparedDataset, StatusCategory};

use super::age::in_days;
use super::stats::{FEW_VALUES, percent, percentile_by, percentile_in_words};
use super::told::{Finished, Told, blocked_spans, is_queue, without_history};
use super::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Active time divided by the whole time from the start of work to the finish, over finished items.
/// ## How
/// Active = in a status that counts as in progress, is no queue by its name, and while the item was not blocked. Queues are
/// known by words such as "waiting", "ready", "on hold" or "queue" in six languages. All times are days of 24 hours.
/// ## Edge cases
/// Only items whose history ends in their present status. Items that were never in progress, or for no time, are left out and
/// counted. Blocked wins over queue. Nights and weekends count as they are: the number is for comparing, not for judging people.
/// ## Source
/// N. Modig, P. Åhlström, This is Lean (2012); Kanban practice.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "flow-efficiency",
    title: "Flow efficiency",
    definition: "The share of the time from the start of work to the finish in which an item was being worked on: not in a \
                 status whose name says that it waits, and not blocked.",
    how_to_read: "Each bar is one kind of time, all items added up. Where the waiting bars are higher than the active one, \
                  items finish sooner by waiting less, not by working faster.",
    per_iteration: false,
};

/// The kinds of time, as they are drawn.
const KINDS: [(&str, &str); 4] =
    [("active", "Active"), ("queue", "Waiting in a queue"), ("blocked", "Blocked"), ("elsewhere", "Not in progress")];

/// Milliseconds by kind.
#[derive(Clone, Copy, Default)]
struct Times([i64; 4]);

impl Times {
    fn total(self) -> i64 {
        self.0.iter().sum()
    }
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let mut finished = Finished::new(data, items, query);
    let mut excluded = finished.exclusions();
    if finished.told.is_empty() {
        return without_history(ABOUT.id, excluded);
    }
    let present = data.dataset.category(CategoryField::Status);
    let queues: Vec<bool> =
        (0..data.statuses.len() as u32).map(|code| is_queue(data.statuses.name(code, present))).collect();
    let has_blocked = data.dataset.history.tells(ChangeField::Blocked);
    let mut measured = Vec::new();
    let mut unmeasured = Vec::new();
    for &told in &finished.told {
        let started = data.life.started_at[told.item as usize];
        if started == NO_MOMENT || started >= told.finished_at {
            unmeasured.push(told.item);
        } else {
            measured.push((told.item, times(data, told, started, &queues, has_blocked)));
        }
    }
    excluded.extend(Exclusion::list([("finished, but in progress for no time".to_owned(), unmeasured)]));
    if measured.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No finished item of this selection was in progress for any time.",
            "Items that go through a status that counts as in progress.",
        );
        result.excluded = excluded;
        return result;
    }
    let considered = measured.len() as u64;
    let mut result = answer(&measured, query, MetricResult { considered, excluded, ..MetricResult::default() });
    let waiting = (0..queues.len())
        .filter(|&code| queues[code])
        .filter(|&code| data.statuses.category(code as u32) == StatusCategory::InProgress);
    let mut names: Vec<&str> = waiting.map(|code| data.statuses.name(code as u32, present)).collect();
    names.sort_unstable();
    let text = if names.is_empty() {
        "No status in progress is a queue by its name: waiting in a status counts as active.".to_owned()
    } else {
        format!("By their names these statuses are queues: {}.", words::list(&names, 8))
    };
    result.note("queues", text);
    if !has_blocked {
        result.note("no-flags", "The history tells of no blocked items: blocked time counts as active or waiting.");
    }
    result
}

/// Divides the time of one item from the start of work to the finish.
fn times(data: &PreparedDataset, told: Told, started: i64, queues: &[bool], has_blocked: bool) -> Times {
    let item = told.item as usize;
    let steps = data.timeline.of_item(item);
    let nexts = steps.clone().skip(1).map(|step| step.at).chain([told.finished_at]);
    let mut times = Times::default();
    for (step, next) in steps.zip(nexts) {
        let (from, to) = (step.at.max(started), next.min(told.finished_at));
        if from >= to {
            continue;
        }
        if step.category != StatusCategory::InProgress {
            times.0[3] += to - from;
            continue;
        }
        let mut blocked = 0;
        if has_blocked {
            for span in blocked_spans(data, item, told.finished_at) {
                blocked += (span.to.min(to) - span.from.max(from)).max(0);
            }
        }
        let kind = usize::from(queues.get(step.status as usize).copied().unwrap_or(false));
        times.0[kind] += to - from - blocked;
        times.0[2] += blocked;
    }
    times
}

fn answer(measured: &[(u32, Times)], query: &Query, mut result: MetricResult) -> MetricResult {
    ABOUT.id.clone_into(&mut result.id);
    let mut sums = [0_i64; 4];
    for (_, times) in measured {
        sums.iter_mut().zip(times.0).for_each(|(sum, time)| *sum += time);
    }
    let total = Times(sums).total();
    let share = percent(sums[0] as f64, total as f64);
    let mut rising: Vec<f64> =
        measured.iter().filter_map(|(_, times)| percent(times.0[0] as f64, times.total() as f64)).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let number = measured.len();
    let with =
        |kind: usize| measured.iter().filter(move |(_, times)| times.0[kind] > 0).map(|&(item, _)| item).collect();
    let points = KINDS.iter().enumerate().map(|(kind, (_, name))| Point {
        x: X::Name((*name).to_owned()),
        y: Some(in_days(sums[kind])),
        items: with(kind),
    });
    result.series = vec![Series {
        id: "time".into(),
        name: "Time".into(),
        role: Role::Main,
        unit: "days".into(),
        points: points.collect(),
    }];
    let days = |milliseconds: i64| words::number(in_days(milliseconds));
    result.figures = vec![
        Figure::new(
            "efficiency",
            "Flow efficiency",
            share,
            "%",
            format!("{} active of {} in all", words::days(in_days(sums[0])), words::days(in_days(total))),
        ),
        Figure::new(
            "median",
            "Median of the items",
            percentile_by(&rising, 50, query.percentile),
            "%",
            percentile_in_words(number, 50, query.percentile),
        ),
    ];
    for (kind, (id, name)) in KINDS.iter().enumerate() {
        let of = percent(sums[kind] as f64, total as f64).unwrap_or(0.0);
        let how = format!("{} % of {}", words::number(of), words::days(in_days(total)));
        result.figures.push(Figure::new(id, *name, Some(in_days(sums[kind])), "days", how).with_items(with(kind)));
    }
    let efficiency = words::number(share.unwrap_or(0.0).round());
    result.working = vec![
        format!(
            "Days = {} active + {} in queues + {} blocked + {} not in progress = {}.",
            days(sums[0]),
            days(sums[1]),
            days(sums[2]),
            days(sums[3]),
            days(total)
        ),
        format!("Flow efficiency = {} / {} = {efficiency} %.", days(sums[0]), days(total)),
    ];
    result.summary = if number == 1 {
        format!("The one finished item was worked on for {efficiency} % of its time.")
    } else {
        format!(
            "Items were worked on for {efficiency} % of the time between start and finish ({}).",
            words::items(number)
        )
    };
    if number < FEW_VALUES {
        result.note("few-items", format!("Only {}: a share of so few says little.", words::items(number)));
    }
    result
}
