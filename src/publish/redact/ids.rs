//! Other names for items and records.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::content::{Content, content_of};
use crate::engine::MergedWorkspace;
use crate::model::{CategoryField, ChangeField, ColumnPlace, Dataset, ListField, RecordKind, TextField};

/// Other names for texts, all of one width.
pub(super) struct Renamed {
    word: &'static str,
    shown: HashMap<String, String>,
}

impl Renamed {
    fn numbered<'a>(word: &'static str, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<&str> = texts.into_iter().collect();
        let width = texts.len().to_string().len();
        let shown = |(number, text): (usize, &&str)| ((*text).to_owned(), format!("{word} {:0width$}", number + 1));
        Self { word, shown: texts.iter().enumerate().map(shown).collect() }
    }

    /// The other name; the bare word for a text that nobody knew of.
    pub(super) fn of(&self, text: &str) -> String {
        self.shown.get(text).cloned().unwrap_or_else(|| self.word.to_owned())
    }
}

/// Items by the place of their row, then what else is called like an item: epics that are not in the files.
pub(super) fn items(merged: &MergedWorkspace) -> Renamed {
    let dataset = &merged.dataset;
    let mut known: HashSet<&str> = HashSet::new();
    let keys = dataset.text(TextField::Key).iter();
    let others = references(dataset);
    Renamed::numbered("Item", keys.chain(others).filter(|text| !text.is_empty() && known.insert(text)))
}

/// Records, commits and pages. Their order stays, because it decides between records of the same moment.
pub(super) fn records(merged: &MergedWorkspace) -> Renamed {
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    each_record_text(&merged.dataset, Content::Id, |text| {
        ids.insert(text);
    });
    Renamed::numbered("Record", ids.into_iter().filter(|id| !id.is_empty()))
}

/// What stands for an item where its key is told and its title is not: some trackers name a parent by its title.
pub(super) struct TitlesAsNames {
    keys: HashSet<String>,
    titles: HashMap<String, String>,
}

impl TitlesAsNames {
    pub(super) fn of(merged: &MergedWorkspace) -> Self {
        let dataset = &merged.dataset;
        let rows = || (0..dataset.len()).map(|row| (dataset.key(row), dataset.text(TextField::Title).get(row)));
        let keys: HashSet<String> = rows().map(|(key, _)| key.to_owned()).collect();
        let mut titles: HashMap<String, String> = rows()
            .filter(|(_, title)| !title.is_empty())
            .map(|(key, title)| (title.to_owned(), key.to_owned()))
            .collect();
        // A parent outside the files: a text of several words is no key.
        let mut known: HashSet<&str> = HashSet::new();
        let is_title = |text: &&str| text.contains(char::is_whitespace) && !titles.contains_key(*text);
        let outside: Vec<&str> = references(dataset).filter(is_title).filter(|text| known.insert(text)).collect();
        let named =
            outside.iter().enumerate().map(|(number, text)| ((*text).to_owned(), format!("Parent {}", number + 1)));
        let named: Vec<(String, String)> = named.collect();
        titles.extend(named);
        Self { keys, titles }
    }

    pub(super) fn key(&self, text: &str) -> String {
        if self.keys.contains(text) {
            return text.to_owned();
        }
        self.titles.get(text).map_or_else(|| text.to_owned(), Clone::clone)
    }
}

/// Every text by which something names an item, in a fixed order, with repeats.
fn references(dataset: &Dataset) -> impl Iterator<Item = &str> {
    let mut texts: Vec<&str> = dataset.category(CategoryField::Parent).values().iter().collect();
    for field in [ListField::BlockedBy, ListField::Blocks] {
        texts.extend(dataset.list(field).values().iter());
    }
    for item in 0..dataset.history.len() {
        let changes = dataset.history.of_item(item).filter(|change| change.field == ChangeField::Parent);
        changes.for_each(|change| texts.extend([change.from, change.to]));
    }
    each_record_text(dataset, Content::Reference, |text| texts.push(text));
    texts.into_iter()
}

fn each_record_text<'a>(dataset: &'a Dataset, content: Content, mut tell: impl FnMut(&'a str)) {
    for &kind in RecordKind::ALL {
        let Some(records) = dataset.records(kind) else { continue };
        let names = kind.columns().iter().map(|(name, _)| *name);
        for name in names.filter(|name| content_of(ColumnPlace::Record(kind, name)) == content) {
            match records.list(name) {
                Some(list) => list.values().iter().for_each(&mut tell),
                None => (0..records.len()).for_each(|row| tell(records.text(name, row))),
            }
        }
    }
}
