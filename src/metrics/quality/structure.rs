//! What is missing in the items themselves, and how they hang together.

use crate::model::{CategoryField, ItemSet, StatusCategory};

use super::facts::Facts;
use super::{Check, CheckWords, DATED, FixAction, Found, ITEMS, Look, NAMED, Severity, share, words};

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[
    Check {
        words: CheckWords {
            id: "without-status",
            title: "Without a status",
            level: Severity::Serious,
            spoils: true,
            affects: DATED,
            views: &[],
            counted: ITEMS,
            sentence: (
                "has no status: whether it is done is only guessed.",
                "have no status: whether they are done is only guessed.",
            ),
            fix: "Add the status column to the export, and add the file again.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| facts.data.dataset.category(CategoryField::Status).code(item) == 0),
    },
    Check {
        words: CheckWords {
            id: "unmapped-statuses",
            title: "Statuses that nothing explains",
            level: Severity::Warning,
            spoils: true,
            affects: DATED,
            views: &[],
            counted: ITEMS,
            sentence: (
                "is in a status that neither the tracker nor its name explains: it counts as in progress.",
                "are in statuses that neither the tracker nor their names explain: they count as in progress.",
            ),
            fix: "Say what these statuses count as.",
            action: FixAction::EditStatuses,
        },
        look: Look::Whole(unmapped_statuses),
    },
    Check {
        words: CheckWords {
            id: "missing-estimates",
            title: "Without an estimate",
            level: Severity::Notice,
            spoils: false,
            affects: &[
                "burndown",
                "sprint-report",
                "scope-change",
                "burnup",
                "release-burndown",
                "velocity",
                "throughput",
            ],
            views: &[],
            counted: ITEMS,
            sentence: (
                "has no story points and counts 0 where points are shown.",
                "have no story points and count 0 where points are shown.",
            ),
            fix: "Show items in place of points, or add the column of the estimates to the export.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| {
            facts.points[item].is_nan() && facts.data.life.category[item] != StatusCategory::Dropped
        }),
    },
    Check {
        words: CheckWords {
            id: "estimated-twice",
            title: "Estimated with their sub-tasks",
            level: Severity::Warning,
            spoils: false,
            affects: &[
                "burndown",
                "sprint-report",
                "scope-change",
                "burnup",
                "release-burndown",
                "velocity",
                "throughput",
            ],
            views: &[],
            counted: ITEMS,
            sentence: (
                "has story points, and so have its sub-tasks: points count the same work twice.",
                "have story points, and so have their sub-tasks: points count the same work twice.",
            ),
            fix: "Filter by type so that only one of the two levels counts, or show items in place of points.",
            action: FixAction::None,
        },
        look: Look::Item(|facts, item| facts.links.has_estimated_child(item) && facts.points[item] > 0.0),
    },
    Check {
        words: CheckWords {
            id: "parent-not-started",
            title: "Not started, but its parts are",
            level: Severity::Warning,
            spoils: false,
            affects: &["cycle-time"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "is to do while one of its parts is in progress or done: its start is not told.",
                "are to do while some of their parts are in progress or done: their start is not told.",
            ),
            fix: "Correct the status in the tracker and add a new export, or say what the status counts as.",
            action: FixAction::EditStatuses,
        },
        look: Look::Item(|facts, item| {
            facts.links.has_begun_child(item) && facts.data.life.category[item] == StatusCategory::ToDo
        }),
    },
    Check {
        words: CheckWords {
            id: "done-with-open-children",
            title: "Done, but its parts are not",
            level: Severity::Warning,
            spoils: false,
            affects: &[
                "throughput",
                "burndown",
                "sprint-report",
                "scope-change",
                "burnup",
                "release-burndown",
                "velocity",
            ],
            views: &[],
            counted: ITEMS,
            sentence: (
                "is done while one of its parts is open: it counts as finished with work left.",
                "are done while some of their parts are open: they count as finished with work left.",
            ),
            fix: "Look at the parts: finish or drop them in the tracker and add a new export.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| facts.links.has_open_child(item) && facts.data.life.is_finished(item)),
    },
    Check {
        words: CheckWords {
            id: "orphan-links",
            title: "Links to items that are not there",
            level: Severity::Notice,
            spoils: false,
            affects: &[],
            views: &["items"],
            counted: ITEMS,
            sentence: (
                "names a parent or a blocking item that no file holds: the link leads nowhere.",
                "name a parent or a blocking item that no file holds: the links lead nowhere.",
            ),
            fix: "Add an export that holds the other items as well (epics, other projects).",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| facts.links.is_orphan(item)),
    },
    Check {
        words: CheckWords {
            id: "without-assignee",
            title: "Without an assignee",
            level: Severity::Notice,
            spoils: false,
            affects: &[],
            views: &["items"],
            counted: ITEMS,
            sentence: (
                "is in progress or done, but belongs to nobody: a filter by assignee leaves it out.",
                "are in progress or done, but belong to nobody: a filter by assignee leaves them out.",
            ),
            fix: "Assign them in the tracker and add a new export.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| {
            facts.has_assignees
                && facts.data.dataset.category(CategoryField::Assignee).code(item) == 0
                && matches!(facts.data.life.category[item], StatusCategory::InProgress | StatusCategory::Done)
        }),
    },
    Check {
        words: CheckWords {
            id: "without-team",
            title: "Without a team",
            level: Severity::Notice,
            spoils: false,
            affects: &[],
            views: &["items"],
            counted: ITEMS,
            sentence: (
                "has no team where others have one: a filter by team leaves it out.",
                "have no team where others have one: a filter by team leaves them out.",
            ),
            fix: "Give them a team in the tracker and add a new export.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| {
            facts.has_teams
                && facts.data.dataset.category(CategoryField::Team).code(item) == 0
                && facts.data.life.category[item] != StatusCategory::Dropped
        }),
    },
];

/// The items in statuses whose category is only the default, with the statuses by name.
fn unmapped_statuses(facts: &Facts<'_>, items: &ItemSet) -> Found {
    let column = facts.data.dataset.category(CategoryField::Status);
    let is_unmapped: Vec<bool> =
        (0..column.values().len() as u32).map(|code| code != 0 && !facts.data.statuses.is_told(code)).collect();
    let found: Vec<u32> =
        items.iter().filter(|&item| is_unmapped[column.code(item) as usize]).map(|item| item as u32).collect();
    let mut is_found = vec![false; is_unmapped.len()];
    for &item in &found {
        is_found[column.code(item as usize) as usize] = true;
    }
    let mut names: Vec<&str> =
        (0..is_found.len()).filter(|&code| is_found[code]).map(|code| column.value(code as u32)).collect();
    names.sort_unstable();
    let place = format!("{}: {}", share(found.len(), items.count()), words::list(&names, NAMED));
    Found { count: found.len(), items: found, place }
}
