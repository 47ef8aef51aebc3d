//! Other tabs of this browser: which of them changes a workspace, and what they tell each other.
//!
//! A Web Lock on the workspace's id names the one tab that changes it; the others wait for it and only look. A broadcast
//! channel carries hints. Neither decides what is stored: that does the generation in storage, which also guards alone where
//! locks and channels are missing.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::{mpsc, oneshot};
use gloo::events::EventListener;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::web::storage::{DATABASE, sleep};

/// A tab that is being reloaded lets its lock go a moment after the new page asks for it: nobody is told of that.
const TOLD_AFTER_MS: u32 = 700;
/// A tab that neither hands over nor refuses by then does not run any more.
const HANDS_OVER_WITHIN_MS: u32 = 5_000;

#[wasm_bindgen]
extern "C" {
    // web-sys has it only behind a flag of the whole build.
    type LockManager;
    #[wasm_bindgen(method, catch)]
    fn request(this: &LockManager, name: &str, options: &JsValue, granted: &Function) -> Result<Promise, JsValue>;
}

/// What happens in other tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum News {
    /// The workspace is ours to change, after another tab had it.
    Granted,
    /// Another tab changes the workspace.
    Elsewhere,
    /// Another tab took the workspace from us without waiting for our answer.
    Lost,
    /// The tab that was asked to hand over does not answer.
    NoAnswer,
    /// Another tab says something.
    Told(Word),
}

/// What tabs tell each other. Between releases only what both understand is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// A workspace was saved; its id and the stored generation.
    Saved(String, u64),
    /// Something else about the stored workspaces changed.
    ListChanged,
    /// Whoever changes this workspace shall hand it over.
    HandOver(String),
    /// It is not handed over: what is changed in it is not saved.
    NotHandedOver(String),
}

impl Word {
    fn write(&self) -> String {
        match self {
            Self::Saved(id, generation) => format!("saved {generation} {id}"),
            Self::ListChanged => "list-changed".to_owned(),
            Self::HandOver(id) => format!("hand-over {id}"),
            Self::NotHandedOver(id) => format!("not-handed-over {id}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        Some(match word {
            "saved" => {
                let (generation, id) = rest.split_once(' ')?;
                Self::Saved(id.to_owned(), generation.parse().ok()?)
            }
            "list-changed" => Self::ListChanged,
            "hand-over" => Self::HandOver(rest.to_owned()),
            "not-handed-over" => Self::NotHandedOver(rest.to_owned()),
            _ => return None,
        })
    }
}

/// This tab among the others.
pub(super) struct Tabs {
    news: mpsc::UnboundedSender<News>,
    locks: Option<LockManager>,
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
    claim: RefCell<Claim>,
}

/// What we want to change.
#[derive(Default)]
struct Claim {
    /// Grows with every claim: what an earlier one is granted is of no use.
    number: u32,
    id: String,
    /// Lets the lock go when dropped; `None` while it is not ours.
    held: Option<oneshot::Sender<()>>,
    /// Another tab has it.
    elsewhere: bool,
    /// The other tab was asked to hand over.
    asking: bool,
}

impl Tabs {
    /// Begins to listen. Where the browser refuses locks or channels there is simply no news; nor is there where nothing is
    /// stored: such a page has no part in the workspaces of this browser.
    pub(super) fn listen(stores: bool) -> (Rc<Self>, mpsc::UnboundedReceiver<News>) {
        let (news, heard) = mpsc::unbounded();
        let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok().filter(JsValue::is_object);
        let navigator = get(&js_sys::global(), "navigator").filter(|_| stores);
        let locks = navigator.and_then(|navigator| get(&navigator, "locks")).map(JsCast::unchecked_into);
        let is_known = stores && Reflect::has(&js_sys::global(), &"BroadcastChannel".into()).unwrap_or(false);
        let channel = is_known.then(|| BroadcastChannel::new(DATABASE).ok()).flatten();
        let listener = channel.as_ref().map(|channel| {
            let news = news.clone();
            EventListener::new(channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(word) = text.as_deref().and_then(Word::read) {
                    drop(news.unbounded_send(News::Told(word)));
                }
            })
        });
        (Rc::new(Self { news, locks, channel, _listener: listener, claim: RefCell::default() }), heard)
    }

    /// Tells the other tabs.
    pub(super) fn say(&self, word: &Word) {
        if let Some(channel) = &self.channel {
            // It is a hint: who misses it finds out by the generation in storage.
            drop(channel.post_message(&word.write().into()));
        }
    }

    /// True while another tab changes the workspace of our claim.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.claim.borrow().elsewhere
    }

    /// True when this workspace is ours to change.
    pub(super) fn holds(&self, id: &str) -> bool {
        let claim = self.claim.borrow();
        claim.held.is_some() && claim.id == id
    }

    /// Wants to change this workspace, and lets go of the one before.
    pub(super) fn claim(self: &Rc<Self>, id: &str) {
        if self.claim.borrow().id != id {
            self.claim_anew(id, false, false);
        }
    }

    /// Lets go of the workspace of our claim; nothing is wanted.
    pub(super) fn let_go(&self) {
        let number = self.claim.borrow().number + 1;
        drop(self.claim.replace(Claim { number, ..Claim::default() }));
    }

    /// Hands the workspace over and waits behind the others for it.
    pub(super) fn hand_over(self: &Rc<Self>) {
        let id = self.claim.borrow().id.clone();
        self.claim_anew(&id, true, false);
    }

    /// Asks the tab that changes the workspace to hand it over.
    pub(super) fn ask(self: &Rc<Self>) {
        let (number, id) = {
            let mut claim = self.claim.borrow_mut();
            claim.asking = claim.elsewhere;
            (claim.number, claim.id.clone())
        };
        self.say(&Word::HandOver(id));
        let tabs = Rc::clone(self);
        spawn_local(async move {
            sleep(HANDS_OVER_WITHIN_MS).await;
            let is_waiting = tabs.claim.borrow().number == number && tabs.claim.borrow().asking;
            if is_waiting {
                tabs.tell(News::NoAnswer);
            }
        });
    }

    /// The other tab does not hand over. Answers whether we had asked.
    pub(super) fn stop_asking(&self, id: &str) -> bool {
        let mut claim = self.claim.borrow_mut();
        claim.id == id && std::mem::take(&mut claim.asking)
    }

    /// Takes the workspace from a tab that does not answer.
    pub(super) fn take(self: &Rc<Self>) {
        let id = self.claim.borrow().id.clone();
        self.claim_anew(&id, true, true);
    }

    fn claim_anew(self: &Rc<Self>, id: &str, elsewhere: bool, steal: bool) {
        let number = self.claim.borrow().number + 1;
        // The lock of the claim before, if there was one, goes with it.
        drop(self.claim.replace(Claim { number, id: id.to_owned(), elsewhere, ..Claim::default() }));
        let Some(locks) = &self.locks else { return };
        let options = Object::new();
        if steal && Reflect::set(&options, &"steal".into(), &JsValue::TRUE).is_err() {
            return;
        }
        let tabs = Rc::clone(self);
        let granted = Closure::once_into_js(move |_lock: JsValue| tabs.granted(number));
        // A workspace file may bring an id of any length.
        let name = format!("ws:{}", id.chars().take(100).collect::<String>());
        let end = locks.request(&name, &options, granted.unchecked_ref());
        let tabs = Rc::clone(self);
        spawn_local(async move {
            let refused = match end {
                Ok(end) => JsFuture::from(end).await.is_err(),
                Err(_) => true,
            };
            if refused {
                tabs.refused(number);
            }
        });
        let tabs = Rc::clone(self);
        spawn_local(async move {
            sleep(TOLD_AFTER_MS).await;
            let mut claim = tabs.claim.borrow_mut();
            if claim.number == number && claim.held.is_none() && !std::mem::replace(&mut claim.elsewhere, true) {
                tabs.tell(News::Elsewhere);
            }
        });
    }

    /// The lock is ours until the answer settles.
    fn granted(&self, number: u32) -> JsValue {
        let mut claim = self.claim.borrow_mut();
        if claim.number != number {
            return JsValue::UNDEFINED;
        }
        let (held, end) = oneshot::channel::<()>();
        claim.held = Some(held);
        claim.asking = false;
        if std::mem::take(&mut claim.elsewhere) {
            self.tell(News::Granted);
        }
        let until_let_go = async move {
            // It is dropped, never used: that is the signal.
            end.await.ok();
            Ok(JsValue::UNDEFINED)
        };
        future_to_promise(until_let_go).into()
    }

    /// Another tab took the lock; or the browser gives none, and then storage guards alone.
    fn refused(self: &Rc<Self>, number: u32) {
        let (is_ours, was_held, id) = {
            let mut claim = self.claim.borrow_mut();
            let is_ours = claim.number == number;
            if is_ours {
                claim.number += 1;
                claim.elsewhere = false;
            }
            (is_ours, claim.held.is_some(), claim.id.clone())
        };
        if is_ours && was_held {
            self.claim_anew(&id, true, false);
            self.tell(News::Lost);
        }
    }

    fn tell(&self, news: News) {
        // It fails only when the program has ended.
        drop(self.news.unbounded_send(news));
    }
}
