//! When a marked item was open: from its creation until it was done or closed without being delivered, and again whenever it
//! was opened again.

use crate::metrics::standing::steps;
use crate::model::{NO_DAY, NO_MOMENT, PreparedDataset, StatusCategory};

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Created,
    /// Done, or closed without being delivered.
    Resolved,
    /// Opened again.
    Reopened,
}

/// Where an item stood at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::metrics) enum Stand {
    /// Neither done nor closed.
    Open,
    /// Done since then.
    Done {
        /// Moment, UTC milliseconds.
        at: i64,
        /// Its day.
        day: i32,
    },
    /// Closed without being delivered.
    Dropped,
    /// Done or closed, and nobody knows when: the reason to leave it out.
    Unknown(&'static str),
    /// Not yet created.
    Absent,
}

const NO_FINISH: &str = "finished, but no finish date";
const NO_DROP: &str = "closed without being delivered, but no date tells when";

const fn is_closed(category: StatusCategory) -> bool {
    matches!(category, StatusCategory::Done | StatusCategory::Dropped)
}

/// Why nobody can say when an item was open; `None` when it is known.
pub(super) fn unknown_end(data: &PreparedDataset, item: usize) -> Option<&'static str> {
    let last = data.timeline.of_item(item).next_back().map(|step| step.category).unwrap_or_default();
    match data.life.category[item] {
        now if now == last => None,
        StatusCategory::Done => Some(NO_FINISH),
        StatusCategory::Dropped => Some(NO_DROP),
        StatusCategory::ToDo | StatusCategory::InProgress => None,
    }
}

/// Tells each turn of an item up to a moment with its day, oldest first; the day of a creation that nobody knows is
/// [`NO_DAY`]. From one closed status to another is no turn.
pub(super) fn each_turn(data: &PreparedDataset, item: usize, as_of: i64, mut tell: impl FnMut(i32, Turn)) {
    let mut was_closed = None;
    for (day, step) in steps(data, item, as_of) {
        let is_closed = is_closed(step.category);
        match was_closed {
            None => {
                tell(day, Turn::Created);
                if is_closed {
                    tell(day, Turn::Resolved);
                }
            }
            Some(false) if is_closed => tell(day, Turn::Resolved),
            Some(true) if !is_closed => tell(day, Turn::Reopened),
            Some(_) => {}
        }
        was_closed = Some(is_closed);
    }
}

/// Where an item stood at a moment. It is done since its last entry into done.
pub(in crate::metrics) fn stand(data: &PreparedDataset, item: usize, as_of: i64) -> Stand {
    if let Some(reason) = unknown_end(data, item) {
        return Stand::Unknown(reason);
    }
    let mut last = None;
    let mut done = NO_MOMENT;
    for step in data.timeline.of_item(item).take_while(|step| step.at <= as_of) {
        if step.category == StatusCategory::Done && last != Some(StatusCategory::Done) {
            done = step.at;
        }
        last = Some(step.category);
    }
    match last {
        None => Stand::Absent,
        Some(StatusCategory::Dropped) => Stand::Dropped,
        Some(StatusCategory::ToDo | StatusCategory::InProgress) => Stand::Open,
        Some(StatusCategory::Done) if done == NO_MOMENT => Stand::Unknown(NO_FINISH),
        Some(StatusCategory::Done) => Stand::Done { at: done, day: data.calendar.day_of(done) },
    }
}

/// The first day of a stay that nobody knows the beginning of.
pub(super) const fn is_unknown(day: i32) -> bool {
    day == NO_DAY
}
