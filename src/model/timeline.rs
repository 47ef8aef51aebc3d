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
                if now == StatusCategory::Done && life.category[item] == StatusCategory::Dropped {
                    timeline.drop_the_end();
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

    /// The steps of the item being told that end in Done did not deliver it: its resolution says so.
    fn drop_the_end(&mut self) {
        let begin = self.ends.last().map_or(0, |&end| end as usize);
        let of_item = &mut self.categories[begin..];
        let done = of_item.iter_mut().rev().take_while(|category| **category == StatusCategory::Done);
        done.for_each(|category| *category = StatusCategory::Dropped);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Calendar, ChangeField, ItemRow};
    use StatusCategory::{Done, Dropped, InProgress, ToDo};

    /// What a test says of one item; moments are small numbers.
    #[derive(Default)]
    struct Told<'a> {
        status: &'a str,
        resolution: &'a str,
        created: Option<i64>,
        started: Option<i64>,
        resolved: Option<i64>,
        category_changed: Option<i64>,
        moves: &'a [(i64, &'a str, &'a str)],
    }

    fn timeline(items: &[Told<'_>]) -> (Timeline, Dataset, StatusMap) {
        let mut dataset = Dataset::default();
        let mut row = ItemRow::default();
        for item in items {
            row.begin(1);
            row.category(CategoryField::Status, item.status).category(CategoryField::Resolution, item.resolution);
            row.moment(MomentField::Created, item.created)
                .moment(MomentField::Started, item.started)
                .moment(MomentField::Resolved, item.resolved)
                .moment(MomentField::StatusCategoryChanged, item.category_changed);
            for &(at, from, to) in item.moves {
                row.change(at, ChangeField::Status, from, to);
            }
            dataset.push_item(&row);
        }
        let statuses = StatusMap::guess(&dataset);
        let life = LifeCycle::new(&dataset, &statuses, &Calendar::default());
        let timeline = Timeline::new(&dataset, &statuses, &life);
        (timeline, dataset, statuses)
    }

    /// Moment and category of each step of the only item.
    fn steps(item: Told<'_>) -> (bool, Vec<(i64, StatusCategory)>) {
        let (timeline, ..) = timeline(&[item]);
        assert_eq!(timeline.len(), 1);
        (timeline.is_told(0), timeline.of_item(0).map(|step| (step.at, step.category)).collect())
    }

    #[test]
    fn a_history_that_ends_in_the_present_status_is_told_step_by_step() {
        let moves = [(20, "To Do", "In Progress"), (30, "In Progress", "In Review"), (40, "In Review", "Done")];
        let item = Told { status: "Done", created: Some(10), moves: &moves, ..Told::default() };
        let (timeline, dataset, statuses) = timeline(&[item]);
        assert!(timeline.is_told(0));
        let present = dataset.category(CategoryField::Status);
        let told: Vec<_> = timeline.of_item(0).map(|step| (step.at, statuses.name(step.status, present))).collect();
        assert_eq!(told, [(10, "To Do"), (20, "In Progress"), (30, "In Review"), (40, "Done")]);
        let at = |moment| timeline.at(0, moment).map(|step| step.at);
        assert_eq!((at(9), at(10), at(29), at(30), at(99)), (None, Some(10), Some(20), Some(30), Some(40)));
    }

    #[test]
    fn a_history_that_is_cut_off_is_not_used() {
        let moves = [(20, "To Do", "In Progress")];
        let cut = |status, started, resolved| Told {
            status,
            created: Some(10),
            started,
            resolved,
            moves: &moves,
            ..Told::default()
        };
        let dates = (false, vec![(10, ToDo), (15, InProgress), (40, Done)]);
        assert_eq!(steps(cut("Done", Some(15), Some(40))), dates);
        // Nothing tells when it was finished: the present is known from the life cycle alone.
        assert_eq!(steps(cut("Done", None, None)), (false, vec![(10, ToDo)]));
    }

    #[test]
    fn dates_alone_tell_the_categories() {
        let item = |status, started, resolved, category_changed| Told {
            status,
            created: Some(10),
            started,
            resolved,
            category_changed,
            ..Told::default()
        };
        assert_eq!(
            steps(item("Done", Some(20), Some(30), None)),
            (false, vec![(10, ToDo), (20, InProgress), (30, Done)])
        );
        assert_eq!(steps(item("Done", None, Some(30), None)).1, [(10, ToDo), (30, Done)]);
        assert_eq!(steps(item("Done", None, None, Some(25))).1, [(10, ToDo), (25, Done)]);
        assert_eq!(steps(item("In Progress", None, None, Some(25))).1, [(10, ToDo), (25, InProgress)]);
        assert_eq!(steps(item("In Progress", None, None, None)).1, [(10, ToDo)]);
        // Taken back: it is not in progress.
        assert_eq!(steps(item("To Do", Some(20), None, None)).1, [(10, ToDo)]);
        // A start after the finish is none; a creation after the start is what is wrong.
        assert_eq!(steps(item("Done", Some(40), Some(30), None)).1, [(10, ToDo), (30, Done)]);
        assert_eq!(steps(item("Done", Some(5), Some(30), None)).1, [(5, ToDo), (5, InProgress), (30, Done)]);
        let unknown = Told { status: "Done", resolved: Some(30), ..Told::default() };
        assert_eq!(steps(unknown).1, [(NO_MOMENT, ToDo), (30, Done)]);
    }

    #[test]
    fn who_never_moved_is_where_it_began() {
        let moves = [(20, "To Do", "In Progress")];
        let (timeline, ..) = timeline(&[
            Told { status: "To Do", created: Some(10), ..Told::default() },
            Told { status: "In Progress", created: Some(11), moves: &moves, ..Told::default() },
        ]);
        assert!(timeline.is_told(0) && timeline.is_told(1));
        let categories: Vec<_> = timeline.of_item(0).map(|step| (step.at, step.category)).collect();
        assert_eq!(categories, [(10, ToDo)]);
        // Without any history nobody was told.
        assert!(!steps(Told { status: "To Do", created: Some(10), ..Told::default() }).0);
    }

    #[test]
    fn an_item_opened_again_is_in_progress_again() {
        let moves = [
            (20, "To Do", "In Progress"),
            (30, "In Progress", "Done"),
            (40, "Done", "In Progress"),
            (50, "In Progress", "Done"),
        ];
        let item = Told { status: "Done", created: Some(10), resolved: Some(50), moves: &moves, ..Told::default() };
        let expected = vec![(10, ToDo), (20, InProgress), (30, Done), (40, InProgress), (50, Done)];
        assert_eq!(steps(item), (true, expected));
    }

    #[test]
    fn an_item_closed_without_delivery_is_dropped_not_done() {
        let moves =
            [(20, "To Do", "Done"), (30, "Done", "In Progress"), (40, "In Progress", "Done"), (45, "Done", "Closed")];
        let told =
            Told { status: "Closed", resolution: "Won't Do", created: Some(10), moves: &moves, ..Told::default() };
        // The end alone: what came before the item was opened again stays done.
        let expected = vec![(10, ToDo), (20, Done), (30, InProgress), (40, Dropped), (45, Dropped)];
        assert_eq!(steps(told), (true, expected));
        let dates =
            Told { status: "Done", resolution: "Won't Do", created: Some(10), resolved: Some(30), ..Told::default() };
        assert_eq!(steps(dates).1, [(10, ToDo), (30, Dropped)]);
    }

    #[test]
    fn there_is_no_step_without_an_item() {
        let (timeline, ..) = timeline(&[]);
        assert!(timeline.is_empty() && timeline.of_item(0).count() == 0 && timeline.at(3, 5).is_none());
    }
}
