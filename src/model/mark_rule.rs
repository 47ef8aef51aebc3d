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
        let words: Vec<String> =
            self.title_words.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect();
        let titles = dataset.text(TextField::Title);
        ItemSet::from_fn(dataset.len(), |item| {
            type_hits[types.code(item) as usize]
                || lists.iter().any(|(column, hit)| column.codes_of(item).iter().any(|&code| hit[code as usize]))
                || (!words.is_empty() && says(titles.get(item), &words))
        })
    }
}

/// True when the title has one of these words, which are in small letters.
fn says(title: &str, words: &[String]) -> bool {
    // Most titles are of ASCII: they are searched as they stand, without a copy for each.
    if title.is_ascii() { has_ascii_words(title.as_bytes(), words) } else { has_words(&title.to_lowercase(), words) }
}

fn has_ascii_words(title: &[u8], words: &[String]) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    (0..title.len()).filter(|&at| at == 0 || !is_part(title.get(at - 1))).any(|at| {
        words.iter().any(|word| {
            let end = at + word.len();
            let found = title.get(at..end).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()));
            found && !is_part(title.get(end))
        })
    })
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
        let words = ["tech-debt".to_owned(), "old code".to_owned(), "-x".to_owned(), "é".to_owned()];
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
            assert_eq!(says(title, &words), expected, "{title}");
            let foreign = format!("{title} ß");
            assert_eq!(says(&foreign, &words), expected, "{foreign}");
        }
        assert!(says("É voilà", &words));
    }
}
