//! What had become of an item at the moment taken as "now".

use crate::model::{LifeCycle, MomentField, NO_MOMENT, NumberField, PreparedDataset, StatusCategory};

use super::Unit;

/// The state of one item at `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Not finished.
    Open,
    /// Finished, and the data says when.
    Finished {
        /// Moment, UTC milliseconds.
        at: i64,
        /// Day in the workspace zone.
        day: i32,
    },
    /// Finished, but the data does not say when.
    Undated,
    /// Closed without being delivered.
    Dropped,
}

/// Reads outcomes and sizes of items.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcomes<'a> {
    life: &'a LifeCycle,
    resolved: &'a [i64],
    estimates: &'a [f64],
    unit: Unit,
    as_of: i64,
}

impl<'a> Outcomes<'a> {
    /// Outcomes at `as_of`, sizes in `unit`.
    pub(super) fn new(data: &'a PreparedDataset, as_of: i64, unit: Unit) -> Self {
        Self {
            life: &data.life,
            resolved: data.dataset.moment(MomentField::Resolved),
            estimates: data.dataset.number(match unit {
                Unit::Hours => NumberField::OriginalEstimateHours,
                Unit::Items | Unit::Points => NumberField::Points,
            }),
            unit,
            as_of,
        }
    }

    /// The outcome of an item. What is dated after `as_of` has not happened yet.
    #[expect(clippy::inline_always, reason = "asked for every item by most metrics; built for size it stays a call")]
    #[inline(always)]
    pub(super) fn of(&self, item: usize) -> Outcome {
        match self.life.category[item] {
            StatusCategory::Done => {
                let at = self.life.finished_at[item];
                if at == NO_MOMENT {
                    Outcome::Undated
                } else if at <= self.as_of {
                    Outcome::Finished { at, day: self.life.finished_day[item] }
                } else {
                    Outcome::Open
                }
            }
            StatusCategory::Dropped if self.resolved[item] <= self.as_of => Outcome::Dropped,
            _ => Outcome::Open,
        }
    }

    /// 1, or the points or hours of the item; 0 when it has no estimate.
    pub(super) fn size(&self, item: usize) -> f64 {
        if self.unit == Unit::Items {
            return 1.0;
        }
        let estimate = self.estimates[item];
        if estimate.is_finite() { estimate } else { 0.0 }
    }

    /// True when points or hours are asked for and the item has none.
    pub(super) fn is_unestimated(&self, item: usize) -> bool {
        self.unit != Unit::Items && !self.estimates[item].is_finite()
    }
}
