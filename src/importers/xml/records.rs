//! The records of a document: elements at given paths, one at a time.

use std::collections::BTreeMap;

use super::element::XmlElement;
use super::tokens::{Token, Tokens, damaged};
use crate::importers::ImportError;

/// A document nested deeper is refused: no tracker does that, and it would fill the stack.
pub(super) const DEEPEST: usize = 64;
/// A record that takes more bytes than this is refused.
pub(super) const LARGEST_RECORD: usize = 16 << 20;

/// Kinds of elements left out that are counted.
const MOST_LEFT_OUT: usize = 200;

/// What an importer wants of a document.
#[derive(Debug, Clone, Copy)]
pub(in crate::importers) struct XmlShape {
    /// Paths of the elements that are records, from the root: `rss/channel/item`. None lies within another.
    pub(in crate::importers) records: &'static [&'static str],
    /// Names of elements within records that are left out with all they hold, so that they take no memory.
    pub(in crate::importers) left_out: &'static [&'static str],
}

/// One record.
#[derive(Debug)]
pub(in crate::importers) struct XmlRecord<'a> {
    /// Its path, as [`XmlShape`] names it.
    pub(in crate::importers) path: &'static str,
    /// Line of the file on which it begins, from 1.
    pub(in crate::importers) line: u64,
    /// `None` when it takes more than 16 MiB.
    pub(in crate::importers) element: Option<&'a XmlElement>,
}

/// Where records go.
pub(super) type OnRecord<'a> = &'a mut dyn FnMut(XmlRecord<'_>);

/// Splits a document into its records while it streams by.
pub(super) struct XmlRecords {
    tokens: Tokens,
    walk: Walk,
}

impl XmlRecords {
    pub(super) fn new(shape: &'static XmlShape) -> Self {
        let walk = Walk {
            shape,
            open: Vec::new(),
            path: String::new(),
            record: None,
            left_out_from: None,
            left_out: BTreeMap::new(),
        };
        Self { tokens: Tokens::default(), walk }
    }

    /// Reads the next bytes, cut anywhere. After an error the reader is of no further use.
    pub(super) fn push(&mut self, chunk: &[u8], on_record: OnRecord<'_>) -> Result<(), ImportError> {
        let Self { tokens, walk } = self;
        tokens.push(chunk, &mut |token, line| walk.take(token, line, on_record))
    }

    /// Ends the document.
    pub(super) fn finish(mut self, on_record: OnRecord<'_>) -> Result<Ending, ImportError> {
        let Self { tokens, walk } = &mut self;
        tokens.finish(&mut |token, line| walk.take(token, line, on_record))?;
        if let Some((name, _)) = walk.open.last() {
            let what = format!("the file ends before </{name}>, so a part of it is missing");
            return Err(damaged(tokens.last_line(), what));
        }
        Ok(Ending {
            bad_lines: self.tokens.bad_lines,
            bad_places: self.tokens.bad_places,
            left_out: self.walk.left_out,
        })
    }
}

/// What is known of a document when it has ended.
pub(super) struct Ending {
    /// Lines with bytes that are not UTF-8.
    pub(super) bad_lines: Vec<u64>,
    /// How many such places there are.
    pub(super) bad_places: u64,
    /// How many elements of records were left out, by their path from the record's own name.
    pub(super) left_out: BTreeMap<String, u64>,
}

/// A record being read.
struct Open {
    path: &'static str,
    line: u64,
    /// Number of open elements outside of it.
    depth: usize,
    /// It and the elements open in it; empty when it has become too large.
    elements: Vec<XmlElement>,
    size: usize,
}

/// The way through the document.
struct Walk {
    shape: &'static XmlShape,
    /// Names of the open elements with their prefixes, and the length of `path` before each.
    open: Vec<(String, usize)>,
    /// Names of the open elements without prefixes, joined by `/`.
    path: String,
    record: Option<Open>,
    /// Number of open elements outside of one that is left out.
    left_out_from: Option<usize>,
    left_out: BTreeMap<String, u64>,
}

impl Walk {
    fn take(&mut self, token: Token<'_>, line: u64, on_record: OnRecord<'_>) -> Result<(), ImportError> {
        match token {
            Token::Start(start, empty) => {
                let name = start.name().as_ref().to_owned();
                self.begin(&name, start.local_name().as_ref(), line)?;
                self.begin_element(&start, line);
                if empty {
                    self.end(&name, line, on_record)?;
                }
                Ok(())
            }
            Token::End(name) => self.end(name, line, on_record),
            Token::Text(text) => self.text(text, line),
        }
    }

    fn begin(&mut self, name: &str, local: &str, line: u64) -> Result<(), ImportError> {
        if self.open.len() == DEEPEST {
            return Err(damaged(
                line,
                format!("elements are nested more than {DEEPEST} levels deep, which no tracker does"),
            ));
        }
        self.open.push((name.to_owned(), self.path.len()));
        if self.open.len() > 1 {
            self.path.push('/');
        }
        self.path.push_str(local);
        Ok(())
    }

    /// Begins a record, or an element of one.
    fn begin_element(&mut self, start: &quick_xml::events::BytesStart<'_>, line: u64) {
        if self.left_out_from.is_some() {
            return;
        }
        let depth = self.open.len() - 1;
        let Some(record) = &mut self.record else {
            if let Some(&path) = self.shape.records.iter().find(|path| **path == self.path) {
                self.record = Some(Open { path, line, depth, elements: Vec::new(), size: 0 });
                self.begin_in_record(XmlElement::begin(start));
            }
            return;
        };
        if self.shape.left_out.contains(&start.local_name().as_ref()) {
            self.left_out_from = Some(depth);
            let outside = record.path.rfind('/').map_or(0, |slash| slash + 1);
            let path = self.path.get(outside..).unwrap_or_default();
            if let Some(count) = self.left_out.get_mut(path) {
                *count += 1;
            } else if self.left_out.len() < MOST_LEFT_OUT {
                self.left_out.insert(path.to_owned(), 1);
            }
        } else if !record.elements.is_empty() {
            self.begin_in_record(XmlElement::begin(start));
        }
    }

    fn begin_in_record(&mut self, element: XmlElement) {
        if let Some(record) = &mut self.record {
            let size = element.own_size();
            record.elements.push(element);
            record.grow(size);
        }
    }

    fn text(&mut self, text: &str, line: u64) -> Result<(), ImportError> {
        if self.open.is_empty() {
            let white = text.len() - text.trim_start().len();
            if white == text.len() {
                return Ok(());
            }
            let line = line + memchr::memchr_iter(b'\n', &text.as_bytes()[..white]).count() as u64;
            return Err(damaged(line, "there is text outside of every element".into()));
        }
        if self.left_out_from.is_none()
            && let Some(record) = &mut self.record
            && let Some(element) = record.elements.last_mut()
        {
            element.add_text(text);
            record.grow(text.len());
        }
        Ok(())
    }

    fn end(&mut self, name: &str, line: u64, on_record: OnRecord<'_>) -> Result<(), ImportError> {
        let Some((opened, path)) = self.open.pop() else {
            return Err(damaged(line, format!("</{name}> closes an element that was never opened")));
        };
        if opened != name {
            return Err(damaged(line, format!("</{name}> stands where </{opened}> is expected")));
        }
        self.path.truncate(path);
        let depth = self.open.len();
        if let Some(from) = self.left_out_from {
            if from == depth {
                self.left_out_from = None;
            }
            return Ok(());
        }
        let Some(record) = &mut self.record else { return Ok(()) };
        let element = record.elements.pop();
        if record.depth == depth {
            on_record(XmlRecord { path: record.path, line: record.line, element: element.as_ref() });
            self.record = None;
        } else if let (Some(parent), Some(element)) = (record.elements.last_mut(), element) {
            parent.add_child(element);
        }
        Ok(())
    }
}

impl Open {
    /// Accounts for more bytes; a record that is too large is dropped at once.
    fn grow(&mut self, bytes: usize) {
        self.size += bytes;
        if self.size > LARGEST_RECORD {
            self.elements = Vec::new();
        }
    }
}
