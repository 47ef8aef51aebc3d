//! The columns that the checks look at, fetched once.

use crate::model::{CategoryField, MomentField, NO_DAY, NumberField, PreparedDataset};

use super::history::Moves;
use super::links::Links;

/// The columns of a dataset, and the moment it is judged at.
pub(super) struct Facts<'a> {
    pub(super) data: &'a PreparedDataset,
    pub(super) resolved: &'a [i64],
    /// Columns of moments that cannot lie in the future.
    pub(super) past: [&'a [i64]; 4],
    pub(super) points: &'a [f64],
    /// "Now", UTC milliseconds.
    pub(super) now: i64,
    /// True when a file has a column of assignees.
    pub(super) has_assignees: bool,
    /// True when at least one item has a team.
    pub(super) has_teams: bool,
    pub(super) moves: Moves,
    pub(super) links: Links,
}

impl<'a> Facts<'a> {
    pub(super) fn new(data: &'a PreparedDataset, now: i64) -> Self {
        let moment = |field| data.dataset.moment(field);
        Self {
            data,
            resolved: moment(MomentField::Resolved),
            past: [
                moment(MomentField::Created),
                moment(MomentField::Resolved),
                moment(MomentField::Started),
                moment(MomentField::Updated),
            ],
            points: data.dataset.number(NumberField::Points),
            now,
            has_assignees: data.dataset.is_present(CategoryField::Assignee.id()),
            has_teams: data.dataset.category(CategoryField::Team).values().len() > 1,
            moves: Moves::new(data),
            links: Links::new(data),
        }
    }
}

/// True when both days are known and the first is before the other.
pub(super) const fn is_before(day: i32, other: i32) -> bool {
    day != NO_DAY && other != NO_DAY && day < other
}
