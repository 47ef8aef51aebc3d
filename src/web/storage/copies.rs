//! A stored workspace under another name, or once more: without opening it.

use super::head::Head;
use super::saving::{SaveFailure, SaveOrder, Saved};
use super::store::Store;
use crate::web::WebError;

impl Store {
    /// Saves a stored workspace with another document: its name has changed. `head` is what the document was read from.
    pub async fn save_renamed(
        &self,
        head: &Head,
        name: &str,
        document: Vec<u8>,
        now_ms: f64,
    ) -> Result<Saved, SaveFailure> {
        let order = SaveOrder { based_on: Some(head.generation), ..order_of(head, &head.id, name, document, now_ms) };
        self.save(&order, |_stored| None).await
    }

    /// Saves a stored workspace once more under another id, with its original files. `document` names that id.
    pub async fn save_copy(
        &self,
        head: &Head,
        (id, name): (&str, &str),
        document: Vec<u8>,
        now_ms: f64,
    ) -> Result<(), SaveFailure> {
        let mut layers = Vec::with_capacity(head.layers.len());
        for hash in &head.layers {
            let missing = || WebError::Storage(format!("the layer {hash} is missing"));
            layers.push((hash.as_str(), self.layer(&head.id, hash).await?.ok_or_else(missing)?));
        }
        let order = order_of(head, id, name, document, now_ms);
        let bytes = |hash: &str| layers.iter().find(|(name, _)| *name == hash).map(|(_, bytes)| bytes.clone());
        self.save(&order, bytes).await?;
        for (hash, file) in self.originals(&head.id).await? {
            self.keep_compressed(id, &hash, file.into()).await?;
        }
        Ok(())
    }
}

fn order_of(head: &Head, id: &str, name: &str, document: Vec<u8>, now_ms: f64) -> SaveOrder {
    SaveOrder {
        id: id.to_owned(),
        name: name.to_owned(),
        sample: false,
        document,
        layers: head.layers.clone(),
        based_on: None,
        last_moment: head.last_moment,
        now_ms,
        refuse_commit: false,
    }
}
