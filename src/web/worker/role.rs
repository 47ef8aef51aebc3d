//! The worker program: it says that it listens, and takes the role it is given.

use futures::StreamExt;
use futures::channel::mpsc;
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use super::page::Page;
use super::wire::{self, BUILD, FromWorker, Role, ToWorker};
use super::{engine_role, import_role};
use crate::engine::PROTOCOL_VERSION;
use crate::web::panic::Panic;

/// What the page said, in order.
pub(super) type Inbox = mpsc::UnboundedReceiver<(ToWorker, Vec<JsValue>)>;

/// Runs in a worker until the page ends it; does nothing elsewhere.
pub fn run_worker() {
    let Some(page) = Page::of_this_worker() else { return };
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Fetched anew: a hook may hold nothing of one thread.
        if let Some(page) = Page::of_this_worker() {
            let Panic { message, location } = Panic::of(info);
            page.tell(&FromWorker::Panicked(format!("{message}, at {location}")), &[]);
        }
    }));
    let (sender, inbox) = mpsc::unbounded();
    let to_page = page.clone();
    let listener = EventListener::new(&page.scope, "message", move |event| {
        let message = event.dyn_ref::<MessageEvent>().and_then(|event| wire::unpack(&event.data()));
        match message {
            // It fails only when the role has ended: then nothing is to be done any more.
            Some(message) => drop(sender.unbounded_send(message)),
            None => to_page.tell(&FromWorker::Panicked("a message of the page made no sense".to_owned()), &[]),
        }
    });
    // It listens for the life of the worker, which only the page ends.
    listener.forget();
    page.tell(&FromWorker::Ready { protocol: PROTOCOL_VERSION, build: BUILD.to_owned() }, &[]);
    spawn_local(play(page, inbox));
}

async fn play(page: Page, mut inbox: Inbox) {
    match inbox.next().await {
        Some((ToWorker::Begin(Role::Engine { fault }), _)) => engine_role::run(page, inbox, fault).await,
        Some((ToWorker::Begin(Role::Import(order)), attachments)) => import_role::run(&page, order, &attachments).await,
        Some((ToWorker::Call { .. }, _)) | None => {}
    }
}
