//! The three kinds of text column: every value its own text, one of few values, and a list of few values.

use hashbrown::HashTable;

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// Texts in one buffer, one per row; row `i` ends at `ends[i]`. No `String` per cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextColumn {
    bytes: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// Appends one text. Texts beyond 4 GiB in total are cut to nothing; the importer limits files far below.
    pub fn push(&mut self, text: &str) {
        if u32::try_from(self.bytes.len() + text.len()).is_ok() {
            self.bytes.push_str(text);
        }
        self.ends.push(self.bytes.len() as u32);
    }

    /// The text of a row; empty when the row does not exist.
    pub fn get(&self, row: usize) -> &str {
        let Some(&end) = self.ends.get(row) else { return "" };
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        self.bytes.get(start as usize..end as usize).unwrap_or("")
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All texts in row order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The raw buffer and the end of each row, as the snapshot stores them.
    pub fn parts(&self) -> (&str, &[u32]) {
        (&self.bytes, &self.ends)
    }

    /// Rebuilds a column from its parts; `None` when an end is not a character border or they fall.
    pub fn from_parts(bytes: String, ends: Vec<u32>) -> Option<Self> {
        let mut last = 0;
        for &end in &ends {
            if end < last || !bytes.is_char_boundary(end as usize) {
                return None;
            }
            last = end;
        }
        (last as usize == bytes.len()).then_some(Self { bytes, ends })
    }
}

/// A dictionary of distinct texts with fast look-up. Code 0 is always the empty text.
#[derive(Debug, Clone)]
pub(crate) struct Dictionary {
    texts: TextColumn,
    table: HashTable<u32>,
    hasher: FixedState,
}

impl Default for Dictionary {
    fn default() -> Self {
        let mut texts = TextColumn::default();
        texts.push("");
        Self { texts, table: HashTable::new(), hasher: FixedState::default() }
    }
}

impl Dictionary {
    pub(crate) fn from_texts(texts: TextColumn) -> Self {
        let mut dictionary = Self { texts, table: HashTable::new(), hasher: FixedState::default() };
        for code in 1..dictionary.texts.len() as u32 {
            let hash = dictionary.hasher.hash_one(dictionary.texts.get(code as usize));
            let Self { texts, table, hasher } = &mut dictionary;
            table.insert_unique(hash, code, |&other| hasher.hash_one(texts.get(other as usize)));
        }
        dictionary
    }

    fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        let Self { texts, table, hasher } = self;
        let hash = hasher.hash_one(text);
        if let Some(&code) = table.find(hash, |&code| texts.get(code as usize) == text) {
            return code;
        }
        let code = texts.len() as u32;
        texts.push(text);
        table.insert_unique(hash, code, |&other| hasher.hash_one(texts.get(other as usize)));
        code
    }

    fn find(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(0);
        }
        self.table.find(self.hasher.hash_one(text), |&code| self.texts.get(code as usize) == text).copied()
    }
}

/// A column with few distinct values: a code per row and a dictionary. Code 0 means "not given".
#[derive(Debug, Clone, Default)]
pub struct Categorical {
    codes: Vec<u32>,
    dictionary: Dictionary,
}

impl Categorical {
    /// Appends a value; the empty text is "not given".
    pub fn push(&mut self, text: &str) {
        // Exports are sorted: neighbours often agree, and a comparison is cheaper than a hash.
        if let Some(&last) = self.codes.last()
            && self.dictionary.texts.get(last as usize) == text
        {
            self.codes.push(last);
            return;
        }
        let code = self.dictionary.code(text);
        self.codes.push(code);
    }

    /// Appends a value by its code, for importers that remember codes; an unknown code is "not given".
    pub fn push_code(&mut self, code: u32) {
        let known = (code as usize) < self.dictionary.texts.len();
        self.codes.push(if known { code } else { 0 });
    }

    /// The value of a row; empty when not given.
    pub fn get(&self, row: usize) -> &str {
        self.value(self.code(row))
    }

    /// The code of a row; 0 when not given or out of range.
    pub fn code(&self, row: usize) -> u32 {
        self.codes.get(row).copied().unwrap_or(0)
    }

    /// The code of a text, added to the dictionary when it is new.
    pub fn code_of(&mut self, text: &str) -> u32 {
        self.dictionary.code(text)
    }

    /// The text of a code.
    pub fn value(&self, code: u32) -> &str {
        self.dictionary.texts.get(code as usize)
    }

    /// The code of a text, if it occurs (or is empty).
    pub fn find(&self, text: &str) -> Option<u32> {
        self.dictionary.find(text)
    }

    /// Codes of all rows.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// All distinct texts; position = code; position 0 is empty.
    pub fn values(&self) -> &TextColumn {
        &self.dictionary.texts
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True when there is no row.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Rebuilds a column; `None` when a code has no text or text 0 is not empty.
    pub fn from_parts(codes: Vec<u32>, values: TextColumn) -> Option<Self> {
        let sound =
            !values.is_empty() && values.get(0).is_empty() && codes.iter().all(|&code| (code as usize) < values.len());
        sound.then(|| Self { codes, dictionary: Dictionary::from_texts(values) })
    }
}

impl PartialEq for Categorical {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.get(row) == other.get(row))
    }
}

/// A column whose cells hold lists of few distinct values: row `i` owns `codes[ends[i-1]..ends[i]]`.
#[derive(Debug, Clone, Default)]
pub struct ListColumn {
    ends: Vec<u32>,
    codes: Vec<u32>,
    dictionary: Dictionary,
}

impl ListColumn {
    /// Adds one value to the row being written; empty texts and repeats inside a row are ignored.
    pub fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let code = self.dictionary.code(text);
        self.add_code(code);
    }

    /// Adds a value by its code, for importers that remember codes; unknown codes and 0 are ignored.
    pub fn add_code(&mut self, code: u32) {
        let start = self.ends.last().copied().unwrap_or(0) as usize;
        let known = code != 0 && (code as usize) < self.dictionary.texts.len();
        if known && !self.codes[start..].contains(&code) {
            self.codes.push(code);
        }
    }

    /// Ends the row being written.
    pub fn end_row(&mut self) {
        self.ends.push(self.codes.len() as u32);
    }

    /// Codes of a row, in the file's order.
    pub fn codes_of(&self, row: usize) -> &[u32] {
        let Some(&end) = self.ends.get(row) else { return &[] };
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.codes[start as usize..end as usize]
    }

    /// Texts of a row, in the file's order.
    pub fn texts_of(&self, row: usize) -> impl Iterator<Item = &str> {
        self.codes_of(row).iter().map(|&code| self.value(code))
    }

    /// The text of a code.
    pub fn value(&self, code: u32) -> &str {
        self.dictionary.texts.get(code as usize)
    }

    /// The code of a text, if it occurs (or is empty).
    pub fn find(&self, text: &str) -> Option<u32> {
        self.dictionary.find(text)
    }

    /// The code of a text, added to the dictionary when it is new. For tables that run parallel to the dictionary.
    pub fn code_of(&mut self, text: &str) -> u32 {
        self.dictionary.code(text)
    }

    /// All distinct texts; position = code; position 0 is empty.
    pub fn values(&self) -> &TextColumn {
        &self.dictionary.texts
    }

    /// Number of ended rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when no row was ended.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Ends, codes and texts, as the snapshot stores them.
    pub fn parts(&self) -> (&[u32], &[u32], &TextColumn) {
        (&self.ends, &self.codes, &self.dictionary.texts)
    }

    /// Rebuilds a column; `None` when ends fall, run past the codes, or a code has no text.
    pub fn from_parts(ends: Vec<u32>, codes: Vec<u32>, values: TextColumn) -> Option<Self> {
        let rising = ends.windows(2).all(|pair| pair[0] <= pair[1]);
        let complete = ends.last().copied().unwrap_or(0) as usize == codes.len();
        let known =
            !values.is_empty() && values.get(0).is_empty() && codes.iter().all(|&code| (code as usize) < values.len());
        (rising && complete && known).then(|| Self { ends, codes, dictionary: Dictionary::from_texts(values) })
    }
}

impl PartialEq for ListColumn {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (0..self.len()).all(|row| self.texts_of(row).eq(other.texts_of(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_keeps_one_text_per_value() {
        let mut column = Categorical::default();
        for text in ["Bug", "Bug", "", "Story", "Bug"] {
            column.push(text);
        }
        assert_eq!(column.codes(), [1, 1, 0, 2, 1]);
        assert_eq!(column.get(3), "Story");
        assert_eq!(column.find("Story"), Some(2));
        assert_eq!(column.find("Epic"), None);
        assert_eq!(column.values().len(), 3);
    }

    #[test]
    fn a_list_keeps_order_and_drops_repeats_inside_a_row() {
        let mut column = ListColumn::default();
        for text in ["b", "", "a", "b"] {
            column.add(text);
        }
        column.end_row();
        column.end_row();
        column.add("a");
        column.end_row();
        assert_eq!(column.texts_of(0).collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(column.texts_of(1).count(), 0);
        assert_eq!(column.codes_of(2), [2]);
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        assert_eq!(TextColumn::from_parts("é".into(), vec![1]), None);
        assert_eq!(TextColumn::from_parts("ab".into(), vec![2, 1]), None);
        assert!(Categorical::from_parts(vec![1], TextColumn::default()).is_none());
    }
}
