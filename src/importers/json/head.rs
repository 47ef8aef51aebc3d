//! The shape of a JSON file, told from its first bytes: for detection.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::unescaped;
use super::scan::StringScan;

/// Bytes looked at.
const LONGEST_HEAD: usize = 64 << 10;
/// Levels whose keys are noted; what lies deeper is walked over.
const NOTED_LEVELS: usize = 16;
/// A path longer than this is not noted.
const LONGEST_PATH: usize = 256;
/// Paths noted; objects with an id as each key would fill the memory otherwise.
const MOST_PATHS: usize = 4096;
/// Characters kept of a text.
const LONGEST_TEXT: usize = 200;
/// Bytes of a text that are looked at: escapes take up to six bytes a character.
const LONGEST_RAW: usize = 6 * LONGEST_TEXT;

/// What a JSON file is at its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::importers) enum JsonKind {
    /// `[…]`.
    Array,
    /// `{…}`; also JSON lines of which the first is longer than the head.
    Object,
    /// Several values one after another, mostly one a line.
    Lines,
}

/// The shape of a JSON file as far as its beginning shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::importers) struct JsonHead {
    /// What stands at the top.
    pub(in crate::importers) kind: JsonKind,
    paths: BTreeSet<String>,
    texts: BTreeMap<String, String>,
}

impl JsonHead {
    /// Looks at the beginning of a file, without a byte-order mark, cut anywhere unless `complete`. `None` when it is
    /// not JSON, or neither an object nor an array. A file that is damaged further on is told by what stands before.
    pub(in crate::importers) fn of(text: &str, complete: bool) -> Option<Self> {
        let mut end = text.len().min(LONGEST_HEAD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let complete = complete && end == text.len();
        let mut walk = Walk { bytes: &text.as_bytes()[..end], ..Walk::default() };
        let broken = match walk.run() {
            Stop::Cut => complete && !walk.stack.is_empty(),
            Stop::NotJson => true,
        };
        if broken && walk.paths.is_empty() {
            return None;
        }
        let kind = if walk.values > 1 { JsonKind::Lines } else { walk.kind? };
        Some(Self { kind, paths: walk.paths, texts: walk.texts })
    }

    /// Whether a value stands at this path: keys joined by dots, `[]` for any element of a list
    /// (`issues[].fields.status`, `[].number`; JSON lines are asked like a single object).
    pub(in crate::importers) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// All paths that [`Self::has`] knows.
    pub(in crate::importers) fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(String::as_str)
    }

    /// The first text at this path, at most 200 characters of it.
    pub(in crate::importers) fn text_at(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }
}

/// Why a walk ended.
enum Stop {
    /// At the end of the bytes.
    Cut,
    NotJson,
}

/// A list or object that is open.
struct Open {
    object: bool,
    /// Length of the path that leads to its values.
    path: usize,
    /// False as long as it is empty.
    filled: bool,
}

#[derive(Default)]
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    stack: Vec<Open>,
    /// Path of the value at hand.
    path: String,
    /// Values at the top that have begun.
    values: usize,
    kind: Option<JsonKind>,
    paths: BTreeSet<String>,
    texts: BTreeMap<String, String>,
}

impl<'a> Walk<'a> {
    fn run(&mut self) -> Stop {
        loop {
            if let Err(stop) = self.step() {
                return stop;
            }
        }
    }

    /// Reads one member, element or closing bracket.
    fn step(&mut self) -> Result<(), Stop> {
        let first = self.token()?;
        let Some(open) = self.stack.last_mut() else {
            self.path.clear();
            self.values += 1;
            return self.value(first);
        };
        let (object, path, filled) = (open.object, open.path, open.filled);
        if first == if object { b'}' } else { b']' } {
            self.at += 1;
            self.stack.pop();
            return Ok(());
        }
        open.filled = true;
        if filled {
            if first != b',' {
                return Err(Stop::NotJson);
            }
            self.at += 1;
        }
        self.path.truncate(path);
        if object {
            if self.token()? != b'"' {
                return Err(Stop::NotJson);
            }
            let key = self.string()?;
            if self.token()? != b':' {
                return Err(Stop::NotJson);
            }
            self.at += 1;
            self.enter(key);
        }
        let first = self.token()?;
        self.value(first)
    }

    /// The next byte that is not white space.
    fn token(&mut self) -> Result<u8, Stop> {
        let rest = &self.bytes[self.at..];
        let skipped = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).ok_or(Stop::Cut)?;
        self.at += skipped;
        Ok(rest[skipped])
    }

    /// The text between quotes, still escaped.
    fn string(&mut self) -> Result<&'a [u8], Stop> {
        let rest = &self.bytes[self.at..];
        let length = StringScan::default().advance(rest).ok_or(Stop::Cut)?;
        self.at += length;
        Ok(&rest[1..length - 1])
    }

    fn value(&mut self, first: u8) -> Result<(), Stop> {
        match first {
            b'{' | b'[' => {
                let object = first == b'{';
                if self.stack.is_empty() && self.kind.is_none() {
                    self.kind = Some(if object { JsonKind::Object } else { JsonKind::Array });
                }
                self.at += 1;
                self.note();
                if !object && self.stack.len() < NOTED_LEVELS {
                    self.path.push_str("[]");
                }
                self.stack.push(Open { object, path: self.path.len(), filled: false });
                Ok(())
            }
            // Only objects and lists make a file worth asking.
            _ if self.kind.is_none() => Err(Stop::NotJson),
            b'"' => {
                let rest = &self.bytes[self.at + 1..];
                let string = self.string();
                self.note();
                self.note_text(string.as_ref().unwrap_or(&rest));
                string.map(|_| ())
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                let rest = &self.bytes[self.at..];
                let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"+-.".contains(byte));
                let token = &rest[..length.unwrap_or(rest.len())];
                self.at += token.len();
                if length.is_some() && serde_json::from_slice::<serde::de::IgnoredAny>(token).is_err() {
                    return Err(Stop::NotJson);
                }
                self.note();
                length.map(|_| ()).ok_or(Stop::Cut)
            }
            _ => Err(Stop::NotJson),
        }
    }

    /// Adds a key to the path.
    fn enter(&mut self, raw: &[u8]) {
        if self.stack.len() > NOTED_LEVELS || raw.len() > LONGEST_PATH {
            // Neither this value nor what lies in it is noted: the path is full.
            self.path.push_str(&" ".repeat(LONGEST_PATH + 1));
            return;
        }
        if !self.path.is_empty() {
            self.path.push('.');
        }
        self.path.push_str(&unescaped(raw).unwrap_or_default());
    }

    fn is_noted(&self) -> bool {
        self.stack.len() <= NOTED_LEVELS && self.path.len() <= LONGEST_PATH && self.paths.len() < MOST_PATHS
    }

    fn note(&mut self) {
        if !self.stack.is_empty() && self.is_noted() && !self.paths.contains(&self.path) {
            self.paths.insert(self.path.clone());
        }
    }

    fn note_text(&mut self, raw: &[u8]) {
        if self.is_noted() && !self.texts.contains_key(&self.path) {
            self.texts.insert(self.path.clone(), beginning(raw));
        }
    }
}

/// The first characters of a text between quotes. Where it is cut, an escape or a character may be cut as well: then it
/// ends before that.
fn beginning(raw: &[u8]) -> String {
    let longest = raw.len().min(LONGEST_RAW);
    // An escaped surrogate pair takes twelve bytes.
    let text = (longest.saturating_sub(12)..=longest).rev().find_map(|length| unescaped(&raw[..length]));
    text.unwrap_or_default().chars().take(LONGEST_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#" {"total": 2, "issues": [{"key": "AB-1", "fields": {"status": {"name": "To\u0020Do \"x\""}, "System.Id": 1, "tags": [["a"]]}}, {"key": "AB-2"}], "end": null} "#;

    #[test]
    fn paths_and_texts_are_found() {
        let head = JsonHead::of(PAGE, true).expect("JSON");
        assert_eq!(head.kind, JsonKind::Object);
        for path in ["total", "issues", "issues[]", "issues[].fields.status.name", "issues[].fields.System.Id", "end"] {
            assert!(head.has(path), "{path} of {head:?}");
        }
        assert!(!head.has("issues[].status") && !head.has(""));
        assert_eq!(head.text_at("issues[].key"), Some("AB-1"));
        assert_eq!(head.text_at("issues[].fields.status.name"), Some("To Do \"x\""));
        assert_eq!(head.text_at("issues[].fields.tags[][]"), Some("a"));
        assert_eq!(head.text_at("total"), None);
    }

    #[test]
    fn a_cut_never_fails_and_never_adds() {
        let whole = JsonHead::of(PAGE, true).expect("JSON");
        for end in 2..PAGE.len() {
            let head = JsonHead::of(&PAGE[..end], false).unwrap_or_else(|| panic!("{}", &PAGE[..end]));
            assert_eq!(head.kind, JsonKind::Object);
            assert!(head.paths.is_subset(&whole.paths), "{head:?}");
        }
    }

    #[test]
    fn the_kind_is_what_stands_at_the_top() {
        for (text, kind) in [
            ("[]", Some(JsonKind::Array)),
            ("[1,2]", Some(JsonKind::Array)),
            ("{}", Some(JsonKind::Object)),
            ("{\"a\":1}\n{\"a\":2}\n", Some(JsonKind::Lines)),
            ("{\"a\":1}{", Some(JsonKind::Lines)),
            ("{\"a\":[1,2,x", Some(JsonKind::Object)),
            ("", None),
            ("12", None),
            ("\"Summary\",\"Key\"", None),
            ("[Draft] title;key", None),
            ("{\\rtf1", None),
            ("{key: 1}", None),
            ("[", None),
        ] {
            assert_eq!(JsonHead::of(text, true).map(|head| head.kind), kind, "{text}");
        }
        assert_eq!(JsonHead::of("[", false).map(|head| head.kind), Some(JsonKind::Array));
    }

    #[test]
    fn deep_nesting_and_huge_strings_are_survived() {
        assert!(JsonHead::of(&"[".repeat(100_000), false).is_some());
        assert!(JsonHead::of(&"{\"a\":".repeat(20_000), false).expect("JSON").paths.len() <= NOTED_LEVELS);
        let huge = format!("{{\"a\":\"{}", "é\\n".repeat(100_000));
        let head = JsonHead::of(&huge, false).expect("JSON");
        assert_eq!(head.text_at("a").map(|text| text.chars().count()), Some(LONGEST_TEXT));
        let surrogates = format!("{{\"a\":\"{}", "\\ud83d\\ude00".repeat(10_000));
        let text = JsonHead::of(&surrogates, false).expect("JSON");
        assert!(text.text_at("a").is_some_and(|text| text.starts_with('\u{1F600}')));
        let keys: String =
            (0..9000).flat_map(|number| ["\"k".to_owned(), number.to_string(), "\":1,".to_owned()]).collect();
        assert!(JsonHead::of(&format!("{{{keys}"), false).expect("JSON").paths.len() <= MOST_PATHS);
        let long = format!("{{\"{}\":1,\"b\":2}}", "k".repeat(10_000));
        assert!(JsonHead::of(&long, true).is_some_and(|head| head.has("b") && head.paths.len() == 1));
    }
}
