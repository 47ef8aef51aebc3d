//! Capacity and utilisation: how much who can work, how much is asked of them, how much they worked.
//!
//! People are told by team. Only where the question says so are they named, or told as "Person 1" in the order of their names.
//! The records behind a number (capacity, work logs) name people: they are listed only where people are named. Work items behind
//! a number of a person would tell who it is by their assignee: they are not listed under pseudonyms.

pub mod balance;
pub mod hours;
mod load;
pub mod logged;
mod parts;
pub mod plan;
mod split;
mod sprints;
pub mod utilisation;

pub(in crate::metrics) use parts::Parts;
pub use parts::person_name;

use crate::metrics::Query;
use crate::model::PreparedDataset;

/// The first day that is not over; `None` where nothing tells what "now" is.
pub fn first_open_day(data: &PreparedDataset, query: &Query) -> Option<i32> {
    Some(sprints::first_open_day(data, sprints::now(data, query)?))
}

/// Utilisation in percent from which on a team or person is tight.
const TIGHT: f64 = 85.0;
/// Utilisation in percent above which more is asked of a team or person than there is.
const FULL: f64 = 100.0;

/// What would make capacity known.
const NEEDS_CAPACITY: &str = "A table of capacity (person, from, to, hours_per_day), or people with their hours in the calendar of the capacity view.";
