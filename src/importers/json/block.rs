//! Sixty-four bytes of a JSON document as bit masks: where the quotes, backslashes and brackets are.

use wide::u8x16;

/// Bytes looked at in one step.
pub(super) const BLOCK: usize = 64;

/// Bit `i` of a mask stands for byte `i` of the block.
#[derive(Clone, Copy)]
pub(super) struct Masks {
    /// `"`.
    pub(super) quotes: u64,
    /// `\`.
    pub(super) backslashes: u64,
    /// `[` and `{`.
    pub(super) opens: u64,
    /// `]` and `}`.
    pub(super) closes: u64,
}

/// Finds the marks of the block at `start`. Bytes past the end of `bytes` set no bit.
#[inline]
pub(super) fn masks(bytes: &[u8], start: usize) -> Masks {
    let rest = bytes.get(start..).unwrap_or_default();
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        return masks_of(block);
    }
    // Zero is none of the marks.
    let mut padded = [0; BLOCK];
    padded[..rest.len()].copy_from_slice(rest);
    masks_of(&padded)
}

#[inline]
fn masks_of(block: &[u8; BLOCK]) -> Masks {
    let (lanes, _) = block.as_chunks::<16>();
    let [quote, backslash, open, close, case] = [b'"', b'\\', b'{', b'}', 0x20].map(u8x16::splat);
    let mut found = [0_u64; 4];
    for (step, lane) in lanes.iter().enumerate() {
        let lane = u8x16::new(*lane);
        // `[` and `{` differ in one bit only, and so do `]` and `}`.
        let folded = lane | case;
        let equal = [lane.simd_eq(quote), lane.simd_eq(backslash), folded.simd_eq(open), folded.simd_eq(close)];
        for (mask, equal) in found.iter_mut().zip(equal) {
            *mask |= u64::from(equal.to_bitmask()) << (16 * step);
        }
    }
    let [quotes, backslashes, opens, closes] = found;
    Masks { quotes, backslashes, opens, closes }
}

/// Bit `i` of the answer is the parity of the bits up to and including `i`: from quotes to what lies inside strings.
#[inline]
pub(super) const fn parity_up_to(mut bits: u64) -> u64 {
    let mut shift = 1;
    while shift < u64::BITS {
        bits ^= bits << shift;
        shift *= 2;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_at_their_places() {
        let masks = masks(b"x[{\"\\]}", 1);
        assert_eq!((masks.opens, masks.quotes, masks.backslashes, masks.closes), (0b11, 0b100, 0b1000, 0b11_0000));
    }

    #[test]
    fn only_brackets_are_brackets() {
        let every: Vec<u8> = (0..=255).collect();
        let (opens, closes) = every.chunks(64).fold((0, 0), |(opens, closes), part| {
            let masks = masks(part, 0);
            (opens + masks.opens.count_ones(), closes + masks.closes.count_ones())
        });
        assert_eq!((opens, closes), (2, 2));
    }

    #[test]
    fn parity_marks_what_lies_between_quotes() {
        assert_eq!(parity_up_to(0b0010_0100), 0b0001_1100);
        assert_eq!(parity_up_to(1 << 63), 1 << 63);
    }
}
