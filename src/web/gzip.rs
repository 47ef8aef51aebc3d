//! Gzip by the browser's own streams: neither form of a file lies in our memory.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

use super::WebError;

#[wasm_bindgen]
extern "C" {
    // web-sys has it behind a flag of the compiler only.
    type DecompressionStream;
    #[wasm_bindgen(catch, constructor)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// How every gzip file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// True when a file begins like gzip. `what` is what is tried, as a verb, for the error.
pub(super) async fn is_gzip(file: &Blob, what: &str) -> Result<bool, WebError> {
    let refused = |exception: JsValue| WebError::browser(what, &exception);
    let head = file.slice_with_f64_and_f64(0.0, 2.0).map_err(refused)?.array_buffer();
    Ok(Uint8Array::new(&JsFuture::from(head).await.map_err(refused)?).to_vec() == GZIP)
}

/// The file that was compressed. An error where the browser cannot decompress.
pub(super) async fn decompressed(file: &Blob, what: &str) -> Result<Blob, WebError> {
    let stream = DecompressionStream::new("gzip").map_err(|exception| WebError::browser(what, &exception))?;
    through(file, &stream, what).await
}

/// What comes out of a stream that a file is led through; neither form lies in our memory.
pub(super) async fn through(file: &Blob, stream: &JsValue, what: &str) -> Result<Blob, WebError> {
    let refused = |exception: JsValue| WebError::browser(what, &exception);
    // It has `readable` and `writable`: all that a pair is.
    let pair: &ReadableWritablePair = stream.unchecked_ref();
    let changed = file.stream().pipe_through(pair);
    let response = Response::new_with_opt_readable_stream(Some(&changed)).map_err(refused)?;
    let blob = JsFuture::from(response.blob().map_err(refused)?).await.map_err(refused)?;
    Ok(blob.unchecked_into())
}
