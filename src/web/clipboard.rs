//! Putting a text on the clipboard.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Copies a text. False where the browser or the page around refuses: then somebody copies it by hand.
pub async fn copy_words(text: &str) -> bool {
    // `navigator.clipboard` is missing where the page did not come by https.
    let asked = || -> Result<Promise, JsValue> {
        let clipboard = Reflect::get(&gloo::utils::window().navigator(), &"clipboard".into())?;
        let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
        write.call1(&clipboard, &text.into())?.dyn_into()
    };
    match asked() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_missing) => false,
    }
}
