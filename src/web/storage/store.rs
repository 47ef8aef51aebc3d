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

use super::connection::{ALL_STORES, Connection, DATABASE, DOCUMENTS, HEADS, LAYERS, ORIGINALS, STEPS, Step};
use super::head::{self, Generation, Head, StoredWorkspace};
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

    /// Every head, saved last first. A head that cannot be read is left out: its workspace is not deleted.
    pub async fn heads(&self) -> Result<Vec<Head>, WebError> {
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

    /// The stored workspaces, saved last first.
    pub async fn list(&self) -> Result<Vec<StoredWorkspace>, WebError> {
        Ok(self.heads().await?.into_iter().map(StoredWorkspace::from).collect())
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

    /// Deletes a workspace: head, documents, layers and originals, in one transaction.
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
