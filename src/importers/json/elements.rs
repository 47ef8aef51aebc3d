//! A JSON document in chunks of any size becomes the elements of the arrays an importer wants.
//!
//! The way to the wanted arrays is followed token by token; every other value is only looked through for its end
//! ([`super::scan`]). One document, JSON lines and values written one after another are read alike.

use super::paths::{Fitting, Paths};
use super::rest::{JsonRest, Rest, reason};
use super::scan::{DEEPEST, Scan, StringScan, ValueScan};
use crate::importers::{ImportError, RefusedRow};

/// An element longer than this is refused.
pub(super) const LONGEST_ELEMENT: usize = 64 << 20;
/// No wanted key is longer, so that the rest of a longer one need not be held.
const LONGEST_KEY: usize = 4096;

/// One element of a wanted array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::importers) struct JsonElement<'a> {
    /// Which of the wanted arrays, as it was given to [`JsonElements::new`].
    pub(in crate::importers) path: &'a str,
    /// The element's JSON text. That its brackets close is known, nothing else.
    pub(in crate::importers) bytes: &'a [u8],
    /// Line of the file on which it begins, from 1.
    pub(in crate::importers) line: u64,
    /// Which element of its path it is, from 1; over all documents of the file.
    pub(in crate::importers) position: u64,
}

/// Where elements go.
type OnElement<'a> = &'a mut dyn FnMut(JsonElement<'_>) -> Result<(), ImportError>;

/// The refused row for an element that `serde_json` could not read.
pub(in crate::importers) fn element_error(element: &JsonElement<'_>, error: &serde_json::Error) -> RefusedRow {
    let place = if element.path.is_empty() { "the file".to_owned() } else { format!("\"{}\"", element.path) };
    // At column 0 the line break before it was too early.
    let within = error.line().saturating_sub(1 + usize::from(error.column() == 0)) as u64;
    let character = match (error.line(), error.column()) {
        (_, 0) => "at the end of the line".to_owned(),
        (0 | 1, column) => format!("at character {column} of the element"),
        (_, column) => format!("at character {column} of the line"),
    };
    RefusedRow {
        line: element.line + within,
        reason: format!(
            "element {} of {place} could not be read: {} {character}. Export it again, or repair it in the file",
            element.position,
            reason(error),
        ),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Object(Fitting),
    /// A list whose elements may hold wanted arrays.
    List(Fitting),
    /// A wanted array.
    Wanted(usize),
}

/// What may come next outside of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// What the end of a chunk may cut.
#[derive(Debug)]
enum Inside {
    Key(StringScan),
    /// A value that is not followed further; `element` names the wanted array it belongs to, with its line.
    Value(ValueScan, Option<(usize, u64)>),
}

/// Splits a JSON document into the elements of its wanted arrays, while it streams by.
pub(in crate::importers) struct JsonElements {
    paths: Paths,
    stack: Vec<Frame>,
    expect: Expect,
    /// What fits the value that comes next.
    fitting: Fitting,
    inside: Option<Inside>,
    /// The beginning of an element or a key that a chunk's end cut.
    carry: Vec<u8>,
    rest: Rest,
    /// The document at hand is an element as a whole, unless it holds a wanted array: index of the path "" and line.
    may_be_element: Option<(usize, u64)>,
    any_value: bool,
    /// Line at `counted` in the chunk at hand.
    line: u64,
    counted: usize,
}

impl JsonElements {
    /// `arrays` names the arrays whose elements are wanted one by one, at most 64: `""` for the top-level array,
    /// `issues`, `data.repository.issues.nodes`. A step `*` fits any key; `[]` goes into a list (`[].issues`).
    ///
    /// With `""`, top-level values that are no array are elements too (JSON lines). An object is one only when none of
    /// the other paths leads to an array in it, so `["", "issues"]` reads an answer with `issues`, a bare array, JSON
    /// lines and a single object.
    pub(in crate::importers) fn new(arrays: &[&str]) -> Self {
        Self {
            paths: Paths::new(arrays),
            stack: Vec::new(),
            expect: Expect::Value,
            fitting: 0,
            inside: None,
            carry: Vec::new(),
            rest: Rest::default(),
            may_be_element: None,
            any_value: false,
            line: 1,
            counted: 0,
        }
    }

    /// Elements handed out so far.
    pub(in crate::importers) fn elements(&self) -> u64 {
        self.paths.elements()
    }

    /// Reads the next bytes, cut anywhere; every complete element goes to `on_element`. After an error the reader is of
    /// no further use.
    pub(in crate::importers) fn push(&mut self, chunk: &[u8], on_element: OnElement<'_>) -> Result<(), ImportError> {
        let mut at = 0;
        while at < chunk.len() {
            at = match self.inside.take() {
                None => self.between(chunk, at, on_element)?,
                Some(Inside::Key(scan)) => self.key(chunk, at, scan),
                Some(Inside::Value(scan, element)) => self.value(chunk, at, scan, element, on_element)?,
            };
        }
        self.rest.cut(chunk);
        self.line_at(chunk, chunk.len());
        self.counted = 0;
        Ok(())
    }

    /// Ends the file. Everything outside the wanted arrays is answered.
    pub(in crate::importers) fn finish(mut self, on_element: OnElement<'_>) -> Result<JsonRest, ImportError> {
        // A number at the top needs something after it to end.
        if self.stack.is_empty() && matches!(self.inside, Some(Inside::Value(ValueScan::Token, _))) {
            self.push(b" ", on_element)?;
        }
        if let Some(Inside::Value(_, Some((_, line)))) = self.inside {
            return Err(damaged(line, "the file ends inside the value that begins on this line".into()));
        }
        if self.inside.is_some() || !self.stack.is_empty() {
            return Err(damaged(self.line, "the file ends before its last bracket is closed".into()));
        }
        if !self.any_value {
            return Err(ImportError::Empty);
        }
        Ok(self.rest.finish())
    }

    /// Reads one token outside of values. Answers where to go on.
    fn between(&mut self, chunk: &[u8], at: usize, on_element: OnElement<'_>) -> Result<usize, ImportError> {
        let white = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let Some(skipped) = chunk[at..].iter().position(|byte| !white(byte)) else { return Ok(chunk.len()) };
        let at = at + skipped;
        let byte = chunk[at];
        let in_object = matches!(self.stack.last(), Some(Frame::Object(_)));
        match (self.expect, byte) {
            (Expect::Value | Expect::ValueOrEnd, b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                self.begin_value(chunk, at)
            }
            (Expect::Key | Expect::KeyOrEnd, b'"') => {
                self.carry.clear();
                self.inside = Some(Inside::Key(StringScan::default()));
                Ok(at)
            }
            (Expect::Colon, b':') => {
                self.expect = Expect::Value;
                Ok(at + 1)
            }
            (Expect::CommaOrEnd, b',') => {
                self.expect = if in_object { Expect::Key } else { Expect::Value };
                Ok(at + 1)
            }
            (Expect::KeyOrEnd | Expect::CommaOrEnd, b'}') if in_object => self.close(chunk, at, on_element),
            (Expect::ValueOrEnd | Expect::CommaOrEnd, b']') if !in_object => self.close(chunk, at, on_element),
            _ => Err(self.misplaced(chunk, at)),
        }
    }

    /// A value begins: follows it where a path leads into it, else looks for its end.
    fn begin_value(&mut self, chunk: &[u8], at: usize) -> Result<usize, ImportError> {
        self.any_value = true;
        let depth = self.stack.len();
        let first = chunk[at];
        if let Some(&Frame::Wanted(index)) = self.stack.last() {
            return Ok(self.look_through(chunk, at, Some(index)));
        }
        if let Some(&Frame::List(fitting)) = self.stack.last() {
            self.fitting = fitting;
        }
        if depth == 0 {
            self.fitting = self.paths.all();
        }
        let wanted = self.paths.ending(self.fitting, depth);
        let frame = match first {
            b'[' if wanted.is_some() => wanted.map(Frame::Wanted),
            b'[' => Some(self.paths.after_element(self.fitting, depth)).filter(|&inner| inner != 0).map(Frame::List),
            b'{' if self.paths.lead_into_object(self.fitting, depth) => Some(Frame::Object(self.fitting)),
            _ => None,
        };
        if depth == 0 {
            let line = self.line_at(chunk, at);
            self.may_be_element = wanted.map(|index| (index, line)).filter(|_| matches!(frame, Some(Frame::Object(_))));
            match (frame, wanted) {
                (Some(Frame::Wanted(_)), _) => {}
                (None, Some(index)) => return Ok(self.look_through(chunk, at, Some(index))),
                _ => self.rest.begin(at, line, self.may_be_element.is_some()),
            }
        }
        let Some(frame) = frame else { return Ok(self.look_through(chunk, at, None)) };
        if depth == DEEPEST {
            return Err(self.too_deep(chunk, at));
        }
        if matches!(frame, Frame::Wanted(_)) {
            self.may_be_element = None;
            self.rest.pause(chunk, at + 1);
        }
        self.expect = if first == b'{' { Expect::KeyOrEnd } else { Expect::ValueOrEnd };
        self.stack.push(frame);
        Ok(at + 1)
    }

    fn look_through(&mut self, chunk: &[u8], at: usize, element: Option<usize>) -> usize {
        let element = element.map(|index| (index, self.line_at(chunk, at)));
        self.carry.clear();
        self.inside = Some(Inside::Value(ValueScan::new(chunk[at], self.stack.len()), element));
        at
    }

    /// Reads on in a value that is not followed further.
    fn value(
        &mut self,
        chunk: &[u8],
        at: usize,
        mut scan: ValueScan,
        element: Option<(usize, u64)>,
        on_element: OnElement<'_>,
    ) -> Result<usize, ImportError> {
        let (part, ended) = match scan.advance(&chunk[at..]) {
            Scan::End(length) => (&chunk[at..at + length], true),
            Scan::Open => (&chunk[at..], false),
            Scan::TooDeep(offset) => return Err(self.too_deep(chunk, at + offset)),
        };
        let end = at + part.len();
        if let Some((index, line)) = element {
            if self.carry.len() + part.len() > LONGEST_ELEMENT {
                return Err(too_long(line));
            }
            if ended && self.carry.is_empty() {
                on_element(self.paths.element(index, part, line))?;
            } else {
                self.carry.extend_from_slice(part);
            }
            if ended && !self.carry.is_empty() {
                on_element(self.paths.element(index, &self.carry, line))?;
                self.carry.clear();
            }
        }
        if !ended {
            self.inside = Some(Inside::Value(scan, element));
            return Ok(end);
        }
        let kept = element.is_none();
        self.value_ended(chunk, end, kept, on_element)?;
        Ok(end)
    }

    /// Reads on in a key.
    fn key(&mut self, chunk: &[u8], at: usize, mut scan: StringScan) -> usize {
        let Some(length) = scan.advance(&chunk[at..]) else {
            let room = LONGEST_KEY.saturating_sub(self.carry.len());
            self.carry.extend(chunk[at..].iter().take(room));
            self.inside = Some(Inside::Key(scan));
            return chunk.len();
        };
        let part = &chunk[at..at + length];
        let quoted = if self.carry.is_empty() {
            part
        } else {
            self.carry.extend_from_slice(part);
            &self.carry
        };
        if let Some(&Frame::Object(fitting)) = self.stack.last() {
            let depth = self.stack.len() - 1;
            self.fitting = self.paths.after_key(fitting, depth, &quoted[1..quoted.len() - 1]);
        }
        self.expect = Expect::Colon;
        at + length
    }

    fn close(&mut self, chunk: &[u8], at: usize, on_element: OnElement<'_>) -> Result<usize, ImportError> {
        let closed = self.stack.pop();
        let wanted = matches!(closed, Some(Frame::Wanted(_)));
        let top = self.stack.is_empty();
        if wanted && !top {
            let line = self.line_at(chunk, at);
            self.rest.resume(at, line);
        }
        self.value_ended(chunk, at + 1, !wanted, on_element)?;
        Ok(at + 1)
    }

    /// A value ended before `end`. `kept`: its text, at the top, belongs to the rest.
    fn value_ended(
        &mut self,
        chunk: &[u8],
        end: usize,
        kept: bool,
        on_element: OnElement<'_>,
    ) -> Result<(), ImportError> {
        if !self.stack.is_empty() {
            self.expect = Expect::CommaOrEnd;
            return Ok(());
        }
        self.expect = Expect::Value;
        match self.may_be_element.take() {
            Some((index, line)) => {
                let text = self.rest.whole(chunk, end).ok_or_else(|| too_long(line))?;
                on_element(self.paths.element(index, text, line))
            }
            None if kept => self.rest.keep(chunk, end),
            None => Ok(()),
        }
    }

    /// The line that this offset of the chunk lies on; offsets never go back.
    fn line_at(&mut self, chunk: &[u8], at: usize) -> u64 {
        self.line += memchr::memchr_iter(b'\n', &chunk[self.counted..at]).count() as u64;
        self.counted = at;
        self.line
    }

    fn too_deep(&mut self, chunk: &[u8], at: usize) -> ImportError {
        let line = self.line_at(chunk, at);
        damaged(line, format!("brackets are nested more than {DEEPEST} levels deep, which no tracker does"))
    }

    fn misplaced(&mut self, chunk: &[u8], at: usize) -> ImportError {
        let line = self.line_at(chunk, at);
        let expected = match self.expect {
            Expect::Value => "a value",
            Expect::ValueOrEnd => "a value or \"]\"",
            Expect::Key => "a name in quotes",
            Expect::KeyOrEnd => "a name in quotes or \"}\"",
            Expect::Colon => "\":\"",
            Expect::CommaOrEnd => "\",\" or the closing bracket",
        };
        let found = match chunk[at] {
            byte @ b'!'..=b'~' => format!("\"{}\"", byte as char),
            byte => format!("the byte 0x{byte:02X}"),
        };
        damaged(line, format!("this is not JSON: {found} stands where {expected} should be"))
    }
}

/// A document whose elements cannot be told apart from here on.
pub(super) fn damaged(line: u64, what: String) -> ImportError {
    let next = "Export the file again and wait until it is complete; if it was edited by hand, repair that line";
    ImportError::Damaged { line, what, next: next.into() }
}

fn too_long(line: u64) -> ImportError {
    damaged(line, format!("the value that begins on this line is longer than {} MB", LONGEST_ELEMENT >> 20))
}
