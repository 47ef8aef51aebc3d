//! The encoding of a text file, and its bytes as UTF-8, chunk by chunk.

use std::borrow::Cow;

/// Encodings that exports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8, with the length of its byte-order mark.
    Utf8 {
        /// True when the file begins with EF BB BF.
        mark: bool,
    },
    /// UTF-16 in either byte order.
    Utf16 {
        /// Least significant byte first.
        little: bool,
        /// True when the file begins with a byte-order mark.
        mark: bool,
    },
    /// The Western European code page of Windows, a superset of ISO 8859-1 in practice.
    Windows1252,
}

impl Encoding {
    /// Decides from the first bytes of a file; `complete` when they are all of it.
    pub(super) fn detect(head: &[u8], complete: bool) -> Self {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => return Self::Utf8 { mark: true },
            [0xFF, 0xFE, ..] => return Self::Utf16 { little: true, mark: true },
            [0xFE, 0xFF, ..] => return Self::Utf16 { little: false, mark: true },
            _ => {}
        }
        // In UTF-16, mostly Latin text has a zero in every other byte.
        let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
        let pairs = head.len() / 2;
        let (even, odd) = (zeros(0), zeros(1));
        if pairs > 0 && odd * 10 > pairs * 4 && even * 20 < pairs {
            return Self::Utf16 { little: true, mark: false };
        }
        if pairs > 0 && even * 10 > pairs * 4 && odd * 20 < pairs {
            return Self::Utf16 { little: false, mark: false };
        }
        match std::str::from_utf8(head) {
            Ok(_) => Self::Utf8 { mark: false },
            // Cut inside a character by the end of the head.
            Err(error) if error.error_len().is_none() && !complete => Self::Utf8 { mark: false },
            Err(_) if mostly_utf8(head) => Self::Utf8 { mark: false },
            Err(_) => Self::Windows1252,
        }
    }

    /// The name on the import report.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Utf8 { mark: false } => "UTF-8",
            Self::Utf8 { mark: true } => "UTF-8 with byte-order mark",
            Self::Utf16 { little: true, mark: true } => "UTF-16 LE with byte-order mark",
            Self::Utf16 { little: true, mark: false } => "UTF-16 LE",
            Self::Utf16 { little: false, mark: true } => "UTF-16 BE with byte-order mark",
            Self::Utf16 { little: false, mark: false } => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// True when valid multi-byte characters clearly outnumber the bytes that are not UTF-8: one bad cell does not turn a
/// UTF-8 file into another encoding.
fn mostly_utf8(head: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 2 * bad
}

/// Turns the bytes of a file into UTF-8.
#[derive(Debug)]
pub(super) struct Decoder {
    encoding: Encoding,
    /// Bytes of a byte-order mark still to be skipped.
    skip: usize,
    /// First byte of a UTF-16 unit cut by a chunk's end.
    half: Option<u8>,
    /// First unit of a surrogate pair.
    high: Option<u16>,
    /// UTF-16 units that belong to no character.
    pub(super) replaced: u64,
}

impl Decoder {
    pub(super) fn new(encoding: Encoding) -> Self {
        let skip = match encoding {
            Encoding::Utf8 { mark: true } => 3,
            Encoding::Utf16 { mark: true, .. } => 2,
            _ => 0,
        };
        Self { encoding, skip, half: None, high: None, replaced: 0 }
    }

    /// The next bytes as UTF-8. UTF-8 files are passed on unchecked and uncopied: cells are checked when they are read.
    pub(super) fn decode<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        let bytes = &bytes[skipped..];
        match self.encoding {
            Encoding::Utf8 { .. } => Cow::Borrowed(bytes),
            Encoding::Windows1252 if bytes.is_ascii() => Cow::Borrowed(bytes),
            Encoding::Windows1252 => {
                let text: String = bytes.iter().map(|&byte| windows_1252(byte)).collect();
                Cow::Owned(text.into_bytes())
            }
            Encoding::Utf16 { little, .. } => Cow::Owned(self.decode_utf16(bytes, little).into_bytes()),
        }
    }

    /// What a file cut inside a character leaves behind.
    pub(super) fn finish(&mut self) -> String {
        if self.half.take().is_some() | self.high.take().is_some() {
            self.replaced += 1;
            return char::REPLACEMENT_CHARACTER.to_string();
        }
        String::new()
    }

    fn decode_utf16(&mut self, bytes: &[u8], little: bool) -> String {
        let mut text = String::with_capacity(bytes.len());
        for &byte in bytes {
            let Some(first) = self.half.take() else {
                self.half = Some(byte);
                continue;
            };
            let unit = if little { u16::from_le_bytes([first, byte]) } else { u16::from_be_bytes([first, byte]) };
            self.add_unit(unit, &mut text);
        }
        text
    }

    fn add_unit(&mut self, unit: u16, text: &mut String) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(character)) = char::decode_utf16([high, unit]).next() {
                text.push(character);
                return;
            }
            self.replaced += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
        match char::from_u32(u32::from(unit)) {
            Some(character) => text.push(character),
            None if unit < 0xDC00 => self.high = Some(unit),
            None => {
                self.replaced += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

/// The character of a byte in Windows-1252. The five bytes without a character become control characters, as browsers
/// do it (WHATWG Encoding Standard, index windows-1252).
pub(super) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], chunk: usize) -> (Encoding, String) {
        let encoding = Encoding::detect(bytes, true);
        let mut decoder = Decoder::new(encoding);
        let mut out = Vec::new();
        for part in bytes.chunks(chunk) {
            out.extend_from_slice(&decoder.decode(part));
        }
        out.extend_from_slice(decoder.finish().as_bytes());
        (encoding, String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn utf_16_is_decoded_whatever_the_chunks_are() {
        let text = "Summary\tIssue key\n😀 grüße\tABC-1\n";
        for little in [true, false] {
            for mark in [true, false] {
                let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
                let bytes: Vec<u8> =
                    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
                for chunk in [1, 3, 1000] {
                    assert_eq!(decode(&bytes, chunk), (Encoding::Utf16 { little, mark }, text.to_owned()));
                }
            }
        }
    }

    #[test]
    fn a_lone_surrogate_is_replaced_and_counted() {
        let mut decoder = Decoder::new(Encoding::Utf16 { little: true, mark: false });
        let out = decoder.decode(&[0x3D, 0xD8, b'a', 0, 0x00, 0xDC]).into_owned();
        assert_eq!(String::from_utf8_lossy(&out), "\u{FFFD}a\u{FFFD}");
        assert_eq!(decoder.replaced, 2);
    }

    #[test]
    fn the_byte_order_mark_is_skipped_even_in_single_bytes() {
        assert_eq!(decode(b"\xEF\xBB\xBFa,b", 1), (Encoding::Utf8 { mark: true }, "a,b".into()));
    }

    #[test]
    fn windows_1252_is_what_is_not_utf_8() {
        assert_eq!(decode(b"Gr\xFC\xDFe \x84x\x93", 2), (Encoding::Windows1252, "Grüße „x“".into()));
        assert_eq!(Encoding::detect("Grüße".as_bytes(), true), Encoding::Utf8 { mark: false });
    }

    #[test]
    fn a_head_cut_inside_a_character_is_still_utf_8() {
        assert_eq!(Encoding::detect(&"aaé".as_bytes()[..3], false), Encoding::Utf8 { mark: false });
        assert_eq!(Encoding::detect(&"aaé".as_bytes()[..3], true), Encoding::Windows1252);
    }

    #[test]
    fn one_bad_byte_among_many_good_characters_keeps_utf_8() {
        let mut bytes = "éèàüö ñß — “x”".as_bytes().to_vec();
        bytes.push(0xFF);
        assert_eq!(Encoding::detect(&bytes, true), Encoding::Utf8 { mark: false });
    }
}
