//! Bytes in chunks of any size to the tags and texts of a document.
//!
//! quick-xml reads from a text that is there as a whole. So what has arrived is read up to the last `>`; a tag, comment or
//! CDATA section that is cut there is read again when more has come.

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::importers::ImportError;
use crate::importers::encoding::windows_1252;

/// A single tag, comment or section longer than this is refused.
pub(super) const LONGEST_TOKEN: usize = 16 << 20;
/// Places of bytes that are not UTF-8, of which more are only counted.
const PLACES_KEPT: usize = 200;
const EXPORT_AGAIN: &str = "Export the file again; if it was edited by hand, undo that";

/// What a document consists of, as far as importers need it.
pub(super) enum Token<'a> {
    /// `<a …>`; `true` for `<a …/>`, which has no end.
    Start(BytesStart<'a>, bool),
    /// `</a>`, with the prefix.
    End(&'a str),
    /// Characters, with references resolved.
    Text(&'a str),
}

/// Where tokens go, with the line that each begins on.
pub(super) type OnToken<'a> = &'a mut dyn FnMut(Token<'_>, u64) -> Result<(), ImportError>;

/// The part of a document that is not yet read.
#[derive(Default)]
pub(super) struct Tokens {
    text: String,
    /// Beginning of a character that the end of a chunk cuts.
    cut: Vec<u8>,
    /// A token is cut; it is looked at again when the text is this long, so that no byte is looked at too often.
    look_again_at: usize,
    /// Line breaks before `text`, and before its end.
    lines_before: u64,
    lines_read: u64,
    /// Lines with bytes that are not UTF-8, and how many such places there are.
    pub(super) bad_lines: Vec<u64>,
    pub(super) bad_places: u64,
}

impl Tokens {
    /// Reads the next bytes, cut anywhere.
    pub(super) fn push(&mut self, chunk: &[u8], on_token: OnToken<'_>) -> Result<(), ImportError> {
        if self.cut.is_empty() {
            self.add(chunk, false);
        } else {
            let mut bytes = std::mem::take(&mut self.cut);
            bytes.extend_from_slice(chunk);
            self.add(&bytes, false);
        }
        if self.text.len() < self.look_again_at {
            return Ok(());
        }
        let end = memchr::memrchr(b'>', self.text.as_bytes()).map_or(0, |last| last + 1);
        self.read(end, false, on_token)
    }

    /// Ends the document.
    pub(super) fn finish(&mut self, on_token: OnToken<'_>) -> Result<(), ImportError> {
        let cut = std::mem::take(&mut self.cut);
        self.add(&cut, true);
        self.read(self.text.len(), true, on_token)
    }

    /// The line that the end of the text lies on, from 1.
    pub(super) fn last_line(&self) -> u64 {
        self.lines_read + 1
    }

    /// Adds bytes to the text. What is not UTF-8 is taken as Windows-1252, as in tables, and counted.
    fn add(&mut self, bytes: &[u8], last: bool) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (valid, bad) = match std::str::from_utf8(rest) {
                Ok(text) => (text, 0),
                Err(error) => {
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    let bad = match error.error_len() {
                        Some(length) => length,
                        None if last => after.len(),
                        None => {
                            after.clone_into(&mut self.cut);
                            0
                        }
                    };
                    (std::str::from_utf8(valid).unwrap_or_default(), bad)
                }
            };
            self.text.push_str(valid);
            self.lines_read += memchr::memchr_iter(b'\n', valid.as_bytes()).count() as u64;
            rest = &rest[valid.len()..];
            if bad == 0 {
                return;
            }
            self.bad_places += 1;
            if self.bad_lines.len() < PLACES_KEPT {
                self.bad_lines.push(self.lines_read + 1);
            }
            self.text.extend(rest[..bad].iter().map(|&byte| windows_1252(byte)));
            rest = &rest[bad..];
        }
    }

    /// Reads the text up to `end`, which is all of it at the end of the document.
    fn read(&mut self, end: usize, last: bool, on_token: OnToken<'_>) -> Result<(), ImportError> {
        let mut reader = Reader::from_str(&self.text[..end]);
        let config = reader.config_mut();
        // Which tag closes which is checked where the open ones are known: over all chunks.
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        // Texts with a bare "&" can be read; nothing is gained by refusing them.
        config.allow_dangling_amp = true;
        let mut line = self.lines_before + 1;
        let mut at = 0;
        let mut cut = false;
        loop {
            let event = match reader.read_event() {
                Ok(Event::Eof) => {
                    at = end;
                    break;
                }
                Ok(event) => event,
                Err(Error::Syntax(error)) if is_cut(error) && !last => {
                    cut = true;
                    break;
                }
                Err(error) => return Err(damaged(line, reason(&error))),
            };
            emit(event, line, on_token)?;
            let next = usize::try_from(reader.buffer_position()).unwrap_or(end);
            line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[at..next]).count() as u64;
            at = next;
        }
        self.lines_before = line - 1;
        self.text.drain(..at);
        if self.text.len() > LONGEST_TOKEN {
            let what = format!("a tag, comment or text that begins here is longer than {} MiB", LONGEST_TOKEN >> 20);
            return Err(damaged(line, what));
        }
        self.look_again_at = if cut { 2 * self.text.len() } else { 0 };
        Ok(())
    }
}

fn emit(event: Event<'_>, line: u64, on_token: OnToken<'_>) -> Result<(), ImportError> {
    match event {
        Event::Start(start) => on_token(Token::Start(start, false), line),
        Event::Empty(start) => on_token(Token::Start(start, true), line),
        Event::End(end) => on_token(Token::End(end.name().as_ref()), line),
        Event::Text(text) => on_token(Token::Text(&text.xml10_content()), line),
        Event::CData(text) => on_token(Token::Text(&text.xml10_content()), line),
        Event::GeneralRef(reference) => on_token(Token::Text(&character(&reference)), line),
        // A DTD is walked over: what it declares is never used.
        Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => Ok(()),
    }
}

/// The character that a reference stands for; one that only a DTD could explain stays as it is written.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    resolve_xml_entity(reference).map_or_else(|| format!("&{};", &**reference), str::to_owned)
}

/// The value of an attribute with its references resolved.
pub(super) fn resolved(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find(';') else { break };
        text.push_str(&character(&BytesRef::new(&rest[1..end])));
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    text
}

/// True for what the end of the text at hand may have cut.
const fn is_cut(error: SyntaxError) -> bool {
    !matches!(error, SyntaxError::InvalidBangMarkup)
}

fn reason(error: &Error) -> String {
    let words = match error {
        Error::Syntax(SyntaxError::InvalidBangMarkup) => {
            "a \"<!\" begins no comment, CDATA section or DOCTYPE, or the file ends there"
        }
        Error::Syntax(SyntaxError::UnclosedComment) => "the comment that begins here is never closed",
        Error::Syntax(SyntaxError::UnclosedCData) => "the CDATA section that begins here is never closed",
        Error::Syntax(SyntaxError::UnclosedDoctype) => "the DOCTYPE that begins here is never closed",
        Error::Syntax(SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl) => "a \"<?\" is never closed",
        Error::Syntax(_) => "the file ends inside the tag that begins here",
        other => return format!("this is not XML ({other})"),
    };
    words.to_owned()
}

/// A document whose parts cannot be told apart.
pub(super) fn damaged(line: u64, what: String) -> ImportError {
    ImportError::Damaged { line, what, next: EXPORT_AGAIN.into() }
}
