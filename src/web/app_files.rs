//! The files of the app itself, by the list that the build writes beside them (`files.json`).

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::published::{bytes_of, is_as_told};
use super::{WebError, fetch_file, resolve, text_of};

const LIST: &str = "files.json";

/// Path and content of every file of the app, the list itself among them. A file that is not the one of the list is refused: the
/// host is changing, or changes what it serves.
pub async fn fetch_app() -> Result<Vec<(String, Vec<u8>)>, WebError> {
    let refused = |why: &str| WebError::NotFetched { address: LIST.to_owned(), why: why.to_owned() };
    let list = fetch_file(&address_of(LIST)?).await?;
    let told = JSON::parse(&text_of(&list).await?).map_err(|_no_json| refused("it is no list of the app's files"))?;
    let part = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let files: Array = part(&told, "files").dyn_into().map_err(|_no_list| refused("it names no files"))?;
    let mut all = vec![(LIST.to_owned(), bytes_of(&list).await?)];
    for file in files.iter() {
        let path = part(&file, "path").as_string().unwrap_or_default();
        let content = fetch_file(&address_of(&path)?).await?;
        if !is_as_told(&content, &part(&file, "sha256").as_string().unwrap_or_default()).await? {
            return Err(WebError::NotFetched {
                address: path,
                why: "it is not the file that the app was built with".into(),
            });
        }
        all.push((path, bytes_of(&content).await?));
    }
    Ok(all)
}

fn address_of(path: &str) -> Result<String, WebError> {
    let refused = || WebError::NotFetched { address: path.to_owned(), why: "it is no address".to_owned() };
    resolve(path).map(|address| address.href).ok_or_else(refused)
}
