//! The page's end of the engine worker.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use js_sys::Reflect;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File};

use super::import::{self, ImportChoices, ImportHandle, ImportProgress, ImportSource};
use super::short_questions;
use super::supervised::{LONG_PATIENCE_SECONDS, Owner, PATIENCE_SECONDS, Program, SupervisedWorker};
use super::wire::{self, Call, FromWorker, KeptFiles, ToEngine};
use crate::engine::{AddTerms, PROTOCOL_VERSION, Request, Response, WorkspaceSummary};
use crate::importers::{ExportHelp, Preview};
use crate::web::fault::Fault;
use crate::web::persistence::kept_by_browser;
use crate::web::storage::Mark;
use crate::web::{StoredWorkspace, WebError};

/// A worker that dies this often within [`DEATHS_WITHIN_MS`] is not given the workspace again: it may be the cause.
const DEATHS_BEFORE_EMPTY: usize = 3;
/// One that dies even so is not started again.
const DEATHS_BEFORE_GIVING_UP: usize = 5;
/// One whose program does not even begin is tried once more: the network may have hiccuped.
const FALSE_STARTS_BEFORE_GIVING_UP: usize = 2;
const DEATHS_WITHIN_MS: f64 = 60_000.0;

/// News that nobody asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum EngineEvent {
    /// A save has begun.
    Saving,
    /// The workspace is on disk: committed, and its head read back.
    Saved {
        /// The workspace's generation that is stored.
        generation: u64,
        /// When, UTC milliseconds.
        at_ms: f64,
    },
    /// The last change is not stored. The version saved before is unharmed.
    NotSaved {
        /// Why, with the next step.
        reason: String,
    },
    /// This browser stores nothing for the page; everything else works.
    MemoryOnly {
        /// Why, with the next step.
        reason: String,
    },
    /// The engine worker died and was replaced.
    WorkerReplaced {
        /// What happened, with the next step.
        what: String,
        /// The stored workspace is open again; else nothing is open.
        reopened: bool,
    },
    /// Another tab saved this workspace; ours was not written over it.
    ChangedElsewhere {
        /// The generation the other tab stored.
        generation: u64,
    },
    /// Page and worker are of different releases: reload.
    NewVersion,
    /// Something worth a line that harms nothing (an older version was opened; the original file does not fit).
    Notice {
        /// The line.
        text: String,
    },
    /// Whether the open workspace is changed in this tab; else another tab has it, and this one only looks.
    Editing {
        /// In this tab.
        here: bool,
    },
    /// The open workspace is now as another tab saved it.
    Refreshed,
    /// What is stored in this browser changed: another tab did it, or original files were kept.
    StoredChanged,
}

/// The engine, from the page. Clones speak to the same worker.
#[derive(Clone)]
pub struct EngineClient {
    shared: Rc<Shared>,
}

struct Shared {
    on_event: Box<dyn Fn(EngineEvent)>,
    me: Weak<Shared>,
    worker: RefCell<Option<SupervisedWorker>>,
    /// An import worker that is loaded and waits for its file.
    spare: RefCell<Option<SupervisedWorker>>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    next_ticket: Cell<u32>,
    /// The workspace to open again in a new worker.
    open: RefCell<Option<String>>,
    deaths: RefCell<Vec<f64>>,
    fault: Cell<Fault>,
    /// The workspaces of this browser are opened and saved.
    stores: bool,
    /// The browser was asked to keep our data.
    asked_to_persist: Cell<bool>,
    /// Nothing was asked yet, so the worker was not started.
    is_asleep: Cell<bool>,
}

/// A question on its way.
struct Waiting {
    answer: oneshot::Sender<Result<Vec<JsValue>, WebError>>,
    /// Silence it allows the worker.
    patience: u32,
}

impl EngineClient {
    /// Starts the engine worker and greets it. Events arrive for the life of the page. Without `stores` it neither reads nor
    /// writes the workspaces of this browser, and is started when it is first asked: answers may have been published.
    pub fn start(stores: bool, on_event: impl Fn(EngineEvent) + 'static) -> Self {
        let shared = Rc::new_cyclic(|me| Shared {
            on_event: Box::new(on_event),
            me: me.clone(),
            worker: RefCell::default(),
            spare: RefCell::default(),
            waiting: RefCell::default(),
            next_ticket: Cell::new(1),
            open: RefCell::default(),
            deaths: RefCell::default(),
            fault: Cell::new(Fault::of_page()),
            stores,
            asked_to_persist: Cell::new(false),
            is_asleep: Cell::new(true),
        });
        let client = Self { shared };
        if stores {
            client.shared.wake();
        }
        client
    }

    /// The engine's answer. `Response::Failed` is an answer; an error means that there was none.
    pub async fn ask(&self, request: Request) -> Result<Response, WebError> {
        let metrics = matches!(request, Request::Metrics { .. });
        let response: Response = self.call(Call::Ask(request), &[]).await?;
        if metrics && self.shared.fault.get() == Fault::PagePanic {
            Fault::panic_now();
        }
        self.shared.remember(&response);
        Ok(response)
    }

    /// Opens a `.throughline` file in place of the open workspace, which stays stored. The file is saved in this browser.
    pub async fn open_workspace_file(&self, file: &Blob) -> Result<Response, WebError> {
        let response = self.call(Call::OpenFile, &[file.into()]).await?;
        self.shared.remember(&response);
        Ok(response)
    }

    /// Opens a stored workspace; `None` means the one saved last. Answers `None` when nothing is stored.
    pub async fn open_stored(&self, id: Option<String>) -> Result<Option<WorkspaceSummary>, WebError> {
        let opened: Option<WorkspaceSummary> = self.call(Call::OpenStored(id), &[]).await?;
        if let Some(workspace) = &opened {
            self.shared.open.replace(Some(workspace.id.clone()));
        }
        Ok(opened)
    }

    /// What is stored in this browser, saved last first.
    pub async fn stored(&self) -> Result<Vec<StoredWorkspace>, WebError> {
        self.call(Call::Stored, &[]).await
    }

    /// Deletes a stored workspace with its layers and original files. If it is open it stays open, unsaved.
    pub async fn delete_stored(&self, id: String) -> Result<(), WebError> {
        self.call(Call::DeleteStored(id), &[]).await
    }

    /// Notes what happened to a stored workspace.
    pub async fn mark(&self, id: String, mark: Mark) -> Result<(), WebError> {
        self.call(Call::Mark(id, mark), &[]).await
    }

    /// Gives a workspace, open or only stored, another name.
    pub async fn rename(&self, id: String, name: String) -> Result<(), WebError> {
        self.call(Call::Rename(id, name), &[]).await
    }

    /// Stores a workspace once more, with its original files, under a new id and name. The copy is the user's own.
    pub async fn duplicate(&self, id: String, new_id: String, name: String) -> Result<(), WebError> {
        self.call(Call::Duplicate { id, new_id, name }, &[]).await
    }

    /// The original files kept beside a workspace, and what is known of it.
    pub async fn originals(&self, id: String) -> Result<(KeptFiles, Vec<File>), WebError> {
        let (kept, blobs): (KeptFiles, _) = self.call_with_attachments(Call::Originals(id), &[]).await?;
        let named = kept.files.iter().zip(&blobs).map(|(name, blob)| {
            File::new_with_blob_sequence(&js_sys::Array::of1(blob), name)
                .map_err(|exception| WebError::browser("hand out a kept file", &exception))
        });
        let files = named.collect::<Result<_, _>>()?;
        Ok((kept, files))
    }

    /// Asks the tab that changes the open workspace to hand it over. The answer is an [`EngineEvent::Editing`] or a notice.
    pub async fn take_over(&self) -> Result<(), WebError> {
        self.call(Call::TakeOver, &[]).await
    }

    /// The open workspace as the bytes of a `.throughline` file.
    pub async fn workspace_file(&self) -> Result<Vec<u8>, WebError> {
        let ((), attachments) = self.call_with_attachments(Call::WorkspaceFile, &[]).await?;
        let bytes = attachments.first().and_then(|bytes| bytes.dyn_ref::<js_sys::Uint8Array>());
        bytes.map(js_sys::Uint8Array::to_vec).ok_or(WebError::NothingOpen)
    }

    /// Imports a file into the open workspace. `zone` is the IANA zone of dates without one. Dropping the handle
    /// cancels the import.
    pub fn import(
        &self,
        source: ImportSource,
        zone: String,
        choices: ImportChoices,
        on_progress: impl Fn(ImportProgress) + 'static,
    ) -> ImportHandle {
        let fault = match self.shared.fault.get() {
            fault @ (Fault::ImportPanic | Fault::ImportHang) => {
                self.shared.fault.set(Fault::None);
                fault
            }
            _ => Fault::None,
        };
        import::start(self, source, zone, choices, fault, Box::new(on_progress))
    }

    /// Counts the first rows of a file as they would be read; an error is the reason why they cannot be.
    pub async fn preview(&self, source: ImportSource, zone: String, choices: ImportChoices) -> Result<Preview, String> {
        short_questions::preview(self, source, zone, choices).await
    }

    /// How exports are made in each tool. The program that reads files knows; an error is the reason why it does not tell.
    pub async fn export_help(&self) -> Result<Vec<ExportHelp>, String> {
        short_questions::export_help(self).await
    }

    /// Loads the program that reads files, because one may come soon. Harmless to call again.
    pub fn prepare_import(&self) {
        let is_there = self.shared.spare.borrow().as_ref().is_some_and(SupervisedWorker::is_alive);
        if !is_there {
            // What fails here fails again, and is told, when a file comes.
            self.shared.spare.replace(SupervisedWorker::spawn(Program::Import).ok());
        }
    }

    /// The import worker that waits, or a new one.
    pub(super) fn take_import_worker(&self) -> Result<SupervisedWorker, WebError> {
        match self.shared.spare.take().filter(SupervisedWorker::is_alive) {
            Some(worker) => Ok(worker),
            None => SupervisedWorker::spawn(Program::Import),
        }
    }

    /// Hands an import over to the engine.
    pub(super) async fn add_layer(&self, terms: AddTerms, attachments: &[JsValue]) -> Result<Response, WebError> {
        let response = self.call(Call::AddLayer(terms), attachments).await?;
        self.shared.remember(&response);
        Ok(response)
    }

    async fn greet(&self) {
        let hello = self.call(Call::Ask(Request::Hello { protocol: PROTOCOL_VERSION }), &[]).await;
        if !matches!(hello, Err(_) | Ok(Response::Hello { protocol: PROTOCOL_VERSION })) {
            (self.shared.on_event)(EngineEvent::NewVersion);
        }
    }

    async fn call<T: DeserializeOwned>(&self, call: Call, attachments: &[JsValue]) -> Result<T, WebError> {
        Ok(self.call_with_attachments(call, attachments).await?.0)
    }

    async fn call_with_attachments<T: DeserializeOwned>(
        &self,
        call: Call,
        attachments: &[JsValue],
    ) -> Result<(T, Vec<JsValue>), WebError> {
        let receiver = self.shared.post(call, attachments)?;
        let gone = || WebError::WorkerGone("it was replaced".to_owned());
        let mut parts = receiver.await.map_err(|_dropped| gone())??.into_iter();
        let answer: Option<Result<T, WebError>> = parts.next().and_then(|bytes| wire::decode(&bytes));
        Ok((answer.ok_or(WebError::NewVersion)??, parts.collect()))
    }
}

impl Shared {
    /// Starts the worker unless it was started before.
    fn wake(&self) {
        if !self.is_asleep.replace(false) {
            return;
        }
        self.spawn();
        if let Some(shared) = self.me.upgrade() {
            spawn_local(async move { EngineClient { shared }.greet().await });
        }
    }

    fn spawn(&self) {
        let begin = wire::pack(&ToEngine::Begin { fault: self.fault.get(), stores: self.stores }, &[]);
        let owner: Weak<dyn Owner> = self.me.clone();
        let started = begin.and_then(|begin| {
            let worker = SupervisedWorker::spawn(Program::Engine)?;
            worker.begin(owner, begin)?;
            Ok(worker)
        });
        match started {
            Ok(worker) => drop(self.worker.replace(Some(worker))),
            Err(error) => (self.on_event)(EngineEvent::WorkerReplaced { what: error.to_string(), reopened: false }),
        }
    }

    fn post(
        &self,
        call: Call,
        attachments: &[JsValue],
    ) -> Result<oneshot::Receiver<Result<Vec<JsValue>, WebError>>, WebError> {
        self.wake();
        let worker = self.worker.borrow();
        let worker = worker.as_ref().ok_or_else(|| WebError::NoWorker("it stopped again and again".to_owned()))?;
        let patience = match call {
            Call::AddLayer(_)
            | Call::OpenFile
            | Call::OpenStored(_)
            | Call::WorkspaceFile
            | Call::Duplicate { .. }
            | Call::Originals(_) => LONG_PATIENCE_SECONDS,
            _ => PATIENCE_SECONDS,
        };
        let ticket = self.next_ticket.replace(self.next_ticket.get().wrapping_add(1));
        worker.post(wire::pack(&ToEngine::Call { ticket, call: Box::new(call) }, attachments)?)?;
        let (answer, receiver) = oneshot::channel();
        self.waiting.borrow_mut().insert(ticket, Waiting { answer, patience });
        Ok(receiver)
    }

    fn remember(&self, response: &Response) {
        if let Response::Workspace(workspace) | Response::Added { workspace, .. } = response {
            self.open.replace(Some(workspace.id.clone()));
        }
    }

    fn pass_on(&self, event: EngineEvent) {
        if matches!(event, EngineEvent::Saved { .. }) && !self.asked_to_persist.replace(true) {
            spawn_local(async {
                // Its answer changes nothing here; the storage facts show it.
                kept_by_browser(true).await;
            });
        }
        (self.on_event)(event);
    }

    fn replace(&self, what: String, deaths_allowed: usize) {
        if let Some(me) = self.me.upgrade() {
            spawn_local(me.replace_worker(what, deaths_allowed));
        }
    }

    /// A new worker in place of a dead one, with the stored workspace open in it.
    async fn replace_worker(self: Rc<Self>, what: String, deaths_allowed: usize) {
        let now = js_sys::Date::now();
        let deaths = {
            let mut deaths = self.deaths.borrow_mut();
            deaths.retain(|at| now - at < DEATHS_WITHIN_MS);
            deaths.push(now);
            deaths.len()
        };
        if deaths >= deaths_allowed {
            let what = WebError::NoWorker(what).to_string();
            return (self.on_event)(EngineEvent::WorkerReplaced { what, reopened: false });
        }
        self.fault.set(Fault::None);
        self.spawn();
        let client = EngineClient { shared: self };
        client.greet().await;
        if client.shared.worker.borrow().is_none() {
            // It died again; its successor tells.
            return;
        }
        let open = client.shared.open.borrow().clone();
        let reopened = match open {
            Some(id) if deaths < DEATHS_BEFORE_EMPTY => matches!(client.open_stored(Some(id)).await, Ok(Some(_))),
            _ => false,
        };
        let next = if reopened { "The last saved state is open again." } else { "Open the workspace or import again." };
        let what = format!("The part that computes stopped ({what}) and was started again. {next}");
        (client.shared.on_event)(EngineEvent::WorkerReplaced { what, reopened });
    }
}

impl Owner for Shared {
    fn heard(&self, message: FromWorker, attachments: Vec<JsValue>) {
        match message {
            FromWorker::Answer { ticket } => {
                let waiting = self.waiting.borrow_mut().remove(&ticket);
                if let Some(waiting) = waiting {
                    // Nobody waits any more when the asker was dropped; its answer is of no use then.
                    drop(waiting.answer.send(Ok(attachments)));
                }
            }
            FromWorker::Event(event) => self.pass_on(event),
            FromWorker::LastFile => {
                let blob = attachments.into_iter().next().unwrap_or_default();
                // It fails only on a frozen window; the crash screen then offers what storage holds.
                drop(Reflect::set(&js_sys::global(), &"throughlineLast".into(), &blob));
            }
            _ => {}
        }
    }

    fn died(&self, why: WebError) {
        let waiting = self.waiting.take();
        let dead = self.worker.take();
        for (_, waiting) in waiting {
            drop(waiting.answer.send(Err(why.clone())));
        }
        drop(dead);
        match why {
            WebError::NewVersion => (self.on_event)(EngineEvent::NewVersion),
            WebError::WorkerGone(what) => self.replace(what, DEATHS_BEFORE_GIVING_UP),
            WebError::NoWorker(what) => self.replace(what, FALSE_STARTS_BEFORE_GIVING_UP),
            other => (self.on_event)(EngineEvent::WorkerReplaced { what: other.to_string(), reopened: false }),
        }
    }

    fn patience(&self) -> Option<u32> {
        self.waiting.borrow().values().map(|waiting| waiting.patience).max()
    }
}
