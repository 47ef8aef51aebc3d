//! The export worker: opens a copy of the workspace, makes one output of it and is ended.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

use super::page::Page;
use super::wire::{self, FromWorker};
use crate::engine::{Engine, Request, Response, unpack_workspace_file};
use crate::outputs::{OutputFile, OutputOrder, make};
use crate::web::WebError;

/// Makes what is ordered of the workspace among the attachments.
pub(super) fn run(page: &Page, order: &OutputOrder, attachments: &[JsValue]) {
    match made(order, attachments).and_then(|files| packed(files).map_err(|error| error.to_string())) {
        Ok(attachments) => page.tell(&FromWorker::Made, &attachments),
        Err(why) => page.tell(&FromWorker::Unmakeable(why), &[]),
    }
}

fn made(order: &OutputOrder, attachments: &[JsValue]) -> Result<Vec<OutputFile>, String> {
    if !order.needs_workspace() {
        return make(&mut Engine::default(), order).map_err(|error| error.to_string());
    }
    let workspace = attachments.first().and_then(|bytes| bytes.dyn_ref::<Uint8Array>()).map(Uint8Array::to_vec);
    let workspace = workspace.ok_or_else(|| WebError::NewVersion.to_string())?;
    let parts = unpack_workspace_file(&workspace).map_err(|error| error.to_string())?;
    drop(workspace);
    let layers = parts.layers.into_iter().map(|(_, layer)| layer).collect();
    let mut engine = Engine::default();
    if let Response::Failed(error) = engine.handle(Request::OpenWorkspace { document: parts.document, layers }) {
        return Err(error.to_string());
    }
    make(&mut engine, order).map_err(|error| error.to_string())
}

/// Names and types, then the content of each.
fn packed(files: Vec<OutputFile>) -> Result<Vec<JsValue>, WebError> {
    let list: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.mime.as_str())).collect();
    let list = wire::encode(&list)?;
    // One after another, so that no file lies here twice for longer than its copy takes.
    let contents = files.into_iter().map(|file| Uint8Array::from(file.bytes.as_slice()).into());
    Ok(std::iter::once(list.into()).chain(contents).collect())
}
