//! A small memory of raw cells: exports repeat the same names and words all the time, and comparing bytes is cheaper than
//! checking, trimming and looking them up again.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

const SLOTS: usize = 512;
/// Longer cells are rarely repeated; with this length a slot is one cache line.
const LONGEST: usize = 59;

/// A cell's bytes in place, because following a pointer would cost more than the comparison.
#[derive(Debug, Clone)]
struct Slot {
    code: u32,
    length: u8,
    bytes: [u8; LONGEST],
}

/// Remembers what a column's raw cells became.
#[derive(Debug)]
pub(crate) struct CellMemory {
    slots: Vec<Slot>,
    hasher: FixedState,
}

impl CellMemory {
    pub(crate) fn new() -> Self {
        Self { slots: Vec::new(), hasher: FixedState::default() }
    }

    /// The code of a cell that was seen before, else `read` is asked, whose answer is remembered where it is certain.
    #[inline]
    pub(crate) fn code(&mut self, raw: &[u8], read: impl FnOnce() -> (u32, bool)) -> u32 {
        if raw.is_empty() {
            return 0;
        }
        if raw.len() > LONGEST {
            return read().0;
        }
        if self.slots.is_empty() {
            self.slots = vec![Slot { code: 0, length: 0, bytes: [0; LONGEST] }; SLOTS];
        }
        let slot = &mut self.slots[self.hasher.hash_one(raw) as usize % SLOTS];
        if slot.bytes[..usize::from(slot.length)] == *raw {
            return slot.code;
        }
        let (new, certain) = read();
        if certain {
            slot.code = new;
            slot.length = raw.len() as u8;
            slot.bytes[..raw.len()].copy_from_slice(raw);
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_once_unless_it_is_uncertain() {
        let mut memory = CellMemory::new();
        assert_eq!(memory.code(b"a", || (7, true)), 7);
        assert_eq!(memory.code(b"a", || (8, true)), 7);
        assert_eq!(memory.code(b"b", || (9, false)), 9);
        assert_eq!(memory.code(b"b", || (10, true)), 10);
        assert_eq!(memory.code(b"", || (11, true)), 0);
    }
}
