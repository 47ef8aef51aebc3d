//! Plain tables of our own, for people whose tracker is not known here. Their columns are documented and stable.

mod iterations;
mod status_history;
mod work_items;

pub(super) use iterations::ITERATIONS_CSV;
pub(super) use status_history::STATUS_HISTORY_CSV;
pub(super) use work_items::WORK_ITEMS_CSV;
