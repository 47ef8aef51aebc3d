//! Opening a stored workspace: the newest state that can be read, whatever else is damaged.

use super::EngineEvent;
use super::engine_role::EngineRole;
use crate::engine::{EngineError, Request, Response, WorkspaceSummary, document_contents};
use crate::web::WebError;
use crate::web::storage::{Head, Mark, Store};

impl EngineRole {
    /// Opens a stored workspace, or the one saved last that can be opened.
    pub(super) async fn open_stored(&self, id: Option<String>) -> Result<Option<WorkspaceSummary>, WebError> {
        self.autosave.rest().await;
        let store = match (self.autosave.store().await, &id) {
            (Ok(store), _) => store,
            (Err(_), None) => return Ok(None),
            (Err(error), Some(_)) => return Err(error),
        };
        let wanted = if let Some(id) = id {
            vec![id]
        } else {
            // Saved last first; after them those whose record is damaged, which may open by their documents.
            let stored = store.list().await?.into_iter().filter(|stored| stored.marks.deleted_at.is_none());
            let stored = stored.filter(|stored| stored.marks.damage.is_none() || stored.name.is_empty());
            stored.map(|stored| stored.id).collect()
        };
        let mut damage = None;
        for id in wanted {
            match self.open_newest_readable(&store, &id).await {
                Err(WebError::Damaged { name, why }) => {
                    // It stays under its key, and is not tried again by itself.
                    drop(store.mark(&id, &Mark::Damaged { why: why.clone() }, js_sys::Date::now()).await);
                    damage.get_or_insert(WebError::Damaged { name, why });
                }
                Ok(summary) => {
                    if let Some(error) = damage {
                        let text = format!("{error}. Another workspace was opened instead.");
                        self.autosave.event(EngineEvent::Notice { text });
                    }
                    return Ok(Some(summary));
                }
                Err(error) => return Err(error),
            }
        }
        damage.map_or(Ok(None), Err)
    }

    /// Opens the newest state that can be read, and says so when it is not the newest. Documents are found by their keys, so
    /// that a damaged head loses nothing.
    pub(super) async fn open_newest_readable(&self, store: &Store, id: &str) -> Result<WorkspaceSummary, WebError> {
        let head = store.head(id).await?;
        let found = store.generations_found(id).await?;
        if head.is_none() && found.is_empty() {
            let is_there = store.list().await?.iter().any(|stored| stored.id == id);
            let damaged = || WebError::Damaged { name: id.to_owned(), why: "its record is damaged".to_owned() };
            return Err(if is_there { damaged() } else { WebError::NotStored(id.to_owned()) });
        }
        let newest = head.as_ref().map(|head| head.generation);
        let is_missing = newest.is_some() && found.first().copied() != newest;
        let mut problem = is_missing.then(|| "its document is missing".to_owned());
        for generation in found {
            match self.open_generation(store, id, generation).await? {
                Err(why) => drop(problem.get_or_insert(why)),
                Ok(summary) => {
                    self.go_on_from(head.as_ref(), &summary);
                    if let Some(why) = problem {
                        let saved = head.iter().flat_map(Head::generations);
                        let saved = saved.filter(|kept| kept.generation == generation).map(|kept| kept.saved_at).next();
                        self.tell_older(&why, saved);
                    }
                    return Ok(summary);
                }
            }
        }
        let name = head.map_or_else(|| id.to_owned(), |head| head.name);
        Err(WebError::Damaged { name, why: problem.unwrap_or_default() })
    }

    /// Saves from now on follow this head; one that is damaged is written anew.
    fn go_on_from(&self, head: Option<&Head>, open: &WorkspaceSummary) {
        self.autosave.begin_clean();
        self.tabs.claim(&open.id);
        match head {
            Some(head) => self.autosave.follow(Some(head.generation)),
            None => self.autosave.follow_whatever_is_there(),
        }
        if head.is_none_or(|head| head.marks.damage.is_some()) {
            let text = format!(
                "The record of {} was damaged. Everything else of it is there: it is open, and is saved anew.",
                open.name
            );
            self.autosave.event(EngineEvent::Notice { text });
            self.autosave.changed();
        }
    }

    /// Opens one state; the inner error is the reason why it cannot be.
    async fn open_generation(
        &self,
        store: &Store,
        id: &str,
        generation: u64,
    ) -> Result<Result<WorkspaceSummary, String>, WebError> {
        let Some(document) = store.document(id, generation).await? else {
            return Ok(Err("its document is missing".to_owned()));
        };
        let contents = match document_contents(&document) {
            Ok(contents) => contents,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let mut layers = Vec::with_capacity(contents.layers.len());
        for (hash, file) in &contents.layers {
            match store.layer(id, hash).await? {
                Some(layer) => layers.push(layer),
                None => return Ok(Err(format!("the stored data of {file} is missing"))),
            }
        }
        let response = self.engine.borrow_mut().handle(Request::OpenWorkspace { document, layers });
        Ok(match response {
            Response::Workspace(summary) => Ok(*summary),
            Response::Failed(error) => Err(error.to_string()),
            _ => Err(EngineError::NothingOpen.to_string()),
        })
    }

    fn tell_older(&self, why: &str, saved_at: Option<i64>) {
        let when = saved_at.map_or_else(String::new, |at| {
            format!(" saved at {}", String::from(js_sys::Date::new(&(at as f64).into()).to_iso_string()))
        });
        let text = format!(
            "The newest saved state cannot be read ({why}). The state{when} was opened. \
             Check what is missing and import the newest file again."
        );
        self.autosave.event(EngineEvent::Notice { text });
    }
}
