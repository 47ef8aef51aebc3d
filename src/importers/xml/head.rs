//! The shape of an XML file, told from its first bytes: for detection.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::tokens::resolved;

/// Bytes looked at.
const LONGEST_HEAD: usize = 64 << 10;
/// Levels whose paths are noted.
const NOTED_LEVELS: usize = 8;
/// Paths noted.
const MOST_PATHS: usize = 1024;
/// A path longer than this is not noted.
const LONGEST_PATH: usize = 256;

/// Root and paths of the beginning of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::importers) struct XmlHead {
    root: String,
    namespace: String,
    paths: BTreeSet<String>,
}

impl XmlHead {
    /// Looks at the beginning of a file, cut anywhere. `None` when it is not XML.
    pub(in crate::importers) fn of(text: &str) -> Option<Self> {
        if !text.trim_start().starts_with('<') {
            return None;
        }
        let mut end = text.len().min(LONGEST_HEAD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reader = Reader::from_str(&text[..end]);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        let mut head = Self::default();
        // Names of the open elements; only as deep as is noted.
        let mut names: Vec<String> = Vec::new();
        let mut depth = 0_usize;
        // What is cut or damaged is told by what stands before.
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(start) => {
                    depth += 1;
                    if head.root.is_empty() {
                        start.local_name().as_ref().clone_into(&mut head.root);
                        let mut attributes = start.attributes();
                        let attributes = attributes.with_checks(false).map_while(Result::ok);
                        let mut declared = attributes.filter(|one| one.key.as_ref().starts_with("xmlns"));
                        head.namespace = declared.next().map(|one| resolved(&one.value)).unwrap_or_default();
                    }
                    if depth <= NOTED_LEVELS {
                        names.push(start.local_name().as_ref().to_owned());
                        head.note(&names.join("/"));
                    }
                }
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    names.truncate(depth);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        (!head.root.is_empty()).then_some(head)
    }

    fn note(&mut self, path: &str) {
        if path.len() <= LONGEST_PATH && self.paths.len() < MOST_PATHS && !self.paths.contains(path) {
            self.paths.insert(path.to_owned());
        }
    }

    /// The name of the first element, without prefix.
    pub(in crate::importers) fn root(&self) -> &str {
        &self.root
    }

    /// The first namespace that the root declares; empty when it declares none.
    pub(in crate::importers) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Whether an element stands at this path from the root: `rss/channel/item`.
    pub(in crate::importers) fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}
