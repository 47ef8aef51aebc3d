//! When each item was created, started and finished: the one place that decides it for every metric.

use super::{Calendar, CategoryField, Dataset, MomentField, NO_MOMENT, StatusCategory, StatusMap, dropped_resolution};

/// "Unknown" in a column of days.
pub const NO_DAY: i32 = i32::MIN;

/// The life cycle of every item, in columns.
///
/// An item is finished when its status category is Done. Its finish moment is the last entry into Done that its history tells
/// of, else the resolved moment, else the moment its status category changed, else unknown: it is then finished, but left out
/// of dated metrics and counted there. A resolved date on an item that is not done does not finish it. Items done with a
/// "won't do" resolution are dropped, not finished.
///
/// Work starts with the first entry into In progress after which the item never went back to To do. Without such a history
/// `started` is the source's own start field; it is never invented from the creation. A history that does not end in the
/// item's present status is cut off somewhere and is not used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LifeCycle {
    /// Category of each item's status.
    pub category: Vec<StatusCategory>,
    /// Day of creation, or [`NO_DAY`].
    pub created_day: Vec<i32>,
    /// Day work started, or [`NO_DAY`].
    pub started_day: Vec<i32>,
    /// Moment work started, or [`NO_MOMENT`].
    pub started_at: Vec<i64>,
    /// Day of finishing, or [`NO_DAY`] when not finished or not dated.
    pub finished_day: Vec<i32>,
    /// Moment of finishing, or [`NO_MOMENT`].
    pub finished_at: Vec<i64>,
    /// The first day on which any item was created or finished, or [`NO_DAY`].
    pub first_day: i32,
    /// How often each item left Done; empty when no item has a history.
    pub reopened: Vec<u16>,
    /// How often each item went back to To do; empty when no item has a history.
    pub moved_back: Vec<u16>,
}

/// What the status changes of one item tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Walk {
    started: i64,
    done: i64,
    reopened: u16,
    moved_back: u16,
    last: Option<StatusCategory>,
}

impl Walk {
    /// Follows the changes, oldest first: moment, category left, category entered.
    fn along(moves: impl Iterator<Item = (i64, StatusCategory, StatusCategory)>) -> Self {
        use StatusCategory::{Done, Dropped, InProgress, ToDo};
        let mut walk = Self { started: NO_MOMENT, done: NO_MOMENT, reopened: 0, moved_back: 0, last: None };
        for (at, from, to) in moves {
            if from == Done && to != Done {
                walk.reopened = walk.reopened.saturating_add(1);
                walk.done = NO_MOMENT;
            }
            match to {
                InProgress if walk.started == NO_MOMENT => walk.started = at,
                // A return to To do restarts the clock.
                ToDo => {
                    if matches!(from, InProgress | Done) {
                        walk.moved_back = walk.moved_back.saturating_add(1);
                    }
                    walk.started = NO_MOMENT;
                }
                Done if from != Done || walk.done == NO_MOMENT => walk.done = at,
                InProgress | Done | Dropped => {}
            }
            walk.last = Some(to);
        }
        walk
    }
}

impl LifeCycle {
    /// Works out the life cycle of every item.
    pub fn new(dataset: &Dataset, statuses: &StatusMap, calendar: &Calendar) -> Self {
        let rows = dataset.len();
        let status = dataset.category(CategoryField::Status);
        let resolution = dataset.category(CategoryField::Resolution);
        let dropped: Vec<bool> = resolution.values().iter().map(dropped_resolution).collect();
        let resolved = dataset.moment(MomentField::Resolved);
        let category_changed = dataset.moment(MomentField::StatusCategoryChanged);
        let day = |moment: i64| if moment == NO_MOMENT { NO_DAY } else { calendar.day_of(moment) };

        let mut life = Self { started_at: dataset.moment(MomentField::Started).to_vec(), ..Self::default() };
        if !dataset.history.is_empty() {
            life.reopened = vec![0; rows];
            life.moved_back = vec![0; rows];
        }
        for row in 0..rows {
            let by_status = statuses.category(status.code(row));
            let is_dropped = by_status == StatusCategory::Done && dropped[resolution.code(row) as usize];
            let own = if is_dropped { StatusCategory::Dropped } else { by_status };
            let told = life.follow(dataset, statuses, row, by_status);
            life.category.push(own);
            life.finished_at.push(match own {
                StatusCategory::Done if told != NO_MOMENT => told,
                StatusCategory::Done if resolved[row] != NO_MOMENT => resolved[row],
                StatusCategory::Done => category_changed[row],
                _ => NO_MOMENT,
            });
        }
        life.created_day = dataset.moment(MomentField::Created).iter().map(|&moment| day(moment)).collect();
        life.started_day = life.started_at.iter().map(|&moment| day(moment)).collect();
        life.finished_day = life.finished_at.iter().map(|&moment| day(moment)).collect();
        let known = life.created_day.iter().chain(&life.finished_day).copied().filter(|&day| day != NO_DAY);
        life.first_day = known.min().unwrap_or(NO_DAY);
        life
    }

    /// Takes from an item's history what it tells and answers the moment of finishing, [`NO_MOMENT`] when it tells none.
    fn follow(&mut self, dataset: &Dataset, statuses: &StatusMap, row: usize, present: StatusCategory) -> i64 {
        if self.reopened.is_empty() {
            return NO_MOMENT;
        }
        let moves = dataset.history.status_moves(row);
        let walk =
            Walk::along(moves.map(|(at, from, to)| (at, statuses.category_before(from), statuses.category_after(to))));
        self.reopened[row] = walk.reopened;
        self.moved_back[row] = walk.moved_back;
        if walk.last != Some(present) {
            return NO_MOMENT;
        }
        // A history that begins later than the work knows nothing of its start.
        if walk.started != NO_MOMENT || walk.moved_back > 0 {
            self.started_at[row] = walk.started;
        }
        walk.done
    }

    /// Takes items out of scope that are not finished.
    pub(super) fn drop_items(&mut self, items: &[u32]) {
        for &item in items {
            if let Some(category) = self.category.get_mut(item as usize)
                && *category != StatusCategory::Done
            {
                *category = StatusCategory::Dropped;
            }
        }
    }

    /// True when the item is finished, dated or not.
    pub fn is_finished(&self, item: usize) -> bool {
        self.category.get(item) == Some(&StatusCategory::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StatusCategory::{Done, InProgress, ToDo};

    fn walk(moves: &[(i64, StatusCategory, StatusCategory)]) -> (i64, i64, u16, u16) {
        let walk = Walk::along(moves.iter().copied());
        (walk.started, walk.done, walk.reopened, walk.moved_back)
    }

    #[test]
    fn work_starts_with_the_first_entry_that_was_not_taken_back() {
        assert_eq!(walk(&[(1, ToDo, InProgress), (2, InProgress, InProgress), (3, InProgress, Done)]), (1, 3, 0, 0));
        let back = [(1, ToDo, InProgress), (2, InProgress, ToDo), (5, ToDo, InProgress), (6, InProgress, Done)];
        assert_eq!(walk(&back), (5, 6, 0, 1));
        assert_eq!(walk(&[(1, ToDo, Done)]), (NO_MOMENT, 1, 0, 0));
    }

    #[test]
    fn an_item_opened_again_is_done_when_it_is_done_for_good() {
        let again = [(1, ToDo, InProgress), (2, InProgress, Done), (3, Done, InProgress), (9, InProgress, Done)];
        assert_eq!(walk(&again), (1, 9, 1, 0));
        assert_eq!(walk(&again[..3]), (1, NO_MOMENT, 1, 0));
        // From one done status to another is no new finish.
        assert_eq!(walk(&[(2, InProgress, Done), (4, Done, Done)]), (NO_MOMENT, 2, 0, 0));
    }
}
