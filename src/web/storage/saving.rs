//! One save: everything serialised first, one strict transaction, then the proof that it is there.

use std::collections::{BTreeMap, BTreeSet};

use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use xxhash_rust::xxh3::xxh3_64;

use super::connection::{DOCUMENTS, HEADS, LAYERS, ORIGINALS, StoreError};
use super::head::{self, Head, Marks};
use super::store::{self, Store, begin_write, get, keys_of, put_head};
use crate::web::WebError;

/// Layers of another tab may vanish between two looks; a third look has seen it all.
const ATTEMPTS: usize = 3;

/// What to save.
#[derive(Debug, Clone, PartialEq)]
pub struct SaveOrder {
    /// Id of the workspace.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Made-up data.
    pub sample: bool,
    /// The document.
    pub document: Vec<u8>,
    /// Hashes of the layers it names, in its order.
    pub layers: Vec<String>,
    /// The stored generation that our state goes back to; `None` when it was never stored.
    pub based_on: Option<u64>,
    /// The data's last moment, UTC milliseconds.
    pub last_moment: Option<i64>,
    /// The present, UTC milliseconds.
    pub now_ms: f64,
    /// A fault to inject: do everything, then do not commit.
    pub refuse_commit: bool,
}

/// A save that is on disk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Saved {
    /// The stored generation.
    pub generation: u64,
    /// When, UTC milliseconds.
    pub at_ms: f64,
}

/// A save that is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveFailure {
    /// Another tab saved this workspace since we read it. Nothing was written.
    ChangedElsewhere {
        /// The generation that is stored.
        generation: u64,
    },
    /// Anything else. What was stored before is untouched.
    NotSaved(WebError),
}

impl From<StoreError> for SaveFailure {
    fn from(error: StoreError) -> Self {
        Self::NotSaved(error.into())
    }
}

impl From<WebError> for SaveFailure {
    fn from(error: WebError) -> Self {
        Self::NotSaved(error)
    }
}

/// How the transaction ended.
enum Written {
    Committed,
    /// Somebody else's generation is there.
    Conflict(u64),
    /// A layer that was there a moment ago is gone.
    LayerGone,
    /// The injected fault.
    Refused,
}

/// All values of one save, on the JavaScript side, before the transaction begins: waiting for anything but the database
/// inside it would commit the first half.
struct Values {
    head: Head,
    document: (String, JsValue),
    /// Layers that are not stored yet.
    new_layers: Vec<(String, JsValue)>,
    based_on: Option<u64>,
    refuse_commit: bool,
}

impl Store {
    /// Saves a workspace. `layer` gives the bytes of a layer by its hash, for those that are not stored yet.
    pub async fn save(&self, order: &SaveOrder, layer: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Saved, SaveFailure> {
        for _ in 0..ATTEMPTS {
            let stored = self.head(&order.id).await?;
            let present = self.layers_present(&order.id).await?;
            let values = prepare(order, stored.as_ref(), &present, &layer)?;
            // The browser's own words for a failed commit are lost on the way (a full disk looks like any abort).
            match self.connection.run(|database| write(database, &values)).await? {
                Written::Conflict(generation) => return Err(SaveFailure::ChangedElsewhere { generation }),
                Written::LayerGone => {}
                Written::Refused => return Err(WebError::Storage("a test asked for a full disk".to_owned()).into()),
                Written::Committed => return self.prove(&values.head).await,
            }
        }
        Err(WebError::Storage("another tab keeps changing this workspace".to_owned()).into())
    }

    /// Reads the head back in a transaction of its own.
    async fn prove(&self, head: &Head) -> Result<Saved, SaveFailure> {
        match self.head(&head.id).await? {
            // Another tab may already have gone on from it: its head then remembers ours.
            Some(found) if found.generations().any(|kept| head.generations().next() == Some(kept)) => {
                Ok(Saved { generation: head.generation, at_ms: head.saved_at as f64 })
            }
            _ => Err(WebError::Storage("what was written could not be read back".to_owned()).into()),
        }
    }

    async fn layers_present(&self, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let keys = self
            .connection
            .run(|database| {
                let id = id.to_owned();
                async move {
                    let transaction = database.transaction(LAYERS).build()?;
                    keys_in(&transaction.object_store(LAYERS)?, &id).await
                }
            })
            .await?;
        Ok(keys)
    }
}

fn prepare(
    order: &SaveOrder,
    stored: Option<&Head>,
    present: &BTreeSet<String>,
    layer: &impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Values, WebError> {
    let generation = order.based_on.unwrap_or_default() + 1;
    let mut layer_bytes = stored.map(|head| head.layer_bytes.clone()).unwrap_or_default();
    let mut new_layers = Vec::new();
    for hash in &order.layers {
        let key = head::layer_key(&order.id, hash);
        if !present.contains(&key) {
            let content = layer(hash).ok_or_else(|| WebError::Storage(format!("the layer {hash} is not in memory")))?;
            layer_bytes.insert(hash.clone(), content.len() as u64);
            new_layers.push((key, Uint8Array::from(content.as_slice()).into()));
        }
    }
    let mut head = Head {
        id: order.id.clone(),
        name: order.name.clone(),
        generation,
        saved_at: order.now_ms as i64,
        app: env!("CARGO_PKG_VERSION").to_owned(),
        sample: order.sample,
        layers: order.layers.clone(),
        bytes: order.document.len() as u64 + order.layers.iter().filter_map(|hash| layer_bytes.get(hash)).sum::<u64>(),
        previous: stored.map(Head::kept_as_previous).unwrap_or_default(),
        layer_bytes: BTreeMap::new(),
        last_moment: order.last_moment,
        imported_at: match stored {
            Some(stored) if stored.layers == order.layers => stored.imported_at,
            _ => Some(order.now_ms as i64),
        },
        document_check: xxh3_64(&order.document),
        // Taken over from what is stored when the transaction has begun.
        marks: Marks::default(),
    };
    if head.encode().is_none() {
        return Err(WebError::Storage("the head could not be written".to_owned()));
    }
    layer_bytes.retain(|hash, _| head.keeps_layer(&head::layer_key(&head.id, hash)));
    head.layer_bytes = layer_bytes;
    Ok(Values {
        document: (head::document_key(&order.id, generation), Uint8Array::from(order.document.as_slice()).into()),
        new_layers,
        based_on: order.based_on,
        refuse_commit: order.refuse_commit,
        head,
    })
}

pub(super) async fn keys_in(store: &ObjectStore<'_>, id: &str) -> Result<BTreeSet<String>, Error> {
    store.get_all_keys::<String>().with_query::<String, _>(keys_of(id)).await?.collect()
}

async fn delete_all(store: &ObjectStore<'_>, keys: impl Iterator<Item = &String>) -> Result<(), Error> {
    for key in keys {
        store.delete(key.as_str()).await?;
    }
    Ok(())
}

async fn write(database: Database, values: &Values) -> Result<Written, Error> {
    let Values { head, document, new_layers, based_on, refuse_commit } = values;
    let transaction = begin_write(&database)?;
    let heads = transaction.object_store(HEADS)?;
    let documents = transaction.object_store(DOCUMENTS)?;
    let layers = transaction.object_store(LAYERS)?;
    let originals = transaction.object_store(ORIGINALS)?;

    let stored = get(&heads, head.id.clone()).await?.as_ref().and_then(store::head_of);
    if stored.as_ref().is_some_and(|stored| stored.is_same_save(head)) {
        // The connection was lost between the commit and its answer, and this is the second try.
        transaction.abort().await?;
        return Ok(Written::Committed);
    }
    if stored.as_ref().map(|stored| stored.generation) != *based_on {
        transaction.abort().await?;
        return Ok(Written::Conflict(stored.map_or(0, |stored| stored.generation)));
    }
    let document_keys = keys_in(&documents, &head.id).await?;
    let layer_keys = keys_in(&layers, &head.id).await?;
    let original_keys = keys_in(&originals, &head.id).await?;
    let missing = |hash: &String| {
        let key = head::layer_key(&head.id, hash);
        !layer_keys.contains(&key) && !new_layers.iter().any(|(new, _)| *new == key)
    };
    if head.layers.iter().any(missing) {
        transaction.abort().await?;
        return Ok(Written::LayerGone);
    }

    documents.put(&document.1).with_key(document.0.as_str()).without_key_type().await?;
    for (key, content) in new_layers {
        layers.put(content).with_key(key.as_str()).without_key_type().await?;
    }
    // Encoding waits for nothing, so it may stand inside the transaction.
    let marks = stored.map(|stored| stored.marks.after_save()).unwrap_or_default();
    put_head(&heads, &Head { marks, ..head.clone() }).await?;
    delete_all(&documents, document_keys.iter().filter(|key| !head.keeps_document(key))).await?;
    delete_all(&layers, layer_keys.iter().filter(|key| !head.keeps_layer(key))).await?;
    delete_all(&originals, original_keys.iter().filter(|key| !head.keeps_layer(key))).await?;
    if *refuse_commit {
        transaction.abort().await?;
        return Ok(Written::Refused);
    }
    transaction.commit().await?;
    Ok(Written::Committed)
}
