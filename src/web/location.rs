//! The fragment of the address bar. What it means is the address module's business.

use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Url, UrlSearchParams};

use crate::address::{ResolvedAddress, Site, Surroundings};

/// True when the address asks for safe mode (`?safe=1`, as the crash screen offers): nothing is opened by itself.
pub fn is_safe_mode() -> bool {
    let query = gloo::utils::window().location().search().unwrap_or_default();
    UrlSearchParams::new_with_str(&query).is_ok_and(|query| query.get("safe").as_deref() == Some("1"))
}

/// The query without its `?`; empty when there is none.
pub fn read_query() -> String {
    let query = gloo::utils::window().location().search().unwrap_or_default();
    query.strip_prefix('?').unwrap_or(&query).to_owned()
}

/// The page's whole address, as a link.
pub fn page_address() -> String {
    gloo::utils::window().location().href().unwrap_or_default()
}

/// The page's address without query and fragment.
pub fn app_address() -> String {
    page_address().split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Where the page stands.
pub fn surroundings() -> Surroundings {
    let window = gloo::utils::window();
    // Of a frame of another origin nothing may be read, not even whether it is there: then it is not ours.
    let framed = match window.top() {
        Ok(Some(top)) => !js_sys::Object::is(&top, &window),
        _ => true,
    };
    Surroundings { framed, origin: own_origin() }
}

/// The origin that the page came from. `location.origin`, because a sandboxed page has an opaque one of its own.
fn own_origin() -> String {
    gloo::utils::window().location().origin().unwrap_or_default()
}

/// True in a sandboxed frame: no script is its own there, so no worker can be started.
pub fn has_opaque_origin() -> bool {
    Reflect::get(&js_sys::global(), &"origin".into()).ok().and_then(|origin| origin.as_string()).as_deref()
        == Some("null")
}

/// An address as the browser reads it here; `None` when it is none.
pub fn resolve(address: &str) -> Option<ResolvedAddress> {
    let base = gloo::utils::document().base_uri().ok().flatten().unwrap_or_default();
    let url = Url::new_with_base(address, &base).ok()?;
    Some(ResolvedAddress {
        href: url.href(),
        protocol: url.protocol(),
        credentials: format!("{}{}", url.username(), url.password()),
        host: url.host(),
        origin: url.origin(),
    })
}

/// What the site is set up with: `public/boot.js` has read `app.config.json` by the time that the page's program starts.
/// What is missing or of another kind is as by default.
pub fn site() -> Site {
    let Ok(told) = Reflect::get(&js_sys::global(), &"throughlineSite".into()) else { return Site::default() };
    let part = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let origins = |key: &str| {
        let list = part(&told, key).dyn_into::<Array>().unwrap_or_default();
        list.iter().filter_map(|origin| origin.as_string()).collect()
    };
    Site {
        workspace: part(&told, "workspace").as_string(),
        data_origins: origins("dataOrigins"),
        embed_origins: origins("embedOrigins"),
        allow_local: part(&told, "allowLocal").as_bool().unwrap_or(true),
        brand: part(&part(&told, "brand"), "name").as_string(),
    }
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

/// The page's own address for data of one's own (`own=1`), whatever is published beside it.
pub fn page_without_data() -> String {
    let location = gloo::utils::window().location();
    format!("{}?own=1", location.pathname().unwrap_or_default())
}
