//! In which status each item was when: the one place that tells it for every metric that looks at a day in the past.

use super::{CategoryField, Dataset, LifeCycle, MomentField, NO_MOMENT, StatusCategory, StatusMap};

/// From a moment on, an item was in a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// First moment, UTC milliseconds. [`NO_MOMENT`] when nobody knows the item's creation: it was always there.
    pub at: i64,
    /// Code in the [`StatusMap`], or [`Timeline::NO_STATUS`] where only the category is known.
    pub status: u32,
    /// What the status counts as.
    pub category: StatusCategory,
}

/// The statuses of every item in the order of time, in columns.
///
/// Where the status history of an item ends in its present status it is told step by step, from creation on. Without such a
/// history the steps are what its dates tell: to do from the creation, in progress from the start of work (or from the change
/// of its category), done from the finish, dropped from the resolution. What has no date has no step: such an item stays in
/// the category before, so the category of the present moment is the life cycle's, not the last step's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Steps of item `i` are `[ends[i-1]..ends[i]]`.
    ends: Vec<u32>,
    at: Vec<i64>,
    statuses: Vec<u32>,
    categories: Vec<StatusCategory>,
    told: Vec<bool>,
}

/// The dates that tell of an item without a history.
struct Dates<'a> {
    life: &'a LifeCycle,
    created: &'a [i64],
    resolved: &'a [i64],
    category_changed: &'a [i64],
}

impl Timeline {
    /// The status of a step of which only the category is known.
    pub const NO_STATUS: u32 = u32::MAX;

    /// Works out the steps of every item.
    pub fn new(dataset: &Dataset, statuses: &StatusMap, life: &LifeCycle) -> Self {
        let present = dataset.category(CategoryField::Status);
        let (from, to) = dataset.history.texts();
        let code_of = |name: &str| statuses.find(name, present).unwrap_or(Self::NO_STATUS);
        let codes_before: Vec<u32> = from.values().iter().map(code_of).collect();
        let codes_after: Vec<u32> = to.values().iter().map(code_of).collect();
        let created = dataset.moment(MomentField::Created);
        let resolved = dataset.moment(MomentField::Resolved);
        let category_changed = dataset.moment(MomentField::StatusCategoryChanged);
        let dates = Dates { life, created, resolved, category_changed };
        let has_history = !dataset.history.is_empty();
        let mut timeline = Self::default();
        let mut moves: Vec<(i64, u32, u32)> = Vec::new();
        for (item, &created) in created.iter().enumerate() {
            moves.clear();
            moves.extend(dataset.history.status_moves(item));
            let now = statuses.category(present.code(item));
            let is_told = match moves.last() {
                Some(&(_, _, after)) => statuses.category_after(after) == now,
                // Never moved: it is where it began. Who is done without a move has a history that is cut off.
                None => has_history && now == StatusCategory::ToDo,
            };
            timeline.told.push(is_told);
            if is_told {
                let first = moves.first().map_or(i64::MAX, |&(at, _, _)| at);
                let begin = created.min(first);
                match moves.first() {
                    Some(&(_, before, _)) => {
                        let (code, category) = (codes_before[before as usize], statuses.category_before(before));
                        timeline.step(begin, code, category);
                    }
                    None => timeline.step(created, present.code(item), now),
                }
                for &(at, _, after) in &moves {
                    timeline.step(at, codes_after[after as usize], statuses.category_after(after));
                }
            } else {
                timeline.steps_from_dates(&dates, item);
            }
            timeline.ends.push(timeline.at.len() as u32);
        }
        timeline
    }

    /// What the dates of an item without a history tell.
    fn steps_from_dates(&mut self, dates: &Dates<'_>, item: usize) {
        use StatusCategory::{Done, Dropped, InProgress, ToDo};
        let (created, now) = (dates.created[item], dates.life.category[item]);
        let changed = dates.category_changed[item];
        let finished = match now {
            Done => dates.life.finished_at[item],
            Dropped if dates.resolved[item] != NO_MOMENT => dates.resolved[item],
            Dropped => changed,
            ToDo | InProgress => NO_MOMENT,
        };
        let started = match (dates.life.started_at[item], now) {
            (_, ToDo) => NO_MOMENT,
            (NO_MOMENT, InProgress) => changed,
            (at, _) if finished != NO_MOMENT && at > finished => NO_MOMENT,
            (at, _) => at,
        };
        let known = [started, finished].into_iter().filter(|&at| at != NO_MOMENT).min();
        // Nothing begins before its creation; where the dates say so, the creation is what is wrong.
        self.step(known.map_or(created, |known| created.min(known)), Self::NO_STATUS, ToDo);
        if started != NO_MOMENT {
            self.step(started, Self::NO_STATUS, InProgress);
        }
        if finished != NO_MOMENT {
            self.step(finished, Self::NO_STATUS, now);
        }
    }

    fn step(&mut self, at: i64, status: u32, category: StatusCategory) {
        self.at.push(at);
        self.statuses.push(status);
        self.categories.push(category);
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when there is no item.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// True when the item's own history tells its steps; else they come from its dates alone.
    pub fn is_told(&self, item: usize) -> bool {
        self.told.get(item).copied().unwrap_or(false)
    }

    /// The steps of an item, oldest first; at least one.
    pub fn of_item(&self, item: usize) -> impl DoubleEndedIterator<Item = Step> + ExactSizeIterator + Clone + '_ {
        self.range(item).map(|position| Step {
            at: self.at[position],
            status: self.statuses[position],
            category: self.categories[position],
        })
    }

    /// The step that an item was in at a moment; `None` before its first.
    pub fn at(&self, item: usize, moment: i64) -> Option<Step> {
        self.of_item(item).rev().find(|step| step.at <= moment)
    }

    fn range(&self, item: usize) -> std::ops::Range<usize> {
        let end = self.ends.get(item).copied().unwrap_or(0);
        let start = if item == 0 { 0 } else { self.ends.get(item - 1).copied().unwrap_or(end) };
        start as usize..end as usize
    }
}
