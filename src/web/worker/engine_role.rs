//! The engine worker: one question at a time, in order; what changed is saved beside it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::StreamExt;
use futures::stream::select;
use gloo::timers::callback::Interval;
use js_sys::{ArrayBuffer, Uint8Array};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::autosave::Autosave;
use super::page::Page;
use super::program::Inbox;
use super::tabs::{News, Tabs};
use super::wire::{self, Call, FromWorker, KeptFiles, ToEngine};
use crate::engine::{AddTerms, Engine, EngineError, Request, Response, unpack_workspace_file};
use crate::web::WebError;
use crate::web::fault::Fault;

/// While a question waits for storage the page hears that we are alive; while we compute, the silence is the measure.
const ALIVE_EVERY_MS: u32 = 1_000;

pub(super) struct EngineRole {
    pub(super) engine: Rc<RefCell<Engine>>,
    pub(super) autosave: Rc<Autosave>,
    pub(super) tabs: Rc<Tabs>,
    page: Page,
    fault: Fault,
}

/// Whom the worker hears.
enum Heard {
    Page((ToEngine, Vec<JsValue>)),
    Tabs(News),
}

/// Answers the page until it ends this worker.
pub(super) async fn run(page: Page, inbox: Inbox<ToEngine>, fault: Fault, stores: bool) {
    let engine = Rc::default();
    let (tabs, news) = Tabs::listen(stores);
    let autosave = Autosave::start(&engine, &page, fault, stores, &tabs);
    let role = EngineRole { engine, autosave, page: page.clone(), fault, tabs };
    let busy = Rc::new(Cell::new(false));
    let is_busy = Rc::clone(&busy);
    let alive = Interval::new(ALIVE_EVERY_MS, move || {
        if is_busy.get() {
            page.tell(&FromWorker::Alive, &[]);
        }
    });
    // One thing at a time: news of other tabs may open the workspace anew, which no question must meet half done.
    let mut inbox = select(inbox.map(Heard::Page), news.map(Heard::Tabs));
    while let Some(heard) = inbox.next().await {
        match heard {
            Heard::Page((ToEngine::Call { ticket, call }, attachments)) => {
                busy.set(true);
                role.take(ticket, *call, attachments).await;
                busy.set(false);
            }
            Heard::Page(_) => {}
            Heard::Tabs(news) => role.heed(news).await,
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
            Call::Mark(id, mark) => self.answer(ticket, &self.mark(&id, mark).await),
            Call::Rename(id, name) => self.answer(ticket, &self.rename(&id, name).await),
            Call::Duplicate { id, new_id, name } => self.answer(ticket, &self.duplicate(&id, &new_id, &name).await),
            Call::Originals(id) => match self.originals(&id).await {
                Ok((kept, files)) => self.answer_with(ticket, &Ok(kept), files),
                Err(error) => self.answer(ticket, &Err::<KeptFiles, _>(error)),
            },
            Call::TakeOver => {
                self.tabs.ask();
                self.answer(ticket, &Ok(()));
            }
            Call::WorkspaceFile => {
                let file = self.engine.borrow().workspace_file();
                let bytes = file.map(|file| Uint8Array::from(file.as_slice()).into());
                let found = bytes.as_ref().map(|_| ()).ok_or(WebError::NothingOpen);
                self.answer_with(ticket, &found, bytes.into_iter().collect());
            }
        }
    }

    fn answer<T: Serialize>(&self, ticket: u32, answer: &Result<T, WebError>) {
        self.answer_with(ticket, answer, Vec::new());
    }

    fn answer_with<T: Serialize>(&self, ticket: u32, answer: &Result<T, WebError>, more: Vec<JsValue>) {
        // An answer that cannot be written is answered by the reason, which can.
        let bytes = wire::encode(answer).or_else(|error| wire::encode(&Err::<T, WebError>(error)));
        if let Ok(bytes) = bytes {
            let attachments: Vec<JsValue> = std::iter::once(bytes.into()).chain(more).collect();
            self.page.tell(&FromWorker::Answer { ticket }, &attachments);
        }
    }

    async fn ask(&self, request: Request) -> Response {
        match (&request, self.fault) {
            (Request::Metrics { .. }, Fault::WorkerPanic) => Fault::panic_now(),
            (Request::Metrics { .. }, Fault::WorkerHang) => Fault::hang_now(),
            _ => {}
        }
        match request {
            Request::NewWorkspace { .. } | Request::OpenWorkspace { .. } | Request::MakeOwn { .. } => {
                self.open(request).await
            }
            request => self.change(request),
        }
    }

    /// Puts another workspace in the place of the open one, which must be on disk before.
    async fn open(&self, request: Request) -> Response {
        self.autosave.rest().await;
        let response = self.engine.borrow_mut().handle(request);
        if let Response::Workspace(workspace) = &response {
            self.autosave.begin_clean();
            self.autosave.follow_whatever_is_there();
            self.tabs.claim(&workspace.id);
            // A workspace without a change is empty: nothing to keep yet.
            if self.engine.borrow().generation() > 0 {
                self.autosave.changed();
            }
        }
        response
    }

    pub(super) fn change(&self, request: Request) -> Response {
        if request.is_edit() && self.tabs.is_elsewhere() {
            return Response::Failed(EngineError::OpenElsewhere);
        }
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
}
