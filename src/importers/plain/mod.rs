//! Plain tables for people who have no tracker that can be read: one documented header for each kind of record.
//!
//! Header names as listed in each file, in any order and in upper or lower case, with `_` or a space between words; columns
//! that are not listed are named in the import result and not used. Dates are best as ISO (`2024-03-01`,
//! `2024-03-01T14:05:00Z`); without an offset they are read in the workspace's zone. Ids are those of the table's owner and
//! mean the same record in every plain file of that kind: a later file with the same id replaces the record.

mod capacity;
mod changes;
mod code_measures;
mod costs;
mod deployments;
mod holidays;
mod incidents;
mod iterations;
mod milestones;
mod risks;
mod status_history;
mod time_off;
mod uptime;
mod uptime_checks;
mod work_items;
mod work_log;

pub(super) use capacity::PLAIN_CAPACITY;
pub(super) use changes::PLAIN_CHANGES;
pub(super) use code_measures::PLAIN_CODE_MEASURES;
pub(super) use costs::PLAIN_COSTS;
pub(super) use deployments::PLAIN_DEPLOYMENTS;
pub(super) use holidays::PLAIN_HOLIDAYS;
pub(super) use incidents::PLAIN_INCIDENTS;
pub(super) use iterations::ITERATIONS_CSV;
pub(super) use milestones::PLAIN_MILESTONES;
pub(super) use risks::PLAIN_RISKS;
pub(super) use status_history::STATUS_HISTORY_CSV;
pub(super) use time_off::PLAIN_TIME_OFF;
pub(super) use uptime::PLAIN_UPTIME;
pub(super) use uptime_checks::PLAIN_UPTIME_CHECKS;
pub(super) use work_items::WORK_ITEMS_CSV;
pub(super) use work_log::PLAIN_WORK_LOG;

use super::table::{DateRole, Grammar};

/// Where the records of plain tables come from.
const SOURCE: (&str, crate::model::Cell<'static>) = ("source", crate::model::Cell::Text("plain"));
/// How sure a plain table is: its few columns could be another tool's, which then knows better.
const LIKELY: u8 = 70;

const TEXT: Grammar = Grammar::Text;
const NUMBER: Grammar = Grammar::Number;
const FIRST: Grammar = Grammar::Date(DateRole::Created);
const LATER: Grammar = Grammar::Date(DateRole::Later);
const DATE: Grammar = Grammar::Date(DateRole::Other);
const LIST: Grammar = Grammar::List(&[';']);

/// Why a row is refused without a date or another value that it stands on.
fn missing(column: &str) -> String {
    format!("the row has no {column} that can be read")
}
