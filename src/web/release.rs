//! News of the service worker (`public/offline.js`): a newer release has all its files here.

use gloo::events::EventListener;

/// Listens as long as it lives.
#[must_use = "dropping it ends the watch"]
pub struct ReleaseWatch {
    _listener: EventListener,
}

/// Calls back when the next load of the page shows another release than the one that runs.
pub fn watch_releases(on_newer: impl Fn() + 'static) -> ReleaseWatch {
    let listener = EventListener::new(&gloo::utils::window(), "throughline:new-release", move |_| on_newer());
    ReleaseWatch { _listener: listener }
}
