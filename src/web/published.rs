//! A published bundle: its answers, fetched view by view, and its workspace, fetched when somebody asks for more than the answers
//! hold. Every file is compared with the digest that the manifest names.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use futures::lock::Mutex;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::gzip::{decompressed, is_gzip};
use super::manifest::{PublishedFile, place_of};
use super::{Manifest, WebError, fetch_file, text_of};
use crate::engine::{Request, Response as Answer, WorkspaceSummary};
use crate::publish::AnswerBook;

/// What is tried, for the error.
const UNPACK: &str = "decompress published data";

/// A bundle. Clones are the same one.
#[derive(Clone)]
pub struct PublishedSource {
    /// Address of the manifest.
    address: Rc<str>,
    /// What it says.
    pub manifest: Rc<Manifest>,
    books: Rc<RefCell<HashMap<String, Rc<AnswerBook>>>>,
    /// Several parts of a view ask at the same time: one of them fetches, the others wait.
    turn: Rc<Mutex<()>>,
    /// The next number of a list of items.
    next_list: Rc<Cell<u32>>,
}

impl PublishedSource {
    /// A bundle by its manifest, which was fetched from this address.
    pub fn new(address: &str, manifest: Manifest) -> Self {
        Self {
            address: address.into(),
            manifest: Rc::new(manifest),
            books: Rc::default(),
            turn: Rc::default(),
            next_list: Rc::default(),
        }
    }

    /// Looks whether there is newer data.
    pub async fn newer(&self) -> Result<Option<Self>, WebError> {
        let file = fetch_file(&self.address).await?;
        match Manifest::read(&text_of(&file).await?) {
            Some(Ok(manifest))
                // By its bits: a moment that is the same was written the same.
                if !manifest.is_same_data(&self.manifest)
                    || manifest.made_at.to_bits() != self.manifest.made_at.to_bits() =>
            {
                Ok(Some(Self::new(&self.address, manifest)))
            }
            Some(Ok(_)) => Ok(None),
            Some(Err(why)) => Err(self.refused(why)),
            None => Err(self.refused("it is no manifest any more".to_owned())),
        }
    }

    /// The workspace in short; `None` where the bundle has no such file.
    pub async fn summary(&self) -> Result<Option<WorkspaceSummary>, WebError> {
        let book = self.book("summary", "").await?;
        Ok(match book.and_then(|book| book.find(&Request::Describe)) {
            Some(Answer::Workspace(workspace)) => Some(*workspace),
            _ => None,
        })
    }

    /// The answer to a question, when those of this view hold it.
    pub async fn answer(&self, view: &str, request: &Request) -> Result<Option<Answer>, WebError> {
        Ok(self.book("answers", view).await?.and_then(|book| book.find(request)))
    }

    /// The question in whose answer a counted list is, and its place there.
    pub fn question_of(&self, list: u32) -> Option<(Request, u32)> {
        let books = self.books.borrow();
        books.values().find_map(|book| book.question_of(list).map(|(request, place)| (request.clone(), place)))
    }

    /// All items and records; `None` where they are not published.
    pub async fn workspace(&self) -> Result<Option<Blob>, WebError> {
        match self.manifest.file("workspace", "") {
            Some(file) => Ok(Some(self.content(file).await?)),
            None => Ok(None),
        }
    }

    async fn book(&self, kind: &str, view: &str) -> Result<Option<Rc<AnswerBook>>, WebError> {
        let Some(file) = self.manifest.file(kind, view) else { return Ok(None) };
        let _turn = self.turn.lock().await;
        if let Some(known) = self.books.borrow().get(&file.path) {
            return Ok(Some(Rc::clone(known)));
        }
        let content = bytes_of(&self.content(file).await?).await?;
        let refused = |error: crate::publish::AnswersError| self.refused(format!("{}: {error}", file.path));
        let mut book = AnswerBook::decode_plain(&content).map_err(refused)?;
        self.next_list.set(book.number_lists(self.next_list.get()));
        let book = Rc::new(book);
        self.books.borrow_mut().insert(file.path.clone(), Rc::clone(&book));
        Ok(Some(book))
    }

    /// What a file holds, out of its compression.
    async fn content(&self, file: &PublishedFile) -> Result<Blob, WebError> {
        let place = place_of(file, &self.address)
            .ok_or_else(|| self.refused(format!("it names the file \"{}\", which is not beside it", file.path)))?;
        let packed = fetch_file(&place).await?;
        if !is_as_told(&packed, &file.sha256).await? {
            return Err(self.refused(format!(
                "{} is not the file that was published: its checksum differs. It may be half replaced",
                file.path
            )));
        }
        if is_gzip(&packed, UNPACK).await? { decompressed(&packed, UNPACK).await } else { Ok(packed) }
    }

    fn refused(&self, why: String) -> WebError {
        WebError::NotFetched { address: self.address.to_string(), why }
    }
}

pub(super) async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, WebError> {
    let refused = |exception: JsValue| WebError::browser("read published data", &exception);
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(refused)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// True when the bytes have this SHA-256, or where that cannot be known: pages without TLS have no digests.
pub(super) async fn is_as_told(file: &Blob, sha256: &str) -> Result<bool, WebError> {
    let subtle = Reflect::get(&js_sys::global(), &"crypto".into())
        .and_then(|crypto| Reflect::get(&crypto, &"subtle".into()))
        .unwrap_or(JsValue::UNDEFINED);
    if sha256.is_empty() || !subtle.is_object() {
        return Ok(true);
    }
    let refused = |exception: JsValue| WebError::browser("compare published data", &exception);
    let digest: js_sys::Function =
        Reflect::get(&subtle, &"digest".into()).map_err(refused)?.dyn_into().map_err(refused)?;
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(refused)?;
    let promise: js_sys::Promise =
        digest.call2(&subtle, &"SHA-256".into(), &buffer).map_err(refused)?.dyn_into().map_err(refused)?;
    let digest = Uint8Array::new(&JsFuture::from(promise).await.map_err(refused)?).to_vec();
    let hex = digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    Ok(hex.eq_ignore_ascii_case(sha256))
}
