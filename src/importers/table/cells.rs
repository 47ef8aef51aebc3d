//! Cells of a row as cells of a record.

use super::Row;
use crate::model::{Cell, NO_MOMENT};

impl<'a> Row<'a> {
    /// The text of a cell.
    pub(in crate::importers) fn text_cell(&self, id: &str) -> Cell<'a> {
        Cell::Text(self.text(id))
    }

    /// The moment of a date cell.
    pub(in crate::importers) fn moment_cell(&self, id: &str) -> Cell<'static> {
        Cell::Moment(self.moment(id).unwrap_or(NO_MOMENT))
    }

    /// The number of a cell, or the hours of a duration.
    pub(in crate::importers) fn number_cell(&self, id: &str) -> Cell<'static> {
        Cell::Number(self.number(id).unwrap_or(f64::NAN))
    }

    /// `yes` or `no`; empty when the cell is.
    pub(in crate::importers) fn yes_cell(&self, id: &str) -> Cell<'static> {
        Cell::Text(match self.text(id) {
            "" => "",
            _ if self.is_true(id) => "yes",
            _ => "no",
        })
    }
}
