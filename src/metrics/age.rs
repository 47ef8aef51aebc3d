//! The age of work that is in progress, by the rule of the question.

use crate::model::{NO_MOMENT, PreparedDataset, StatusCategory};

use super::stats::tidy;
use super::{DayRule, StartRule};

const MILLISECONDS_A_DAY: f64 = 86_400_000.0;

/// When work on an item that is in progress at `as_of` began: its first entry into progress after which it never went back
/// to "to do", or its creation when that is asked for. [`NO_MOMENT`] when nobody knows.
pub(super) fn began(data: &PreparedDataset, item: usize, as_of: i64, rule: StartRule) -> i64 {
    let steps = || data.timeline.of_item(item).take_while(|step| step.at <= as_of);
    if rule == StartRule::Created {
        return data.dataset.moment(crate::model::MomentField::Created)[item];
    }
    let mut began = NO_MOMENT;
    // The first step is where the item was created: only a move into progress begins work, as in the life cycle.
    for step in steps().skip(1) {
        match step.category {
            StatusCategory::InProgress if began == NO_MOMENT => began = step.at,
            StatusCategory::ToDo => began = NO_MOMENT,
            _ => {}
        }
    }
    if began == NO_MOMENT { steps().next().map_or(NO_MOMENT, |step| step.at) } else { began }
}

/// The age at `as_of` of an item that began at `from`, in days; `None` when its history does not tell.
pub(super) fn age(data: &PreparedDataset, item: usize, from: i64, as_of: i64, rule: DayRule) -> Option<f64> {
    let (first, last) = (data.calendar.day_of(from), data.calendar.day_of(as_of));
    match rule {
        DayRule::Calendar => Some(f64::from(last - first + 1)),
        DayRule::Working => Some(f64::from(data.work_days.count(first, last).max(1))),
        DayRule::Elapsed => Some(tidy((as_of - from) as f64 / MILLISECONDS_A_DAY)),
        DayRule::InStatus => data.timeline.is_told(item).then(|| in_progress(data, item, as_of)),
    }
}

/// All visits to statuses in progress up to `as_of`.
fn in_progress(data: &PreparedDataset, item: usize, as_of: i64) -> f64 {
    let mut sum = 0;
    let mut since = None;
    for step in data.timeline.of_item(item).take_while(|step| step.at <= as_of) {
        sum += since.take().map_or(0, |since| step.at - since);
        // What was always there has no beginning to count from.
        since = (step.category == StatusCategory::InProgress && step.at != NO_MOMENT).then_some(step.at);
    }
    sum += since.map_or(0, |since| as_of - since);
    tidy(sum as f64 / MILLISECONDS_A_DAY)
}
