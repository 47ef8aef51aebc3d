//! Whether the browser keeps what is stored, in its own words. Its estimate of the space left is never shown: browsers make
//! it up.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

fn storage() -> Option<StorageManager> {
    let navigator = gloo::utils::window().navigator();
    let storage = Reflect::get(&navigator, &"storage".into()).ok().filter(|storage| !storage.is_undefined());
    storage.map(|_| navigator.storage())
}

/// Whether the browser promises not to clear our data when space runs short; `None` when it does not tell. `ask`: it is asked
/// to, and may ask the user or decide alone.
pub async fn kept_by_browser(ask: bool) -> Option<bool> {
    let storage = storage()?;
    let answer = if ask { storage.persist() } else { storage.persisted() };
    JsFuture::from(answer.ok()?).await.ok()?.as_bool()
}

/// Bytes that everything of this origin takes; `None` when the browser does not tell.
pub async fn used_bytes() -> Option<f64> {
    let estimate = JsFuture::from(storage()?.estimate().ok()?).await.ok()?;
    Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()
}
