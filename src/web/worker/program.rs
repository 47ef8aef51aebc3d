//! The start of each worker program: they say that they listen, and do what the page's messages say.

use futures::StreamExt;
use futures::channel::mpsc;
use gloo::events::EventListener;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use super::page::Page;
use super::wire::{self, BUILD, FromWorker, ImportOrder, ToEngine, UnpackOrder};
use super::{engine_role, export_role, import_role, unpack_role};
use crate::engine::PROTOCOL_VERSION;
use crate::outputs::OutputOrder;
use crate::web::panic::Panic;
use crate::web::zones::use_browser_zones;

/// What the page said, in order.
pub(super) type Inbox<Message> = mpsc::UnboundedReceiver<(Message, Vec<JsValue>)>;

/// Owns the open workspace until the page ends this worker; does nothing outside of one.
pub fn run_engine_worker() {
    let Some((page, mut inbox)) = listen::<ToEngine>() else { return };
    spawn_local(async move {
        if let Some((ToEngine::Begin { fault, stores }, _)) = inbox.next().await {
            engine_role::run(page, inbox, fault, stores).await;
        }
    });
}

/// Reads one file; does nothing outside of a worker.
pub fn run_import_worker() {
    let Some((page, mut inbox)) = listen::<ImportOrder>() else { return };
    spawn_local(async move {
        if let Some((order, attachments)) = inbox.next().await {
            import_role::run(&page, order, &attachments).await;
        }
    });
}

/// Takes one container apart; does nothing outside of a worker.
pub fn run_unpack_worker() {
    let Some((page, mut inbox)) = listen::<UnpackOrder>() else { return };
    spawn_local(async move {
        if let Some((order, attachments)) = inbox.next().await {
            unpack_role::run(&page, order, &attachments).await;
        }
    });
}

/// Makes one output of a workspace; does nothing outside of a worker.
pub fn run_export_worker() {
    let Some((page, mut inbox)) = listen::<OutputOrder>() else { return };
    spawn_local(async move {
        if let Some((order, attachments)) = inbox.next().await {
            export_role::run(&page, &order, &attachments);
        }
    });
}

/// Listens to the page and tells it so; `None` outside of a worker.
fn listen<Message: DeserializeOwned + 'static>() -> Option<(Page, Inbox<Message>)> {
    let page = Page::of_this_program()?;
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        // Fetched anew: a hook may hold nothing of one thread.
        if let Some(page) = Page::of_this_program() {
            let Panic { message, location } = Panic::of(info);
            page.tell(&FromWorker::Panicked(format!("{message}, at {location}")), &[]);
        }
    }));
    use_browser_zones();
    let (sender, inbox) = mpsc::unbounded();
    let to_page = page.clone();
    let listener = EventListener::new(page.events(), "message", move |event| {
        let message = event.dyn_ref::<MessageEvent>().and_then(|event| wire::unpack(&event.data()));
        match message {
            // It fails only when the program has ended: then nothing is to be done any more.
            Some(message) => drop(sender.unbounded_send(message)),
            None => to_page.tell(&FromWorker::Panicked("a message of the page made no sense".to_owned()), &[]),
        }
    });
    // It listens for the life of the worker, which only the page ends.
    listener.forget();
    page.begin_to_hear();
    page.tell(&FromWorker::Ready { protocol: PROTOCOL_VERSION, build: BUILD.to_owned() }, &[]);
    Some((page, inbox))
}
