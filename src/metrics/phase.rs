//! Whether an item was open, done or dropped at each moment.

use crate::model::{PreparedDataset, StatusCategory};

/// What an item counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// To do or in progress.
    Open,
    /// Finished and delivered.
    Done,
    /// Closed without being delivered.
    Dropped,
}

/// The phases of an item with the moments they began, oldest first.
///
/// A resolution such as "won't do" makes an item dropped that stands in a done status: its last stay in Done is then meant.
pub(super) fn phases(data: &PreparedDataset, item: usize) -> impl Iterator<Item = (i64, Phase)> + '_ {
    let steps = data.timeline.of_item(item);
    let dropped_from = if data.life.category[item] == StatusCategory::Dropped {
        steps.len() - steps.clone().rev().take_while(|step| step.category == StatusCategory::Done).count()
    } else {
        usize::MAX
    };
    steps.enumerate().map(move |(position, step)| {
        let phase = match step.category {
            StatusCategory::ToDo | StatusCategory::InProgress => Phase::Open,
            StatusCategory::Done if position < dropped_from => Phase::Done,
            StatusCategory::Done | StatusCategory::Dropped => Phase::Dropped,
        };
        (step.at, phase)
    })
}

/// The phase that an item is in now and that no moment is known of; `None` when every phase has its moment.
pub(super) fn undated_phase(data: &PreparedDataset, item: usize) -> Option<Phase> {
    let last = data.timeline.of_item(item).next_back().map(|step| step.category);
    match (data.life.category[item], last) {
        (StatusCategory::Done, last) if last != Some(StatusCategory::Done) => Some(Phase::Done),
        (StatusCategory::Dropped, Some(StatusCategory::ToDo | StatusCategory::InProgress) | None) => {
            Some(Phase::Dropped)
        }
        _ => None,
    }
}
