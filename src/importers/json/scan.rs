//! Where a JSON value ends, found without reading it: brackets outside strings are counted, nothing else is looked at.

use super::block::{self, BLOCK, parity_up_to};

/// Levels of brackets that are read. `serde_json` reads no deeper either.
pub(super) const DEEPEST: usize = 127;

/// What a scan of some bytes came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scan {
    /// The value ends before this offset.
    End(usize),
    /// The value goes on after these bytes.
    Open,
    /// The bracket at this offset is one level too many.
    TooDeep(usize),
}

/// A value being looked through, chunk by chunk.
#[derive(Debug, Clone, Copy)]
pub(super) enum ValueScan {
    /// An object or a list.
    Container(ContainerScan),
    /// A string; the first byte is its opening quote.
    Text(StringScan),
    /// A number, `true`, `false`, `null`.
    Token,
}

impl ValueScan {
    /// For the value that begins with `first`, `depth` levels below the top of the document.
    pub(super) fn new(first: u8, depth: usize) -> Self {
        match first {
            b'{' | b'[' => Self::Container(ContainerScan::new(DEEPEST.saturating_sub(depth))),
            b'"' => Self::Text(StringScan::default()),
            _ => Self::Token,
        }
    }

    /// Reads on.
    #[inline]
    pub(super) fn advance(&mut self, bytes: &[u8]) -> Scan {
        match self {
            Self::Container(scan) => scan.advance(bytes),
            Self::Text(scan) => scan.advance(bytes).map_or(Scan::Open, Scan::End),
            Self::Token => bytes.iter().position(|&byte| ends_token(byte)).map_or(Scan::Open, Scan::End),
        }
    }
}

const fn ends_token(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}')
}

/// A string being looked through, from its opening quote on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StringScan {
    opened: bool,
    /// The next byte is escaped.
    escaped: bool,
}

impl StringScan {
    /// Reads on; answers the offset after the closing quote.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        if bytes.is_empty() {
            return None;
        }
        let mut at = usize::from(!self.opened || self.escaped);
        self.opened = true;
        self.escaped = false;
        while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            if bytes[at + found] == b'"' {
                return Some(at + found + 1);
            }
            at += found + 2;
            self.escaped = at > bytes.len();
        }
        None
    }
}

/// An object or a list being looked through.
#[derive(Debug, Clone, Copy)]
pub(super) struct ContainerScan {
    depth: usize,
    /// Levels that may still be opened, from the container's own on.
    room: usize,
    in_string: bool,
    /// The next byte is escaped.
    escaped: bool,
}

impl ContainerScan {
    fn new(room: usize) -> Self {
        Self { depth: 0, room, in_string: false, escaped: false }
    }

    fn advance(&mut self, bytes: &[u8]) -> Scan {
        let mut base = 0;
        while base < bytes.len() {
            let masks = block::masks(bytes, base);
            let length = BLOCK.min(bytes.len() - base);
            let escaped = self.escapes(masks.backslashes, length);
            let carried = if self.in_string { u64::MAX } else { 0 };
            let in_string = parity_up_to(masks.quotes & !escaped) ^ carried;
            let (opens, closes) = (masks.opens & !in_string, masks.closes & !in_string);
            let (deeper, higher) = (opens.count_ones() as usize, closes.count_ones() as usize);
            // Whatever their order, these brackets neither end the value nor go too deep.
            if higher < self.depth && self.depth + deeper <= self.room {
                self.depth = self.depth + deeper - higher;
            } else {
                match self.walk(opens, closes) {
                    Scan::Open => {}
                    Scan::End(bit) => return Scan::End(base + bit),
                    Scan::TooDeep(bit) => return Scan::TooDeep(base + bit),
                }
            }
            // Bytes past the end set no quote, so the last bit holds for the end of the bytes as well.
            self.in_string = in_string >> (BLOCK - 1) == 1;
            base += length;
        }
        Scan::Open
    }

    /// Takes the brackets of a block one by one.
    fn walk(&mut self, opens: u64, closes: u64) -> Scan {
        let mut brackets = opens | closes;
        while brackets != 0 {
            let bit = brackets.trailing_zeros();
            brackets &= brackets - 1;
            if opens & (1 << bit) != 0 {
                self.depth += 1;
                if self.depth > self.room {
                    return Scan::TooDeep(bit as usize);
                }
            } else {
                self.depth -= 1;
                if self.depth == 0 {
                    return Scan::End(bit as usize + 1);
                }
            }
        }
        Scan::Open
    }

    /// The bytes of a block that a backslash escapes. A backslash that is itself escaped escapes nothing.
    #[inline]
    fn escapes(&mut self, backslashes: u64, length: usize) -> u64 {
        let mut escaped = u64::from(self.escaped);
        self.escaped = false;
        let mut live = backslashes & !escaped;
        while live != 0 {
            let bit = live & live.wrapping_neg();
            escaped |= bit << 1;
            self.escaped = bit == 1 << (length - 1);
            live &= !(bit | bit << 1);
        }
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> Scan {
        ValueScan::new(text.as_bytes()[0], 0).advance(text.as_bytes())
    }

    #[test]
    fn a_value_ends_where_it_ends() {
        for (text, length) in [
            ("{} ", 2),
            ("[[],{}],", 7),
            (r#"{"a":"}"}}"#, 9),
            (r#"{"a":"\"}"}}"#, 11),
            (r#"{"a":"\\"}}"#, 10),
            (r#""a\"b\\"""#, 8),
            (r#""",1"#, 2),
            ("12.5e3,", 6),
            ("true]", 4),
        ] {
            assert_eq!(end(text), Scan::End(length), "{text}");
        }
        for text in ["{", "[[]", r#"{"a"#, r#""a\""#, r#""a\"#, "12"] {
            assert_eq!(end(text), Scan::Open, "{text}");
        }
    }

    #[test]
    fn a_value_ends_at_the_same_place_however_it_is_cut() {
        let padding = "x".repeat(61);
        let text = format!(r#"{{"a\\\\\"":"{padding}\\\"{padding}\\","b":[{{"c":"]}}\\"}},["\"["]]}}"#);
        for first in 0..=text.len() {
            for second in first..=text.len() {
                let mut scan = ValueScan::new(b'{', 0);
                let parts = [&text[..first], &text[first..second], &text[second..]];
                let answers = parts.map(|part| scan.advance(part.as_bytes()));
                let (before, last): (Vec<&str>, Vec<&str>) = (
                    parts
                        .iter()
                        .zip(answers)
                        .filter(|(_, answer)| *answer == Scan::Open)
                        .map(|(part, _)| *part)
                        .collect(),
                    parts
                        .iter()
                        .zip(answers)
                        .filter(|(_, answer)| *answer != Scan::Open)
                        .map(|(part, _)| *part)
                        .collect(),
                );
                let end = last.first().copied().unwrap_or_default();
                assert!(answers.contains(&Scan::End(end.len())) && !end.is_empty(), "{first} {second} {before:?}");
            }
        }
    }

    #[test]
    fn the_level_that_is_too_deep_is_named() {
        let text = "[".repeat(200);
        assert_eq!(end(&text), Scan::TooDeep(DEEPEST));
        let fits = format!("{}{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        assert_eq!(end(&fits), Scan::End(2 * DEEPEST));
        assert!(serde_json::from_str::<serde_json::Value>(&fits).is_ok());
    }
}
