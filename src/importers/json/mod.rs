//! JSON by streaming: bytes to the elements of the arrays an importer names. Knows nothing of any tracker.
//!
//! The splitter only finds where elements begin and end; `serde_json` reads one element at a time, so that memory is
//! bounded by the largest element and never by the file.
#![allow(dead_code, reason = "the importers of JSON exports stand on this and come next")]

mod block;
mod elements;
mod head;
mod paths;
mod rest;
mod scan;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod suites;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
pub(in crate::importers) mod values;

#[allow(unused_imports, reason = "the importers of JSON exports stand on this and come next")]
pub(in crate::importers) use {
    elements::{JsonElement, JsonElements, element_error},
    head::{JsonHead, JsonKind},
    rest::JsonRest,
};
