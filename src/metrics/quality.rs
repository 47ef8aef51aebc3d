//! What in the data would mislead: findings, each with its items and the metrics it affects.

use serde::{Deserialize, Serialize};

use crate::model::{
    CategoryField, ItemSet, MomentField, NO_DAY, NO_MOMENT, NumberField, PreparedDataset, StatusCategory, WindowOrigin,
};

use super::{Query, words};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Good to know.
    Notice,
    /// Some numbers rest on less than they seem to.
    Warning,
    /// Numbers are likely wrong until this is mended.
    Serious,
}

impl Severity {
    /// The word used in reports and on screen.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Serious => "serious",
        }
    }
}

/// One thing in the data that would mislead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable name, kebab-case: `done-without-date`.
    pub id: &'static str,
    /// How much it matters.
    pub level: Severity,
    /// How many items, or iterations where there are no items.
    pub count: usize,
    /// The items, in rising order; empty when it is about iterations.
    pub items: Vec<u32>,
    /// Ids of the metrics it affects.
    pub affects: &'static [&'static str],
    /// Few words: "Done without a date".
    pub title: &'static str,
    /// The sentence: what, and what follows from it.
    pub message: String,
}

/// A check of one item.
struct Check {
    id: &'static str,
    title: &'static str,
    level: Severity,
    affects: &'static [&'static str],
    /// The rest of the sentence after "1 item " and "2 items ".
    singular: &'static str,
    plural: &'static str,
    holds: fn(&Facts<'_>, usize) -> bool,
}

/// The columns that the checks look at.
struct Facts<'a> {
    data: &'a PreparedDataset,
    resolved: &'a [i64],
    moments: [&'a [i64]; 4],
    points: &'a [f64],
    today: i64,
}

const DATED: &[&str] = &["throughput", "cycle-time", "lead-time", "burndown", "velocity"];

/// In the order of the report.
const CHECKS: &[Check] = &[
    Check {
        id: "done-without-date",
        title: "Done without a date",
        level: Severity::Warning,
        affects: DATED,
        singular: "is done, but has no finish date: it is left out of every dated number.",
        plural: "are done, but have no finish date: they are left out of every dated number.",
        holds: |facts, item| facts.data.life.is_finished(item) && facts.data.life.finished_at[item] == NO_MOMENT,
    },
    Check {
        id: "resolved-but-not-done",
        title: "Resolved, but not done",
        level: Severity::Warning,
        affects: DATED,
        singular: "has a resolved date, but its status is not done: it counts as open.",
        plural: "have a resolved date, but their status is not done: they count as open.",
        holds: |facts, item| {
            let category = facts.data.life.category[item];
            facts.resolved[item] != NO_MOMENT && matches!(category, StatusCategory::ToDo | StatusCategory::InProgress)
        },
    },
    Check {
        id: "finished-before-created",
        title: "Finished before created",
        level: Severity::Serious,
        affects: &["lead-time", "burndown"],
        singular: "was finished before it was created: one of the dates is wrong.",
        plural: "were finished before they were created: one of the dates is wrong.",
        holds: |facts, item| is_before(facts.data.life.finished_day[item], facts.data.life.created_day[item]),
    },
    Check {
        id: "finished-before-started",
        title: "Finished before started",
        level: Severity::Warning,
        affects: &["cycle-time"],
        singular: "was finished before it was started: it is left out of cycle time.",
        plural: "were finished before they were started: they are left out of cycle time.",
        holds: |facts, item| is_before(facts.data.life.finished_day[item], facts.data.life.started_day[item]),
    },
    Check {
        id: "future-dates",
        title: "Dates in the future",
        level: Severity::Warning,
        affects: DATED,
        singular: "has a date after the day of this report: it may have been read with day and month swapped.",
        plural: "have a date after the day of this report: they may have been read with day and month swapped.",
        holds: |facts, item| facts.moments.iter().any(|column| column[item] > facts.today),
    },
    Check {
        id: "without-status",
        title: "Without a status",
        level: Severity::Serious,
        affects: DATED,
        singular: "has no status: whether it is done is only guessed.",
        plural: "have no status: whether they are done is only guessed.",
        holds: |facts, item| facts.data.dataset.category(CategoryField::Status).code(item) == 0,
    },
    Check {
        id: "without-creation-date",
        title: "Without a creation date",
        level: Severity::Warning,
        affects: &["lead-time", "burndown", "velocity"],
        singular: "has no creation date: a sprint counts it as committed.",
        plural: "have no creation date: a sprint counts them as committed.",
        holds: |facts, item| facts.data.life.created_day[item] == NO_DAY,
    },
    Check {
        id: "missing-estimates",
        title: "Without an estimate",
        level: Severity::Notice,
        affects: &["burndown", "velocity", "throughput"],
        singular: "has no story points and counts 0 where points are shown.",
        plural: "have no story points and count 0 where points are shown.",
        holds: |facts, item| facts.points[item].is_nan() && facts.data.life.category[item] != StatusCategory::Dropped,
    },
];

fn is_before(day: i32, other: i32) -> bool {
    day != NO_DAY && other != NO_DAY && day < other
}

/// Everything found in these items, in a fixed order; findings that hold for nothing are left out.
pub fn findings(data: &PreparedDataset, items: &ItemSet, query: &Query) -> Vec<Finding> {
    let moment = |field| data.dataset.moment(field);
    let facts = Facts {
        data,
        resolved: moment(MomentField::Resolved),
        moments: [
            moment(MomentField::Created),
            moment(MomentField::Resolved),
            moment(MomentField::Started),
            moment(MomentField::Updated),
        ],
        points: data.dataset.number(NumberField::Points),
        today: query.as_of(data),
    };
    let mut found: Vec<Vec<u32>> = vec![Vec::new(); CHECKS.len()];
    for item in items.iter() {
        for (check, items) in CHECKS.iter().zip(&mut found) {
            if (check.holds)(&facts, item) {
                items.push(item as u32);
            }
        }
    }
    let total = items.count();
    let mut findings: Vec<Finding> = CHECKS
        .iter()
        .zip(found)
        .filter(|(_, items)| !items.is_empty())
        .map(|(check, items)| Finding {
            id: check.id,
            level: check.level,
            count: items.len(),
            affects: check.affects,
            title: check.title,
            message: message(check, items.len(), total),
            items,
        })
        .collect();
    findings.extend(inferred_windows(data, items));
    findings
}

fn message(check: &Check, number: usize, total: usize) -> String {
    let share = 100.0 * number as f64 / total as f64;
    let rest = words::verb(number, check.singular, check.plural);
    format!("{} ({} %) {rest}", words::items(number), words::number((share * 10.0).round() / 10.0))
}

fn inferred_windows(data: &PreparedDataset, items: &ItemSet) -> Option<Finding> {
    let list = data.iterations.list();
    let is_inferred = |position: &usize| {
        list[*position].window.is_some_and(|window| window.origin == WindowOrigin::Inferred)
            && data.iterations.members(*position).iter().any(|&item| items.contains(item as usize))
    };
    let count = (0..list.len()).filter(is_inferred).count();
    (count > 0).then(|| Finding {
        id: "windows-inferred",
        level: Severity::Notice,
        count,
        items: Vec::new(),
        affects: &["burndown", "velocity"],
        title: "Sprint dates worked out",
        message: format!(
            "The dates of {} were worked out from {} items, because the file names sprints without dates. Check them on \
             the sprint view.",
            words::count(count, "sprint", "sprints"),
            words::verb(count, "its", "their"),
        ),
    })
}
