//! The manifest of a published bundle (`data/workspace.json`), as far as the page needs it.

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// What a manifest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Path of the workspace, relative to the manifest; `None` when items are not published.
    workspace: Option<String>,
}

impl Manifest {
    /// Reads a manifest; `None` when the text is none.
    pub fn read(text: &str) -> Option<Self> {
        let told = JSON::parse(text).ok()?;
        let part = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).ok();
        let files: Array = part(&told, "files")?.dyn_into().ok()?;
        part(&told, "schema")?.as_f64()?;
        let kind = |file: &JsValue| part(file, "kind").and_then(|kind| kind.as_string());
        let workspace = files.iter().find(|file| kind(file).as_deref() == Some("workspace"));
        Some(Self { workspace: workspace.and_then(|file| part(&file, "path")?.as_string()) })
    }

    /// Where the workspace lies, given where the manifest does. Only beside or below it, on the same host.
    pub fn workspace_address(&self, manifest: &str) -> Option<String> {
        let base = web_sys::Url::new(manifest).ok()?;
        let place = web_sys::Url::new_with_base(self.workspace.as_deref()?, manifest).ok()?;
        (place.origin() == base.origin()).then(|| place.href())
    }
}
