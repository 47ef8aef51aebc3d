//! The page, as a program beside it sees it.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, EventTarget, MessagePort};

use super::wire::{self, FromWorker};

/// Where a program's words go.
#[derive(Clone)]
pub(super) enum Page {
    /// From its worker.
    Worker(DedicatedWorkerGlobalScope),
    /// From the page itself, by the port that `public/boot.js` has laid out.
    Port(MessagePort),
}

impl Page {
    /// The page of this program; `None` outside of one.
    pub(super) fn of_this_program() -> Option<Self> {
        let global = js_sys::global();
        if let Ok(port) = Reflect::get(&global, &"throughlineEnginePort".into())
            && let Ok(port) = port.dyn_into()
        {
            return Some(Self::Port(port));
        }
        global.dyn_into().ok().map(Self::Worker)
    }

    /// Where the page's messages arrive.
    pub(super) fn events(&self) -> &EventTarget {
        match self {
            Self::Worker(scope) => scope,
            Self::Port(port) => port,
        }
    }

    /// Begins to hear. A port keeps messages until then; a worker hears from its start.
    pub(super) fn begin_to_hear(&self) {
        if let Self::Port(port) = self {
            port.start();
        }
    }

    /// Says something to the page. Byte arrays among the attachments are given away.
    pub(super) fn tell(&self, message: &FromWorker, attachments: &[JsValue]) {
        let sent = wire::pack(message, attachments).map_err(|error| error.to_string()).and_then(|parcel| {
            let posted = match self {
                Self::Worker(scope) => scope.post_message_with_transfer(&parcel.data, &parcel.transfer),
                Self::Port(port) => port.post_message_with_transferable(&parcel.data, &parcel.transfer),
            };
            posted.map_err(|exception| crate::web::error::words(&exception))
        });
        if let Err(why) = sent {
            // The page will notice the silence; the console tells whoever looks for the reason.
            gloo::console::error!("a message to the page was lost:", why);
        }
    }
}
