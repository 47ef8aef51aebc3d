//! Reading, listing and deleting stored workspaces.

use std::rc::Rc;

use indexed_db_futures::KeyRange;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::connection::{ALL_STORES, Connection, DATABASE, DOCUMENTS, HEADS, LAYERS, ORIGINALS, STEPS, Step};
use super::head::{self, Generation, Head, Mark, Marks, StoredWorkspace};
use super::saving::keys_in;
use crate::web::WebError;

/// The stored workspaces of this browser.
pub struct Store {
    pub(super) connection: Rc<Connection>,
}

/// One generation of a workspace as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBytes {
    /// The document.
    pub document: Vec<u8>,
    /// The layers, in the document's order.
    pub layers: Vec<Vec<u8>>,
}

impl Store {
    /// Opens the product's own database.
    pub async fn open() -> Result<Self, WebError> {
        Self::open_as(DATABASE, STEPS).await
    }

    /// Opens a database of another name or with further steps: for tests.
    pub async fn open_as(name: &str, steps: &'static [Step]) -> Result<Self, WebError> {
        Ok(Self { connection: Connection::open(name, steps).await? })
    }

    /// Every head that can be read and was not deleted, saved last first.
    pub async fn heads(&self) -> Result<Vec<Head>, WebError> {
        let mut heads = self.every_head().await?;
        heads.retain(|head| head.marks.deleted_at.is_none());
        Ok(heads)
    }

    /// The same with those that were deleted.
    pub async fn every_head(&self) -> Result<Vec<Head>, WebError> {
        let stored: Vec<JsValue> = self
            .connection
            .run(|database| async move {
                let transaction = database.transaction(HEADS).build()?;
                transaction.object_store(HEADS)?.get_all::<JsValue>().await?.collect()
            })
            .await?;
        let mut heads: Vec<Head> = stored.iter().filter_map(head_of).collect();
        crate::model::sort_by_key(&mut heads, |head| std::cmp::Reverse(head.saved_at));
        Ok(heads)
    }

    /// The stored workspaces, saved last first; after them those whose record cannot be read, with what is wrong.
    pub async fn list(&self) -> Result<Vec<StoredWorkspace>, WebError> {
        let heads = self.every_head().await?;
        let (keys, originals, sizes) = self
            .connection
            .run(|database| async move {
                let transaction = database.transaction([HEADS, ORIGINALS]).build()?;
                let heads = transaction.object_store(HEADS)?;
                let keys = heads.get_all_keys::<String>().await?.collect::<Result<Vec<_>, _>>()?;
                let originals = transaction.object_store(ORIGINALS)?;
                let names = originals.get_all_keys::<String>().await?.collect::<Result<Vec<_>, _>>()?;
                // Handles of files: their bytes stay on disk.
                let files = originals.get_all::<JsValue>().await?.collect::<Result<Vec<_>, _>>()?;
                let sizes = files.iter().map(|file| file.dyn_ref::<Blob>().map_or(0.0, Blob::size)).collect::<Vec<_>>();
                Ok((keys, names, sizes))
            })
            .await?;
        let readable: Vec<StoredWorkspace> = heads.into_iter().map(StoredWorkspace::from).collect();
        let damaged = keys.into_iter().filter(|key| readable.iter().all(|stored| stored.id != *key));
        let damage = Some("its record is damaged".to_owned());
        let damaged = damaged.map(|id| StoredWorkspace {
            marks: Marks { damage: damage.clone(), ..Marks::default() },
            ..StoredWorkspace::from(Head { id, ..Head::default() })
        });
        let mut list: Vec<StoredWorkspace> = damaged.collect();
        list.splice(0..0, readable);
        for stored in &mut list {
            let prefix = head::layer_key(&stored.id, "");
            let own = originals.iter().zip(&sizes).filter(|(key, _)| key.starts_with(&prefix));
            (stored.originals, stored.original_bytes) =
                own.fold((0, 0), |(count, bytes), (_, size)| (count + 1, bytes + *size as u64));
        }
        Ok(list)
    }

    /// Notes what happened to a workspace. Answers false when its record is not there or cannot be read.
    pub async fn mark(&self, id: &str, mark: &Mark, now_ms: f64) -> Result<bool, WebError> {
        let marked = self
            .connection
            .run(|database| {
                let (id, mark) = (id.to_owned(), mark.clone());
                async move {
                    let transaction = begin_write(&database)?;
                    let heads = transaction.object_store(HEADS)?;
                    let Some(mut head) = get(&heads, id).await?.as_ref().and_then(head_of) else { return Ok(false) };
                    head.marks.set(&mark, now_ms as i64);
                    put_head(&heads, &head).await?;
                    transaction.commit().await?;
                    Ok(true)
                }
            })
            .await?;
        Ok(marked)
    }

    /// Removes what was deleted long enough ago.
    pub async fn remove_expired(&self, now_ms: f64) -> Result<(), WebError> {
        for head in self.every_head().await? {
            if head.is_expired(now_ms as i64) {
                self.delete(&head.id).await?;
            }
        }
        Ok(())
    }

    /// The numbers of the documents that are stored under an id, newest first: found by their keys, whatever the head says.
    pub async fn generations_found(&self, id: &str) -> Result<Vec<u64>, WebError> {
        let keys = self
            .connection
            .run(|database| {
                let id = id.to_owned();
                async move {
                    let transaction = database.transaction(DOCUMENTS).build()?;
                    keys_in(&transaction.object_store(DOCUMENTS)?, &id).await
                }
            })
            .await?;
        let mut numbers: Vec<u64> = keys.iter().filter_map(|key| key.rsplit('/').next()?.parse().ok()).collect();
        crate::model::sort_by_key(&mut numbers, |&number| std::cmp::Reverse(number));
        Ok(numbers)
    }

    /// One document.
    pub async fn document(&self, id: &str, generation: u64) -> Result<Option<Vec<u8>>, WebError> {
        Ok(self.value(DOCUMENTS, head::document_key(id, generation)).await?.as_ref().and_then(bytes_of))
    }

    /// One layer.
    pub async fn layer(&self, id: &str, hash: &str) -> Result<Option<Vec<u8>>, WebError> {
        Ok(self.value(LAYERS, head::layer_key(id, hash)).await?.as_ref().and_then(bytes_of))
    }

    /// Any value.
    pub(super) async fn value(&self, store: &'static str, key: String) -> Result<Option<JsValue>, WebError> {
        let value = self
            .connection
            .run(|database| {
                let key = key.clone();
                async move {
                    let transaction = database.transaction(store).build()?;
                    let value = get(&transaction.object_store(store)?, key).await?;
                    Ok(value)
                }
            })
            .await?;
        Ok(value)
    }

    /// Waits until the browser closes the connection by itself.
    pub async fn lost(&self) {
        self.connection.lost().await;
    }

    /// The head of a workspace, if it is stored.
    pub async fn head(&self, id: &str) -> Result<Option<Head>, WebError> {
        let stored = self.connection.run(|database| read_head(database, id.to_owned())).await?;
        Ok(stored.as_ref().and_then(head_of))
    }

    /// The bytes of one generation; `None` when a part of it is missing.
    pub async fn read(&self, id: &str, generation: &Generation) -> Result<Option<StoredBytes>, WebError> {
        let document = head::document_key(id, generation.generation);
        let layers: Vec<String> = generation.layers.iter().map(|hash| head::layer_key(id, hash)).collect();
        let (document, layers) = self
            .connection
            .run(|database| {
                let (document, layers) = (document.clone(), layers.clone());
                async move {
                    let transaction = database.transaction([DOCUMENTS, LAYERS]).build()?;
                    let document = get(&transaction.object_store(DOCUMENTS)?, document).await?;
                    let store = transaction.object_store(LAYERS)?;
                    let mut found = Vec::with_capacity(layers.len());
                    for layer in layers {
                        found.push(get(&store, layer).await?);
                    }
                    Ok((document, found))
                }
            })
            .await?;
        // Copied into our memory only now: inside the transaction nothing but the database may be waited for.
        let layers: Option<Vec<Vec<u8>>> = layers.iter().map(|layer| layer.as_ref().and_then(bytes_of)).collect();
        let document = document.as_ref().and_then(bytes_of);
        Ok(document.zip(layers).map(|(document, layers)| StoredBytes { document, layers }))
    }

    /// Removes a workspace for good: head, documents, layers and originals, in one transaction.
    pub async fn delete(&self, id: &str) -> Result<(), WebError> {
        self.connection
            .run(|database| {
                let id = id.to_owned();
                async move {
                    let transaction = begin_write(&database)?;
                    for name in [DOCUMENTS, LAYERS, ORIGINALS] {
                        transaction.object_store(name)?.delete::<String, _>(keys_of(&id)).await?;
                    }
                    transaction.object_store(HEADS)?.delete(id).await?;
                    transaction.commit().await
                }
            })
            .await?;
        Ok(())
    }

    /// Waits until another tab runs a newer release. From then on nothing is read or written here.
    pub async fn retired(&self) {
        self.connection.retired().await;
    }

    /// Lets the database go, so that it can be upgraded or deleted.
    pub fn close(&self) {
        self.connection.close();
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // A dropped handle is not a closed connection.
        self.connection.close();
    }
}

async fn read_head(database: Database, id: String) -> Result<Option<JsValue>, Error> {
    let transaction = database.transaction(HEADS).build()?;
    let stored = get(&transaction.object_store(HEADS)?, id).await?;
    Ok(stored)
}

/// A transaction over every store that is on disk when it is committed.
pub(super) fn begin_write(database: &Database) -> Result<Transaction<'_>, Error> {
    database
        .transaction(ALL_STORES)
        .with_mode(TransactionMode::Readwrite)
        .with_options(TransactionOptions::new().with_durability(TransactionDurability::Strict))
        .build()
}

/// Writes a head, which was read before or is known to be writable.
pub(super) async fn put_head(store: &ObjectStore<'_>, head: &Head) -> Result<(), Error> {
    let bytes = Uint8Array::from(head.encode().unwrap_or_default().as_slice());
    store.put(JsValue::from(bytes)).with_key(head.id.as_str()).without_key_type().await
}

pub(super) async fn get(store: &ObjectStore<'_>, key: String) -> Result<Option<JsValue>, Error> {
    store.get::<JsValue, _, _>(key).primitive()?.await
}

/// Everything that belongs to a workspace: '0' is the character after '/'.
pub(super) fn keys_of(id: &str) -> KeyRange<String> {
    KeyRange::Bound(format!("{id}/"), true, format!("{id}0"), true)
}

pub(super) fn head_of(stored: &JsValue) -> Option<Head> {
    Head::decode(&bytes_of(stored)?)
}

pub(super) fn bytes_of(stored: &JsValue) -> Option<Vec<u8>> {
    stored.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}
