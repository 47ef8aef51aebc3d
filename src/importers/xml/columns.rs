//! The account of what a file's elements were used for: in XML they are what columns are in a table.

use std::collections::BTreeMap;

use super::XmlElement;
use crate::importers::ColumnUse;

/// Kinds of elements that are listed; a file with more of them is hostile.
const MOST_KINDS: usize = 2000;
/// What a used element is said to feed: which field it is stays with the format.
const READ: &str = "read";

/// An element that is a field of a name of its own: `<field name="State"><value>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::importers) struct NamedField {
    /// How it is listed: `field "State"`.
    pub(in crate::importers) name: String,
    /// Name of the child that holds its values.
    pub(in crate::importers) values: &'static str,
}

/// Tells whether an element is a field of a name of its own.
pub(super) type NamedFields<'a> = &'a dyn Fn(&XmlElement) -> Option<NamedField>;

#[derive(Debug, Default)]
struct Use {
    filled: u64,
    read: bool,
}

/// Elements of all records by their path, from the record's own name.
#[derive(Debug, Default)]
pub(super) struct ElementUses {
    kinds: BTreeMap<String, Use>,
    path: String,
}

impl ElementUses {
    /// Accounts for a record that the format has read.
    pub(super) fn add(&mut self, record: &XmlElement, named: NamedFields<'_>) {
        self.path.clear();
        self.walk(record, named);
    }

    fn walk(&mut self, element: &XmlElement, named: NamedFields<'_>) {
        let before = self.path.len();
        if before > 0 {
            self.path.push('/');
        }
        if let Some(NamedField { name, values }) = named(element) {
            self.path.push_str(&name);
            let (mut filled, mut read) = (false, false);
            element.all(values).for_each(|value| {
                value.visit(&mut |part| {
                    filled |= part.is_filled();
                    read |= part.was_read();
                });
            });
            self.note(filled, read);
        } else {
            self.path.push_str(element.name());
            if element.is_filled() {
                self.note(true, element.was_read());
            }
            for child in element.children() {
                self.walk(child, named);
            }
        }
        self.path.truncate(before);
    }

    fn note(&mut self, filled: bool, read: bool) {
        if !self.kinds.contains_key(&self.path) {
            if self.kinds.len() >= MOST_KINDS {
                return;
            }
            self.kinds.insert(self.path.clone(), Use::default());
        }
        if let Some(known) = self.kinds.get_mut(&self.path) {
            known.filled += u64::from(filled);
            known.read |= read;
        }
    }

    /// One line for each kind of element, those included that were left out unread.
    pub(super) fn columns(self, left_out: BTreeMap<String, u64>) -> Vec<ColumnUse> {
        let mut kinds = self.kinds;
        for (path, filled) in left_out {
            kinds.entry(path).or_default().filled += filled;
        }
        kinds
            .into_iter()
            .map(|(header, Use { filled, read })| ColumnUse {
                header,
                repeats: 1,
                field: read.then(|| READ.to_owned()),
                filled,
            })
            .collect()
    }
}
