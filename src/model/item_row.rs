//! One work item being read: fields are set by name, then the row goes into the dataset. For sources that name their fields
//! in every record; a table with columns writes the dataset's columns directly.

use super::history::{Change, ChangeField};
use super::{CategoryField, Dataset, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField};

/// A change with its own texts.
#[derive(Debug, Clone)]
struct OwnChange {
    at: i64,
    field: ChangeField,
    from: String,
    to: String,
}

/// A row that is filled, pushed and filled again; its memory stays.
#[derive(Debug, Clone, Default)]
pub struct ItemRow {
    line: u64,
    texts: [String; TextField::ALL.len()],
    categories: [String; CategoryField::ALL.len()],
    moments: [i64; MomentField::ALL.len()],
    numbers: [f64; NumberField::ALL.len()],
    lists: [Vec<String>; ListField::ALL.len()],
    iterations: Vec<(String, IterationDates)>,
    changes: Vec<OwnChange>,
    /// Ids of the fields that any record had, also with an empty value.
    seen: Vec<&'static str>,
}

impl ItemRow {
    /// Begins the next record.
    pub fn begin(&mut self, line: u64) {
        self.line = line;
        self.texts.iter_mut().for_each(String::clear);
        self.categories.iter_mut().for_each(String::clear);
        self.moments = [NO_MOMENT; MomentField::ALL.len()];
        self.numbers = [f64::NAN; NumberField::ALL.len()];
        self.lists.iter_mut().for_each(Vec::clear);
        self.iterations.clear();
        self.changes.clear();
    }

    fn see(&mut self, id: &'static str) {
        if !self.seen.contains(&id) {
            self.seen.push(id);
        }
    }

    /// Sets a text. Setting a field, also to nothing, tells that the source has it: an absent field is not an empty one.
    pub fn text(&mut self, field: TextField, text: &str) -> &mut Self {
        self.see(field.id());
        text.trim().clone_into(&mut self.texts[field as usize]);
        self
    }

    /// Sets a category.
    pub fn category(&mut self, field: CategoryField, text: &str) -> &mut Self {
        self.see(field.id());
        text.trim().clone_into(&mut self.categories[field as usize]);
        self
    }

    /// Sets a moment; `None` = not given.
    pub fn moment(&mut self, field: MomentField, moment: Option<i64>) -> &mut Self {
        self.see(field.id());
        self.moments[field as usize] = moment.unwrap_or(NO_MOMENT);
        self
    }

    /// Sets a number; `None` and what is not finite = not given.
    pub fn number(&mut self, field: NumberField, number: Option<f64>) -> &mut Self {
        self.see(field.id());
        self.numbers[field as usize] = number.filter(|number| number.is_finite()).unwrap_or(f64::NAN);
        self
    }

    /// Tells that the source has a list; without this an empty list could not be told from none.
    pub fn has_list(&mut self, field: ListField) -> &mut Self {
        self.see(field.id());
        self
    }

    /// Adds to a list.
    pub fn add(&mut self, field: ListField, text: &str) -> &mut Self {
        self.see(field.id());
        if !text.trim().is_empty() {
            self.lists[field as usize].push(text.trim().to_owned());
        }
        self
    }

    /// Adds an iteration with what the source says of its dates. Oldest first, the present one last.
    pub fn iteration(&mut self, name: &str, dates: IterationDates) -> &mut Self {
        self.add(ListField::Sprint, name);
        if dates != IterationDates::NONE {
            self.iterations.push((name.trim().to_owned(), dates));
        }
        self
    }

    /// Adds a change; order does not matter.
    pub fn change(&mut self, at: i64, field: ChangeField, from: &str, to: &str) -> &mut Self {
        if at != NO_MOMENT && from.trim() != to.trim() {
            let (from, to) = (from.trim().to_owned(), to.trim().to_owned());
            self.changes.push(OwnChange { at, field, from, to });
        }
        self
    }

    /// The key that was set.
    pub fn key(&self) -> &str {
        &self.texts[TextField::Key as usize]
    }

    /// The category that was set.
    pub fn category_of(&self, field: CategoryField) -> &str {
        &self.categories[field as usize]
    }

    /// The moment that was set.
    pub fn moment_of(&self, field: MomentField) -> Option<i64> {
        Some(self.moments[field as usize]).filter(|&moment| moment != NO_MOMENT)
    }

    /// Ids of the fields that any record so far had, sorted.
    pub fn present(&self) -> Vec<String> {
        let mut present: Vec<String> = self.seen.iter().map(|&id| id.to_owned()).collect();
        present.sort_unstable();
        present
    }
}

impl Dataset {
    /// Appends a work item. Its key must not be empty; a key may come twice until the file is at its end.
    pub fn push_item(&mut self, row: &ItemRow) {
        let items = self.len();
        for &field in TextField::ALL {
            self.text_mut(field).push(&row.texts[field as usize]);
        }
        for &field in CategoryField::ALL {
            self.category_mut(field).push(&row.categories[field as usize]);
        }
        for &field in MomentField::ALL {
            self.moment_mut(field).push(row.moments[field as usize]);
        }
        for &field in NumberField::ALL {
            self.number_mut(field).push(row.numbers[field as usize]);
        }
        for &field in ListField::ALL {
            let column = self.list_mut(field);
            row.lists[field as usize].iter().for_each(|text| column.add(text));
            column.end_row();
        }
        self.source_line.push(u32::try_from(row.line).unwrap_or(0));
        for (name, dates) in &row.iterations {
            self.state_iteration(name, *dates);
        }
        if !row.changes.is_empty() || !self.history.is_empty() {
            let OwnChanges(mut changes) = OwnChanges::of(&row.changes);
            self.history.begin_at(items);
            self.history.push_item(&mut changes);
        }
    }

    /// Keeps what a source says of an iteration's dates; of two statements the one that knows more stays.
    pub fn state_iteration(&mut self, name: &str, dates: IterationDates) {
        let code = self.list_mut(ListField::Sprint).code_of(name) as usize;
        if self.iteration_dates.len() <= code {
            self.iteration_dates.resize(code + 1, IterationDates::NONE);
        }
        self.iteration_dates[code] = self.iteration_dates[code].max_by_completion(dates);
    }
}

struct OwnChanges<'a>(Vec<Change<'a>>);

impl<'a> OwnChanges<'a> {
    fn of(changes: &'a [OwnChange]) -> Self {
        let change = |own: &'a OwnChange| Change {
            at: own.at,
            field: own.field,
            from: &own.from,
            to: &own.to,
            after: NO_MOMENT,
        };
        Self(changes.iter().map(change).collect())
    }
}
