//! Keeps the open workspace stored: saves after each change, one save at a time, and tells the page how it went.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{LocalBoxFuture, Shared};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use super::EngineEvent;
use super::page::Page;
use super::tabs::{Tabs, Word};
use super::wire::FromWorker;
use crate::engine::Engine;
use crate::web::fault::Fault;
use crate::web::storage::{SaveFailure, SaveOrder, Saved, Store, sleep};
use crate::web::{WebError, read_only_copy};

type Opening = Shared<LocalBoxFuture<'static, Result<Rc<Store>, WebError>>>;

/// After a change the page asks for its numbers: they are answered before we turn to writing.
const NUMBERS_FIRST_MS: u32 = 250;
/// After a save that failed the next try comes by then, and each further one in twice the time.
const FIRST_RETRY_MS: u32 = 2_000;
const LAST_RETRY_MS: u32 = 60_000;

/// The storage of the engine worker, and what is still to be written to it.
pub(super) struct Autosave {
    engine: Rc<RefCell<Engine>>,
    page: Page,
    store: Opening,
    /// The workspaces of this browser are its business.
    stores: bool,
    fault: Fault,
    tabs: Rc<Tabs>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// The workspace changed since the last save began.
    changed: bool,
    /// Something of it is not on disk.
    unsaved: bool,
    /// Saves that failed since the last one that did not.
    failures: u32,
    /// A save is running.
    saving: bool,
    base: Base,
    originals: Vec<Original>,
    waiting_for_rest: Vec<oneshot::Sender<()>>,
}

/// What the next save follows.
#[derive(Clone, Copy, Default)]
enum Base {
    /// Nothing: the workspace is not stored.
    #[default]
    Nothing,
    /// This stored generation, which we read or wrote.
    Generation(u64),
    /// Whatever is stored by then: the user asked for this workspace in its place. It stays as a previous generation.
    WhateverIsThere,
}

/// An imported file that is still to be kept.
struct Original {
    id: String,
    hash: String,
    file: Blob,
}

impl Autosave {
    /// Begins to open the storage; where there is none, the page is told.
    pub(super) fn start(
        engine: &Rc<RefCell<Engine>>,
        page: &Page,
        fault: Fault,
        stores: bool,
        tabs: &Rc<Tabs>,
    ) -> Rc<Self> {
        let store = open_store(fault, stores).boxed_local().shared();
        let (engine, page, tabs) = (Rc::clone(engine), page.clone(), Rc::clone(tabs));
        let autosave = Rc::new(Self { engine, page, store, stores, fault, tabs, state: RefCell::default() });
        let opening = Rc::clone(&autosave);
        spawn_local(async move {
            match opening.store().await {
                Err(WebError::NotKept) => {}
                Err(error) => opening.event(EngineEvent::MemoryOnly { reason: error.to_string() }),
                Ok(store) => {
                    spawn_local(Rc::clone(&opening).watch_for_loss(Rc::clone(&store)));
                    // What cannot be removed now is removed another day.
                    drop(store.remove_expired(js_sys::Date::now()).await);
                    store.retired().await;
                    opening.event(EngineEvent::NewVersion);
                }
            }
        });
        autosave
    }

    /// The storage, once it is open.
    pub(super) async fn store(&self) -> Result<Rc<Store>, WebError> {
        self.store.clone().await
    }

    /// Sends news to the page.
    pub(super) fn event(&self, event: EngineEvent) {
        self.page.tell(&FromWorker::Event(event), &[]);
    }

    /// The open workspace is this stored generation; `None` when it is not stored any more.
    pub(super) fn follow(&self, generation: Option<u64>) {
        self.state.borrow_mut().base = generation.map_or(Base::Nothing, Base::Generation);
    }

    /// The open workspace takes the place of whatever is stored under its id.
    pub(super) fn follow_whatever_is_there(&self) {
        self.state.borrow_mut().base = Base::WhateverIsThere;
    }

    /// The stored generation that our state goes back to.
    pub(super) fn base_generation(&self) -> Option<u64> {
        match self.state.borrow().base {
            Base::Generation(generation) => Some(generation),
            _ => None,
        }
    }

    /// True when everything of the open workspace is on disk.
    pub(super) fn is_clean(&self) -> bool {
        let state = self.state.borrow();
        !state.unsaved && !state.saving
    }

    /// Another workspace is open: what was not saved of the one before is told and over.
    pub(super) fn begin_clean(&self) {
        let mut state = self.state.borrow_mut();
        (state.unsaved, state.changed, state.failures) = (false, false, 0);
    }

    /// The file that a layer was read from; kept after the next save.
    pub(super) fn keep_original(&self, id: String, hash: String, file: Blob) {
        if self.stores {
            self.state.borrow_mut().originals.push(Original { id, hash, file });
        }
    }

    /// The workspace changed: saves it, or lets the running save be followed by another.
    pub(super) fn changed(self: &Rc<Self>) {
        if !self.stores {
            return;
        }
        // Said at once: until the save below begins, "saved" would be a promise that a closed tab breaks.
        self.event(EngineEvent::Saving);
        self.begin();
    }

    fn begin(self: &Rc<Self>) {
        let mut state = self.state.borrow_mut();
        (state.changed, state.unsaved) = (true, true);
        if !state.saving {
            state.saving = true;
            spawn_local(Rc::clone(self).save_until_unchanged());
        }
    }

    /// Tries again by itself what could not be saved, less and less often: space may come back.
    fn try_again_later(self: &Rc<Self>) {
        let failures = {
            let mut state = self.state.borrow_mut();
            state.failures += 1;
            state.failures
        };
        let wait = (FIRST_RETRY_MS << (failures - 1).min(8)).min(LAST_RETRY_MS);
        let autosave = Rc::clone(self);
        spawn_local(async move {
            sleep(wait).await;
            let is_due = {
                let state = autosave.state.borrow();
                state.unsaved && !state.saving && state.failures == failures
            };
            if is_due {
                autosave.begin();
            }
        });
    }

    /// When the browser closes the connection by itself, what was stored may be gone: then it is stored again from memory.
    async fn watch_for_loss(self: Rc<Self>, store: Rc<Store>) {
        loop {
            store.lost().await;
            sleep(NUMBERS_FIRST_MS).await;
            let open = self.engine.borrow().workspace_id().map(str::to_owned);
            if let (Some(id), Some(_)) = (open, self.base_generation())
                && store.head(&id).await == Ok(None)
            {
                self.begin();
            }
        }
    }

    /// Waits until no save is running. Another workspace must not be opened before.
    pub(super) async fn rest(&self) {
        let (sender, receiver) = oneshot::channel();
        {
            let mut state = self.state.borrow_mut();
            if !state.saving {
                return;
            }
            state.waiting_for_rest.push(sender);
        }
        // The sender is dropped only with ourselves.
        receiver.await.ok();
    }

    async fn save_until_unchanged(self: Rc<Self>) {
        sleep(NUMBERS_FIRST_MS).await;
        while std::mem::take(&mut self.state.borrow_mut().changed) {
            self.save_once().await;
        }
        let waiting = {
            let mut state = self.state.borrow_mut();
            state.saving = false;
            std::mem::take(&mut state.waiting_for_rest)
        };
        for sender in waiting {
            sender.send(()).ok();
        }
    }

    async fn save_once(self: &Rc<Self>) {
        let store = match self.store().await {
            Ok(store) => store,
            Err(WebError::NotKept) => return,
            Err(error) => {
                self.give_page_a_copy();
                self.event(EngineEvent::MemoryOnly { reason: error.to_string() });
                return;
            }
        };
        let Some((mut order, generation)) = self.order() else { return };
        match self.save(&store, &mut order).await {
            Ok(Saved { generation: stored, at_ms }) => {
                self.follow(Some(stored));
                {
                    let mut state = self.state.borrow_mut();
                    (state.unsaved, state.failures) = (state.changed, 0);
                }
                self.tabs.say(&Word::Saved(order.id, stored));
                self.page.tell(&FromWorker::LastFile, &[JsValue::NULL]);
                self.event(EngineEvent::Saved { generation, at_ms });
                spawn_local(Rc::clone(self).keep_originals(store));
            }
            // What failed is already out of date; the next save says how it stands.
            Err(SaveFailure::NotSaved(_)) if self.state.borrow().changed => {}
            Err(SaveFailure::NotSaved(error)) => {
                self.give_page_a_copy();
                // Storage of a newer release is never written to: only a reload helps.
                if error != WebError::NewVersion {
                    self.try_again_later();
                }
                self.event(EngineEvent::NotSaved { reason: error.to_string() });
            }
            Err(SaveFailure::ChangedElsewhere { generation }) => {
                self.give_page_a_copy();
                self.event(EngineEvent::ChangedElsewhere { generation });
            }
        }
    }

    async fn save(&self, store: &Store, order: &mut SaveOrder) -> Result<Saved, SaveFailure> {
        let base = self.state.borrow().base;
        order.based_on = match base {
            Base::Nothing => None,
            Base::Generation(generation) => Some(generation),
            Base::WhateverIsThere => store.head(&order.id).await?.map(|head| head.generation),
        };
        let layer = |hash: &str| self.engine.borrow().layer(hash);
        match store.save(order, layer).await {
            // Nothing is stored under our name any more: the site's data was cleared, or the workspace was removed for good.
            Err(SaveFailure::ChangedElsewhere { generation: 0 }) if order.based_on.is_some() => {
                order.based_on = None;
                let saved = store.save(order, layer).await?;
                let text = "What was stored of this workspace was gone: the browser's data for this page was cleared, or \
                            the workspace was removed in another tab. It was saved again from memory. The original files \
                            kept beside it are gone; download the workspace to be safe.";
                self.event(EngineEvent::Notice { text: text.to_owned() });
                Ok(saved)
            }
            other => other,
        }
    }

    fn order(&self) -> Option<(SaveOrder, u64)> {
        let engine = self.engine.borrow();
        let (id, name, sample) = engine.identity()?;
        let order = SaveOrder {
            id: id.to_owned(),
            name: name.to_owned(),
            sample,
            document: engine.document()?,
            layers: engine.layer_hashes(),
            based_on: None,
            last_moment: engine.last_moment(),
            now_ms: js_sys::Date::now(),
            refuse_commit: self.fault == Fault::StorageFull,
        };
        let generation = engine.generation();
        Some((order, generation))
    }

    /// What storage does not hold is given to the page as a file outside of our memory, for the crash screen.
    fn give_page_a_copy(&self) {
        let Some(file) = self.engine.borrow().workspace_file() else { return };
        if let Ok(blob) = read_only_copy(&file) {
            self.page.tell(&FromWorker::LastFile, &[blob.into()]);
        }
    }

    /// Keeps the imported files beside the saved workspace. A file that does not fit is told and let go.
    async fn keep_originals(self: Rc<Self>, store: Rc<Store>) {
        let originals = std::mem::take(&mut self.state.borrow_mut().originals);
        if originals.is_empty() {
            return;
        }
        for Original { id, hash, file } in originals {
            if let Err(error) = store.keep_original(&id, &hash, &file).await {
                let text = format!(
                    "The workspace is saved. The original file could not be kept beside it: {error} \
                     (the workspace does not need it; keep the file if you may want to import it again)."
                );
                self.event(EngineEvent::Notice { text });
            }
        }
        // The list that was read when the save was told may not count them yet.
        self.tabs.say(&Word::ListChanged);
        self.event(EngineEvent::StoredChanged);
    }
}

async fn open_store(fault: Fault, stores: bool) -> Result<Rc<Store>, WebError> {
    if !stores {
        return Err(WebError::NotKept);
    }
    if fault == Fault::StorageBlocked {
        return Err(WebError::StorageBlocked("a test asked for it".to_owned()));
    }
    Store::open().await.map(Rc::new)
}
