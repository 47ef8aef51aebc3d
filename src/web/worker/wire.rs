//! What crosses between page and worker: an array of one header (postcard bytes) and its attachments (byte arrays, which
//! are transferred and not copied, and file handles).

use js_sys::{Array, Uint8Array};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::{EngineEvent, ImportChoices, ImportProgress};
use crate::containers::ContainerError;
use crate::engine::{AddTerms, Request};
use crate::importers::{ExportHelp, ImportError, Preview};
use crate::web::WebError;
use crate::web::fault::Fault;
use crate::web::storage::Mark;

/// Page and worker must be built together: postcard does not describe itself.
pub(super) const BUILD: &str = env!("CARGO_PKG_VERSION");

/// From the page to the engine worker.
#[derive(Serialize, Deserialize)]
pub(super) enum ToEngine {
    /// The first message.
    Begin {
        /// What shall go wrong.
        fault: Fault,
        /// The workspaces of this browser are its business.
        stores: bool,
    },
    /// A question; answered by [`FromWorker::Answer`] with the same ticket.
    Call {
        /// Names the question.
        ticket: u32,
        /// The question.
        call: Box<Call>,
    },
}

/// One import: the only message to an import worker. Attachment: the file, or nothing for one of the sample.
#[derive(Serialize, Deserialize)]
pub(super) struct ImportOrder {
    /// Name of the file, or of the file of the sample.
    pub name: String,
    /// IANA zone in which dates without a zone are read.
    pub zone: String,
    /// What the user decided.
    pub choices: ImportChoices,
    /// What is asked of it.
    pub task: ImportTask,
    /// What shall go wrong.
    pub fault: Fault,
}

/// What an import worker is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ImportTask {
    /// The dataset: the answer is [`FromWorker::Imported`].
    Import,
    /// Only the first rows, only to be counted: the answer is [`FromWorker::Previewed`].
    Preview,
    /// How exports are made; no file comes with it. The answer is [`FromWorker::ExportHelp`].
    ExportHelp,
}

/// One container: the only message to an unpack worker. Attachment: the file.
#[derive(Serialize, Deserialize)]
pub(super) struct UnpackOrder {
    /// Name of the file.
    pub name: String,
}

/// A question to the engine worker, and what the answer holds.
#[derive(Serialize, Deserialize)]
pub(super) enum Call {
    /// Anything the engine answers by itself: `Response`.
    Ask(Request),
    /// Takes an import over: `Response`. Attachments: the report (postcard), the dataset, and the original file or nothing.
    AddLayer(AddTerms),
    /// Opens a `.throughline` file: `Response`. Attachment: the file.
    OpenFile,
    /// Opens a stored workspace, or the one saved last: `Option<WorkspaceSummary>`.
    OpenStored(Option<String>),
    /// Lists what is stored: `Vec<StoredWorkspace>`.
    Stored,
    /// Deletes a stored workspace: `()`.
    DeleteStored(String),
    /// The open workspace as a file: nothing, with the bytes as attachment.
    WorkspaceFile,
    /// Notes what happened to a stored workspace: `()`.
    Mark(String, Mark),
    /// Gives a workspace, open or only stored, another name: `()`.
    Rename(String, String),
    /// Stores a workspace once more, under the new id and name: `()`.
    Duplicate {
        /// The workspace.
        id: String,
        /// Id of the copy.
        new_id: String,
        /// Name of the copy.
        name: String,
    },
    /// The original files kept beside a workspace: `KeptFiles`. Attachments: the files, in its order.
    Originals(String),
    /// Asks the tab that changes the open workspace to hand it over: `()`.
    TakeOver,
}

/// What is kept of a workspace that can be read again from its original files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFiles {
    /// Name for people; empty when it is lost.
    pub name: String,
    /// IANA zone; empty when it is lost.
    pub zone: String,
    /// The newest document that can be read: what the user decided.
    pub document: Option<Vec<u8>>,
    /// Name of each file, in the order in which they were imported.
    pub files: Vec<String>,
    /// Names of imported files that are not among them.
    pub missing: Vec<String>,
}

/// From a worker.
#[derive(Serialize, Deserialize)]
pub(super) enum FromWorker {
    /// The worker listens. The first variant for ever, so that a page can read it from a worker of any release.
    Ready {
        /// The worker's protocol.
        protocol: u32,
        /// The worker's release.
        build: String,
    },
    /// It is at work on something long.
    Alive,
    /// It is about to trap; the words of the panic.
    Panicked(String),
    /// An answer. Attachments: `Result<_, WebError>` as postcard, then what the call names.
    Answer {
        /// The question's name.
        ticket: u32,
    },
    /// News that nobody asked for.
    Event(EngineEvent),
    /// What storage does not hold of the open workspace, for the crash screen. Attachment: a workspace file as a blob, or
    /// null when storage holds everything.
    LastFile,
    /// How far an import is.
    Progress(ImportProgress),
    /// An import is done. Attachments: the report (postcard) and the dataset.
    Imported,
    /// The first rows of a file, counted.
    Previewed(Preview),
    /// A file cannot be imported.
    Refused(ImportError),
    /// A file cannot be read to its end; why.
    Unreadable(String),
    /// A container is taken apart. Attachments: names and what is left out (postcard), then the bytes of each file.
    Unpacked,
    /// A container cannot be taken apart.
    Unpackable(ContainerError),
    /// How exports are made.
    ExportHelp(Vec<ExportHelp>),
    /// An output is made. Attachments: names and types of its files (postcard), then the bytes of each.
    Made,
    /// An output cannot be made; why.
    Unmakeable(String),
}

/// A message ready to be posted.
pub(super) struct Parcel {
    /// The message.
    pub data: Array,
    /// What is given away with it.
    pub transfer: Array,
}

/// Packs a header and its attachments. Byte arrays among them are given away: the sender cannot use them afterwards.
pub(super) fn pack(header: &impl Serialize, attachments: &[JsValue]) -> Result<Parcel, WebError> {
    let data = Array::of1(&encode(header)?.into());
    let transfer = Array::new();
    for attachment in attachments {
        data.push(attachment);
        if let Some(bytes) = attachment.dyn_ref::<Uint8Array>() {
            transfer.push(&bytes.buffer());
        }
    }
    Ok(Parcel { data, transfer })
}

/// Takes a message apart; `None` when it is none of ours.
pub(super) fn unpack<T: DeserializeOwned>(data: &JsValue) -> Option<(T, Vec<JsValue>)> {
    let parts: &Array = data.dyn_ref()?;
    let header = decode(&parts.get(0))?;
    Some((header, (1..parts.length()).map(|position| parts.get(position)).collect()))
}

/// A value as bytes on the JavaScript side.
pub(super) fn encode(value: &impl Serialize) -> Result<Uint8Array, WebError> {
    let bytes = postcard::to_stdvec(value)
        .map_err(|error| WebError::Browser { what: "pass a message on".to_owned(), why: error.to_string() })?;
    Ok(Uint8Array::from(bytes.as_slice()))
}

/// A value from bytes on the JavaScript side; `None` when they are of another kind.
pub(super) fn decode<T: DeserializeOwned>(bytes: &JsValue) -> Option<T> {
    postcard::from_bytes(&bytes.dyn_ref::<Uint8Array>()?.to_vec()).ok()
}
