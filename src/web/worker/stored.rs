//! What the engine worker does with the stored workspaces without opening them.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::engine_role::EngineRole;
use super::tabs::Word;
use super::wire::KeptFiles;
use crate::engine::{EngineError, Request, Response, document_contents, rewrite_document};
use crate::web::storage::{Head, Mark, SaveFailure, Store, expand};
use crate::web::{StoredWorkspace, WebError};

impl EngineRole {
    pub(super) async fn stored(&self) -> Result<Vec<StoredWorkspace>, WebError> {
        match self.autosave.store().await {
            Ok(store) => store.list().await,
            // The page was told that nothing is stored in this browser.
            Err(_) => Ok(Vec::new()),
        }
    }

    pub(super) async fn delete_stored(&self, id: &str) -> Result<(), WebError> {
        self.autosave.rest().await;
        self.autosave.store().await?.delete(id).await?;
        self.leave(id);
        self.tabs.say(&Word::ListChanged);
        Ok(())
    }

    /// Notes what happened to a workspace. Where it is not stored there is nothing to note.
    pub(super) async fn mark(&self, id: &str, mark: Mark) -> Result<(), WebError> {
        self.autosave.rest().await;
        let Ok(store) = self.autosave.store().await else { return Ok(()) };
        if !store.mark(id, &mark, js_sys::Date::now()).await? && matches!(mark, Mark::Deleted | Mark::Restored) {
            return Err(WebError::NotStored(id.to_owned()));
        }
        if mark == Mark::Deleted {
            self.leave(id);
        }
        self.tabs.say(&Word::ListChanged);
        Ok(())
    }

    /// A workspace that was deleted is not saved any more when it is the open one.
    fn leave(&self, id: &str) {
        if self.engine.borrow().workspace_id() == Some(id) {
            self.autosave.begin_clean();
            self.autosave.follow(None);
            self.tabs.let_go();
        }
    }

    pub(super) async fn rename(&self, id: &str, name: String) -> Result<(), WebError> {
        if self.engine.borrow().workspace_id() == Some(id) {
            return match self.change(Request::Rename { name }) {
                Response::Failed(error) => Err(WebError::Refused(error)),
                _ => Ok(()),
            };
        }
        let (store, head, document) = self.newest(id).await?;
        if head.sample {
            return Err(WebError::Refused(EngineError::ReadOnlySample));
        }
        let document = rewrite_document(&document, id, &name).map_err(WebError::Refused)?;
        let name = document_contents(&document).map_err(WebError::Refused)?.name;
        let saved = store.save_renamed(&head, &name, document, js_sys::Date::now()).await.map_err(failure)?;
        self.tabs.say(&Word::Saved(id.to_owned(), saved.generation));
        Ok(())
    }

    pub(super) async fn duplicate(&self, id: &str, new_id: &str, name: &str) -> Result<(), WebError> {
        self.autosave.rest().await;
        let (store, head, document) = self.newest(id).await?;
        let document = rewrite_document(&document, new_id, name).map_err(WebError::Refused)?;
        let name = document_contents(&document).map_err(WebError::Refused)?.name;
        let saved = store.save_copy(&head, (new_id, &name), document, js_sys::Date::now()).await;
        saved.map_err(failure)?;
        self.tabs.say(&Word::ListChanged);
        Ok(())
    }

    async fn newest(&self, id: &str) -> Result<(Rc<Store>, Head, Vec<u8>), WebError> {
        let store = self.autosave.store().await?;
        let head = store.head(id).await?.ok_or_else(|| WebError::NotStored(id.to_owned()))?;
        let missing = || WebError::Damaged { name: head.name.clone(), why: "its document is missing".to_owned() };
        let document = store.document(id, head.generation).await?.ok_or_else(missing)?;
        Ok((store, head, document))
    }

    /// The original files kept beside a workspace, with what its newest readable document says. A file that cannot be
    /// expanded is left out: the page tells how many of how many came.
    pub(super) async fn originals(&self, id: &str) -> Result<(KeptFiles, Vec<JsValue>), WebError> {
        let store = self.autosave.store().await?;
        let mut kept = KeptFiles::default();
        let mut order = Vec::new();
        for generation in store.generations_found(id).await? {
            let Some(document) = store.document(id, generation).await? else { continue };
            if let Ok(contents) = document_contents(&document) {
                (kept.name, kept.zone, kept.document, order) =
                    (contents.name, contents.zone, Some(document), contents.layers);
                break;
            }
        }
        let mut files = Vec::new();
        for (position, (hash, file)) in store.originals(id).await?.into_iter().enumerate() {
            let Ok(content) = expand(&file).await else { continue };
            let place = order.iter().position(|(layer, _)| *layer == hash);
            let own_name = js_sys::Reflect::get(&file, &"name".into()).ok().and_then(|name| name.as_string());
            let named = place.map(|place| order[place].1.clone()).or(own_name);
            let name = named.unwrap_or_else(|| format!("file {}", position + 1));
            files.push((place.unwrap_or(usize::MAX), name, JsValue::from(content)));
        }
        crate::model::sort_by_key(&mut files, |(place, _, _)| *place);
        let is_there = |name: &String| files.iter().any(|(_, there, _)| there == name);
        kept.missing = order.into_iter().map(|(_, name)| name).filter(|name| !is_there(name)).collect();
        kept.files = files.iter().map(|(_, name, _)| name.clone()).collect();
        Ok((kept, files.into_iter().map(|(_, _, file)| file).collect()))
    }
}

fn failure(failure: SaveFailure) -> WebError {
    match failure {
        SaveFailure::NotSaved(error) => error,
        SaveFailure::ChangedElsewhere { .. } => {
            WebError::Storage("another tab changed this workspace at the same moment".to_owned())
        }
    }
}
