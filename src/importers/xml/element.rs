//! One record of an XML file as a small tree.

use std::cell::Cell;

use quick_xml::events::BytesStart;

use super::tokens::resolved;

/// What an element costs beside its texts, in the account of a record's size.
const OWN_SIZE: usize = size_of::<XmlElement>();

/// An element: name without prefix, attributes, text and children.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::importers) struct XmlElement {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Self>,
    /// Whether its text or an attribute was asked for.
    read: Cell<bool>,
}

impl XmlElement {
    pub(super) fn begin(start: &BytesStart<'_>) -> Self {
        // An attribute that cannot be read ends the list; what stands before it is kept.
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).map_while(Result::ok);
        Self {
            name: start.local_name().as_ref().to_owned(),
            attributes: attributes
                .map(|attribute| (attribute.key.local_name().as_ref().to_owned(), resolved(&attribute.value)))
                .collect(),
            ..Self::default()
        }
    }

    /// Bytes that it takes, without its children and its text.
    pub(super) fn own_size(&self) -> usize {
        let attributes = self.attributes.iter().map(|(name, value)| name.len() + value.len() + 2 * size_of::<String>());
        OWN_SIZE + self.name.len() + attributes.sum::<usize>()
    }

    pub(super) fn add_text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn add_child(&mut self, child: Self) {
        self.children.push(child);
    }

    /// Whether it has a text or an attribute of its own.
    pub(super) fn is_filled(&self) -> bool {
        !self.text.trim().is_empty() || self.attributes.iter().any(|(_, value)| !value.trim().is_empty())
    }

    /// Whether its text or an attribute was asked for.
    pub(super) fn was_read(&self) -> bool {
        self.read.get()
    }

    pub(super) fn children(&self) -> &[Self] {
        &self.children
    }

    /// It and all elements in it.
    pub(super) fn visit(&self, on_element: &mut dyn FnMut(&Self)) {
        on_element(self);
        self.children.iter().for_each(|child| child.visit(on_element));
    }

    /// Name without prefix.
    pub(in crate::importers) fn name(&self) -> &str {
        &self.name
    }

    /// Its own text without white space around it; not that of its children.
    pub(in crate::importers) fn text(&self) -> &str {
        self.read.set(true);
        self.text.trim()
    }

    /// An attribute; empty when it is not there.
    pub(in crate::importers) fn attribute(&self, name: &str) -> &str {
        self.read.set(true);
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// The first child of a name.
    pub(in crate::importers) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of a name; empty when there is none.
    pub(in crate::importers) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", Self::text)
    }

    /// All children of a name.
    pub(in crate::importers) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// All children of a name in all children of another: `labels` and `label`.
    pub(in crate::importers) fn all_in<'a>(&'a self, list: &'a str, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.all(list).flat_map(move |list| list.all(name))
    }
}
