//! A set of work items as a bitmap, the result of a filter shared by all metrics of a view.

/// Item positions as bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemSet {
    words: Vec<u64>,
    len: usize,
}

impl ItemSet {
    /// Every item of a dataset with `len` items.
    pub fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !len.is_multiple_of(64)
        {
            *last = (1 << (len % 64)) - 1;
        }
        Self { words, len }
    }

    /// The items for which `keep` answers true.
    pub fn from_fn(len: usize, mut keep: impl FnMut(usize) -> bool) -> Self {
        let mut set = Self { words: vec![0; len.div_ceil(64)], len };
        for item in 0..len {
            set.words[item / 64] |= u64::from(keep(item)) << (item % 64);
        }
        set
    }

    /// True when the item is in the set.
    pub fn contains(&self, item: usize) -> bool {
        self.words.get(item / 64).is_some_and(|word| word >> (item % 64) & 1 == 1)
    }

    /// Keeps the items for which `keep` answers true.
    pub fn retain(&mut self, mut keep: impl FnMut(usize) -> bool) {
        for item in 0..self.len {
            if self.contains(item) && !keep(item) {
                self.words[item / 64] &= !(1 << (item % 64));
            }
        }
    }

    /// Number of items in the set.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Items in rising order.
    pub fn iter(&self) -> Items<'_> {
        Items { words: self.words.iter(), rest: 0, next_word: 0 }
    }
}

/// The items of a set in rising order. A type of its own rather than a chain of adapters: every metric walks it, and where the
/// code is built for size such chains are calls for each item.
#[derive(Debug, Clone)]
pub struct Items<'a> {
    words: std::slice::Iter<'a, u64>,
    /// Bits of the present word that were not handed out yet.
    rest: u64,
    /// Position of the first item of the next word.
    next_word: usize,
}

impl Iterator for Items<'_> {
    type Item = usize;

    #[expect(clippy::inline_always, reason = "asked for every item by every metric; built for size it stays a call")]
    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            self.rest = *self.words.next()?;
            self.next_word += 64;
        }
        let bit = self.rest.trailing_zeros() as usize;
        self.rest &= self.rest - 1;
        Some(self.next_word - 64 + bit)
    }
}

impl<'a> IntoIterator for &'a ItemSet {
    type Item = usize;
    type IntoIter = Items<'a>;

    fn into_iter(self) -> Items<'a> {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_holds_each_item_once() {
        for len in [0, 1, 63, 64, 65, 130] {
            let set = ItemSet::all(len);
            assert_eq!(set.count(), len);
            assert_eq!(set.iter().collect::<Vec<_>>(), (0..len).collect::<Vec<_>>());
        }
    }

    #[test]
    fn retain_narrows() {
        let mut set = ItemSet::from_fn(100, |item| item % 2 == 0);
        set.retain(|item| item % 3 == 0);
        assert_eq!(set.iter().collect::<Vec<_>>(), (0..100).step_by(6).collect::<Vec<_>>());
        assert!(!set.contains(1000));
    }
}
