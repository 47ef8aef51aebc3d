//! The engine worker: one question at a time, in order; what changed is saved beside it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::StreamExt;
use gloo::timers::callback::Interval;
use js_sys::{ArrayBuffer, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::EngineEvent;
use super::autosave::Autosave;
use super::page::Page;
use super::program::Inbox;
use super::wire::{self, Call, FromWorker, ToEngine};
use crate::engine::{AddTerms, Engine, EngineError, Request, Response, WorkspaceSummary, unpack_workspace_file};
use crate::web::fault::Fault;
use crate::web::storage::{Head, Store};
use crate::web::{StoredWorkspace, WebError};

/// While a question waits for storage the page hears that we are alive; while we compute, the silence is the measure.
const ALIVE_EVERY_MS: u32 = 1_000;

struct EngineRole {
    engine: Rc<RefCell<Engine>>,
    autosave: Rc<Autosave>,
    page: Page,
    fault: Fault,
}

/// Answers the page until it ends this worker.
pub(super) async fn run(page: Page, mut inbox: Inbox<ToEngine>, fault: Fault, stores: bool) {
    let engine = Rc::default();
    let autosave = Autosave::start(&engine, &page, fault, stores);
    let role = EngineRole { engine, autosave, page: page.clone(), fault };
    let busy = Rc::new(Cell::new(false));
    let is_busy = Rc::clone(&busy);
    let alive = Interval::new(ALIVE_EVERY_MS, move || {
        if is_busy.get() {
            page.tell(&FromWorker::Alive, &[]);
        }
    });
    while let Some((message, attachments)) = inbox.next().await {
        if let ToEngine::Call { ticket, call } = message {
            busy.set(true);
            role.take(ticket, call, attachments).await;
            busy.set(false);
        }
    }
    drop(alive);
}

impl EngineRole {
    async fn take(&self, ticket: u32, call: Call, attachments: Vec<JsValue>) {
        match call {
            Call::Ask(request) => self.answer(ticket, &Ok(self.ask(request).await)),
            Call::AddLayer(terms) => self.answer(ticket, &self.add_layer(terms, &attachments)),
            Call::OpenFile => self.answer(ticket, &self.open_file(&attachments).await),
            Call::OpenStored(id) => self.answer(ticket, &self.open_stored(id).await),
            Call::Stored => self.answer(ticket, &self.stored().await),
            Call::DeleteStored(id) => self.answer(ticket, &self.delete_stored(&id).await),
            Call::WorkspaceFile => {
                let file = self.engine.borrow().workspace_file();
                let bytes = file.map(|file| Uint8Array::from(file.as_slice()).into());
                let found = bytes.as_ref().map(|_| ()).ok_or(WebError::NothingOpen);
                self.answer_with(ticket, &found, bytes);
            }
        }
    }

    fn answer<T: Serialize>(&self, ticket: u32, answer: &Result<T, WebError>) {
        self.answer_with(ticket, answer, None);
    }

    fn answer_with<T: Serialize>(&self, ticket: u32, answer: &Result<T, WebError>, attachment: Option<JsValue>) {
        // An answer that cannot be written is answered by the reason, which can.
        let bytes = wire::encode(answer).or_else(|error| wire::encode(&Err::<T, WebError>(error)));
        if let Ok(bytes) = bytes {
            let attachments: Vec<JsValue> = std::iter::once(bytes.into()).chain(attachment).collect();
            self.page.tell(&FromWorker::Answer { ticket }, &attachments);
        }
    }

    async fn ask(&self, request: Request) -> Response {
        match (&request, self.fault) {
            (Request::Metrics { .. }, Fault::WorkerPanic) => Fault::panic_now(),
            (Request::Metrics { .. }, Fault::WorkerHang) => Fault::hang_now(),
            _ => {}
        }
        if !matches!(request, Request::NewWorkspace { .. } | Request::OpenWorkspace { .. }) {
            return self.change(request);
        }
        self.open(request).await
    }

    /// Puts another workspace in the place of the open one, which must be on disk before.
    async fn open(&self, request: Request) -> Response {
        self.autosave.rest().await;
        let response = self.engine.borrow_mut().handle(request);
        if matches!(response, Response::Workspace(_)) {
            self.autosave.follow_whatever_is_there();
            // A workspace without a change is empty: nothing to keep yet.
            if self.engine.borrow().generation() > 0 {
                self.autosave.changed();
            }
        }
        response
    }

    fn change(&self, request: Request) -> Response {
        let mut engine = self.engine.borrow_mut();
        let before = engine.generation();
        let response = engine.handle(request);
        let changed = engine.generation() != before;
        drop(engine);
        if changed {
            self.autosave.changed();
        }
        response
    }

    fn add_layer(&self, terms: AddTerms, attachments: &[JsValue]) -> Result<Response, WebError> {
        let [report, dataset, rest @ ..] = attachments else { return Err(WebError::NewVersion) };
        let report = wire::decode(report).ok_or(WebError::NewVersion)?;
        let dataset = dataset.dyn_ref::<Uint8Array>().ok_or(WebError::NewVersion)?.to_vec();
        let before = self.engine.borrow().layer_hashes();
        // The save begins after this turn: the original is named before it.
        let response = self.change(Request::AddLayer { dataset, report, terms });
        let engine = self.engine.borrow();
        let added = engine.layer_hashes().into_iter().find(|hash| !before.contains(hash));
        let file = rest.first().and_then(|file| file.dyn_ref::<Blob>());
        if let (Some(hash), Some(id), Some(file)) = (added, engine.workspace_id(), file) {
            self.autosave.keep_original(id.to_owned(), hash, file.clone());
        }
        Ok(response)
    }

    async fn open_file(&self, attachments: &[JsValue]) -> Result<Response, WebError> {
        let file = attachments.first().and_then(|file| file.dyn_ref::<Blob>()).ok_or(WebError::NewVersion)?;
        let bytes = JsFuture::from(file.array_buffer())
            .await
            .map_err(|exception| WebError::browser("read the file", &exception))?;
        let bytes = Uint8Array::new(bytes.unchecked_ref::<ArrayBuffer>()).to_vec();
        match unpack_workspace_file(&bytes) {
            Err(error) => Ok(Response::Failed(error)),
            Ok(parts) => {
                drop(bytes);
                let layers = parts.layers.into_iter().map(|(_, layer)| layer).collect();
                Ok(self.open(Request::OpenWorkspace { document: parts.document, layers }).await)
            }
        }
    }

    async fn stored(&self) -> Result<Vec<StoredWorkspace>, WebError> {
        match self.autosave.store().await {
            Ok(store) => store.list().await,
            // The page was told that nothing is stored in this browser.
            Err(_) => Ok(Vec::new()),
        }
    }

    async fn delete_stored(&self, id: &str) -> Result<(), WebError> {
        self.autosave.rest().await;
        self.autosave.store().await?.delete(id).await?;
        if self.engine.borrow().workspace_id() == Some(id) {
            self.autosave.follow(None);
        }
        Ok(())
    }

    async fn open_stored(&self, id: Option<String>) -> Result<Option<WorkspaceSummary>, WebError> {
        self.autosave.rest().await;
        let store = match (self.autosave.store().await, &id) {
            (Ok(store), _) => store,
            (Err(_), None) => return Ok(None),
            (Err(error), Some(_)) => return Err(error),
        };
        let head = match id {
            Some(id) => store.head(&id).await?.ok_or(WebError::NotStored(id))?,
            None => match store.heads().await?.into_iter().next() {
                Some(head) => head,
                None => return Ok(None),
            },
        };
        self.open_newest_readable(&store, &head).await.map(Some)
    }

    /// Opens the newest generation that can be read, and says so when it is not the newest.
    async fn open_newest_readable(&self, store: &Store, head: &Head) -> Result<WorkspaceSummary, WebError> {
        let mut problem = None;
        for generation in head.generations() {
            let why = match store.read(&head.id, &generation).await? {
                None => "a part of it is missing".to_owned(),
                Some(bytes) => {
                    let request = Request::OpenWorkspace { document: bytes.document, layers: bytes.layers };
                    let response = self.engine.borrow_mut().handle(request);
                    match response {
                        Response::Workspace(summary) => {
                            self.autosave.follow(Some(head.generation));
                            self.tell_older(problem, generation.saved_at);
                            return Ok(*summary);
                        }
                        Response::Failed(error) => error.to_string(),
                        _ => EngineError::NothingOpen.to_string(),
                    }
                }
            };
            problem.get_or_insert(why);
        }
        Err(WebError::Damaged { name: head.name.clone(), why: problem.unwrap_or_default() })
    }

    fn tell_older(&self, problem: Option<String>, saved_at: i64) {
        let Some(why) = problem else { return };
        let when = String::from(js_sys::Date::new(&(saved_at as f64).into()).to_iso_string());
        let text = format!(
            "The newest saved state cannot be read ({why}). The state saved at {when} was opened. \
             Check what is missing and import the newest file again."
        );
        self.autosave.event(EngineEvent::Notice { text });
    }
}
