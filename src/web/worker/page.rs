//! The page, as a worker sees it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DedicatedWorkerGlobalScope;

use super::wire::{self, FromWorker};

/// Where a worker's words go.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) scope: DedicatedWorkerGlobalScope,
}

impl Page {
    /// The page of this worker; `None` outside of one.
    pub(super) fn of_this_worker() -> Option<Self> {
        js_sys::global().dyn_into().ok().map(|scope| Self { scope })
    }

    /// Says something to the page. Byte arrays among the attachments are given away.
    pub(super) fn tell(&self, message: &FromWorker, attachments: &[JsValue]) {
        let sent = wire::pack(message, attachments).map_err(|error| error.to_string()).and_then(|parcel| {
            let posted = self.scope.post_message_with_transfer(&parcel.data, &parcel.transfer);
            posted.map_err(|exception| crate::web::error::words(&exception))
        });
        if let Err(why) = sent {
            // The page will notice the silence; the console tells whoever looks for the reason.
            gloo::console::error!("a message to the page was lost:", why);
        }
    }
}
