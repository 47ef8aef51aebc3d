//! XML by streaming: chunks of a document to the elements that an importer calls records. Knows nothing of any tracker.
//!
//! Names count without their namespace's prefix. Nothing outside the file is ever read, and entities that a DTD declares are
//! left as they are written: `&lol9;` stays five letters. One record is in memory at a time.

mod columns;
mod element;
mod head;
mod reading;
mod records;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod tokens;

pub(in crate::importers) use {
    columns::NamedField,
    element::XmlElement,
    head::XmlHead,
    reading::{XmlFormat, XmlReading},
    records::XmlShape,
};
