//! Messages between a frame and the page around it, and the height of the frame's content. What they mean is the embedding
//! module's business; here they are carried. Nothing listens when the page is in no frame.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Element, File, MessageEvent, ResizeObserver, Window};

use super::WebError;
use crate::embedding::{GivenFile, Incoming, Outgoing, Partner, Plain, ResizeLimit, Resizer, heights, names_somebody};

/// Milliseconds of stillness before a height is told.
const DEBOUNCE_MS: u32 = 100;
/// Messages that came before the program ran (`public/boot.js` keeps them).
const EARLY: &str = "throughlineEarlyMessages";

/// A message of the page around.
pub struct Heard {
    /// What it says.
    pub message: Incoming,
    /// The origin of the page.
    pub origin: String,
    /// The buffers that came along.
    pub buffers: Buffers,
}

/// Bytes of a message, as the browser holds them: nothing of them has been read.
#[derive(Default)]
pub struct Buffers(Vec<JsValue>);

impl Buffers {
    /// A buffer as a file, as if it had been dropped.
    pub fn file(&self, given: &GivenFile) -> Result<File, WebError> {
        let buffer = self.0.get(given.place).cloned().unwrap_or_default();
        File::new_with_blob_sequence(&Array::of1(&buffer), &given.name)
            .map_err(|exception| WebError::browser("hold the file", &exception))
    }

    /// Takes a value if it is bytes.
    fn keep(&mut self, value: &JsValue) -> Option<Plain> {
        let bytes = if let Some(buffer) = value.dyn_ref::<ArrayBuffer>() {
            f64::from(buffer.byte_length())
        } else if ArrayBuffer::is_view(value) {
            Reflect::get(value, &"byteLength".into()).ok()?.as_f64()?
        } else {
            value.dyn_ref::<Blob>()?.size()
        };
        self.0.push(value.clone());
        Some(Plain::Buffer { place: self.0.len() - 1, bytes: bytes as u64 })
    }
}

/// The way to the page around the frame. A cheap handle.
#[derive(Clone)]
pub struct FrameLink {
    shared: Rc<Shared>,
}

struct Shared {
    parent: Window,
    /// The frame's name in the page around, given back in every message.
    name: String,
    partner: Partner,
    /// The origin of the page around, once it has spoken or the address has named it, if it may know what is shown.
    trusted: RefCell<Option<String>>,
    /// Who follows the height.
    resizers: RefCell<Vec<Resizer>>,
    limit: RefCell<ResizeLimit>,
    listener: RefCell<Option<EventListener>>,
}

impl FrameLink {
    /// The way to the page around; `None` when there is none. `heed` is called with every message that is understood.
    pub fn open(partner: Partner, heed: impl Fn(Heard) + 'static) -> Option<Self> {
        let window = gloo::utils::window();
        let parent = window.parent().ok().flatten().filter(|parent| !Object::is(parent, &window))?;
        let named = partner.expected.clone().filter(|origin| partner.may_know(origin));
        let shared = Rc::new(Shared {
            parent,
            name: window.name().unwrap_or_default(),
            partner,
            trusted: RefCell::new(named),
            resizers: RefCell::default(),
            limit: RefCell::default(),
            listener: RefCell::default(),
        });
        let hearing = Rc::downgrade(&shared);
        let hear = move |event: &MessageEvent| {
            if let Some(shared) = hearing.upgrade()
                && let Some(message) = shared.understood(event)
            {
                heed(message);
            }
        };
        for early in take_early() {
            hear(&early);
        }
        let listener = EventListener::new(&window, "message", move |event| {
            if let Some(event) = event.dyn_ref::<MessageEvent>() {
                hear(event);
            }
        });
        shared.listener.replace(Some(listener));
        Some(Self { shared })
    }

    /// Tells the page around.
    pub fn tell(&self, message: &Outgoing) {
        self.shared.tell(message, "*");
    }

    /// The origin of the page around, when it may know what is shown: to it alone may go what is of the data.
    pub fn trusted(&self) -> Option<String> {
        self.shared.trusted.borrow().clone()
    }

    /// Tells the page around, which must be of this origin: the browser drops the message otherwise.
    pub fn tell_trusted(&self, message: &Outgoing, origin: &str) {
        self.shared.tell(message, origin);
    }

    /// Who the page around is, and what it may know.
    pub fn partner(&self) -> &Partner {
        &self.shared.partner
    }

    /// Answers a page of this origin and no other: the browser drops the message when the page around is of another one. With a
    /// file, its bytes go along; they are handed over, not copied. False: the origin names nobody that could be answered.
    pub fn answer(&self, message: &Outgoing, origin: &str, file: Option<&[u8]>) -> bool {
        if !names_somebody(origin) {
            return false;
        }
        let buffers: Array = file.into_iter().map(|bytes| Uint8Array::from(bytes).buffer()).collect();
        let message = value(&message.plain(&self.shared.name), &buffers);
        self.shared.parent.post_message_with_transfer(&message, origin, &buffers).is_ok()
    }

    /// Tells every resizer the size of the content, from now on and whenever it changes. The content must not take its height
    /// from the frame's.
    pub fn follow_height(&self, content: &Element) -> Option<HeightWatch> {
        let (shared, element) = (Rc::downgrade(&self.shared), content.clone());
        let waiting: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
            let (shared, element) = (shared.clone(), element.clone());
            let later = Timeout::new(DEBOUNCE_MS, move || {
                if let Some(shared) = shared.upgrade() {
                    shared.measure(&element);
                }
            });
            // An earlier one that still waits is cancelled by dropping it.
            waiting.replace(Some(later));
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(content);
        Some(HeightWatch { observer, _callback: closure })
    }
}

/// Watches the content's size as long as it lives.
#[must_use = "dropping it ends the watch"]
pub struct HeightWatch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Drop for HeightWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Shared {
    /// What a message means; `None` when it is of somebody else, or none of ours.
    fn understood(&self, event: &MessageEvent) -> Option<Heard> {
        let is_parent = event.source().is_some_and(|source| Object::is(&source, &self.parent));
        let origin = event.origin();
        if !is_parent || !self.partner.is_heard(&origin) {
            return None;
        }
        let mut buffers = Buffers::default();
        let message = Incoming::read(&plain(&event.data(), Plain::DEEPEST, &mut buffers))?;
        if self.partner.may_know(&origin) {
            self.trusted.replace(Some(origin.clone()));
        }
        let asks = match &message {
            Incoming::Resizes(resizer) => Some(*resizer),
            Incoming::Theme { by_confluence: true, .. } => Some(Resizer::Confluence),
            _ => None,
        };
        if let Some(resizer) = asks {
            let is_new = !self.resizers.borrow().contains(&resizer);
            if is_new {
                self.resizers.borrow_mut().push(resizer);
            }
            // Who asks again, or later than another, is told what is known.
            let told = self.limit.borrow().told();
            if let Some((width, height)) = told {
                self.tell_height(&[resizer], width, height);
            }
        }
        Some(Heard { message, origin, buffers })
    }

    fn measure(&self, content: &Element) {
        let size = content.get_bounding_client_rect();
        let (width, height) = (size.width().ceil(), size.height().ceil());
        // A frame that is not shown has no size: that is not the content's.
        if width < 1.0 || height < 1.0 {
            return;
        }
        let tells = self.limit.borrow_mut().tells((width, height), js_sys::Date::now());
        if tells {
            let resizers = self.resizers.borrow().clone();
            self.tell_height(&resizers, width, height);
        } else if self.limit.borrow().has_stopped() {
            gloo::console::warn!("The height of this frame changed too often and is not told any more.");
        }
    }

    fn tell_height(&self, resizers: &[Resizer], width: f64, height: f64) {
        for message in heights(resizers, width, height) {
            self.tell(&message, "*");
        }
    }

    fn tell(&self, message: &Outgoing, origin: &str) {
        // Refused only for an origin that is none; those are never trusted.
        drop(self.parent.post_message(&value(&message.plain(&self.name), &Array::new()), origin));
    }
}

/// What came before; whoever kept it stops.
fn take_early() -> Vec<MessageEvent> {
    let global = js_sys::global();
    let early = Reflect::get(&global, &EARLY.into()).ok().and_then(|early| early.dyn_into::<Array>().ok());
    drop(Reflect::set(&global, &EARLY.into(), &JsValue::NULL));
    early.iter().flat_map(Array::iter).filter_map(|event| event.dyn_into().ok()).collect()
}

/// A message as plain values, as far as it is looked at. Bytes stay where they are.
fn plain(value: &JsValue, depth: usize, buffers: &mut Buffers) -> Plain {
    if let Some(text) = value.dyn_ref::<js_sys::JsString>() {
        return if text.length() as usize <= Plain::LONGEST_TEXT { Plain::Text(text.into()) } else { Plain::Other };
    }
    if let Some(number) = value.as_f64() {
        return Plain::Number(number);
    }
    if let Some(switch) = value.as_bool() {
        return Plain::Switch(switch);
    }
    if let Some(buffer) = buffers.keep(value) {
        return buffer;
    }
    let Some(object) = value.dyn_ref::<Object>().filter(|_| depth > 0) else { return Plain::Other };
    if let Some(list) = value.dyn_ref::<Array>() {
        if list.length() as usize > Plain::MOST_FIELDS {
            return Plain::Other;
        }
        // A list within a list is not looked into: it could hold itself.
        let entry = |entry: JsValue| if Array::is_array(&entry) { Plain::Other } else { plain(&entry, depth, buffers) };
        return Plain::List(list.iter().map(entry).collect());
    }
    // What `postMessage` hands over is a copy: nothing of it can run code of the page around.
    let entries = Object::entries(object);
    if entries.length() as usize > Plain::MOST_FIELDS {
        return Plain::Other;
    }
    let field = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        (entry.get(0).as_string().unwrap_or_default(), plain(&entry.get(1), depth - 1, buffers))
    };
    Plain::Fields(entries.iter().map(field).collect())
}

fn value(plain: &Plain, buffers: &Array) -> JsValue {
    match plain {
        Plain::Text(text) => text.into(),
        Plain::Number(number) => (*number).into(),
        Plain::Switch(switch) => (*switch).into(),
        Plain::List(values) => values.iter().map(|one| value(one, buffers)).collect::<Array>().into(),
        Plain::Fields(fields) => {
            let object = Object::new();
            for (key, field) in fields {
                // An own property, whatever its name: setting `__proto__` would do something else.
                let entry = Array::of2(&key.into(), &value(field, buffers));
                if let Ok(one) = Object::from_entries(&Array::of1(&entry)) {
                    Object::assign(&object, &one);
                }
            }
            object.into()
        }
        Plain::Buffer { place, .. } => buffers.get(*place as u32),
        Plain::Other => JsValue::NULL,
    }
}
