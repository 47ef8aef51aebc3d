//! Cells that become fields of a work item as they are. A field is set only when the file has its column.

use super::Row;
use crate::model::{CategoryField, ItemRow, ListField, MomentField, NumberField};

impl Row<'_> {
    /// Sets categories from columns, by their ids.
    pub(in crate::importers) fn categories(&self, item: &mut ItemRow, fields: &[(CategoryField, &str)]) {
        for &(field, id) in fields.iter().filter(|(_, id)| self.has(id)) {
            item.category(field, self.text(id));
        }
    }

    /// Sets moments from columns.
    pub(in crate::importers) fn moments(&self, item: &mut ItemRow, fields: &[(MomentField, &str)]) {
        for &(field, id) in fields.iter().filter(|(_, id)| self.has(id)) {
            item.moment(field, self.moment(id));
        }
    }

    /// Sets numbers and durations from columns.
    pub(in crate::importers) fn numbers(&self, item: &mut ItemRow, fields: &[(NumberField, &str)]) {
        for &(field, id) in fields.iter().filter(|(_, id)| self.has(id)) {
            item.number(field, self.number(id));
        }
    }

    /// Sets lists from columns.
    pub(in crate::importers) fn lists(&self, item: &mut ItemRow, fields: &[(ListField, &str)]) {
        for &(field, id) in fields.iter().filter(|(_, id)| self.has(id)) {
            item.has_list(field);
            for text in self.list(id) {
                item.add(field, text);
            }
        }
    }

    /// Sets the assignee to the first of a list of people; true when there are more, who are left out.
    pub(in crate::importers) fn first_assignee(&self, item: &mut ItemRow, id: &str) -> bool {
        let people = self.list(id);
        if self.has(id) {
            item.category(CategoryField::Assignee, people.first().copied().unwrap_or_default());
        }
        people.len() > 1
    }
}

/// What is said when [`Row::first_assignee`] left somebody out.
pub(in crate::importers) const FIRST_ASSIGNEE: &str =
    "Some items have several assignees; each is counted for the first one.";
