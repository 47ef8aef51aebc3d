//! What changed when: status moves, sprint changes, new estimates of each work item, as far as the source tells.

use super::dataset::fields;
use super::{Categorical, NO_MOMENT};

fields! {
    /// What a change is about.
    ChangeField {
        /// From one status to another.
        Status = "status",
        /// Taken into an iteration (`from` is empty) or out of one (`to` is empty).
        Sprint = "sprint",
        /// Story points.
        Points = "points",
        /// Original estimate, hours.
        OriginalEstimateHours = "original-estimate-hours",
        /// Remaining estimate, hours.
        RemainingHours = "remaining-hours",
        /// Who works on it.
        Assignee = "assignee",
        /// How it was closed; empty when it was opened again.
        Resolution = "resolution",
        /// Priority.
        Priority = "priority",
        /// Due date, as ISO text.
        Due = "due",
        /// Key of the parent.
        Parent = "parent",
        /// Blocked or no longer blocked: `to` or `from` holds the reason, at least a word.
        Blocked = "blocked",
    }
}

/// One change of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change<'a> {
    /// When, UTC milliseconds.
    pub at: i64,
    /// What.
    pub field: ChangeField,
    /// The value before; empty when there was none.
    pub from: &'a str,
    /// The value after; empty when there is none.
    pub to: &'a str,
    /// [`NO_MOMENT`] when the source tells of the change. Else it was found by comparing two exports: it happened after this
    /// moment and, at the latest, at `at`.
    pub after: i64,
}

impl Change<'_> {
    /// True when the change was found by comparing exports, not told by the source.
    pub fn is_reconstructed(&self) -> bool {
        self.after != NO_MOMENT
    }
}

/// The changes of all items: item `i` owns `[ends[i-1]..ends[i]]`, oldest first. Without any history it has no rows.
#[derive(Debug, Clone, Default)]
pub struct History {
    ends: Vec<u32>,
    at: Vec<i64>,
    fields: Vec<u32>,
    from: Categorical,
    to: Categorical,
    /// Empty when every change is told by the source.
    after: Vec<i64>,
}

impl History {
    /// Number of items that it covers: all of the dataset, or none.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when the source told of no change at all.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Number of changes.
    pub fn changes(&self) -> usize {
        self.at.len()
    }

    /// The changes of an item, oldest first.
    pub fn of_item(&self, item: usize) -> impl DoubleEndedIterator<Item = Change<'_>> + Clone {
        self.range(item).map(|position| self.change(position))
    }

    /// True when any change is about this field.
    pub fn tells(&self, field: ChangeField) -> bool {
        self.fields.contains(&(field as u32))
    }

    /// The changes of one field of an item, oldest first.
    pub fn of_field(&self, item: usize, field: ChangeField) -> impl Iterator<Item = Change<'_>> + '_ {
        let is_asked = move |position: &usize| self.fields[*position] == field as u32;
        self.range(item).filter(is_asked).map(|position| self.change(position))
    }

    fn range(&self, item: usize) -> std::ops::Range<usize> {
        let end = self.ends.get(item).copied().unwrap_or(0);
        let start = if item == 0 { 0 } else { self.ends.get(item - 1).copied().unwrap_or(end) };
        start.min(end) as usize..end as usize
    }

    fn change(&self, position: usize) -> Change<'_> {
        let field = ChangeField::ALL.get(self.fields[position] as usize).copied().unwrap_or(ChangeField::Status);
        let after = self.after.get(position).copied().unwrap_or(NO_MOMENT);
        Change { at: self.at[position], field, from: self.from.get(position), to: self.to.get(position), after }
    }

    /// Appends the changes of the next item, in any order; equal ones count once.
    pub(super) fn push_item(&mut self, changes: &mut Vec<Change<'_>>) {
        changes.sort_unstable();
        changes.dedup();
        for change in changes {
            if change.is_reconstructed() || !self.after.is_empty() {
                self.after.resize(self.at.len(), NO_MOMENT);
                self.after.push(change.after);
            }
            self.at.push(change.at);
            self.fields.push(change.field as u32);
            self.from.push(change.from);
            self.to.push(change.to);
        }
        self.ends.push(self.at.len() as u32);
    }

    /// Fills up items without a change before the first one with.
    pub(super) fn begin_at(&mut self, items: usize) {
        while self.ends.len() < items {
            self.ends.push(self.at.len() as u32);
        }
    }

    /// The columns, as the snapshot stores them.
    pub(super) fn parts(&self) -> (&[u32], &[i64], &[u32], &Categorical, &Categorical) {
        (&self.ends, &self.at, &self.fields, &self.from, &self.to)
    }

    /// The earliest moments of the changes; empty when every change is told by the source.
    pub(super) fn after(&self) -> &[i64] {
        &self.after
    }

    /// The texts before and after of all changes, with the codes that [`History::status_moves`] answers.
    pub(super) fn texts(&self) -> (&Categorical, &Categorical) {
        (&self.from, &self.to)
    }

    /// The changes of one field of an item, oldest first: moment, code of the text before, code of the text after, true when
    /// it was found by comparing exports.
    pub(super) fn moves(&self, item: usize, field: ChangeField) -> impl Iterator<Item = (i64, u32, u32, bool)> + '_ {
        self.range(item).filter(move |&position| self.fields[position] == field as u32).map(|position| {
            let is_reconstructed = self.after.get(position).is_some_and(|&after| after != NO_MOMENT);
            (self.at[position], self.from.code(position), self.to.code(position), is_reconstructed)
        })
    }

    /// The status changes of an item, oldest first: moment, code of the status before, code of the status after.
    pub(super) fn status_moves(&self, item: usize) -> impl Iterator<Item = (i64, u32, u32)> + '_ {
        self.moves(item, ChangeField::Status).map(|(at, from, to, _)| (at, from, to))
    }

    /// Rebuilds a history; `None` when the columns do not fit together.
    pub(super) fn from_parts(
        ends: Vec<u32>,
        at: Vec<i64>,
        fields: Vec<u32>,
        from: Categorical,
        to: Categorical,
        after: Vec<i64>,
    ) -> Option<Self> {
        let changes = at.len();
        let even = [fields.len(), from.len(), to.len()].iter().all(|&length| length == changes)
            && [0, changes].contains(&after.len());
        let rising = ends.windows(2).all(|pair| pair[0] <= pair[1]);
        let complete = ends.last().copied().unwrap_or(0) as usize == changes;
        let known = fields.iter().all(|&field| (field as usize) < ChangeField::ALL.len());
        (even && rising && complete && known).then_some(Self { ends, at, fields, from, to, after })
    }
}

impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        self.at.len() == other.at.len()
            && (0..self.len().max(other.len())).all(|item| self.of_item(item).eq(other.of_item(item)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(at: i64, from: &'static str, to: &'static str) -> Change<'static> {
        Change { at, field: ChangeField::Status, from, to, after: NO_MOMENT }
    }

    #[test]
    fn changes_are_kept_oldest_first_and_once() {
        let mut history = History::default();
        history.begin_at(1);
        history.push_item(&mut vec![status(2, "Doing", "Done"), status(1, "", "Doing"), status(2, "Doing", "Done")]);
        history.push_item(&mut Vec::new());
        assert_eq!(history.len(), 3);
        assert_eq!(history.of_item(0).count(), 0);
        let told: Vec<_> = history.of_item(1).map(|change| (change.at, change.to)).collect();
        assert_eq!(told, [(1, "Doing"), (2, "Done")]);
        assert_eq!(history.of_item(2).count(), 0);
        assert_eq!(history.of_item(99).count(), 0);
    }

    #[test]
    fn columns_that_do_not_fit_are_refused() {
        let empty = Categorical::default;
        assert!(History::from_parts(vec![1], vec![], vec![], empty(), empty(), vec![]).is_none());
        assert!(History::from_parts(vec![], vec![], vec![], empty(), empty(), vec![]).is_some());
    }
}
