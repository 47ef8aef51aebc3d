//! Days between a beginning and an end by the rule of the question: of finished items and of work in progress alike.

use crate::model::{NO_MOMENT, PreparedDataset, StatusCategory};

use super::stats::tidy;
use super::{DayRule, StartRule};

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

/// Days from one moment to a later one, with their days; `None` for time in statuses, which [`time_in_progress`] tells.
pub(super) fn days_between(data: &PreparedDataset, from: (i64, i32), to: (i64, i32), rule: DayRule) -> Option<f64> {
    let ((from, first), (to, last)) = (from, to);
    match rule {
        DayRule::Calendar => Some(f64::from(last - first + 1)),
        DayRule::Working => Some(f64::from(data.work_days.count(first, last).max(1))),
        DayRule::Elapsed => Some(in_days(to - from)),
        DayRule::InStatus => None,
    }
}

/// All visits of an item to statuses in progress up to `until` added up, in milliseconds; `None` when its history does not
/// tell its whole way.
pub(super) fn time_in_progress(data: &PreparedDataset, item: usize, until: i64) -> Option<i64> {
    if !data.timeline.is_told(item) {
        return None;
    }
    let mut sum = 0;
    let mut since = None;
    for step in data.timeline.of_item(item).take_while(|step| step.at <= until) {
        sum += since.take().map_or(0, |since| step.at - since);
        // What was always there has no beginning to count from.
        since = (step.category == StatusCategory::InProgress && step.at != NO_MOMENT).then_some(step.at);
    }
    Some(sum + since.map_or(0, |since| until - since))
}

/// Milliseconds as days of 24 hours.
pub(super) fn in_days(milliseconds: i64) -> f64 {
    const MILLISECONDS_A_DAY: f64 = 86_400_000.0;
    tidy(milliseconds as f64 / MILLISECONDS_A_DAY)
}
