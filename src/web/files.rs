//! Files in (drop, picker, paste), files out (download), and what the browser says about its user's zone.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Intl, Object, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DataTransfer, DragEvent, File, FileList, HtmlAnchorElement,
    HtmlInputElement, Url,
};

use super::WebError;
use crate::containers::kind_of;

/// What the file picker offers first; any other file can be chosen too, because a name proves nothing.
pub const FILE_TYPES: &str =
    ".csv,.tsv,.txt,.json,.jsonl,.xml,.ics,.xlsx,.zip,.gz,.throughline,text/csv,text/tab-separated-values,text/plain";
/// Bytes that tell a container.
const HEAD_BYTES: f64 = 8.0;
/// How long a download may take to begin before its memory is given back.
const DOWNLOAD_STARTS_WITHIN_MS: u32 = 60_000;

/// The files dropped on the page.
pub fn files_of_drop(event: &DragEvent) -> Vec<File> {
    files_of_transfer(event.data_transfer())
}

/// The files chosen in a picker.
pub fn files_of_input(input: &HtmlInputElement) -> Vec<File> {
    files_of_list(input.files())
}

/// The files pasted into the page.
pub fn files_of_paste(event: &ClipboardEvent) -> Vec<File> {
    files_of_transfer(event.clipboard_data())
}

/// The text pasted into the page (a table copied from a tracker, say); `None` when there is none.
pub fn text_of_paste(event: &ClipboardEvent) -> Option<String> {
    let text = event.clipboard_data()?.get_data("text/plain").ok()?;
    (!text.trim().is_empty()).then_some(text)
}

fn files_of_transfer(transfer: Option<DataTransfer>) -> Vec<File> {
    files_of_list(transfer.and_then(|transfer| transfer.files()))
}

fn files_of_list(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|position| list.get(position)).collect()
}

/// True when the file holds files. Only its first bytes are read; one that cannot be read is left to whoever reads it whole.
pub async fn is_container(file: &File) -> bool {
    let Ok(head) = file.slice_with_f64_and_f64(0.0, HEAD_BYTES) else { return false };
    let Ok(head) = JsFuture::from(head.array_buffer()).await else { return false };
    kind_of(&Uint8Array::new(&head).to_vec()).is_some()
}

/// Bytes as the browser's own copy, outside of our memory.
pub fn read_only_copy(bytes: &[u8]) -> Result<Blob, WebError> {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))
        .map_err(|exception| WebError::browser("hold the data", &exception))
}

/// Hands bytes to the user as a file.
pub fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), WebError> {
    let refused = |exception| WebError::browser("save a file", &exception);
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(refused)?;
    let address = Url::create_object_url_with_blob(&blob).map_err(refused)?;

    let document = gloo::utils::document();
    let link: HtmlAnchorElement = document.create_element("a").map_err(refused)?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    // Firefox follows only links that are part of the page.
    let body = gloo::utils::body();
    body.append_child(&link).map_err(refused)?;
    link.click();
    link.remove();
    // The click only asks for the download: the bytes must outlive it. The timer frees itself when it fires.
    Timeout::new(DOWNLOAD_STARTS_WITHIN_MS, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}

/// True when the browser knows the IANA zone.
pub fn is_zone(name: &str) -> bool {
    let (options, global) = (Object::new(), js_sys::global());
    let part = |of: &wasm_bindgen::JsValue, key: &str| {
        Reflect::get(of, &key.into()).unwrap_or(wasm_bindgen::JsValue::UNDEFINED)
    };
    let format = part(&part(&global, "Intl"), "DateTimeFormat").dyn_into::<js_sys::Function>();
    let made = Reflect::set(&options, &"timeZone".into(), &name.into())
        .and_then(|_set| Reflect::construct(&format?, &Array::of2(&Array::new(), &options)));
    made.is_ok()
}

/// The IANA zone the browser runs in; "UTC" where it does not tell.
pub fn browser_zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
        .filter(|zone| !zone.is_empty())
        .unwrap_or_else(|| "UTC".to_owned())
}
