//! What a delivery record is: work items in columns with their history, the records beside them, iterations, calendars.
//!
//! Invariants every importer upholds:
//! - all columns of a [`Dataset`] have the same length; position `i` is one work item everywhere, and one record in each
//!   column of a [`Records`] table;
//! - keys are not empty and occur once;
//! - code 0 of a [`Categorical`] means "not given"; [`NO_MOMENT`] and NaN mean "not given" in the other columns;
//! - moments are UTC milliseconds; local times of a file were read in the zone named on its import report.
//!
//! The model knows no tracker: column names of an export never appear here.

mod calendar;
mod capacity;
mod civil;
mod column;
mod dataset;
mod days_off;
mod decisions;
mod delivery;
mod formula_guard;
mod history;
mod item_row;
mod item_set;
mod iteration;
mod life_cycle;
mod mark_rule;
mod merge;
mod prepared;
mod records;
mod rewritten;
mod sealed;
mod snapshot;
mod sorting;
mod sprint_cadence;
mod sprint_names;
mod sprint_stays;
mod sprint_windows;
mod status;
mod timeline;
mod work_days;
mod zones;

pub use calendar::{Calendar, Granularity, day_from_iso, iso_from_day, next_period_start, period_start};
pub use capacity::{Capacity, CapacityLine, DayOff, LineDays};
pub use civil::{date_of_day, day_of_date};
pub use column::{Categorical, ListColumn, TextColumn};
pub use dataset::{CategoryField, Dataset, ListField, MomentField, NO_MOMENT, NumberField, TextField};
pub use decisions::{Decision, Decisions, PersonPlan, VerdictRule};
pub use delivery::{
    Cause, CauseOrigin, Delivery, Deployed, DeploymentEnd, Production, ProductionRule, Reach, ReachOrigin,
};
pub use formula_guard::{guarded, unguarded};
pub use history::{Change, ChangeField, History};
pub use item_row::ItemRow;
pub use item_set::ItemSet;
pub use iteration::{Iteration, IterationDates, Iterations, Window, WindowOrigin};
pub use life_cycle::{LifeCycle, NO_DAY};
pub use mark_rule::MarkRule;
pub use merge::{Export, MergeCounts, MergedItem, merge_exports, merge_layers};
pub use prepared::{Edits, PreparedDataset};
pub use records::{Cell, ColumnKind, RecordField, RecordKind, Records};
pub use rewritten::{ColumnPlace, Rewriting, Treatment};
pub use sealed::{SEAL_BYTES, SealError, seal, unseal};
pub use snapshot::{SnapshotError, decode_dataset, encode_dataset};
pub use sorting::{sort_by, sort_by_key, sort_by_number};
pub use sprint_stays::{SprintStays, Stay};
pub use sprint_windows::infer_windows;
pub use status::{StatusCategory, StatusMap, category_from_words, dropped_resolution, dropped_status};
pub use timeline::{Step, Timeline};
pub use work_days::{USUAL_WEEK, WorkDays};
pub use zones::ZoneOffsets;
#[cfg(target_arch = "wasm32")]
pub use zones::{set_zone_source, tabulate_zone};
