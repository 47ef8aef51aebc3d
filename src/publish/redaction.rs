//! What is taken out before anything is published.

use serde::{Deserialize, Serialize};

use crate::model::{CategoryField, ListField, MomentField, NumberField, RecordKind, TextField};

/// What is taken out. Nothing of it is in any published file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Redaction {
    /// Titles, and whatever else people typed in sentences: notes, reasons, goals, branches, dated notes of the user.
    pub titles: bool,
    /// People are called "Person 1", also where a text names them.
    pub people: bool,
    /// Columns that are emptied: ids of fields (`points`), of columns of records (`costs.vendor`), or of whole tables (`costs`).
    pub columns: Vec<String>,
    /// Only sums: no items, no keys, no records; titles and people are taken out as well.
    pub aggregates: bool,
}

/// A word of a redaction that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactionError {
    /// No such level.
    #[error("\"{0}\" can not be taken out. Write none, titles, people or aggregates, or several of them with commas")]
    Word(String),
    /// No such column.
    #[error("there is no column \"{0}\". These can be taken out: {1}")]
    Column(String, String),
    /// Without it nothing is left.
    #[error(
        "the column \"key\" cannot be taken out alone: items are told apart by it. Write aggregates to publish no items"
    )]
    Key,
}

impl Redaction {
    /// The redaction of a list of words with commas: `none`, or any of `titles`, `people`, `aggregates`.
    pub fn of_words(words: &str) -> Result<Self, RedactionError> {
        let mut redaction = Self::default();
        for word in words.split(',').map(str::trim) {
            match word {
                "none" => {}
                "titles" => redaction.titles = true,
                "people" => redaction.people = true,
                "aggregates" => redaction.aggregates = true,
                _ => return Err(RedactionError::Word(word.to_owned())),
            }
        }
        Ok(redaction)
    }

    /// The same with these columns taken out as well.
    pub fn without_columns(mut self, columns: &[String]) -> Result<Self, RedactionError> {
        for column in columns {
            if column == TextField::Key.id() {
                return Err(RedactionError::Key);
            }
            if !removable_columns().any(|known| known == *column) {
                return Err(RedactionError::Column(column.clone(), removable_columns().collect::<Vec<_>>().join(", ")));
            }
            if !self.columns.contains(column) {
                self.columns.push(column.clone());
            }
        }
        self.columns.sort_unstable();
        Ok(self)
    }

    /// True when titles and other sentences are taken out.
    pub const fn hides_titles(&self) -> bool {
        self.titles || self.aggregates
    }

    /// True when people are not named.
    pub const fn hides_people(&self) -> bool {
        self.people || self.aggregates
    }

    /// True when a column is taken out.
    pub fn hides_column(&self, id: &str) -> bool {
        self.columns.iter().any(|column| column == id)
    }

    /// What is taken out, in a sentence.
    pub fn in_words(&self) -> String {
        if self.aggregates {
            return "Only sums are published: no items, no titles, no keys, no names of people.".to_owned();
        }
        let mut parts = Vec::new();
        if self.titles {
            parts.push("titles and other sentences".to_owned());
        }
        if self.people {
            parts.push("the names of people".to_owned());
        }
        if !self.columns.is_empty() {
            parts.push(format!("the columns {}", self.columns.join(", ")));
        }
        if parts.is_empty() {
            return "Nothing was taken out: items are published with their titles and the names of people.".to_owned();
        }
        format!("Taken out before publishing: {}.", parts.join("; "))
    }
}

/// Everything that can be named as a column.
fn removable_columns() -> impl Iterator<Item = String> {
    let items = [TextField::Title.id()]
        .into_iter()
        .chain(CategoryField::ALL.iter().map(|field| field.id()))
        .chain(ListField::ALL.iter().map(|field| field.id()))
        .chain(MomentField::ALL.iter().map(|field| field.id()))
        .chain(NumberField::ALL.iter().map(|field| field.id()));
    let tables = RecordKind::ALL.iter().map(|kind| kind.id().to_owned());
    let columns = RecordKind::ALL
        .iter()
        .flat_map(|kind| kind.columns().iter().map(move |(name, _)| format!("{}.{name}", kind.id())));
    items.map(str::to_owned).chain(tables).chain(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_columns_are_read_or_refused() {
        let both = Redaction::of_words("titles, people").unwrap();
        assert!(both.hides_titles() && both.hides_people() && !both.aggregates);
        assert_eq!(Redaction::of_words("none").unwrap(), Redaction::default());
        assert!(Redaction::of_words("all").unwrap_err().to_string().contains("none, titles, people or aggregates"));
        let sums = Redaction::of_words("aggregates").unwrap();
        assert!(sums.hides_titles() && sums.hides_people());
        let columns = ["points".to_owned(), "costs.vendor".to_owned(), "work-log".to_owned()];
        assert_eq!(both.clone().without_columns(&columns).unwrap().columns, ["costs.vendor", "points", "work-log"]);
        assert_eq!(both.clone().without_columns(&["key".to_owned()]), Err(RedactionError::Key));
        assert!(both.without_columns(&["colour".to_owned()]).is_err());
    }
}
