//! The manifest of a published bundle (`data/workspace.json`), as far as the page needs it. The browser reads the JSON: its
//! reader is there anyway.

use js_sys::{Array, Date, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::publish::MANIFEST_SCHEMA;

/// What a manifest says.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// When it was made, UTC milliseconds; NaN when it does not tell.
    pub made_at: f64,
    /// Hours after which it is made again.
    pub refresh_every: Option<f64>,
    /// Only sums are published: nothing can be asked, and there are no items.
    pub only_sums: bool,
    /// Ids of the views; none = all.
    pub views: Vec<String>,
    /// Settings of the question that the answers are to, the day taken as now among them.
    pub settings: Vec<(String, String)>,
    /// The files.
    files: Vec<PublishedFile>,
}

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PublishedFile {
    /// Path from the manifest.
    pub(super) path: String,
    kind: String,
    view: String,
    /// SHA-256 of its bytes, hex; empty when not told.
    pub(super) sha256: String,
}

fn part(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

fn text(of: &JsValue, key: &str) -> String {
    part(of, key).as_string().unwrap_or_default()
}

fn list(of: &JsValue, key: &str) -> Array {
    part(of, key).dyn_into().unwrap_or_default()
}

impl Manifest {
    /// Reads a manifest; `None` when the text is none, an error when it is one of a later release.
    pub fn read(manifest: &str) -> Option<Result<Self, String>> {
        let told = JSON::parse(manifest).ok()?;
        let files: Array = part(&told, "files").dyn_into().ok()?;
        let schema = part(&told, "schema").as_f64()?;
        if schema > f64::from(MANIFEST_SCHEMA) {
            return Some(Err(format!(
                "it was written by a later version of Throughline (schema {schema}): publish the newer app with it"
            )));
        }
        let file = |file: JsValue| PublishedFile {
            path: text(&file, "path"),
            kind: text(&file, "kind"),
            view: text(&file, "view"),
            sha256: text(&file, "sha256"),
        };
        let pair = |pair: JsValue| {
            let pair: Array = pair.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        };
        let mut settings: Vec<(String, String)> = list(&told, "settings").iter().filter_map(pair).collect();
        settings.extend(part(&told, "as_of").as_string().map(|day| ("asof".to_owned(), day)));
        Some(Ok(Self {
            made_at: Date::parse(&text(&told, "generated_at")),
            refresh_every: part(&told, "refresh_every").as_f64(),
            only_sums: part(&part(&told, "redaction"), "aggregates").is_truthy(),
            views: list(&told, "views").iter().filter_map(|view| view.as_string()).collect(),
            settings,
            files: files.iter().map(file).collect(),
        }))
    }

    /// The file of a kind; for answers, that of a view.
    pub(super) fn file(&self, kind: &str, view: &str) -> Option<&PublishedFile> {
        self.files.iter().find(|file| file.kind == kind && file.view == view)
    }

    /// True when two manifests name the same files with the same content.
    pub fn is_same_data(&self, other: &Self) -> bool {
        self.files == other.files && self.settings == other.settings
    }
}

/// Where a file lies, given where its manifest does. Only beside or below it, on the same host.
pub(super) fn place_of(file: &PublishedFile, manifest: &str) -> Option<String> {
    let base = web_sys::Url::new(manifest).ok()?;
    let folder = web_sys::Url::new_with_base(".", manifest).ok()?;
    let place = web_sys::Url::new_with_base(&file.path, manifest).ok()?;
    (place.origin() == base.origin() && place.href().starts_with(&folder.href())).then(|| place.href())
}
