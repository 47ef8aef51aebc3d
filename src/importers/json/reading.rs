//! A JSON format: the arrays it reads, the keys it is known by, and one function that turns an element into records.
//!
//! What all of them have in common is here: elements one by one, those that are no JSON, the account of the rows.

use serde::Deserialize;

use super::{JsonElement, JsonElements, JsonHead, JsonRest, element_error};
use crate::importers::gathering::Gathering;
use crate::importers::{Confidence, FileHead, ImportError, ImportSettings, Imported, Reading};

/// What tells a format: keys of the document, and keys in the elements of one of its arrays. All of a shape must fit.
#[derive(Debug, Clone, Copy)]
pub(in crate::importers) struct Shape {
    /// How sure it makes.
    pub(in crate::importers) score: u8,
    /// Paths from the top, as [`JsonHead::has`] takes them.
    pub(in crate::importers) document: &'static [&'static str],
    /// Paths within an element of one of the arrays: `fields.status`, `iid`.
    pub(in crate::importers) element: &'static [&'static str],
    /// Paths within an element that must not be there.
    pub(in crate::importers) without: &'static [&'static str],
    /// Texts within an element, and what they must contain.
    pub(in crate::importers) saying: &'static [(&'static str, &'static str)],
}

impl Shape {
    /// A shape that asks for nothing and fits nothing: for `..Shape::NONE`.
    pub(in crate::importers) const NONE: Self =
        Self { score: 0, document: &[], element: &[], without: &[], saying: &[] };

    /// Elements that have all these keys.
    pub(in crate::importers) const fn of(score: u8, element: &'static [&'static str]) -> Self {
        Self { score, element, ..Self::NONE }
    }

    /// What of the file fits, in words; empty when it does not.
    fn evidence(&self, head: &JsonHead, arrays: &[&str]) -> String {
        if self.score == 0 || !self.document.iter().all(|path| head.has(path)) {
            return String::new();
        }
        let in_elements = self.element.len() + self.without.len() + self.saying.len() > 0;
        let prefix =
            in_elements.then(|| arrays.iter().flat_map(|array| prefixes(array)).find(|at| self.fits(head, at)));
        let Some(prefix) = prefix.unwrap_or_else(|| Some(String::new())) else { return String::new() };
        let document = self.document.iter().map(|path| (*path).to_owned());
        let element = self.element.iter().map(|key| format!("{prefix}{key}"));
        let saying = self.saying.iter().map(|(key, text)| format!("{prefix}{key} ({text})"));
        let keys: Vec<String> = document.chain(element).chain(saying).map(|key| format!("\"{key}\"")).collect();
        format!("keys {}", keys.join(", "))
    }

    fn fits(&self, head: &JsonHead, prefix: &str) -> bool {
        let path = |key: &str| format!("{prefix}{key}");
        self.element.iter().all(|key| head.has(&path(key)))
            && !self.without.iter().any(|key| head.has(&path(key)))
            && self.saying.iter().all(|(key, text)| head.text_at(&path(key)).is_some_and(|found| found.contains(text)))
    }
}

/// What stands before the keys of an array's elements. The elements of `""` are those of a list, or whole documents.
fn prefixes(array: &str) -> Vec<String> {
    if array.is_empty() { vec!["[].".into(), String::new()] } else { vec![format!("{array}[].")] }
}

/// Turns an element into a work item or records; an error is the reason why it is refused.
pub(in crate::importers) type ElementFunction = fn(&JsonElement<'_>, &mut Gathering) -> Result<(), String>;

/// A format whose elements can be read on their own.
pub(in crate::importers) struct JsonFormat {
    /// Detection: the surest shape that fits counts.
    pub(in crate::importers) shapes: &'static [Shape],
    /// The arrays that are read, as [`JsonElements::new`] takes them.
    pub(in crate::importers) arrays: &'static [&'static str],
    /// What an element becomes. Each one is a row of the account.
    pub(in crate::importers) element: ElementFunction,
    /// Looks at what stands outside of the arrays, once all elements are read.
    pub(in crate::importers) finish: fn(&JsonRest, &mut Gathering),
}

impl JsonFormat {
    /// How sure it is that a file is of this format, and by which keys.
    pub(in crate::importers) fn detect(&self, head: &FileHead<'_>) -> Confidence {
        detect(head, self.shapes, self.arrays)
    }

    /// Begins to read a file.
    #[allow(clippy::unnecessary_wraps, reason = "an importer's start may fail")]
    pub(in crate::importers) fn start(
        &'static self,
        settings: &ImportSettings,
    ) -> Result<Box<dyn Reading>, ImportError> {
        Ok(start(self.arrays, Box::new(self), settings))
    }
}

/// For formats that need nothing of the rest.
pub(in crate::importers) fn no_rest(_: &JsonRest, _: &mut Gathering) {}

/// The surest of the shapes that fit a file.
pub(in crate::importers) fn detect(head: &FileHead<'_>, shapes: &[Shape], arrays: &[&str]) -> Confidence {
    let Some(json) = JsonHead::of(head.text, head.complete) else { return Confidence::NONE };
    let fitting = shapes.iter().map(|shape| (shape.score, shape.evidence(&json, arrays)));
    let best = fitting.filter(|(_, evidence)| !evidence.is_empty()).max_by_key(|(score, _)| *score);
    best.map_or(Confidence::NONE, |(score, evidence)| Confidence { score, evidence })
}

/// Reads elements of a format that must remember something from one to the next.
pub(in crate::importers) trait ElementReader {
    /// Whether the elements of this array are rows. Those that are not are not counted; a reader that puts them off calls
    /// [`Gathering::begin_row`] and [`Gathering::end_row`] itself when it makes rows of them.
    fn is_row(&self, _path: &str) -> bool {
        true
    }

    /// Reads one element. An error refuses the row; for one that is no row it is left to a warning of the reader's own.
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String>;

    /// All elements are read; `rest` is what stands outside of the arrays.
    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering);
}

impl ElementReader for &'static JsonFormat {
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        (self.element)(element, to)
    }

    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        (self.finish)(rest, to);
    }
}

/// Begins to read the elements of these arrays.
pub(in crate::importers) fn start(
    arrays: &[&str],
    reader: Box<dyn ElementReader>,
    settings: &ImportSettings,
) -> Box<dyn Reading> {
    Box::new(JsonReading {
        elements: JsonElements::new(arrays),
        rows: Rows { reader, gathering: Gathering::new(settings) },
    })
}

/// An element as a record of the source; the error is the reason to refuse it, with the line where it is broken.
pub(in crate::importers) fn parsed<'a, T: Deserialize<'a>>(element: &JsonElement<'a>) -> Result<T, String> {
    serde_json::from_slice(element.bytes).map_err(|error| {
        let refused = element_error(element, &error);
        if refused.line == element.line {
            refused.reason
        } else {
            format!("on line {}: {}", refused.line, refused.reason)
        }
    })
}

struct JsonReading {
    elements: JsonElements,
    rows: Rows,
}

struct Rows {
    reader: Box<dyn ElementReader>,
    gathering: Gathering,
}

impl Rows {
    fn add(&mut self, element: &JsonElement<'_>) {
        if !self.reader.is_row(element.path) {
            self.gathering.look_at(element.line);
            // The reader has warned of what it could not use.
            let _ = self.reader.element(element, &mut self.gathering);
            return;
        }
        self.gathering.begin_row(element.line);
        let outcome = self.reader.element(element, &mut self.gathering);
        self.gathering.end_row(outcome);
    }
}

impl Reading for JsonReading {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        let Self { elements, rows } = self;
        elements.push(chunk, &mut |element| {
            rows.add(&element);
            Ok(())
        })
    }

    fn rows(&self) -> u64 {
        self.rows.gathering.report.rows_read
    }

    fn finish(self: Box<Self>) -> Result<Imported, ImportError> {
        let Self { elements, mut rows } = *self;
        let rest = elements.finish(&mut |element| {
            rows.add(&element);
            Ok(())
        })?;
        let Rows { reader, mut gathering } = rows;
        reader.finish(&rest, &mut gathering);
        if gathering.report.rows_read == 0 {
            return Err(ImportError::Empty);
        }
        gathering.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Calendar, TextField};

    #[derive(Deserialize)]
    struct Card<'a> {
        key: &'a str,
    }

    fn card(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let card: Card<'_> = parsed(element)?;
        to.item.text(TextField::Key, card.key);
        to.keep_item()
    }

    static CARDS: JsonFormat = JsonFormat {
        shapes: &[
            Shape::of(90, &["key", "list"]),
            Shape { score: 95, document: &["board"], element: &["key"], ..Shape::NONE },
            Shape {
                score: 70,
                element: &["key"],
                without: &["list"],
                saying: &[("url", "cards.example")],
                ..Shape::NONE
            },
        ],
        arrays: &["", "cards"],
        element: card,
        finish: |rest, to| to.note(format!("{}", rest.first().is_some())),
    };

    fn detected(text: &str) -> (u8, String) {
        let found = CARDS.detect(&FileHead { name: "a.json", text, complete: true });
        (found.score, found.evidence)
    }

    #[test]
    fn shapes_are_looked_for_in_every_array() {
        for (text, score, evidence) in [
            (r#"[{"key":"A","list":1}]"#, 90, r#"keys "[].key", "[].list""#),
            ("{\"key\":\"A\",\"list\":1}\n{}", 90, r#"keys "key", "list""#),
            (r#"{"cards":[{"list":1,"key":"A"}]}"#, 90, r#"keys "cards[].key", "cards[].list""#),
            (r#"{"board":1,"cards":[{"list":1,"key":"A"}]}"#, 95, r#"keys "board", "cards[].key""#),
            (r#"[{"key":"A","url":"https://cards.example/1"}]"#, 70, r#"keys "[].key", "[].url (cards.example)""#),
            (r#"[{"key":"A","url":"https://other.example/1"}]"#, 0, ""),
            (r#"{"other":[{"key":"A","list":1}]}"#, 0, ""),
            ("key,list", 0, ""),
        ] {
            assert_eq!(detected(text), (score, evidence.to_owned()), "{text}");
        }
    }

    fn read(text: &str) -> Result<Imported, ImportError> {
        let mut reading = CARDS.start(&ImportSettings::new(Calendar::default()))?;
        reading.push(text.as_bytes())?;
        reading.finish()
    }

    #[test]
    fn every_element_is_accounted_for() {
        let Imported { dataset, report } =
            read("{\"board\":1,\"cards\":[{\"key\":\"A\"},\n{\"key\":3},\n{\"key\":\"A\"},{\"key\":\"B\"},{\n\"key\" \"C\"}]}")
                .expect("readable");
        assert_eq!((dataset.len(), report.rows_read, report.kept, report.repeated), (2, 5, 2, 1));
        let lines: Vec<u64> = report.refused.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3]);
        assert!(report.refused[1].reason.starts_with("on line 4: element 5 of \"cards\""), "{:?}", report.refused);
        assert_eq!(report.decisions, ["true"]);
    }

    #[test]
    fn nothing_to_read_is_said() {
        assert_eq!(read(r#"{"cards":[]}"#), Err(ImportError::Empty));
    }
}
