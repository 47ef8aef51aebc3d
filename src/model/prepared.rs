//! A dataset made ready for metrics: life cycles, iterations and days worked out once, shared by all metrics.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::days_off::DaysOff;
use super::{
    Calendar, Capacity, Dataset, Decisions, Delivery, Iteration, Iterations, LifeCycle, ListField, SprintStays,
    StatusCategory, StatusMap, Timeline, Window, WorkDays, infer_windows,
};

/// What the user decided about the data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edits {
    /// Windows of iterations by name: (start, end) in UTC milliseconds.
    pub windows: BTreeMap<String, (i64, i64)>,
    /// Categories of statuses by name.
    pub statuses: BTreeMap<String, StatusCategory>,
    /// Statuses in the order of the workflow; those left out keep their guessed place.
    pub status_order: Vec<String>,
    /// What the user decided about deployments, bugs, debt, people and targets.
    pub decisions: Arc<Decisions>,
}

/// What every metric computes from.
#[derive(Debug, Clone, PartialEq)]
pub struct PreparedDataset {
    /// The columns; shared with the layer they come from when there is only one.
    pub dataset: Arc<Dataset>,
    /// Days in the workspace time zone.
    pub calendar: Calendar,
    /// Category and place in the workflow of each status.
    pub statuses: StatusMap,
    /// Created, started, finished, per item.
    pub life: LifeCycle,
    /// In which status each item was when.
    pub timeline: Timeline,
    /// Which days are worked on.
    pub work_days: WorkDays,
    /// Iterations in time order, with members.
    pub iterations: Iterations,
    /// From when to when each item was in which iteration, where the history tells.
    pub stays: SprintStays,
    /// How much who can work on which day.
    pub capacity: Capacity,
    /// What the user decided about deployments, bugs, debt, people and targets.
    pub decisions: Arc<Decisions>,
    /// Deployments in order of time, with the incidents that they caused and the changes that they brought.
    pub delivery: Delivery,
    /// The data's own "now", UTC milliseconds: the last moment of its items; where no item has one, that of its records.
    pub last_moment: Option<i64>,
}

impl PreparedDataset {
    /// Prepares a dataset. A window typed by the user wins over the source's, the source's over the inferred one; a category
    /// chosen by the user wins over the guessed one.
    pub fn new(dataset: Arc<Dataset>, calendar: Calendar, edits: &Edits) -> Self {
        let statuses = StatusMap::new(&dataset, &edits.statuses, &edits.status_order);
        let life = LifeCycle::new(&dataset, &statuses, &calendar);
        let timeline = Timeline::new(&dataset, &statuses, &life);
        let (work_days, capacity) = work_of(&dataset, &calendar, &edits.decisions);
        let iterations = iterations_of(&dataset, &calendar, &life, edits);
        let stays = SprintStays::new(&dataset, &iterations);
        let decisions = Arc::clone(&edits.decisions);
        let delivery = Delivery::new(&dataset, &decisions);
        let last_moment = dataset.last_moment().or_else(|| dataset.last_record_moment());
        Self {
            dataset,
            calendar,
            statuses,
            life,
            timeline,
            work_days,
            iterations,
            stays,
            capacity,
            decisions,
            delivery,
            last_moment,
        }
    }

    /// The latest moment at which anything happened, to items or in records, UTC milliseconds. `None` without any.
    pub fn latest_moment(&self) -> Option<i64> {
        self.last_moment.max(self.dataset.last_record_moment())
    }

    /// Takes items out of scope that are not finished: a later export no longer holds them.
    pub fn remove_items(&mut self, items: &[u32]) {
        self.life.drop_items(items);
    }

    /// The same data with other decisions; only what rests on them is worked out again.
    pub fn edit_decisions(&mut self, decisions: Arc<Decisions>) {
        (self.work_days, self.capacity) = work_of(&self.dataset, &self.calendar, &decisions);
        self.delivery = Delivery::new(&self.dataset, &decisions);
        self.decisions = decisions;
    }

    /// The same data with other window edits; nothing else is worked out again.
    pub fn edit_windows(&mut self, edits: &Edits) {
        self.iterations = iterations_of(&self.dataset, &self.calendar, &self.life, edits);
        // They count by position, and a new window may change the order.
        self.stays = SprintStays::new(&self.dataset, &self.iterations);
    }
}

/// Which days are worked on, by all and by each.
fn work_of(dataset: &Dataset, calendar: &Calendar, decisions: &Decisions) -> (WorkDays, Capacity) {
    let days_off = DaysOff::new(dataset, calendar, decisions);
    let work_days = WorkDays::new(decisions.work_week, &days_off);
    (work_days, Capacity::new(dataset, calendar, decisions, days_off))
}

fn iterations_of(dataset: &Dataset, calendar: &Calendar, life: &LifeCycle, edits: &Edits) -> Iterations {
    let sprints = dataset.list(ListField::Sprint);
    let inferred = infer_windows(dataset, calendar, life);
    let list = (1..sprints.values().len() as u32)
        .map(|code| {
            let name = sprints.value(code).to_owned();
            let edited = edits.windows.get(&name).map(|&(start, end)| Window {
                start,
                end,
                origin: super::WindowOrigin::Edited,
            });
            let stated = dataset.iteration_dates.get(code as usize).and_then(|dates| dates.window());
            let window = edited.or(stated).or_else(|| inferred.get(code as usize).copied().flatten());
            Iteration { code, name, window }
        })
        .collect();
    Iterations::new(list, dataset.len(), |item| sprints.codes_of(item))
}
