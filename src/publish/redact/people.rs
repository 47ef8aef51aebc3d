//! Names of people and what they are called instead.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::content::{Content, content_of};
use crate::engine::MergedWorkspace;
use crate::model::{CategoryField, ChangeField, ColumnPlace, RecordKind};

/// Names that are shorter are not looked for in sentences: "Al" is in every second word.
const SHORTEST_IN_SENTENCES: usize = 3;

/// The people of a workspace. They are numbered in the order in which the published rows name them: a number tells nothing that
/// the rows do not tell, whereas the order of names would tell everyone who has a list of the team who is who.
pub(super) struct People {
    shown: HashMap<String, String>,
    /// Names by their first letter in small, longest first.
    by_first: BTreeMap<char, Vec<String>>,
}

impl People {
    /// Everybody that columns, histories and decisions name.
    pub(super) fn of(merged: &MergedWorkspace) -> Self {
        let dataset = &merged.dataset;
        let mut order: Vec<&str> = Vec::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        let mut add = |name| {
            if !str::is_empty(name) && known.insert(name) {
                order.push(name);
            }
        };
        for row in 0..dataset.len() {
            for field in [CategoryField::Assignee, CategoryField::Reporter] {
                add(dataset.category(field).get(row));
            }
            for change in dataset.history.of_item(row).filter(|change| change.field == ChangeField::Assignee) {
                add(change.from);
                add(change.to);
            }
        }
        for &kind in RecordKind::ALL {
            let Some(records) = dataset.records(kind) else { continue };
            let is_person = |name: &&'static str| content_of(ColumnPlace::Record(kind, name)) == Content::Person;
            for name in kind.columns().iter().map(|(name, _)| *name).filter(is_person) {
                (0..records.len()).for_each(|row| add(records.text(name, row)));
            }
        }
        let decisions = &merged.decisions;
        decisions.people.keys().chain(decisions.days_off.keys()).for_each(|name| add(name));
        Self::numbered(&order)
    }

    fn numbered(order: &[&str]) -> Self {
        let width = order.len().to_string().len();
        let mut people = Self { shown: HashMap::new(), by_first: BTreeMap::new() };
        for (number, name) in order.iter().enumerate() {
            people.shown.insert((*name).to_owned(), format!("Person {:0width$}", number + 1));
            let first = name.chars().next().and_then(|first| first.to_lowercase().next());
            if let Some(first) = first.filter(|_| name.chars().count() >= SHORTEST_IN_SENTENCES) {
                people.by_first.entry(first).or_default().push((*name).to_owned());
            }
        }
        for names in people.by_first.values_mut() {
            names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        people
    }

    /// What a person is called.
    pub(super) fn called(&self, name: &str) -> String {
        self.shown.get(name).map_or_else(|| "Person".to_owned(), Clone::clone)
    }

    /// A sentence in which nobody is named, upper and lower case alike.
    pub(super) fn out_of_sentence(&self, text: &str) -> String {
        self.replaced(text, |_| true)
    }

    /// A name of something else (a team, a label) that may hold the name of a person. Only names of several words are looked
    /// for: somebody called "Done" or "Support" must not rename a status.
    pub(super) fn out_of_name(&self, text: &str) -> String {
        self.replaced(text, |name| name.contains([' ', '@', ',']))
    }

    fn replaced(&self, text: &str, is_asked: impl Fn(&str) -> bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before: Option<char> = None;
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let begins = before.is_none_or(|before| !before.is_alphanumeric()) && !self.by_first.is_empty();
            let found = if begins { self.at_start(rest, letter, &is_asked) } else { None };
            if let Some((name, length)) = found {
                out.push_str(&self.called(name));
                before = rest[..length].chars().next_back();
                rest = &rest[length..];
            } else {
                out.push(letter);
                before = Some(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
        out
    }

    /// The longest name that the text begins with as whole words, and its length there.
    fn at_start(&self, text: &str, letter: char, is_asked: &impl Fn(&str) -> bool) -> Option<(&str, usize)> {
        let names = self.by_first.get(&letter.to_lowercase().next()?)?;
        names.iter().find_map(|name| {
            let length = same_letters(text, name)?;
            let ends = text[length..].chars().next().is_none_or(|next| !next.is_alphanumeric());
            (ends && is_asked(name)).then_some((name.as_str(), length))
        })
    }
}

/// The length of the beginning of a text that equals a name, whatever the case.
fn same_letters(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.chars();
    for wanted in name.chars() {
        let letter = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(text.len() - letters.as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_taken_out_of_sentences_as_whole_words() {
        let people = People::numbered(&["Ann", "Ann Lee", "Done", "Al", "Zoë Ünal"]);
        assert_eq!(people.called("Ann Lee"), "Person 2");
        for (text, expected) in [
            ("Ask ann lee, or ANN", "Ask Person 2, or Person 1"),
            ("Annual plan of Joann", "Annual plan of Joann"),
            ("zoë ünal's desk", "Person 5's desk"),
            ("Al is done", "Al is Person 3"),
            ("", ""),
        ] {
            assert_eq!(people.out_of_sentence(text), expected, "{text}");
        }
        assert_eq!(people.out_of_name("Done"), "Done");
        assert_eq!(people.out_of_name("Team of Ann Lee"), "Team of Person 2");
    }

    #[test]
    fn numbers_have_one_width_so_that_they_sort() {
        let names: Vec<String> = (0..12).map(|number| format!("name{number}")).collect();
        let people = People::numbered(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(people.called("name0"), "Person 01");
    }
}
