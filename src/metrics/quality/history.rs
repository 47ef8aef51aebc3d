//! What the history of the items tells: work that went back, and work that was done twice.

use crate::model::{ChangeField, PreparedDataset, StatusCategory};

use super::{Check, CheckWords, FixAction, ITEMS, Look, Severity};

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[
    Check {
        words: CheckWords {
            id: "reopened",
            title: "Opened again",
            level: Severity::Notice,
            spoils: false,
            affects: &[
                "throughput",
                "velocity",
                "burndown",
                "sprint-report",
                "scope-change",
                "burnup",
                "release-burndown",
            ],
            views: &[],
            counted: ITEMS,
            sentence: (
                "was done and has been opened again: it counts as open, and its first finish is not shown.",
                "were done and have been opened again: they count as open, and their first finish is not shown.",
            ),
            fix: "Nothing is wrong with the file. Look at the items if there are many.",
            action: FixAction::None,
        },
        look: Look::Item(|facts, item| facts.moves.left_done(item) && !facts.data.life.is_finished(item)),
    },
    Check {
        words: CheckWords {
            id: "status-after-done",
            title: "Status changed after done",
            level: Severity::Warning,
            spoils: false,
            affects: &["throughput", "cycle-time", "lead-time"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "left done and came back: it counts once, at the finish date that the tracker gives.",
                "left done and came back: each counts once, at the finish date that the tracker gives.",
            ),
            fix: "Look at the items: where the first finish was the right one, correct the date in the tracker and add a new export.",
            action: FixAction::ImportAgain,
        },
        look: Look::Item(|facts, item| facts.moves.left_done(item) && facts.data.life.is_finished(item)),
    },
    Check {
        words: CheckWords {
            id: "backward-moves",
            title: "Moved back",
            level: Severity::Notice,
            spoils: false,
            affects: &["cycle-time"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "went back from in progress to to do: its cycle time holds the wait in between.",
                "went back from in progress to to do: their cycle time holds the wait in between.",
            ),
            fix: "Nothing is wrong with the file, unless a status counts as the wrong thing.",
            action: FixAction::EditStatuses,
        },
        look: Look::Item(|facts, item| facts.moves.went_back(item)),
    },
];

const LEFT_DONE: u8 = 1;
const WENT_BACK: u8 = 2;

/// How each item moved against the order of work; empty when the files tell no history.
#[derive(Default)]
pub(super) struct Moves {
    flags: Vec<u8>,
}

impl Moves {
    pub(super) fn new(data: &PreparedDataset) -> Self {
        if data.dataset.history.is_empty() {
            return Self::default();
        }
        Self { flags: (0..data.dataset.len()).map(|item| moves_of(data, item)).collect() }
    }

    /// True when it was done and then was not.
    pub(super) fn left_done(&self, item: usize) -> bool {
        self.has(item, LEFT_DONE)
    }

    /// True when it went from in progress to to do.
    pub(super) fn went_back(&self, item: usize) -> bool {
        self.has(item, WENT_BACK)
    }

    fn has(&self, item: usize, flag: u8) -> bool {
        self.flags.get(item).is_some_and(|flags| flags & flag != 0)
    }
}

fn moves_of(data: &PreparedDataset, item: usize) -> u8 {
    let status_moves = data.dataset.history.of_item(item).filter(|change| change.field == ChangeField::Status);
    status_moves.fold(0, |flags, change| flags | against_the_order(data, change.from, change.to))
}

/// A status that no item has now is not known to be anything; leaving done for it is leaving done, as "Reopened" is.
fn against_the_order(data: &PreparedDataset, from: &str, to: &str) -> u8 {
    use StatusCategory::{Done, Dropped, InProgress, ToDo};
    if from.is_empty() || to.is_empty() {
        return 0;
    }
    let statuses = data.dataset.category(crate::model::CategoryField::Status);
    let category = |name: &str| statuses.find(name).map(|code| data.statuses.category(code));
    match (category(from), category(to)) {
        (Some(Done), Some(Done | Dropped)) => 0,
        (Some(Done), _) => LEFT_DONE,
        (Some(InProgress), Some(ToDo)) => WENT_BACK,
        _ => 0,
    }
}
