//! The imported files themselves, compressed by the browser, so that a later release can read them again.

use indexed_db_futures::prelude::*;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

use super::connection::ORIGINALS;
use super::head;
use super::saving::keys_in;
use super::store::{Store, begin_write};
use crate::web::WebError;
use crate::web::gzip::{decompressed, is_gzip, through};

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(catch, constructor)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
}

fn has(class: &str) -> bool {
    Reflect::has(&js_sys::global(), &class.into()).unwrap_or(false)
}

/// The file as gzip; as it is where the browser cannot compress.
pub async fn compress(file: &Blob) -> Result<Blob, WebError> {
    const WHAT: &str = "compress the original file";
    if !has("CompressionStream") {
        return Ok(file.clone());
    }
    let stream = CompressionStream::new("gzip").map_err(|exception| WebError::browser(WHAT, &exception))?;
    through(file, &stream, WHAT).await
}

/// The file that was compressed; as it is when it was not.
pub async fn expand(kept: &Blob) -> Result<Blob, WebError> {
    const WHAT: &str = "read the kept original file";
    if !is_gzip(kept, WHAT).await? || !has("DecompressionStream") {
        return Ok(kept.clone());
    }
    decompressed(kept, WHAT).await
}

/// The content under the name of the file it was: storage keeps the name with it.
fn named(content: Blob, file: &Blob) -> JsValue {
    let Some(original) = file.dyn_ref::<File>() else { return content.into() };
    let parts = Array::of1(&content);
    // Without a name it is kept all the same: the document knows the name, too.
    File::new_with_blob_sequence(&parts, &original.name()).map_or_else(|_refused| content.into(), JsValue::from)
}

impl Store {
    /// The original files kept beside a workspace: the hash of its layer, and the file as it was compressed.
    pub async fn originals(&self, id: &str) -> Result<Vec<(String, Blob)>, WebError> {
        let keys = self
            .connection
            .run(|database| {
                let id = id.to_owned();
                async move {
                    let transaction = database.transaction(ORIGINALS).build()?;
                    keys_in(&transaction.object_store(ORIGINALS)?, &id).await
                }
            })
            .await
            .map_err(WebError::from)?;
        let mut found = Vec::new();
        for key in keys {
            let hash = key.rsplit('/').next().unwrap_or_default().to_owned();
            if let Some(file) = self.value(ORIGINALS, key).await?.and_then(|value| value.dyn_into().ok()) {
                found.push((hash, file));
            }
        }
        Ok(found)
    }

    /// Keeps the file that a layer was read from. A transaction of its own: whether it fits or not, the workspace is saved.
    pub async fn keep_original(&self, id: &str, hash: &str, file: &Blob) -> Result<(), WebError> {
        let content = named(compress(file).await?, file);
        self.keep_compressed(id, hash, content).await
    }

    /// Keeps a file that is compressed already.
    pub(super) async fn keep_compressed(&self, id: &str, hash: &str, content: JsValue) -> Result<(), WebError> {
        let key = head::layer_key(id, hash);
        self.connection
            .run(|database| {
                let (content, key) = (content.clone(), key.clone());
                async move {
                    let transaction = begin_write(&database)?;
                    transaction.object_store(ORIGINALS)?.put(content).with_key(key).without_key_type().await?;
                    transaction.commit().await
                }
            })
            .await?;
        Ok(())
    }
}
