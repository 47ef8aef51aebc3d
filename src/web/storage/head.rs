//! The head of a stored workspace: the small record that says what else belongs to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Generations whose documents are kept: the newest, and two to go back to.
const GENERATIONS_KEPT: usize = 3;

/// How long a deleted workspace can be brought back: a week, so that a Monday can mend a Friday.
pub const KEPT_AFTER_DELETION_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What the checksum of a head stands behind: it is the last field, so that the bytes before it are what it is taken of,
/// whatever fields a later release adds.
const CHECK_KEY: &[u8] = b",\"check\":\"";
/// Its digits, a quote and the brace that ends the record.
const CHECK_END: usize = 16 + 2;
/// A record with this field has a checksum.
const MARKS_KEY: &[u8] = b"\"marks\":";

/// The record under a workspace's id. Fields may be added; `public/crash.js` reads `id`, `name`, `generation`, `saved_at`,
/// `layers`, `previous` and `marks.deleted_at`.
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
    /// The data's last moment, UTC milliseconds.
    #[serde(default)]
    pub last_moment: Option<i64>,
    /// When its files last came or went, UTC milliseconds.
    #[serde(default)]
    pub imported_at: Option<i64>,
    /// XXH3 of the document: two saves of one moment differ by it.
    #[serde(default)]
    pub document_check: u64,
    /// What happened to it beside its saves.
    #[serde(default)]
    pub marks: Marks,
}

/// What happened to a workspace beside its saves. A save takes over what is stored of it at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Marks {
    /// When it was last downloaded as a file, UTC milliseconds.
    #[serde(default)]
    pub backup_at: Option<i64>,
    /// The number of changes that the file holds.
    #[serde(default)]
    pub backup_changes: u64,
    /// The user was reminded to download it since then.
    #[serde(default)]
    pub reminded: bool,
    /// When it was deleted, UTC milliseconds; it is removed [`KEPT_AFTER_DELETION_MS`] later.
    #[serde(default)]
    pub deleted_at: Option<i64>,
    /// Why none of its states could be opened.
    #[serde(default)]
    pub damage: Option<String>,
}

/// Something that happens to a stored workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// It was downloaded as a file that holds this many changes.
    BackedUp {
        /// Number of changes.
        changes: u64,
    },
    /// The user was reminded to download it.
    Reminded,
    /// It was deleted, for now.
    Deleted,
    /// It was brought back.
    Restored,
    /// No state of it can be opened.
    Damaged {
        /// Why.
        why: String,
    },
}

impl Marks {
    /// The marks after something happened.
    pub(super) fn set(&mut self, mark: &Mark, now_ms: i64) {
        match mark {
            Mark::BackedUp { changes } => {
                *self =
                    Self { backup_at: Some(now_ms), backup_changes: *changes, reminded: false, ..std::mem::take(self) };
            }
            Mark::Reminded => self.reminded = true,
            Mark::Deleted => self.deleted_at = Some(now_ms),
            Mark::Restored => self.deleted_at = None,
            Mark::Damaged { why } => self.damage = Some(why.clone()),
        }
    }

    /// The marks after a save: who saves wants to keep, and what was just written can be read.
    pub(super) fn after_save(&self) -> Self {
        Self { deleted_at: None, damage: None, ..self.clone() }
    }
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

    /// True when this is the record of the same save, whatever happened to it since.
    pub(super) fn is_same_save(&self, other: &Self) -> bool {
        Self { marks: Marks::default(), ..self.clone() } == Self { marks: Marks::default(), ..other.clone() }
    }

    /// True when its time after deletion is over.
    pub fn is_expired(&self, now_ms: i64) -> bool {
        self.marks.deleted_at.is_some_and(|at| now_ms - at > KEPT_AFTER_DELETION_MS)
    }

    /// As stored: JSON whose last field is the checksum of what stands before it.
    pub(super) fn encode(&self) -> Option<Vec<u8>> {
        let mut bytes = serde_json::to_vec(self).ok()?;
        bytes.pop();
        let check = format!("{:016x}\"}}", xxh3_64(&bytes));
        bytes.extend_from_slice(CHECK_KEY);
        bytes.extend_from_slice(check.as_bytes());
        Some(bytes)
    }

    /// From stored bytes; `None` when they are damaged. Heads of the first releases have no checksum, and no marks either.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let end = bytes.len().saturating_sub(CHECK_KEY.len() + CHECK_END);
        let (content, check) = bytes.split_at(end);
        let is_whole = check.strip_prefix(CHECK_KEY) == Some(format!("{:016x}\"}}", xxh3_64(content)).as_bytes());
        let holds = |key: &[u8]| bytes.windows(key.len()).any(|window| window == key);
        // Both, because one of them may be what is damaged.
        let is_early = || !holds(MARKS_KEY) && !holds(CHECK_KEY);
        (is_whole || is_early()).then(|| serde_json::from_slice(bytes).ok())?
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
    /// Name for people; empty when its record cannot be read.
    pub name: String,
    /// When it was last saved, UTC milliseconds.
    pub saved_at_ms: f64,
    /// Size of its document and layers in bytes.
    pub bytes: u64,
    /// Number of original files kept beside it.
    pub originals: u64,
    /// Their size in bytes, as kept.
    pub original_bytes: u64,
    /// Made-up data.
    pub sample: bool,
    /// The data's last moment, UTC milliseconds; `None` when the data has none.
    pub last_moment: Option<i64>,
    /// When its files last came or went, UTC milliseconds; `None` for a save of an early release.
    pub imported_at: Option<i64>,
    /// What happened to it beside its saves.
    pub marks: Marks,
}

impl From<Head> for StoredWorkspace {
    fn from(head: Head) -> Self {
        let Head { id, name, saved_at, bytes, sample, last_moment, imported_at, marks, .. } = head;
        let saved_at_ms = saved_at as f64;
        Self { id, name, saved_at_ms, bytes, originals: 0, original_bytes: 0, sample, last_moment, imported_at, marks }
    }
}
