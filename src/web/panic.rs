//! What happens when our own code panics. The instance is then in an unknown state: the page ends in the crash screen
//! of `public/crash.js`, a worker tells the page and is replaced.

use std::panic::PanicHookInfo;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::JsCast;

/// The panic's sentence and the place in our sources.
pub(super) struct Panic {
    /// The sentence.
    pub message: String,
    /// File and line.
    pub location: String,
}

impl Panic {
    /// Reads what the panic says.
    pub(super) fn of(info: &PanicHookInfo<'_>) -> Self {
        let message = info.payload_as_str().unwrap_or("no message").to_owned();
        let location = info.location().map_or_else(|| "unknown place".to_owned(), ToString::to_string);
        Self { message, location }
    }
}

/// From now on a panic of the page is written to the console and shown by `window.throughlineCrash`.
pub fn report_page_panics() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show_crash_screen(&Panic::of(info));
    }));
}

/// Nothing can be done about a failure in here: the console has the panic already.
fn show_crash_screen(panic: &Panic) {
    let global = js_sys::global();
    let Ok(show) = Reflect::get(&global, &"throughlineCrash".into()) else { return };
    let Some(show) = show.dyn_ref::<Function>() else { return };
    let crash = Object::new();
    drop(Reflect::set(&crash, &"message".into(), &panic.message.as_str().into()));
    drop(Reflect::set(&crash, &"location".into(), &panic.location.as_str().into()));
    drop(show.call1(&global, &crash));
}
