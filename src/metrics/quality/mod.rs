//! What in the data would mislead: findings, each with its items, the metrics and views it affects, and what to do about it.
//!
//! A check is one entry in the list of its family; the families are listed in [`FAMILIES`]. What only the import reports know
//! is found by the engine, in the same words ([`CheckWords`]) and as the same [`Finding`].

mod dates;
mod facts;
mod history;
mod links;
mod records;
mod sprints;
mod structure;
mod verdict;

pub(super) use verdict::view_of;
pub use verdict::{Usability, VIEWS, Verdict, ViewMetrics, verdict};

use serde::{Deserialize, Serialize};

use crate::model::{ItemSet, PreparedDataset};

use super::{Query, words};
use facts::Facts;

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

/// What the page can do at once about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FixAction {
    /// Nothing: the sentence says what to do elsewhere, or that nothing is wrong.
    None,
    /// Say what statuses count as.
    EditStatuses,
    /// Type the first and last day of sprints.
    EditSprintWindows,
    /// See how the dates of the files were read, and choose another reading.
    ReviewDates,
    /// Add a better export.
    ImportAgain,
}

/// One thing in the data that would mislead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable name, kebab-case: `done-without-date`.
    pub id: String,
    /// How much it matters.
    pub level: Severity,
    /// How many items, or of what else is counted where there are no items.
    pub count: usize,
    /// What is counted: "items", "sprints".
    pub counted: String,
    /// The items, in rising order; empty when it is not about items.
    pub items: Vec<u32>,
    /// Ids of the metrics it affects.
    pub affects: Vec<String>,
    /// Few words: "Done without a date".
    pub title: String,
    /// The sentence: what, and what follows from it.
    pub message: String,
    /// True when the numbers it affects are wrong or empty for an item that it holds for.
    pub spoils: bool,
    /// Ids of the views it affects, in the order of the navigation.
    pub views: Vec<String>,
    /// The sentence that says what to do.
    pub fix: String,
    /// What the page can do at once.
    pub action: FixAction,
}

/// What is said about a finding, whoever finds it.
pub struct CheckWords {
    /// Stable name, kebab-case: `done-without-date`.
    pub id: &'static str,
    /// Few words: "Done without a date".
    pub title: &'static str,
    /// How much it matters.
    pub level: Severity,
    /// True when the numbers it affects are wrong or empty for an item that it holds for; decides the [`Verdict`].
    pub spoils: bool,
    /// Ids of the metrics it affects.
    pub affects: &'static [&'static str],
    /// Ids of the views it affects beside those that show these metrics.
    pub views: &'static [&'static str],
    /// What is counted, one and several: "item" and "items".
    pub counted: (&'static str, &'static str),
    /// The rest of the sentence after "1 item (5 %)" and after "2 items (10 %)".
    pub sentence: (&'static str, &'static str),
    /// The sentence that says what to do.
    pub fix: &'static str,
    /// What the page can do at once.
    pub action: FixAction,
}

/// What is counted when nothing else is said.
const ITEMS: (&str, &str) = ("item", "items");
/// Names in the brackets of a sentence; the rest is counted.
const NAMED: usize = 3;

impl CheckWords {
    /// The finding of `count` things, `place` being the share or the place in words.
    pub fn finding(&self, count: usize, items: Vec<u32>, place: &str) -> Finding {
        let counted = words::count(count, self.counted.0, self.counted.1);
        let rest = words::verb(count, self.sentence.0, self.sentence.1);
        Finding {
            id: self.id.to_owned(),
            level: self.level,
            count,
            counted: self.counted.1.to_owned(),
            items,
            affects: self.affects.iter().map(|&id| id.to_owned()).collect(),
            title: self.title.to_owned(),
            message: format!("{counted} ({place}) {rest}"),
            spoils: self.spoils,
            views: verdict::views_of(self.affects, self.views),
            fix: self.fix.to_owned(),
            action: self.action,
        }
    }
}

/// One check.
struct Check {
    words: CheckWords,
    look: Look,
}

/// How a check looks at the data.
enum Look {
    /// At one item: true when the check holds for it.
    Item(fn(&Facts<'_>, usize) -> bool),
    /// At everything at once.
    Whole(fn(&Facts<'_>, &ItemSet) -> Found),
}

/// What a check of everything at once found.
#[derive(Default)]
struct Found {
    count: usize,
    /// In rising order; empty when it is not about items.
    items: Vec<u32>,
    /// The place in words, for the brackets of the sentence.
    place: String,
}

/// Every metric that places items in time.
const DATED: &[&str] = &[
    "throughput",
    "cycle-time",
    "lead-time",
    "burndown",
    "sprint-report",
    "scope-change",
    "burnup",
    "release-burndown",
    "velocity",
    "cycle-time-histogram",
    "cycle-time-trend",
    "work-item-age",
    "work-in-progress",
    "cumulative-flow",
    "net-flow",
    "process-behaviour",
    "time-in-status",
    "flow-efficiency",
];

/// In the order of the report.
const FAMILIES: &[&[Check]] = &[dates::CHECKS, history::CHECKS, structure::CHECKS, sprints::CHECKS, records::CHECKS];

/// Everything found in these items, in a fixed order; findings that hold for nothing are left out. "Now" is the query's.
pub fn findings(data: &PreparedDataset, items: &ItemSet, query: &Query) -> Vec<Finding> {
    let facts = Facts::new(data, query.as_of(data));
    let checks: Vec<&Check> = FAMILIES.iter().copied().flatten().collect();
    let mut held: Vec<Vec<u32>> = vec![Vec::new(); checks.len()];
    for item in items {
        for (check, items) in checks.iter().zip(&mut held) {
            if let Look::Item(holds) = check.look
                && holds(&facts, item)
            {
                items.push(item as u32);
            }
        }
    }
    let total = items.count();
    let finding = |(check, held): (&Check, Vec<u32>)| match check.look {
        Look::Item(_) if held.is_empty() => None,
        Look::Item(_) => {
            let share = share(held.len(), total);
            Some(check.words.finding(held.len(), held, &share))
        }
        Look::Whole(look) => {
            let Found { count, items, place } = look(&facts, items);
            (count > 0).then(|| check.words.finding(count, items, &place))
        }
    };
    checks.into_iter().zip(held).filter_map(finding).collect()
}

/// "9.1 %".
fn share(number: usize, total: usize) -> String {
    let share = 100.0 * number as f64 / total.max(1) as f64;
    format!("{} %", words::number((share * 10.0).round() / 10.0))
}
