//! What a sprint held, worked out from its final content: how each item that names it entered and left.

use crate::model::{ItemSet, MomentField, NO_MOMENT, PreparedDataset, Window, WindowOrigin};

use super::outcome::{Outcome, Outcomes};
use super::{MetricResult, words};

/// How an item stands to one sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Membership {
    /// It was in the sprint while the sprint ran.
    Inside {
        /// The day it was added; `None` = it was there at the start (committed).
        added: Option<i32>,
        /// The day it was completed inside the window; `None` = it was not.
        completed: Option<i32>,
        /// Its creation date is missing or lies after its finish, so that it counts as committed for want of better.
        creation_unknown: bool,
    },
    /// Already finished when the sprint began.
    FinishedBefore,
    /// Created when the sprint was over.
    CreatedAfter,
    /// Finished, but nobody knows when.
    Undated,
    /// Closed without being delivered.
    Dropped,
}

/// Reads memberships in one data set.
#[derive(Debug, Clone, Copy)]
pub(super) struct SprintContent<'a> {
    data: &'a PreparedDataset,
    created: &'a [i64],
    /// Outcomes and sizes at the same moment.
    pub(super) outcomes: Outcomes<'a>,
}

impl<'a> SprintContent<'a> {
    /// Memberships as seen through these outcomes.
    pub(super) fn new(data: &'a PreparedDataset, outcomes: Outcomes<'a>) -> Self {
        Self { data, created: data.dataset.moment(MomentField::Created), outcomes }
    }

    /// How an item that names the sprint of this window stands to it. What enters exactly at the start is added.
    pub(super) fn membership(&self, item: usize, window: Window) -> Membership {
        self.membership_with(item, self.outcomes.of(item), window)
    }

    /// The same for an outcome that is known already.
    pub(super) fn membership_with(&self, item: usize, outcome: Outcome, window: Window) -> Membership {
        let finish = match outcome {
            Outcome::Dropped => return Membership::Dropped,
            Outcome::Undated => return Membership::Undated,
            Outcome::Finished { at, .. } if at < window.start => return Membership::FinishedBefore,
            Outcome::Finished { at, day } => Some((at, day)),
            Outcome::Open => None,
        };
        let created = self.created[item];
        let creation_unknown = created == NO_MOMENT || finish.is_some_and(|(at, _)| at < created);
        if !creation_unknown && created >= window.end {
            return Membership::CreatedAfter;
        }
        let is_added = !creation_unknown && created >= window.start;
        Membership::Inside {
            added: is_added.then(|| self.data.life.created_day[item]),
            completed: finish.filter(|&(at, _)| at < window.end).map(|(_, day)| day),
            creation_unknown,
        }
    }
}

/// True when the sprint is over at `as_of`.
pub(super) const fn is_over(window: Window, as_of: i64) -> bool {
    window.end <= as_of.saturating_add(1)
}

/// The answer when the data names no sprints; `None` when it does.
pub(super) fn without_sprints(id: &str, data: &PreparedDataset) -> Option<MetricResult> {
    data.iterations.list().is_empty().then(|| {
        MetricResult::not_computable(
            id,
            "This data names no sprints.",
            "An export with the Sprint column (in Jira: export all fields, or add Sprint to the columns of the list).",
        )
    })
}

/// The items that name the iteration at this position, or were in it at any time where the history tells.
pub(super) fn members(data: &PreparedDataset, position: usize) -> &[u32] {
    if data.stays.is_told() { data.stays.items(position) } else { data.iterations.members(position) }
}

/// True when any of the items is or was in the iteration at this position.
pub(super) fn has_member(data: &PreparedDataset, items: &ItemSet, position: usize) -> bool {
    members(data, position).iter().any(|&item| items.contains(item as usize))
}

/// What a reader of numbers from final sprint content must know.
pub(super) fn note_final_content(result: &mut MetricResult) {
    result.note(
        "final-content",
        "From final sprint content: a CSV names the sprint an item is in now, not when it entered or left. An item created \
         before the start counts as committed; items removed from the sprint are not in the file; estimates are today's.",
    );
}

/// What a reader of numbers from the history of sprints must know.
pub(super) fn note_history(result: &mut MetricResult, data: &PreparedDataset) {
    result.note(
        "history",
        "From the history of the items: who was in the sprint at each moment, with the status and the estimate of that moment.",
    );
    let found = data.stays.reconstructed();
    if found > 0 {
        let changes = words::capitalised(&words::count(found, "change of sprints was", "changes of sprints were"));
        result.note(
            "reconstructed",
            format!("{changes} found by comparing exports and happened at the latest when the chart shows it."),
        );
    }
}

/// Says where the window of a sprint comes from.
pub(super) fn note_window(result: &mut MetricResult, window: Window, days: (i32, i32)) {
    let range = words::day_range(days.0, days.1);
    match window.origin {
        WindowOrigin::Source => result.note("window-source", format!("The sprint ran {range}, as the file says.")),
        WindowOrigin::Edited => result.note("window-edited", format!("The sprint ran {range}, as you have set it.")),
        WindowOrigin::Inferred => result.note(
            "window-inferred",
            format!(
                "The file gives no sprint dates. {range} was worked out from the items; correct it if it is wrong."
            ),
        ),
    }
}
