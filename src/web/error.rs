//! What the browser can refuse.

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::EngineError;

/// Something outside our code failed. Every message ends with the next step; the app shows it, nobody else logs it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WebError {
    /// The worker stopped before it answered.
    #[error("the part that computes stopped before it answered ({0}). Try again; if it happens again, reload the page")]
    WorkerGone(String),
    /// The worker could not be started, or died too often to be started again.
    #[error("the part that computes could not be started ({0}). Reload the page")]
    NoWorker(String),
    /// Page and worker come from different releases.
    #[error("a new version of Throughline is out. Reload the page to use it")]
    NewVersion,
    /// The browser keeps nothing for this page.
    #[error("the browser does not store data for this page ({0}). Save the workspace as a file to keep it")]
    StorageBlocked(String),
    /// The browser's storage failed.
    #[error("the browser's storage failed ({0}). Save the workspace as a file, then reload the page")]
    Storage(String),
    /// The asked workspace is not there.
    #[error("there is no stored workspace \"{0}\". It may have been deleted in another tab")]
    NotStored(String),
    /// Stored bytes that no kept version can be opened from.
    #[error(
        "the stored workspace \"{name}\" cannot be read ({why}). Import its files again or open a saved workspace file"
    )]
    Damaged {
        /// Name or id of the workspace.
        name: String,
        /// What is wrong with the newest version.
        why: String,
    },
    /// There is nothing to save.
    #[error("no workspace is open. Import a file first")]
    NothingOpen,
    /// The engine refuses.
    #[error(transparent)]
    Refused(#[from] EngineError),
    /// The chart library is missing.
    #[error("the chart library could not be loaded ({0}). Reload the page; the tables work without it")]
    ChartsNotLoaded(String),
    /// A chart could not be drawn.
    #[error("the chart could not be drawn ({0}). Its numbers are in the table")]
    Chart(String),
    /// Published data is looked at and not kept. Told to nobody: nobody asked to keep it.
    #[error("what is published is not kept in this browser. Save the workspace as a file to keep it")]
    NotKept,
    /// An address gave no data.
    #[error(
        "{address} could not be fetched ({why}). Check the connection and reload the page; if it stays so, the host does not let this page have it"
    )]
    NotFetched {
        /// The address.
        address: String,
        /// Why, in the host's or the browser's words.
        why: String,
    },
    /// Any other refusal of the browser.
    #[error("the browser refused to {what} ({why}). Try again, or use another browser")]
    Browser {
        /// What was tried, as a verb.
        what: String,
        /// The browser's words.
        why: String,
    },
}

impl WebError {
    /// The browser refused `what` (a verb) with an exception.
    pub(super) fn browser(what: &str, exception: &JsValue) -> Self {
        Self::Browser { what: what.to_owned(), why: words(exception) }
    }
}

/// What an exception says, without its stack.
pub(super) fn words(exception: &JsValue) -> String {
    if let Some(error) = exception.dyn_ref::<js_sys::Error>() {
        return String::from(error.message());
    }
    if let Some(error) = exception.dyn_ref::<web_sys::DomException>() {
        return format!("{}: {}", error.name(), error.message());
    }
    exception.as_string().unwrap_or_else(|| "no reason given".to_owned())
}
