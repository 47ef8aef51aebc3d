//! Data that an address names: fetched without cookies for other hosts, without a referrer, without following a host elsewhere.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, File, ReadableStreamDefaultReader, ReferrerPolicy, Request, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect, Response,
};

use super::WebError;
use super::error::words;

/// More is not read: the same limit as for a file that is dropped in one piece.
const MOST_BYTES: f64 = 1024.0 * 1024.0 * 1024.0;

/// Fetches a file. The address must have been judged before (`address::judge_source`).
pub async fn fetch_file(address: &str) -> Result<Blob, WebError> {
    let refused = |why: String| WebError::NotFetched { address: address.to_owned(), why };
    let abort = AbortController::new().map_err(|exception| refused(words(&exception)))?;
    let init = RequestInit::new();
    // A site behind a sign-in knows its readers by a cookie; another host gets none.
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_redirect(RequestRedirect::Error);
    // The file may be replaced at any time: ask whether it has changed.
    init.set_cache(RequestCache::NoCache);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&abort.signal()));
    let request = Request::new_with_str_and_init(address, &init).map_err(|exception| refused(words(&exception)))?;
    let answer = JsFuture::from(gloo::utils::window().fetch_with_request(&request)).await;
    let response: Response = answer.and_then(JsCast::dyn_into).map_err(|exception| refused(words(&exception)))?;
    if !response.ok() {
        return Err(refused(format!("the host answered {} {}", response.status(), response.status_text())));
    }
    match read_to_end(&response).await {
        Ok(Some(blob)) => Ok(blob),
        Ok(None) => {
            abort.abort();
            Err(refused("it is larger than 1 GB".to_owned()))
        }
        Err(exception) => Err(refused(words(&exception))),
    }
}

/// The content of an answer; `None` when there is more than is read. Counted while it streams: a host may tell any length.
async fn read_to_end(response: &Response) -> Result<Option<Blob>, JsValue> {
    let Some(body) = response.body() else { return Blob::new().map(Some) };
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into()?;
    let parts = js_sys::Array::new();
    let mut bytes = 0.0;
    loop {
        let step = JsFuture::from(reader.read()).await?;
        if Reflect::get(&step, &"done".into())?.as_bool() == Some(true) {
            return Blob::new_with_u8_array_sequence(&parts).map(Some);
        }
        let part = Reflect::get(&step, &"value".into())?;
        bytes += Reflect::get(&part, &"byteLength".into())?.as_f64().unwrap_or_default();
        if bytes > MOST_BYTES {
            return Ok(None);
        }
        parts.push(&part);
    }
}

/// The same content under a name, as if it had been dropped.
pub fn as_file(content: &Blob, name: &str) -> Result<File, WebError> {
    File::new_with_blob_sequence(&js_sys::Array::of1(content), name)
        .map_err(|exception| WebError::browser("hold the file", &exception))
}

/// The text of a file that was fetched.
pub async fn text_of(file: &Blob) -> Result<String, WebError> {
    let text = JsFuture::from(file.text()).await.map_err(|exception| WebError::browser("read the file", &exception))?;
    Ok(text.as_string().unwrap_or_default())
}
