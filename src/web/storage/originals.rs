//! The imported files themselves, compressed by the browser, so that a later release can read them again.

use js_sys::Reflect;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

use super::connection::ORIGINALS;
use super::head;
use super::store::{Store, begin_write};
use crate::web::WebError;

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(catch, constructor)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
}

/// The file as gzip; as it is where the browser cannot compress. It streams: neither form lies in our memory.
pub async fn compress(file: &Blob) -> Result<Blob, WebError> {
    if !Reflect::has(&js_sys::global(), &"CompressionStream".into()).unwrap_or(false) {
        return Ok(file.clone());
    }
    let refused = |exception: JsValue| WebError::browser("compress the original file", &exception);
    let stream = CompressionStream::new("gzip").map_err(refused)?;
    // It has `readable` and `writable`: all that a pair is.
    let pair: &ReadableWritablePair = stream.unchecked_ref();
    let compressed = file.stream().pipe_through(pair);
    let response = Response::new_with_opt_readable_stream(Some(&compressed)).map_err(refused)?;
    let blob = JsFuture::from(response.blob().map_err(refused)?).await.map_err(refused)?;
    Ok(blob.unchecked_into())
}

impl Store {
    /// Keeps the file that a layer was read from. A transaction of its own: whether it fits or not, the workspace is saved.
    pub async fn keep_original(&self, id: &str, hash: &str, file: &Blob) -> Result<(), WebError> {
        let content: JsValue = compress(file).await?.into();
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
