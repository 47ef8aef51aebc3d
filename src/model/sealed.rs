//! Bytes that know whether they are whole: a header with magic, version, length and checksum before any stored record.
//!
//! Layout, little-endian: 7 bytes magic · u8 version · u64 payload length · u64 XXH3 of the payload · payload.

use xxhash_rust::xxh3::xxh3_64;

/// Bytes before the payload.
pub const SEAL_BYTES: usize = 24;

/// Why sealed bytes cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes do not begin with the magic.
    #[error("these bytes are no such record")]
    OtherKind,
    /// Written by a later release.
    #[error("it was written by a later version of Throughline (layout {0}); reload the page to update")]
    TooNew(u8),
    /// Shorter or longer than the header says.
    #[error("it is cut off: {found} of {expected} bytes")]
    CutOff {
        /// Bytes there are.
        found: u64,
        /// Bytes the header announces.
        expected: u64,
    },
    /// Bytes changed after they were written.
    #[error("it is damaged: its checksum does not fit")]
    Damaged,
}

/// Fills the header of `bytes`, whose first [`SEAL_BYTES`] are reserved for it.
pub fn seal(bytes: &mut [u8], magic: [u8; 7], version: u8) {
    let Some((header, payload)) = bytes.split_at_mut_checked(SEAL_BYTES) else { return };
    header[..7].copy_from_slice(&magic);
    header[7] = version;
    header[8..16].copy_from_slice(&(payload.len() as u64).to_le_bytes());
    header[16..24].copy_from_slice(&xxh3_64(payload).to_le_bytes());
}

/// Checks the header and answers version and payload. Versions above `newest` are refused.
pub fn unseal(bytes: &[u8], magic: [u8; 7], newest: u8) -> Result<(u8, &[u8]), SealError> {
    let Some((header, payload)) = bytes.split_at_checked(SEAL_BYTES) else { return Err(SealError::OtherKind) };
    if header[..7] != magic {
        return Err(SealError::OtherKind);
    }
    if header[7] > newest {
        return Err(SealError::TooNew(header[7]));
    }
    let number = |range: std::ops::Range<usize>| {
        header[range].iter().rev().fold(0_u64, |number, &byte| number << 8 | u64::from(byte))
    };
    if number(8..16) != payload.len() as u64 {
        return Err(SealError::CutOff { found: payload.len() as u64, expected: number(8..16) });
    }
    if number(16..24) != xxh3_64(payload) {
        return Err(SealError::Damaged);
    }
    Ok((header[7], payload))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_byte_and_every_cut_is_noticed() {
        let mut bytes = vec![0; SEAL_BYTES];
        bytes.extend_from_slice(b"a payload");
        seal(&mut bytes, *b"TEST---", 1);
        assert_eq!(unseal(&bytes, *b"TEST---", 1), Ok((1, &b"a payload"[..])));
        for position in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[position] ^= 0x41;
            assert!(unseal(&flipped, *b"TEST---", 1).is_err(), "byte {position}");
            assert!(unseal(&bytes[..position], *b"TEST---", 1).is_err(), "cut at {position}");
        }
    }
}
