//! Where a program runs: in a worker, or, where the browser refuses workers, on the page itself.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{EventTarget, MessageChannel, MessagePort, Worker, WorkerOptions, WorkerType};

use super::supervised::Program;
use super::wire::Parcel;
use crate::web::WebError;
use crate::web::error::words;
use crate::web::has_opaque_origin;

/// Where the worker begins, unless the page's head says otherwise (with a content hash behind it).
const BOOT_SCRIPT: &str = "./worker_boot.js";

/// What a running program is spoken to by.
pub(super) enum Thread {
    /// A worker.
    Worker(Worker),
    /// The page: the program is loaded as a module of the page and listens to the other end of this port.
    Page(MessagePort),
}

impl Thread {
    /// Starts a program.
    pub(super) fn start(program: Program) -> Result<Self, WebError> {
        // A sandboxed frame has an opaque origin, to which no script is its own: no worker can be started there.
        if program == Program::Engine && has_opaque_origin() {
            return on_page();
        }
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(program.name());
        let worker = Worker::new_with_options(&boot_address()?, &options)
            .map_err(|exception| WebError::NoWorker(words(&exception)))?;
        Ok(Self::Worker(worker))
    }

    /// Where its messages and errors arrive.
    pub(super) fn events(&self) -> &EventTarget {
        match self {
            Self::Worker(worker) => worker,
            Self::Page(port) => port,
        }
    }

    /// Sends a message.
    pub(super) fn post(&self, parcel: &Parcel) -> Result<(), JsValue> {
        match self {
            Self::Worker(worker) => worker.post_message_with_transfer(&parcel.data, &parcel.transfer),
            Self::Page(port) => port.post_message_with_transferable(&parcel.data, &parcel.transfer),
        }
    }

    /// Ends it. A program on the page cannot be ended; it is not heard any more.
    pub(super) fn end(&self) {
        match self {
            Self::Worker(worker) => worker.terminate(),
            Self::Page(port) => port.close(),
        }
    }
}

/// Runs the engine on the page (`public/boot.js`: throughlineEngineOnPage).
fn on_page() -> Result<Thread, WebError> {
    let unable = |exception: JsValue| WebError::NoWorker(words(&exception));
    let channel = MessageChannel::new().map_err(unable)?;
    let (here, there) = (channel.port1(), channel.port2());
    // Messages wait in a port until it is started: what the program says is heard once somebody listens.
    let start: Function = Reflect::get(&js_sys::global(), &"throughlineEngineOnPage".into())
        .and_then(JsCast::dyn_into)
        .map_err(unable)?;
    let version = web_sys::Url::new(&boot_address()?).map(|url| url.search()).unwrap_or_default();
    let begun = start.call2(&JsValue::UNDEFINED, &there, &version.into()).map_err(unable)?;
    let begun: Promise = begun.dyn_into().map_err(unable)?;
    let failed = here.clone();
    spawn_local(async move {
        if let Err(exception) = JsFuture::from(begun).await {
            // Told like the failure of a worker: the supervisor listens for it.
            gloo::console::error!("the engine did not start on the page:", words(&exception));
            if let Ok(event) = web_sys::ErrorEvent::new("error") {
                drop(failed.dispatch_event(&event));
            }
        }
    });
    here.start();
    Ok(Thread::Page(here))
}

/// The boot script's address, next to the page wherever the page lies.
fn boot_address() -> Result<String, WebError> {
    let document = gloo::utils::document();
    let named = document.query_selector("meta[name=\"throughline:worker\"]").ok().flatten();
    let script = named.and_then(|meta| meta.get_attribute("content")).unwrap_or_else(|| BOOT_SCRIPT.to_owned());
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(&script, &base)
        .map(|url| url.href())
        .map_err(|exception| WebError::NoWorker(words(&exception)))
}
