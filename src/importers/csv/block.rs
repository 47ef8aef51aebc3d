//! Sixty-four bytes of a CSV file as bit masks: where the quotes, delimiters and line breaks are.

use wide::u8x16;

/// Bytes looked at in one step.
pub(super) const BLOCK: usize = 64;

/// Bit `i` of a mask stands for byte `i` of the block.
#[derive(Clone, Copy)]
pub(super) struct Masks {
    /// `"`.
    pub(super) quotes: u64,
    /// The delimiter.
    pub(super) delimiters: u64,
    /// CR and LF: both end a record outside quotes.
    pub(super) breaks: u64,
    /// Line ends as people count them: CR, and LF unless it follows a CR.
    pub(super) lines: u64,
}

/// Finds the marks of the block at `start`. `after_cr` says that the byte before it is a CR. Bytes past the end of
/// `bytes` set no bit.
#[inline]
pub(super) fn masks(bytes: &[u8], start: usize, delimiter: u8, after_cr: bool) -> Masks {
    let rest = bytes.get(start..).unwrap_or_default();
    if let Some(block) = rest.first_chunk::<BLOCK>() {
        return masks_of(block, delimiter, after_cr);
    }
    // Zero is none of the marks.
    let mut padded = [0; BLOCK];
    padded[..rest.len()].copy_from_slice(rest);
    masks_of(&padded, delimiter, after_cr)
}

#[inline]
fn masks_of(block: &[u8; BLOCK], delimiter: u8, after_cr: bool) -> Masks {
    let (lanes, _) = block.as_chunks::<16>();
    let [quote, delimiter, cr, lf] = [b'"', delimiter, b'\r', b'\n'].map(u8x16::splat);
    let mut found = [0_u64; 4];
    for (step, lane) in lanes.iter().enumerate() {
        let lane = u8x16::new(*lane);
        for (mask, wanted) in found.iter_mut().zip([quote, delimiter, cr, lf]) {
            *mask |= u64::from(lane.simd_eq(wanted).to_bitmask()) << (16 * step);
        }
    }
    let [quotes, delimiters, cr, lf] = found;
    Masks { quotes, delimiters, breaks: cr | lf, lines: cr | (lf & !((cr << 1) | u64::from(after_cr))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_at_their_places() {
        let masks = masks(b"ab\"c,\r\n\n", 0, b',', false);
        assert_eq!(
            (masks.quotes, masks.delimiters, masks.breaks, masks.lines),
            (0b100, 0b1_0000, 0b1110_0000, 0b1010_0000)
        );
    }

    #[test]
    fn a_line_feed_after_a_carriage_return_of_the_last_block_is_no_second_line() {
        assert_eq!(masks(b"\n", 0, b',', true).lines, 0);
        assert_eq!(masks(b"\n", 0, b',', false).lines, 1);
    }
}
