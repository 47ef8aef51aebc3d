//! What the columns of a dataset hold, as far as it matters for publishing.

use crate::model::{CategoryField, ChangeField, ColumnPlace, ListField, RecordKind, TextField};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Keys of work items, their own.
    Key,
    /// What other columns call an item by: its key, or in some trackers its title.
    Reference,
    /// Sentences that people typed.
    Sentence,
    /// Why an item is blocked: a sentence, of which the fact must stay.
    Reason,
    /// A person.
    Person,
    /// Names of records, of commits and of pages on the web.
    Id,
    /// Names of things, numbers and moments: sprints, teams, labels, services, versions.
    Other,
}

/// What a column holds.
pub(super) fn content_of(place: ColumnPlace) -> Content {
    match place {
        ColumnPlace::Item(id) => of_item(id),
        ColumnPlace::History(ChangeField::Assignee) => Content::Person,
        ColumnPlace::History(ChangeField::Parent) => Content::Reference,
        ColumnPlace::History(ChangeField::Blocked) => Content::Reason,
        ColumnPlace::History(_) => Content::Other,
        ColumnPlace::Record(kind, name) => of_record(kind, name),
    }
}

fn of_item(id: &str) -> Content {
    let references = [CategoryField::Parent.id(), ListField::BlockedBy.id(), ListField::Blocks.id()];
    if id == TextField::Key.id() {
        Content::Key
    } else if id == TextField::Title.id() {
        Content::Sentence
    } else if [CategoryField::Assignee.id(), CategoryField::Reporter.id()].contains(&id) {
        Content::Person
    } else if references.contains(&id) {
        Content::Reference
    } else {
        Content::Other
    }
}

fn of_record(kind: RecordKind, name: &str) -> Content {
    match (kind, name) {
        (_, "title" | "note" | "mitigation" | "goal" | "reason" | "branch") => Content::Sentence,
        (_, "person" | "author" | "owner") => Content::Person,
        (_, "key" | "work-items") | (RecordKind::Dependency, "from" | "to") => Content::Reference,
        (_, "id" | "deployment-id" | "caused-incident" | "commit" | "url") => Content::Id,
        _ => Content::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ColumnKind;

    #[test]
    fn a_new_column_of_texts_is_decided_on_before_it_is_published() {
        for &kind in RecordKind::ALL {
            let texts = kind.columns().iter().filter(|(_, column)| *column == ColumnKind::Text).map(|(name, _)| *name);
            for name in texts.filter(|name| !["version", "name"].contains(name)) {
                let content = content_of(ColumnPlace::Record(kind, name));
                assert_ne!(content, Content::Other, "{}.{name}: say what it holds, or that it is a name", kind.id());
            }
        }
        for &field in TextField::ALL {
            assert_ne!(content_of(ColumnPlace::Item(field.id())), Content::Other, "{}", field.id());
        }
    }
}
