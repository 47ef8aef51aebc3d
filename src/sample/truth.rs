//! What the generator knows about the export it wrote: the answers that importing and measuring it must give.
//!
//! Kept apart from the model and the metrics on purpose: it is their judge, so it shares no code with them.

use std::collections::BTreeMap;

use super::clock::weekday;
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

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Not finished at the time of the export.
    Open,
    /// Finished on this day, from 1970-01-01.
    Finished(i32),
    /// Finished, but the export does not say when.
    Undated,
    /// Closed without being delivered.
    Dropped,
}

/// An item that names the watched sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Day of creation, from 1970-01-01.
    pub created_day: i32,
    /// What became of it.
    pub fate: Fate,
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
    /// Items and points still open at the end of a day, of those that existed by then. Items that were dropped, or finished
    /// nobody knows when, are left out.
    pub fn remaining(&self, day: i32) -> Completed {
        let open = |member: &&Member| {
            let is_open = match member.fate {
                Fate::Open => true,
                Fate::Finished(finished) => finished > day,
                Fate::Undated | Fate::Dropped => false,
            };
            is_open && member.created_day <= day
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
        let fate = fate(item);
        self.rows += 1;
        self.dropped += u64::from(fate == Fate::Dropped);
        self.finished += u64::from(matches!(fate, Fate::Finished(_) | Fate::Undated));
        self.undated += u64::from(fate == Fate::Undated);
        self.estimated += u64::from(item.points.is_some());
        self.points += u64::from(item.points.unwrap_or(0));
        if let Fate::Finished(day) = fate {
            *self.finished_by_week.entry(day - weekday(day)).or_default() += 1;
            if let Some(started) = item.started {
                *self.cycle_time_days.entry(day - started.day() + 1).or_default() += 1;
            }
        }
        self.count_sprints(project, item, fate);
    }

    fn count_sprints(&mut self, project: &Project, item: &Item, fate: Fate) {
        let name = |number: &u32| format!("{}{number}", project.sprint_prefix);
        if let (Some(last), Fate::Finished(_)) = (item.sprints.last(), fate) {
            let completed = self.completed_by_sprint.entry(name(last)).or_default();
            completed.items += 1;
            completed.points += item.points.unwrap_or(0);
        }
        if item.sprints.iter().any(|number| name(number) == self.watched.name) {
            let created_day = item.created.day();
            let last_sprint = item.sprints.last().map(name).as_ref() == Some(&self.watched.name);
            self.watched.members.push(Member { created_day, fate, points: item.points, last_sprint });
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

fn fate(item: &Item) -> Fate {
    match (item.category, item.resolved.or(item.category_changed)) {
        (Category::ToDo | Category::InProgress, _) => Fate::Open,
        (Category::Done, _) if NOT_DELIVERED.contains(&item.resolution) => Fate::Dropped,
        (Category::Done, Some(at)) => Fate::Finished(at.day()),
        (Category::Done, None) => Fate::Undated,
    }
}
