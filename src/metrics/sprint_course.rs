//! What happened to one item in one sprint, event by event, from its history.
//!
//! The rules, which burndown, velocity, the sprint report and the scope change share:
//! - committed = in the sprint before its start and not done then; what enters exactly at the start is added;
//! - an estimate is the one that the item had at the moment; after completion a new estimate counts only when the item is
//!   opened again;
//! - what was done when it entered, and is opened again in the sprint, is added then;
//! - what is taken out after it was completed stays completed: the work was done in the sprint;
//! - what is closed without being delivered is removed at that moment.

use crate::model::{ChangeField, MomentField, NO_MOMENT, PreparedDataset, StatusCategory, Stay, Window};

use super::Unit;
use super::outcome::{Outcome, Outcomes};

/// What an event does to the work of a sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Came into the scope.
    Added,
    /// Left the scope, not completed.
    Removed,
    /// Got another estimate; the size is the difference.
    Reestimated,
    /// Done.
    Completed,
    /// Not done any more.
    Reopened,
}

/// One event inside the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Event {
    /// When, UTC milliseconds.
    pub(super) at: i64,
    /// What.
    pub(super) kind: Kind,
    /// Items, points or hours; negative only for a lower estimate.
    pub(super) size: f64,
}

/// How an item stands to a sprint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standing {
    /// It had a part in it.
    Inside {
        /// The size it was committed with; `None` = it was not committed.
        committed: Option<f64>,
        /// The size it was completed with and still is at the end; `None` = it is not.
        completed: Option<f64>,
        /// Its size in the scope at the end; `None` = it is not in the scope.
        scope: Option<f64>,
    },
    /// Done before it could have a part, or closed without being delivered before.
    FinishedBefore,
    /// Taken in when the sprint was over, or out before it began.
    NeverInside,
    /// Finished, but nobody knows when.
    Undated,
    /// Closed without being delivered, but nobody knows when.
    DroppedUndated,
}

/// Reads courses in one data set.
pub(super) struct SprintCourse<'a> {
    data: &'a PreparedDataset,
    created: &'a [i64],
    /// Outcomes and present sizes.
    pub(super) outcomes: Outcomes<'a>,
    unit: Unit,
    as_of: i64,
    /// Kept from item to item, so that no item allocates.
    estimates: Vec<(i64, f64, f64)>,
    marks: Vec<(i64, Mark)>,
    /// The events of the item read last, oldest first.
    pub(super) events: Vec<Event>,
}

/// What the history says at a moment; in the order in which they count at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark {
    Estimate(f64),
    Enter,
    Status { done: bool, dropped: bool },
    Leave,
}

impl Mark {
    const fn rank(self) -> u8 {
        match self {
            Self::Estimate(_) => 0,
            Self::Enter => 1,
            Self::Status { .. } => 2,
            Self::Leave => 3,
        }
    }
}

/// Estimates are written with few places: what differs by less is the same.
fn differ(one: f64, other: f64) -> bool {
    (one - other).abs() > 1e-9
}

impl<'a> SprintCourse<'a> {
    /// Courses as seen at `as_of`, sizes in `unit`.
    pub(super) fn new(data: &'a PreparedDataset, as_of: i64, unit: Unit) -> Self {
        Self {
            data,
            created: data.dataset.moment(MomentField::Created),
            outcomes: Outcomes::new(data, as_of, unit),
            unit,
            as_of,
            estimates: Vec::new(),
            marks: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Reads the estimates of an item; before [`SprintCourse::follow`], once for all its sprints.
    pub(super) fn take_up(&mut self, item: usize) {
        self.estimates.clear();
        let field = match self.unit {
            Unit::Items => return,
            Unit::Points => ChangeField::Points,
            Unit::Hours => ChangeField::OriginalEstimateHours,
        };
        let size = |text: &str| text.trim().parse::<f64>().ok().filter(|size| size.is_finite()).unwrap_or(0.0);
        let changes = self.data.dataset.history.of_item(item).filter(|change| change.field == field);
        self.estimates.extend(changes.map(|change| (change.at, size(change.from), size(change.to))));
    }

    /// The size before a moment.
    fn size_before(&self, item: usize, moment: i64) -> f64 {
        let next = self.estimates.iter().find(|&&(at, ..)| at >= moment);
        next.map_or_else(|| self.outcomes.size(item), |&(_, before, _)| before)
    }

    /// Follows the item through the window; its events are in `self.events`.
    pub(super) fn follow(&mut self, item: usize, stays: &[Stay], window: Window) -> Standing {
        self.events.clear();
        let dropped_at = match self.outcomes.of(item) {
            Outcome::Undated => return Standing::Undated,
            Outcome::Dropped => match self.data.timeline.of_item(item).next_back() {
                Some(step) if matches!(step.category, StatusCategory::Done | StatusCategory::Dropped) => Some(step.at),
                _ => return Standing::DroppedUndated,
            },
            Outcome::Open | Outcome::Finished { .. } => None,
        };
        let end = window.end.min(self.as_of.saturating_add(1));
        self.mark(item, stays, (window.start, end), dropped_at);
        self.walk(item, stays, window.start, dropped_at)
    }

    /// Collects what happened from the start on and before the end.
    fn mark(&mut self, item: usize, stays: &[Stay], (start, end): (i64, i64), dropped_at: Option<i64>) {
        self.marks.clear();
        let inside = |at: i64| start <= at && at < end;
        let created = self.created[item];
        for stay in stays {
            // In the sprint from its creation on: it enters when it is created.
            let from = if stay.from == NO_MOMENT { created } else { stay.from };
            if inside(from) && from < stay.to {
                self.marks.push((from, Mark::Enter));
            }
            if inside(stay.to) {
                self.marks.push((stay.to, Mark::Leave));
            }
        }
        for &(at, _, after) in &self.estimates {
            if inside(at) {
                self.marks.push((at, Mark::Estimate(after)));
            }
        }
        for step in self.data.timeline.of_item(item) {
            if inside(step.at) {
                let dropped = step.category == StatusCategory::Dropped || dropped_at == Some(step.at);
                let done = step.category == StatusCategory::Done && !dropped;
                self.marks.push((step.at, Mark::Status { done, dropped }));
            }
        }
        self.marks.sort_by_key(|&(at, mark)| (at, mark.rank()));
    }

    fn walk(&mut self, item: usize, stays: &[Stay], start: i64, dropped_at: Option<i64>) -> Standing {
        let created = self.created[item];
        let mut inside = stays.iter().any(|stay| {
            let from = if stay.from == NO_MOMENT { created } else { stay.from };
            from < start && start <= stay.to
        });
        let before = self.data.timeline.of_item(item).take_while(|step| step.at < start).last();
        let mut is_done = before.is_some_and(|step| step.category == StatusCategory::Done);
        let mut is_dropped = before.is_some_and(|step| step.category == StatusCategory::Dropped)
            || dropped_at.is_some_and(|at| at < start);
        let mut size = self.size_before(item, start);
        let was_finished = inside && (is_done || is_dropped);
        let mut in_scope = inside && !is_done && !is_dropped;
        let committed = in_scope.then_some(size);
        let mut completed: Option<f64> = None;
        let marks = std::mem::take(&mut self.marks);
        let mut was_inside = inside;
        for &(at, mark) in &marks {
            let mut tell = |kind, size| self.events.push(Event { at, kind, size });
            match mark {
                Mark::Estimate(after) => {
                    if in_scope && completed.is_none() && differ(after, size) && self.unit != Unit::Items {
                        tell(Kind::Reestimated, after - size);
                    }
                    size = if self.unit == Unit::Items { 1.0 } else { after };
                }
                Mark::Enter => {
                    inside = true;
                    was_inside = true;
                    // Completed here, taken out, opened again elsewhere, and now back.
                    if let Some(was) = completed.filter(|_| !is_done && !is_dropped) {
                        tell(Kind::Reopened, was);
                        completed = None;
                        if differ(was, size) {
                            tell(Kind::Reestimated, size - was);
                        }
                    }
                    if !is_done && !is_dropped && !in_scope {
                        in_scope = true;
                        tell(Kind::Added, size);
                    }
                }
                Mark::Status { done, dropped } => {
                    if let Some(was) = completed.filter(|_| inside && !done) {
                        tell(Kind::Reopened, was);
                        completed = None;
                        if differ(was, size) && !dropped {
                            tell(Kind::Reestimated, size - was);
                        } else if dropped {
                            size = was;
                        }
                    }
                    if inside && in_scope && dropped {
                        tell(Kind::Removed, size);
                        in_scope = false;
                    } else if inside && in_scope && done && completed.is_none() {
                        tell(Kind::Completed, size);
                        completed = Some(size);
                    } else if inside && !in_scope && !done && !dropped && (is_done || is_dropped) {
                        in_scope = true;
                        tell(Kind::Added, size);
                    }
                    (is_done, is_dropped) = (done, dropped);
                }
                Mark::Leave => {
                    inside = false;
                    if in_scope && completed.is_none() {
                        tell(Kind::Removed, size);
                        in_scope = false;
                    }
                }
            }
        }
        self.marks = marks;
        if committed.is_none() && self.events.is_empty() {
            return if was_finished || (was_inside && (is_done || is_dropped)) {
                Standing::FinishedBefore
            } else {
                Standing::NeverInside
            };
        }
        let scope = in_scope.then_some(completed.unwrap_or(size));
        Standing::Inside { committed, completed, scope }
    }
}
