//! A rule that marks items: by type, label, component or words of the title.

use serde::{Deserialize, Serialize};

use super::{CategoryField, Dataset, ItemSet, ListField, TextColumn, TextField};

/// An item is marked when any one of these holds. Upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MarkRule {
    /// Its type is one of these.
    pub types: Vec<String>,
    /// One of its labels is one of these.
    pub labels: Vec<String>,
    /// One of its components is one of these.
    pub components: Vec<String>,
    /// Its title contains one of these as whole words.
    pub title_words: Vec<String>,
}

impl MarkRule {
    /// True when it marks nothing, whatever the data.
    pub fn is_empty(&self) -> bool {
        [&self.types, &self.labels, &self.components, &self.title_words].iter().all(|list| list.is_empty())
    }

    /// The items of a dataset that it marks. Each distinct value is looked at once, titles one by one.
    pub fn items(&self, dataset: &Dataset) -> ItemSet {
        let hits = |wanted: &[String], values: &TextColumn| -> Vec<bool> {
            let wanted: Vec<String> = wanted.iter().map(|text| text.trim().to_lowercase()).collect();
            // The empty value is "not given" and cannot be asked for.
            values.iter().map(|value| !value.is_empty() && wanted.contains(&value.to_lowercase())).collect()
        };
        let types = dataset.category(CategoryField::Type);
        let type_hits = hits(&self.types, types.values());
        let lists = [(ListField::Label, &self.labels), (ListField::Component, &self.components)]
            .map(|(field, wanted)| (dataset.list(field), hits(wanted, dataset.list(field).values())));
        let words = Words::new(&self.title_words);
        let titles = dataset.text(TextField::Title);
        ItemSet::from_fn(dataset.len(), |item| {
            type_hits[types.code(item) as usize]
                || lists.iter().any(|(column, hit)| column.codes_of(item).iter().any(|&code| hit[code as usize]))
                || words.are_in(titles.get(item))
        })
    }
}

/// Words to look for in titles, in small letters.
struct Words {
    list: Vec<String>,
    /// The bytes that one of them begins with, small or large: at most others nothing needs to be compared.
    first: [bool; 256],
}

impl Words {
    fn new(words: &[String]) -> Self {
        let list = words.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
        let mut words = Self { list: list.collect(), first: [false; 256] };
        for byte in words.list.iter().filter_map(|word| word.bytes().next()) {
            words.first[usize::from(byte)] = true;
            words.first[usize::from(byte.to_ascii_uppercase())] = true;
        }
        words
    }

    /// True when a title has one of them.
    fn are_in(&self, title: &str) -> bool {
        if self.list.is_empty() {
            false
        } else if title.is_ascii() {
            // Most titles are: they are searched as they stand, without a copy for each.
            self.are_in_ascii(title.as_bytes())
        } else {
            has_words(&title.to_lowercase(), &self.list)
        }
    }

    fn are_in_ascii(&self, title: &[u8]) -> bool {
        let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        title.iter().enumerate().any(|(at, &byte)| {
            self.first[usize::from(byte)]
                && (at == 0 || !is_part(title.get(at - 1)))
                && self.list.iter().any(|word| {
                    let end = at + word.len();
                    let found = title.get(at..end).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()));
                    found && !is_part(title.get(end))
                })
        })
    }
}

/// True when one of the words stands in the title with no letter or digit beside it.
fn has_words(title: &str, words: &[String]) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    words.iter().any(|word| {
        title.match_indices(word.as_str()).any(|(at, found)| {
            !is_part(title[..at].chars().next_back()) && !is_part(title[at + found.len()..].chars().next())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::ItemRow;
    use super::*;

    #[test]
    fn items_are_marked_by_any_part_of_the_rule() {
        let mut data = Dataset::default();
        let mut row = ItemRow::default();
        for (key, kind, label, title) in [
            ("A-1", "Bug", "", "Crash"),
            ("A-2", "Story", "Tech-Debt", "Speed"),
            ("A-3", "Story", "", "Refactor the parser"),
            ("A-4", "Story", "", "Refactored already"),
            ("A-5", "", "", ""),
        ] {
            row.begin(1);
            row.text(TextField::Key, key).text(TextField::Title, title).category(CategoryField::Type, kind);
            if !label.is_empty() {
                row.add(ListField::Label, label);
            }
            data.push_item(&row);
        }
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let rule = MarkRule {
            types: words(&["BUG", ""]),
            labels: words(&["tech-debt"]),
            title_words: words(&["refactor", " "]),
            ..MarkRule::default()
        };
        assert_eq!(rule.items(&data).iter().collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(MarkRule::default().items(&data).count(), 0);
        assert!(MarkRule::default().is_empty() && !rule.is_empty());
    }

    #[test]
    fn titles_are_searched_alike_whatever_their_letters() {
        let words = Words::new(&["tech-debt".to_owned(), " Old code".to_owned(), "-x".to_owned(), "é".to_owned()]);
        for (title, expected) in [
            ("Tech-Debt", true),
            ("pay tech-debt.", true),
            ("biotech-debt", false),
            ("tech-debts", false),
            ("the OLD CODE here", true),
            ("a-x", false),
            ("a -x", true),
            ("", false),
        ] {
            assert_eq!(words.are_in(title), expected, "{title}");
            let foreign = format!("{title} ß");
            assert_eq!(words.are_in(&foreign), expected, "{foreign}");
        }
        assert!(words.are_in("É voilà"));
    }
}
