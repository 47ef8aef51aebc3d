//! A worker under supervision: it is greeted, listened to, and ended when it fails, falls silent or is let go.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent};

use super::thread::Thread;
use super::wire::{self, BUILD, FromWorker, Parcel};
use crate::engine::PROTOCOL_VERSION;
use crate::web::WebError;

/// Silence that ends a worker which was asked something.
pub(super) const PATIENCE_SECONDS: u32 = 10;
/// The same where one answer may rightly take long (joining a million items).
pub(super) const LONG_PATIENCE_SECONDS: u32 = 60;
/// The worker's program has to come over the network first.
const START_SECONDS: u32 = 60;

/// What a worker runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    /// Owns the open workspace and the storage.
    Engine,
    /// Reads one file.
    Import,
    /// Takes one container apart.
    Unpack,
    /// Makes one output.
    Export,
}

impl Program {
    /// The worker's name; `worker_boot.js` loads the program of this name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Engine => "throughline-engine",
            Self::Import => "throughline-import",
            Self::Unpack => "throughline-unpack",
            Self::Export => "throughline-export",
        }
    }
}

/// What the owner of a worker does with its words and its end.
pub(super) trait Owner: 'static {
    /// A message of the worker.
    fn heard(&self, message: FromWorker, attachments: Vec<JsValue>);
    /// The worker is no more; why, in words. Called at most once.
    fn died(&self, why: WebError);
    /// For how many seconds the worker may be silent; `None` while nothing is asked of it.
    fn patience(&self) -> Option<u32>;
}

/// A worker that runs as long as this value lives.
pub(super) struct SupervisedWorker {
    link: Rc<Link>,
    _listeners: [EventListener; 3],
    _watch: Interval,
}

struct Link {
    thread: Thread,
    /// Nobody while the worker waits for an owner.
    owner: RefCell<Option<Weak<dyn Owner>>>,
    /// Messages before the worker listens would be lost: they wait here. `None` once it listens.
    waiting: RefCell<Option<Vec<Parcel>>>,
    silent_seconds: Cell<u32>,
    ended: Cell<bool>,
}

impl SupervisedWorker {
    /// Starts a worker. Whoever takes it owns it.
    pub(super) fn spawn(program: Program) -> Result<Self, WebError> {
        let link = Rc::new(Link {
            thread: Thread::start(program)?,
            owner: RefCell::default(),
            waiting: RefCell::new(Some(Vec::new())),
            silent_seconds: Cell::new(0),
            ended: Cell::new(false),
        });
        Ok(Self { _listeners: link.listen(), _watch: link.watch(), link })
    }

    /// Names who hears the worker from now on, and sends the first message.
    pub(super) fn begin(&self, owner: Weak<dyn Owner>, first: Parcel) -> Result<(), WebError> {
        self.link.owner.replace(Some(owner));
        self.post(first)
    }

    /// False once the worker has failed.
    pub(super) fn is_alive(&self) -> bool {
        !self.link.ended.get()
    }

    /// Sends a message, now or as soon as the worker listens.
    pub(super) fn post(&self, parcel: Parcel) -> Result<(), WebError> {
        self.link.silent_seconds.set(0);
        if let Some(waiting) = self.link.waiting.borrow_mut().as_mut() {
            waiting.push(parcel);
            return Ok(());
        }
        self.link.send(&parcel)
    }
}

impl Drop for SupervisedWorker {
    fn drop(&mut self) {
        self.link.ended.set(true);
        self.link.thread.end();
    }
}

impl Link {
    fn listen(self: &Rc<Self>) -> [EventListener; 3] {
        let [on_message, on_error, on_unreadable] = [self, self, self].map(Rc::downgrade);
        let worker = self.thread.events();
        [
            EventListener::new(worker, "message", move |event| {
                if let (Some(link), Some(event)) = (on_message.upgrade(), event.dyn_ref::<MessageEvent>()) {
                    link.heard(&event.data());
                }
            }),
            EventListener::new(worker, "error", move |event| {
                if let Some(link) = on_error.upgrade() {
                    let words =
                        event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).filter(|words| !words.is_empty());
                    link.end(words.unwrap_or_else(|| "its program could not be loaded".to_owned()));
                }
            }),
            EventListener::new(worker, "messageerror", move |_| {
                if let Some(link) = on_unreadable.upgrade() {
                    link.end("a message could not be read".to_owned());
                }
            }),
        ]
    }

    /// Counts seconds of silence. Counting ticks, not reading a clock, spares a worker that slept with the whole machine.
    fn watch(self: &Rc<Self>) -> Interval {
        let link = Rc::downgrade(self);
        Interval::new(1_000, move || {
            let Some(link) = link.upgrade() else { return };
            let starting = link.waiting.borrow().is_some();
            let patience = if starting { Some(START_SECONDS) } else { link.owner().and_then(|owner| owner.patience()) };
            let Some(limit) = patience else { return link.silent_seconds.set(0) };
            link.silent_seconds.set(link.silent_seconds.get() + 1);
            if link.silent_seconds.get() >= limit {
                link.end(format!("no sign of life for {limit} seconds"));
            }
        })
    }

    fn owner(&self) -> Option<Rc<dyn Owner>> {
        self.owner.borrow().as_ref().and_then(Weak::upgrade)
    }

    fn send(&self, parcel: &Parcel) -> Result<(), WebError> {
        self.thread.post(parcel).map_err(|exception| WebError::browser("pass a message on", &exception))
    }

    fn heard(&self, data: &JsValue) {
        if self.ended.get() {
            return;
        }
        self.silent_seconds.set(0);
        match wire::unpack::<FromWorker>(data) {
            None => self.end("a message made no sense".to_owned()),
            Some((FromWorker::Ready { protocol, build }, _)) => self.greet(protocol, &build),
            Some((FromWorker::Panicked(words), _)) => self.end(words),
            Some((message, attachments)) => {
                if let Some(owner) = self.owner() {
                    owner.heard(message, attachments);
                }
            }
        }
    }

    fn greet(&self, protocol: u32, build: &str) {
        if protocol != PROTOCOL_VERSION || build != BUILD {
            return self.end_with(WebError::NewVersion);
        }
        for parcel in self.waiting.take().unwrap_or_default() {
            if let Err(error) = self.send(&parcel) {
                return self.end_with(error);
            }
        }
    }

    fn end(&self, words: String) {
        let began = self.waiting.borrow().is_none();
        self.end_with(if began { WebError::WorkerGone(words) } else { WebError::NoWorker(words) });
    }

    fn end_with(&self, why: WebError) {
        if self.ended.replace(true) {
            return;
        }
        self.thread.end();
        if let Some(owner) = self.owner() {
            owner.died(why);
        }
    }
}
