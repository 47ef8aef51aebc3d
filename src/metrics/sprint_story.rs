//! The story of one sprint: what was in it at the start and every event since, from its history or from its final content.

use std::collections::BTreeSet;

use crate::model::{ItemSet, PreparedDataset, Window, sort_by, sort_by_number};

use super::outcome::Outcomes;
use super::sprint_choice::ChosenSprint;
use super::sprint_content::{Membership, SprintContent, members, note_final_content, note_history, note_window};
use super::sprint_course::{Kind, SprintCourse, Standing};
use super::stats::tidy;
use super::{Exclusion, MetricResult, Query, Unit, words};

/// One event of the sprint, by day.
pub(super) struct DayEvent {
    /// Day in the workspace zone.
    pub(super) day: i32,
    /// Which item.
    pub(super) item: u32,
    /// What happened.
    pub(super) kind: Kind,
    /// Items, points or hours; negative only for a lower estimate.
    pub(super) size: f64,
}

/// The story of one sprint.
pub(super) struct SprintStory {
    /// First day of the window.
    pub(super) first: i32,
    /// Last day of the window.
    pub(super) last: i32,
    /// Items with the size they were committed with.
    pub(super) committed: Vec<(u32, f64)>,
    /// In the order of time.
    pub(super) events: Vec<DayEvent>,
    /// Items completed in it, with the size that counts, as they stand at its end or now.
    completed: Vec<(u32, f64)>,
    /// Items in it and not completed, the same way.
    open: Vec<(u32, f64)>,
    /// Items in it at its end, or now, that were finished before they could have a part.
    pub(super) finished_before: Vec<u32>,
    /// True: from its history. False: from its final content.
    pub(super) is_told: bool,
    /// Items that had a part in the sprint.
    inside: usize,
    left_out: Vec<Exclusion>,
    unestimated: usize,
    creation_unknown: usize,
}

/// Some items and their size.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Share {
    /// In the unit asked for.
    pub(super) size: f64,
    /// Rising, once each.
    pub(super) items: Vec<u32>,
}

impl Share {
    /// The sum of some sizes and the items they belong to.
    pub(super) fn of(sizes: impl Iterator<Item = (u32, f64)>) -> Self {
        let (mut items, mut size) = (Vec::new(), 0.0);
        for (item, one) in sizes {
            items.push(item);
            size += one;
        }
        items.sort_unstable();
        items.dedup();
        Self { size: tidy(size), items }
    }
}

const NO_DATE: &str = "finished, but no finish date";

impl SprintStory {
    /// The story of the sprint among these items, in the unit of the question.
    pub(super) fn new(data: &PreparedDataset, items: &ItemSet, query: &Query, chosen: &ChosenSprint) -> Self {
        let &ChosenSprint { position, window, as_of } = chosen;
        let mut story = Self {
            first: data.calendar.day_of(window.start),
            last: data.calendar.day_of(window.end - 1),
            committed: Vec::new(),
            events: Vec::new(),
            completed: Vec::new(),
            open: Vec::new(),
            finished_before: Vec::new(),
            is_told: data.stays.is_told(),
            inside: 0,
            left_out: Vec::new(),
            unestimated: 0,
            creation_unknown: 0,
        };
        let selected = members(data, position).iter().filter(|&&item| items.contains(item as usize));
        if story.is_told {
            let mut history = SprintCourse::new(data, as_of, query.unit);
            selected.for_each(|&item| story.follow(item, data, &mut history, chosen));
        } else {
            let content = SprintContent::new(data, Outcomes::new(data, as_of, query.unit));
            selected.for_each(|&item| story.enter(item, &content, window));
        }
        // Events of an item keep their order: the sort is stable.
        sort_by_number(&mut story.events, |event| event.day);
        story
    }

    /// Takes in an item as its history tells.
    fn follow(&mut self, item: u32, data: &PreparedDataset, history: &mut SprintCourse<'_>, chosen: &ChosenSprint) {
        let &ChosenSprint { position, window, as_of } = chosen;
        let stays = data.stays.of_item(item as usize);
        let own = stays.partition_point(|stay| (stay.iteration as usize) < position)
            ..stays.partition_point(|stay| (stay.iteration as usize) <= position);
        history.take_up(item as usize);
        let own = stays.get(own).unwrap_or_default();
        match history.follow(item as usize, own, window) {
            Standing::Inside { committed, completed, scope } => {
                self.inside += 1;
                match completed {
                    Some(size) => self.completed.push((item, size)),
                    None => self.open.extend(scope.map(|size| (item, size))),
                }
                self.unestimated += usize::from(history.outcomes.is_unestimated(item as usize));
                self.committed.extend(committed.map(|size| (item, size)));
                self.events.extend(history.events.iter().map(|event| DayEvent {
                    day: data.calendar.day_of(event.at),
                    item,
                    kind: event.kind,
                    size: event.size,
                }));
            }
            Standing::FinishedBefore => {
                let end = window.end.min(as_of.saturating_add(1));
                if own.iter().any(|stay| stay.to >= end) {
                    self.finished_before.push(item);
                }
                self.leave_out("finished before it could be in the sprint", item);
            }
            Standing::NeverInside => self.leave_out("not in the sprint while it ran", item),
            Standing::Undated => self.leave_out(NO_DATE, item),
            Standing::DroppedUndated => self.leave_out("closed without being delivered, nobody knows when", item),
        }
    }

    /// Takes in an item as the final content of the sprint tells.
    fn enter(&mut self, item: u32, content: &SprintContent<'_>, window: Window) {
        match content.membership(item as usize, window) {
            Membership::Inside { added, completed, creation_unknown } => {
                let size = content.outcomes.size(item as usize);
                self.inside += 1;
                match added {
                    Some(day) => self.events.push(DayEvent { day, item, kind: Kind::Added, size }),
                    None => self.committed.push((item, size)),
                }
                match completed {
                    Some(day) => {
                        self.events.push(DayEvent { day, item, kind: Kind::Completed, size });
                        self.completed.push((item, size));
                    }
                    None => self.open.push((item, size)),
                }
                self.unestimated += usize::from(content.outcomes.is_unestimated(item as usize));
                self.creation_unknown += usize::from(creation_unknown);
            }
            Membership::FinishedBefore => {
                self.finished_before.push(item);
                self.leave_out("finished before the sprint began", item);
            }
            Membership::CreatedAfter => self.leave_out("created after the sprint ended", item),
            Membership::Undated => self.leave_out(NO_DATE, item),
            Membership::Dropped => self.leave_out("closed without being delivered", item),
        }
    }

    /// The events that a test holds for, together: the size without its sign.
    pub(super) fn share(&self, holds: impl Fn(&DayEvent) -> bool) -> Share {
        Share::of(self.events.iter().filter(|event| holds(event)).map(|event| (event.item, event.size.abs())))
    }

    /// Completed in the sprint and still so at its end, or now.
    pub(super) fn completed(&self) -> Share {
        Share::of(self.completed.iter().copied())
    }

    /// In the sprint and not completed at its end, or now, each with its size.
    pub(super) fn open(&self) -> &[(u32, f64)] {
        &self.open
    }

    /// Tells what the story rests on and what was left out.
    pub(super) fn tell(&mut self, result: &mut MetricResult, data: &PreparedDataset, (window, unit): (Window, Unit)) {
        note_window(result, window, (self.first, self.last));
        if self.is_told {
            note_history(result, data);
        } else {
            note_final_content(result);
        }
        result.note_unestimated(self.unestimated, unit);
        if self.creation_unknown > 0 {
            let items = words::capitalised(&words::items(self.creation_unknown));
            let rest = words::verb(
                self.creation_unknown,
                "has no usable creation date and counts as committed.",
                "have no usable creation date and count as committed.",
            );
            result.note("creation-unknown", format!("{items} {rest}"));
        }
        let undated =
            self.left_out.iter().find(|left_out| left_out.reason == NO_DATE).map_or(0, |left_out| left_out.items.len());
        if undated > 0 {
            let rest = words::verb(undated, "is done without a date and was", "are done without a date and were");
            result.note("undated", format!("{} {rest} left out.", words::capitalised(&words::items(undated))));
        }
        result.considered = self.inside as u64;
        result.excluded = std::mem::take(&mut self.left_out);
        sort_by(&mut result.excluded, |a, b| a.reason.cmp(&b.reason));
    }

    fn leave_out(&mut self, reason: &str, item: u32) {
        Exclusion::add(&mut self.left_out, reason, [item]);
    }

    /// The items of the events of a kind, once each, rising.
    pub(super) fn items_of(&self, kind: Kind) -> Vec<u32> {
        let mut items: Vec<u32> =
            self.events.iter().filter(|event| event.kind == kind).map(|event| event.item).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// The items in the scope and not done, and those done, after all events.
    pub(super) fn at_end(&self) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let mut open: BTreeSet<u32> = self.committed.iter().map(|&(item, _)| item).collect();
        let mut done = BTreeSet::new();
        self.events.iter().for_each(|event| event.apply(&mut open, &mut done));
        (open, done)
    }
}

impl DayEvent {
    /// Moves the item between what is open and what is done.
    pub(super) fn apply(&self, open: &mut BTreeSet<u32>, done: &mut BTreeSet<u32>) {
        match self.kind {
            Kind::Added => drop(open.insert(self.item)),
            Kind::Removed => drop(open.remove(&self.item)),
            Kind::Completed => {
                open.remove(&self.item);
                done.insert(self.item);
            }
            Kind::Reopened => {
                done.remove(&self.item);
                open.insert(self.item);
            }
            Kind::Reestimated => {}
        }
    }
}
