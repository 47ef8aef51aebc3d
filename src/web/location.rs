//! The fragment of the address bar. What it means is the address module's business.

use gloo::events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// True when the address asks for safe mode (`?safe=1`, as the crash screen offers): nothing is opened by itself.
pub fn is_safe_mode() -> bool {
    let query = gloo::utils::window().location().search().unwrap_or_default();
    UrlSearchParams::new_with_str(&query).is_ok_and(|query| query.get("safe").as_deref() == Some("1"))
}

/// The fragment without its `#`; empty when there is none.
pub fn read_fragment() -> String {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Writes the fragment, as a new entry of the browser's history (`push`) or in place of the present one. Watchers are not
/// called: who writes knows.
pub fn write_fragment(fragment: &str, push: bool) {
    if fragment == read_fragment() {
        return;
    }
    let window = gloo::utils::window();
    let address = format!("#{fragment}");
    let written = window.history().and_then(|history| {
        if push {
            history.push_state_with_url(&JsValue::NULL, "", Some(&address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
        }
    });
    if written.is_err() {
        // A browser that limits history calls, or a sandboxed frame: the plain way works there, and a link that lags
        // behind by one step is better than none. It fails only where there is no address bar at all.
        drop(window.location().set_hash(&address));
    }
}

/// Listens as long as it lives.
#[must_use = "dropping it ends the watch"]
pub struct FragmentWatch {
    _listener: EventListener,
}

/// Calls back with the new fragment when the user edits the address, follows a link or goes back.
pub fn watch_fragment(on_change: impl Fn(String) + 'static) -> FragmentWatch {
    let listener = EventListener::new(&gloo::utils::window(), "hashchange", move |_| on_change(read_fragment()));
    FragmentWatch { _listener: listener }
}
