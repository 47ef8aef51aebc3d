//! When each item was created, started and finished: the one place that decides it for every metric.

use super::{Calendar, CategoryField, Dataset, MomentField, NO_MOMENT, StatusCategory, StatusMap, dropped_resolution};

/// "Unknown" in a column of days.
pub const NO_DAY: i32 = i32::MIN;

/// The life cycle of every item, in columns.
///
/// An item is finished when its status category is Done. Its finish moment is the resolved moment, else the moment its status
/// category changed, else unknown: it is then finished, but left out of dated metrics and counted there. A resolved date on
/// an item that is not done does not finish it. Items done with a "won't do" resolution are dropped, not finished.
/// `started` is the source's own start field; it is never invented from the creation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LifeCycle {
    /// Category of each item's status.
    pub category: Vec<StatusCategory>,
    /// Day of creation, or [`NO_DAY`].
    pub created_day: Vec<i32>,
    /// Day work started, or [`NO_DAY`].
    pub started_day: Vec<i32>,
    /// Day of finishing, or [`NO_DAY`] when not finished or not dated.
    pub finished_day: Vec<i32>,
    /// Moment of finishing, or [`NO_MOMENT`].
    pub finished_at: Vec<i64>,
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

        let mut category = Vec::with_capacity(rows);
        let mut finished_at = Vec::with_capacity(rows);
        for row in 0..rows {
            let by_status = statuses.category(status.code(row));
            let is_dropped = by_status == StatusCategory::Done && dropped[resolution.code(row) as usize];
            let own = if is_dropped { StatusCategory::Dropped } else { by_status };
            category.push(own);
            finished_at.push(match own {
                StatusCategory::Done if resolved[row] != NO_MOMENT => resolved[row],
                StatusCategory::Done => category_changed[row],
                _ => NO_MOMENT,
            });
        }
        Self {
            category,
            created_day: dataset.moment(MomentField::Created).iter().map(|&moment| day(moment)).collect(),
            started_day: dataset.moment(MomentField::Started).iter().map(|&moment| day(moment)).collect(),
            finished_day: finished_at.iter().map(|&moment| day(moment)).collect(),
            finished_at,
        }
    }

    /// True when the item is finished, dated or not.
    pub fn is_finished(&self, item: usize) -> bool {
        self.category.get(item) == Some(&StatusCategory::Done)
    }
}
