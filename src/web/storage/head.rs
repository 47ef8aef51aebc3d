//! The head of a stored workspace: the small record that says what else belongs to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Generations whose documents are kept: the newest, and two to go back to.
const GENERATIONS_KEPT: usize = 3;

/// The record under a workspace's id. Fields may be added; `public/crash.js` reads `id`, `name`, `generation`, `saved_at`
/// and `layers`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Head {
    /// Id of the workspace.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Grows by one with every save.
    pub generation: u64,
    /// When it was saved, UTC milliseconds.
    pub saved_at: i64,
    /// Release that saved it.
    pub app: String,
    /// Made-up data.
    pub sample: bool,
    /// Hashes of the layers, in the document's order.
    pub layers: Vec<String>,
    /// Size of document and layers in bytes.
    pub bytes: u64,
    /// Size of each kept layer in bytes, by hash.
    #[serde(default)]
    pub layer_bytes: BTreeMap<String, u64>,
    /// The generations before, newest first.
    #[serde(default)]
    pub previous: Vec<Generation>,
}

/// An older state that can still be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generation {
    /// Its number.
    pub generation: u64,
    /// When it was saved, UTC milliseconds.
    pub saved_at: i64,
    /// Hashes of its layers, in its document's order.
    pub layers: Vec<String>,
}

impl Head {
    /// The generations that follow on from this head when it is replaced, newest first.
    pub(super) fn kept_as_previous(&self) -> Vec<Generation> {
        self.generations().take(GENERATIONS_KEPT - 1).collect()
    }

    /// Every state that can be opened, newest first.
    pub fn generations(&self) -> impl Iterator<Item = Generation> {
        let newest = Generation { generation: self.generation, saved_at: self.saved_at, layers: self.layers.clone() };
        std::iter::once(newest).chain(self.previous.iter().cloned())
    }

    /// Whether a document of this head is still wanted.
    pub(super) fn keeps_document(&self, key: &str) -> bool {
        self.generations().any(|kept| document_key(&self.id, kept.generation) == key)
    }

    /// Whether a layer or original of this head is still wanted.
    pub(super) fn keeps_layer(&self, key: &str) -> bool {
        self.generations().any(|kept| kept.layers.iter().any(|hash| layer_key(&self.id, hash) == key))
    }

    /// As stored.
    pub(super) fn encode(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }

    /// From stored bytes.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

/// Key of a document.
pub(super) fn document_key(id: &str, generation: u64) -> String {
    format!("{id}/{generation}")
}

/// Key of a layer, and of the original it was read from.
pub(super) fn layer_key(id: &str, hash: &str) -> String {
    format!("{id}/{hash}")
}

/// One stored workspace, as listed on the start screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredWorkspace {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// When it was last saved, UTC milliseconds.
    pub saved_at_ms: f64,
    /// Size of its document and layers in bytes; the original files are not counted.
    pub bytes: u64,
    /// Made-up data.
    pub sample: bool,
}

impl From<Head> for StoredWorkspace {
    fn from(head: Head) -> Self {
        let Head { id, name, saved_at, bytes, sample, .. } = head;
        Self { id, name, saved_at_ms: saved_at as f64, bytes, sample }
    }
}
