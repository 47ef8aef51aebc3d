//! A dataset with some of its columns emptied or their texts replaced: what is left when a part of it must not be told.
//!
//! Every column is built anew, so that no dictionary keeps a text that no row has any more. The rows, their order and their
//! numbers stay. Lines of source files are not kept: the files do not go along.

use std::collections::HashMap;

use super::history::ChangeField;
use super::records::Column;
use super::{
    Categorical, CategoryField, Change, Dataset, History, ItemSet, ListColumn, ListField, MomentField, NO_MOMENT,
    NumberField, RecordKind, Records, TextColumn, TextField,
};

/// A column of a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnPlace {
    /// Of the work items, by the id of its field.
    Item(&'static str),
    /// The texts before and after of the changes of one field.
    History(ChangeField),
    /// Of a table of records, by its name.
    Record(RecordKind, &'static str),
}

/// What becomes of a column.
pub enum Treatment<'a> {
    /// It stays as it is.
    Keep,
    /// It is "not given" in every row, and the source counts as having no such column.
    Empty,
    /// Each text is replaced; "not given" stays so. Columns of moments and numbers stay as they are.
    Replace(&'a dyn Fn(&str) -> String),
}

/// What becomes of a dataset.
pub struct Rewriting<'a> {
    /// Of each column.
    pub column: &'a dyn Fn(ColumnPlace) -> Treatment<'a>,
    /// Tables of records that are left out.
    pub left_out: &'a [RecordKind],
    /// Labels that some items get in addition.
    pub labels: &'a [(String, ItemSet)],
}

impl Dataset {
    /// The dataset after a rewriting.
    #[must_use]
    pub fn rewritten(&self, rewriting: &Rewriting<'_>) -> Self {
        let mut out = Self::default();
        out.source_line = vec![0; self.len()];
        let treatment = |id: &'static str| (rewriting.column)(ColumnPlace::Item(id));
        let mut emptied: Vec<&'static str> = Vec::new();
        let mut see = |id: &'static str, treatment: &Treatment<'_>| {
            if matches!(treatment, Treatment::Empty) {
                emptied.push(id);
            }
        };
        for &field in TextField::ALL {
            let treatment = treatment(field.id());
            see(field.id(), &treatment);
            *out.text_mut(field) = texts(self.text(field), &treatment);
        }
        for &field in CategoryField::ALL {
            let treatment = treatment(field.id());
            see(field.id(), &treatment);
            *out.category_mut(field) = category(self.category(field), &treatment);
        }
        for &field in MomentField::ALL {
            let treatment = treatment(field.id());
            see(field.id(), &treatment);
            *out.moment_mut(field) = plain(self.moment(field), NO_MOMENT, &treatment);
        }
        for &field in NumberField::ALL {
            let treatment = treatment(field.id());
            see(field.id(), &treatment);
            *out.number_mut(field) = plain(self.number(field), f64::NAN, &treatment);
        }
        for &field in ListField::ALL {
            let treatment = treatment(field.id());
            see(field.id(), &treatment);
            let labels = if field == ListField::Label { rewriting.labels } else { &[] };
            *out.list_mut(field) = list(self.list(field), &treatment, field == ListField::Sprint, labels);
        }
        out.present = self.present.iter().filter(|id| !emptied.contains(&id.as_str())).cloned().collect();
        out.history = history(&self.history, rewriting.column);
        self.rewrite_iteration_dates(&mut out, &treatment(ListField::Sprint.id()));
        for table in self.record_tables().filter(|table| !rewriting.left_out.contains(&table.kind())) {
            *out.records_mut(table.kind()) = table.rewritten(rewriting.column);
        }
        out
    }

    /// What the source states of each sprint goes along with its name.
    fn rewrite_iteration_dates(&self, out: &mut Self, sprints: &Treatment<'_>) {
        let old = self.list(ListField::Sprint);
        let names = values(old.values(), sprints);
        for (name, &dates) in names.iter().zip(&self.iteration_dates).filter(|(name, _)| !name.is_empty()) {
            out.state_iteration(name, dates);
        }
    }
}

impl Records {
    fn rewritten<'a>(&self, column_of: &dyn Fn(ColumnPlace) -> Treatment<'a>) -> Self {
        let mut out = Self::new(self.kind());
        for (name, column) in self.parts() {
            let treatment = column_of(ColumnPlace::Record(self.kind(), name));
            let column = match column {
                Column::Text(column) => Column::Text(texts(column, &treatment)),
                Column::Category(column) => Column::Category(category(column, &treatment)),
                Column::Moment(column) => Column::Moment(plain(column, NO_MOMENT, &treatment)),
                Column::Number(column) => Column::Number(plain(column, f64::NAN, &treatment)),
                Column::List(column) => Column::List(list(column, &treatment, false, &[])),
            };
            out.restore(name, column);
        }
        out.restore_lines(vec![0; self.len()]);
        out
    }
}

fn plain<T: Copy>(column: &[T], none: T, treatment: &Treatment<'_>) -> Vec<T> {
    match treatment {
        Treatment::Empty => vec![none; column.len()],
        Treatment::Keep | Treatment::Replace(_) => column.to_vec(),
    }
}

fn texts(column: &TextColumn, treatment: &Treatment<'_>) -> TextColumn {
    let mut out = TextColumn::default();
    for text in column.iter() {
        match treatment {
            Treatment::Keep => out.push(text),
            Treatment::Empty => out.push(""),
            Treatment::Replace(replace) => out.push(&if text.is_empty() { String::new() } else { replace(text) }),
        }
    }
    out
}

/// What becomes of each text of a dictionary, by its code; each distinct text is looked at once.
fn values(values: &TextColumn, treatment: &Treatment<'_>) -> Vec<String> {
    let value = |text: &str| match treatment {
        Treatment::Replace(replace) if !text.is_empty() => replace(text),
        Treatment::Keep => text.to_owned(),
        Treatment::Empty | Treatment::Replace(_) => String::new(),
    };
    values.iter().map(value).collect()
}

fn category(column: &Categorical, treatment: &Treatment<'_>) -> Categorical {
    let values = values(column.values(), treatment);
    let mut out = Categorical::default();
    column.codes().iter().for_each(|&code| out.push(&values[code as usize]));
    out
}

/// With `names_stay`, values that no row has are kept as well: a sprint that all items have left is a sprint all the same.
fn list(column: &ListColumn, treatment: &Treatment<'_>, names_stay: bool, labels: &[(String, ItemSet)]) -> ListColumn {
    let values = values(column.values(), treatment);
    let mut out = ListColumn::default();
    if names_stay {
        for value in &values {
            out.code_of(value);
        }
    }
    for row in 0..column.len() {
        column.codes_of(row).iter().for_each(|&code| out.add(&values[code as usize]));
        labels.iter().filter(|(_, items)| items.contains(row)).for_each(|(label, _)| out.add(label));
        out.end_row();
    }
    out
}

fn history<'a>(history: &History, column_of: &dyn Fn(ColumnPlace) -> Treatment<'a>) -> History {
    let treatments: HashMap<ChangeField, Treatment<'a>> =
        ChangeField::ALL.iter().map(|&field| (field, column_of(ColumnPlace::History(field)))).collect();
    let mut out = History::default();
    let mut known: HashMap<(ChangeField, &str), String> = HashMap::new();
    for item in 0..history.len() {
        for change in history.of_item(item) {
            if let Some(Treatment::Replace(replace)) = treatments.get(&change.field) {
                for text in [change.from, change.to].into_iter().filter(|text| !text.is_empty()) {
                    known.entry((change.field, text)).or_insert_with(|| replace(text));
                }
            }
        }
    }
    for item in 0..history.len() {
        let kept = history.of_item(item).filter_map(|change| match treatments.get(&change.field) {
            Some(Treatment::Empty) => None,
            Some(Treatment::Replace(_)) => {
                let new = |text| known.get(&(change.field, text)).map_or("", String::as_str);
                Some(Change { from: new(change.from), to: new(change.to), ..change })
            }
            Some(Treatment::Keep) | None => Some(change),
        });
        out.push_item(&mut kept.collect());
    }
    out
}
