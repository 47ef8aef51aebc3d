//! Texts in tables for spreadsheets: a cell that begins like a formula would be computed when the file is opened. An
//! apostrophe in front makes it text; what is read in again loses exactly that apostrophe. Numbers are never guarded.

use std::borrow::Cow;

/// True for a text that a spreadsheet would compute, also behind apostrophes and white space: reading a cell takes white space
/// off, and must find there what writing saw.
fn is_like_formula(text: &str) -> bool {
    let inner = text.trim_start_matches('\'');
    let first =
        text.trim_start_matches(|character: char| character == '\'' || character.is_whitespace()).chars().next();
    (inner.starts_with(['\t', '\r']) && !inner.trim().is_empty())
        || matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
}

/// The text of a cell, so that it stays text. Source: OWASP, "CSV Injection".
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_like_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was guarded.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(inner) if is_like_formula(inner) => inner,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text_and_reads_back() {
        for (text, written) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("'=already", "''=already"),
            ("  =1", "'  =1"),
            ("\t", "\t"),
            ("' -x", "'' -x"),
            ("'quoted'", "'quoted'"),
            ("plain", "plain"),
            ("", ""),
            ("'", "'"),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(unguarded(written), text);
        }
    }
}
