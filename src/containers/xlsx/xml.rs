//! XML as the workbook's parts use it: elements by local name, and text. No entity is expanded but those every XML has.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// No workbook nests deeper; a hostile one might.
const DEEPEST: usize = 256;

/// What comes next in a document.
pub(super) enum Node<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// The element of this local name ends.
    Close(String),
    /// Text between elements.
    Text(Cow<'a, str>),
}

/// The beginning of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its namespace prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    /// An attribute by its name without prefix; `None` when absent or unreadable.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // Comparing each with each would take a hostile file's time squared.
        let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// A document, node by node.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next node; `None` at the end. Errors are words.
    pub(super) fn next(&mut self) -> Result<Option<Node<'a>>, String> {
        loop {
            let event =
                self.reader.read_event().map_err(|error| format!("byte {}: {error}", self.reader.error_position()))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(format!("elements nest deeper than {DEEPEST}"));
                    }
                    Node::Open(Element(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(end.local_name().as_ref().to_owned())
                }
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(name) => {
                    Node::Text(Cow::Owned(meaning(&name, name.resolve_char_ref().ok().flatten())))
                }
                Event::DocType(_) => return Err("it declares a document type, which no workbook does".to_owned()),
                Event::Eof if self.depth > 0 => return Err("it breaks off".to_owned()),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

/// What a reference stands for; an unknown one stands for itself.
fn meaning(name: &str, character: Option<char>) -> String {
    match (name, character) {
        (_, Some(character)) => character.to_string(),
        ("amp", _) => "&".to_owned(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        (name, None) => format!("&{name};"),
    }
}
