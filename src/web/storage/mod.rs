//! Workspaces in the browser's IndexedDB. Lives in the engine worker.

use serde::{Deserialize, Serialize};

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
