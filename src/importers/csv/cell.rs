//! The text of a cell: quotes taken off, bytes checked.

use crate::importers::encoding::windows_1252;
use crate::model::unguarded;

/// A cell's text, with what was needed to read it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CellText<'a> {
    /// Without quotes and without white space around it.
    pub(crate) text: &'a str,
    /// False when the bytes are not UTF-8 and were read as Windows-1252.
    pub(crate) in_encoding: bool,
}

/// Reads a raw cell. `scratch` holds the text where it differs from the bytes of the file.
#[inline]
pub(crate) fn cell_text<'a>(raw: &'a [u8], scratch: &'a mut String) -> CellText<'a> {
    if raw.is_empty() {
        return CellText { text: "", in_encoding: true };
    }
    let mut inner = raw;
    if raw[0] == b'"' {
        inner = &raw[1..];
        let closing = memchr::memchr(b'"', inner);
        match closing {
            Some(closing) if closing + 1 == inner.len() => inner = &inner[..closing],
            Some(closing) => return unescaped(inner, closing, scratch),
            None => {}
        }
    }
    match std::str::from_utf8(inner) {
        Ok(text) => CellText { text: trimmed(text), in_encoding: true },
        Err(_) => as_windows_1252(inner, scratch),
    }
}

/// Most cells begin and end with a visible ASCII character; only the others need a look at what white space is.
#[inline]
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        // The apostrophe that keeps a spreadsheet from computing a text is no part of it.
        [b'\'', ..] => unguarded(text.trim()).trim(),
        [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

/// Takes doubled quotes for one and drops the closing quote; text after it belongs to the cell.
fn unescaped<'a>(inner: &[u8], first_quote: usize, scratch: &'a mut String) -> CellText<'a> {
    let mut plain = Vec::with_capacity(inner.len());
    let mut rest = inner;
    let mut quote = Some(first_quote);
    let mut closed = false;
    while let Some(at) = quote {
        plain.extend_from_slice(&rest[..at]);
        let doubled = rest.get(at + 1) == Some(&b'"');
        if closed || doubled {
            plain.push(b'"');
        }
        rest = &rest[at + 1 + usize::from(doubled && !closed)..];
        closed |= !doubled;
        quote = memchr::memchr(b'"', rest);
    }
    plain.extend_from_slice(rest);
    match String::from_utf8(plain) {
        Ok(text) => {
            *scratch = text;
            CellText { text: trimmed(scratch), in_encoding: true }
        }
        Err(error) => as_windows_1252(error.as_bytes(), scratch),
    }
}

fn as_windows_1252<'a>(bytes: &[u8], scratch: &'a mut String) -> CellText<'a> {
    scratch.clear();
    scratch.extend(bytes.iter().map(|&byte| windows_1252(byte)));
    CellText { text: trimmed(scratch), in_encoding: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &[u8]) -> String {
        let mut scratch = String::new();
        cell_text(raw, &mut scratch).text.to_owned()
    }

    #[test]
    fn quotes_are_taken_off() {
        for (raw, text) in [
            (&b"plain"[..], "plain"),
            (b"", ""),
            (b"\"\"", ""),
            (b"\"", ""),
            (b"\"a,b\"", "a,b"),
            (b"\"say \"\"hi\"\"\"", "say \"hi\""),
            (b"\"\"\"\"", "\""),
            (b"\"closed\" and on", "closed and on"),
            (b"\"closed\" \"again\"", "closed \"again\""),
            (b"\"never closed", "never closed"),
            (b"  spaces  ", "spaces"),
            (b"5\" screen", "5\" screen"),
            (b"'=SUM(A1)", "=SUM(A1)"),
            (b"'-5", "-5"),
            (b"\"'+say \"\"hi\"\"\"", "+say \"hi\""),
            (b"'quoted'", "'quoted'"),
        ] {
            assert_eq!(read(raw), text, "{raw:?}");
        }
    }

    #[test]
    fn bytes_outside_utf_8_are_read_as_windows_1252() {
        let mut scratch = String::new();
        let cell = cell_text(b"caf\xe9 \x80", &mut scratch);
        assert_eq!(cell, CellText { text: "café €", in_encoding: false });
    }
}
