//! Dates that are missing, in the wrong order or not yet possible.

use crate::model::{NO_DAY, NO_MOMENT, StatusCategory};

use super::facts::is_before;
use super::{Check, CheckWords, DATED, FixAction, ITEMS, Look, Severity};

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[
    Check {
        words: CheckWords {
            id: "done-without-date",
            title: "Done without a date",
            level: Severity::Warning,
            spoils: true,
            affects: DATED,
            views: &[],
            counted: ITEMS,
            sentence: (
                "is done, but has no finish date: it is left out of every dated number.",
                "are done, but have no finish date: they are left out of every dated number.",
            ),
            fix: "Add the column that says when items were resolved to the export, and add the file again.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| {
            facts.data.life.is_finished(item) && facts.data.life.finished_at[item] == NO_MOMENT
        }),
    },
    Check {
        words: CheckWords {
            id: "resolved-but-not-done",
            title: "Resolved, but not done",
            level: Severity::Warning,
            spoils: true,
            affects: DATED,
            views: &[],
            counted: ITEMS,
            sentence: (
                "has a resolved date, but its status is not done: it counts as open.",
                "have a resolved date, but their status is not done: they count as open.",
            ),
            fix: "Say that the status counts as done, if it does.",
            action: FixAction::EditStatuses,
        },
        look: Look::Item(|facts, item| {
            let category = facts.data.life.category[item];
            facts.resolved[item] != NO_MOMENT && matches!(category, StatusCategory::ToDo | StatusCategory::InProgress)
        }),
    },
    Check {
        words: CheckWords {
            id: "finished-before-created",
            title: "Finished before created",
            level: Severity::Serious,
            spoils: true,
            affects: &["lead-time", "burndown", "sprint-report", "scope-change", "burnup", "release-burndown"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "was finished before it was created: one of the dates is wrong.",
                "were finished before they were created: one of the dates is wrong.",
            ),
            fix: "Check how the dates were read; if they were read rightly, correct them in the tracker and add a new export.",
            action: FixAction::ReviewDates,
        },
        look: Look::Item(|facts, item| {
            is_before(facts.data.life.finished_day[item], facts.data.life.created_day[item])
        }),
    },
    Check {
        words: CheckWords {
            id: "finished-before-started",
            title: "Finished before started",
            level: Severity::Warning,
            spoils: true,
            affects: &["cycle-time"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "was finished before it was started: it is left out of cycle time.",
                "were finished before they were started: they are left out of cycle time.",
            ),
            fix: "Check how the dates were read; if they were read rightly, correct them in the tracker and add a new export.",
            action: FixAction::ReviewDates,
        },
        look: Look::Item(|facts, item| {
            is_before(facts.data.life.finished_day[item], facts.data.life.started_day[item])
        }),
    },
    Check {
        words: CheckWords {
            id: "started-before-created",
            title: "Started before created",
            level: Severity::Notice,
            spoils: false,
            affects: &["cycle-time", "lead-time"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "was started before it was created: it was entered late, or one of the dates is wrong.",
                "were started before they were created: they were entered late, or one of the dates is wrong.",
            ),
            fix: "Check how the dates were read; work that is entered late makes the lead time too short.",
            action: FixAction::ReviewDates,
        },
        look: Look::Item(|facts, item| is_before(facts.data.life.started_day[item], facts.data.life.created_day[item])),
    },
    Check {
        words: CheckWords {
            id: "future-dates",
            title: "Dates in the future",
            level: Severity::Warning,
            spoils: true,
            affects: DATED,
            views: &[],
            counted: ITEMS,
            sentence: (
                "has a date after the day of this report: it may have been read with day and month swapped.",
                "have a date after the day of this report: they may have been read with day and month swapped.",
            ),
            fix: "Check how the dates of the file were read.",
            action: FixAction::ReviewDates,
        },
        look: Look::Item(|facts, item| facts.past.iter().any(|column| column[item] > facts.now)),
    },
    Check {
        words: CheckWords {
            id: "without-creation-date",
            title: "Without a creation date",
            level: Severity::Warning,
            spoils: false,
            affects: &[
                "lead-time",
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
                "has no creation date: a sprint counts it as committed.",
                "have no creation date: a sprint counts them as committed.",
            ),
            fix: "Add the column of creation dates to the export, and add the file again.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| facts.data.life.created_day[item] == NO_DAY),
    },
];
