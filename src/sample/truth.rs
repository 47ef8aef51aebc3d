//! What the generator knows about the export it wrote: the answers that importing and measuring it must give.
//!
//! Kept apart from the model and the metrics on purpose: it is their judge, so it shares no code with them.

use std::collections::BTreeMap;

use super::item::{Category, Item, Project};

/// Resolutions of the generator that mean "closed without being delivered".
const NOT_DELIVERED: &[&str] = &["Won't Do", "Duplicate", "Cannot Reproduce"];

/// What was finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Completed {
    /// Number of items.
    pub items: u32,
    /// Their story points.
    pub points: u32,
}

/// An item that names the watched sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Day of creation, from 1970-01-01.
    pub created_day: i32,
    /// Day of finishing; `None` when open, dropped or undated.
    pub finished_day: Option<i32>,
    /// Closed without being delivered.
    pub dropped: bool,
    /// Story points; `None` when not estimated.
    pub points: Option<u32>,
    /// True when the watched sprint is the last one the item names.
    pub last_sprint: bool,
}

/// One sprint whose members are kept one by one, to check a burndown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WatchedSprint {
    /// Its name in the export.
    pub name: String,
    /// First and last day, from 1970-01-01.
    pub days: (i32, i32),
    /// Every item that names it.
    pub members: Vec<Member>,
}

impl WatchedSprint {
    /// Items and points still open at the end of a day, of those that existed by then and were not dropped.
    pub fn remaining(&self, day: i32) -> Completed {
        let open = |member: &&Member| {
            !member.dropped && member.created_day <= day && member.finished_day.is_none_or(|finished| finished > day)
        };
        self.members.iter().filter(open).fold(Completed::default(), |sum, member| Completed {
            items: sum.items + 1,
            points: sum.points + member.points.unwrap_or(0),
        })
    }
}

/// Counts of an export. An item is finished when its status category is Done and its resolution is not one of those that
/// mean "not delivered"; the finish day is the resolved day, else the day its status category changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Truth {
    /// Rows, one an item.
    pub rows: u64,
    /// Items finished, dated or not.
    pub finished: u64,
    /// Of these without any date of finishing.
    pub undated: u64,
    /// Items closed without being delivered.
    pub dropped: u64,
    /// Items with story points.
    pub estimated: u64,
    /// Sum of all story points.
    pub points: u64,
    /// Finished items by the Monday of their week, from 1970-01-01. Weeks without any are left out.
    pub finished_by_week: BTreeMap<i32, u32>,
    /// Finished and dated items by the last sprint they name.
    pub completed_by_sprint: BTreeMap<String, Completed>,
    /// Number of finished items by cycle time in days (finish day - start day + 1), of those with both days.
    pub cycle_time_days: BTreeMap<i32, u32>,
    /// The sprint kept in detail.
    pub watched: WatchedSprint,
}

impl Truth {
    /// Nothing counted yet; the sprint of this name and these days will be kept in detail.
    pub(super) fn watching(name: String, days: (i32, i32)) -> Self {
        Self { watched: WatchedSprint { name, days, members: Vec::new() }, ..Self::default() }
    }

    /// Counts one item.
    pub(super) fn count(&mut self, project: &Project, item: &Item) {
        let closed = item.category == Category::Done;
        let dropped = closed && NOT_DELIVERED.contains(&item.resolution);
        let finished = closed && !dropped;
        let finished_day =
            item.resolved.or(item.category_changed).filter(|_| finished).map(super::clock::WallMinute::day);
        self.rows += 1;
        self.dropped += u64::from(dropped);
        self.finished += u64::from(finished);
        self.undated += u64::from(finished && finished_day.is_none());
        self.estimated += u64::from(item.points.is_some());
        self.points += u64::from(item.points.unwrap_or(0));
        if let Some(day) = finished_day {
            *self.finished_by_week.entry(day - super::clock::weekday(day)).or_default() += 1;
            if let Some(started) = item.started {
                *self.cycle_time_days.entry(day - started.day() + 1).or_default() += 1;
            }
        }
        self.count_sprints(project, item, finished_day, dropped);
    }

    fn count_sprints(&mut self, project: &Project, item: &Item, finished_day: Option<i32>, dropped: bool) {
        let name = |number: &u32| format!("{}{number}", project.sprint_prefix);
        if let (Some(last), Some(_)) = (item.sprints.last(), finished_day) {
            let completed = self.completed_by_sprint.entry(name(last)).or_default();
            completed.items += 1;
            completed.points += item.points.unwrap_or(0);
        }
        if item.sprints.iter().any(|number| name(number) == self.watched.name) {
            self.watched.members.push(Member {
                created_day: item.created.day(),
                finished_day,
                dropped,
                points: item.points,
                last_sprint: item.sprints.last().map(name).as_ref() == Some(&self.watched.name),
            });
        }
    }

    /// The cycle time of which `percent` of the items have at most that: the nearest-rank percentile. `None` without items.
    pub fn cycle_time_percentile(&self, percent: u32) -> Option<i32> {
        let total: u64 = self.cycle_time_days.values().map(|&count| u64::from(count)).sum();
        let rank = (total * u64::from(percent)).div_ceil(100);
        let mut seen = 0;
        self.cycle_time_days.iter().find_map(|(&days, &count)| {
            seen += u64::from(count);
            (seen >= rank).then_some(days)
        })
    }
}
