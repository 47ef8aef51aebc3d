//! The manifest of a published workspace, and the settings of a site. Both are JSON that people may read and change.

use serde::{Deserialize, Serialize};

use super::Redaction;

/// Version of the manifest's meaning.
pub const MANIFEST_SCHEMA: u32 = 1;

/// What a published workspace is made of (`data/workspace.json`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`MANIFEST_SCHEMA`].
    pub schema: u32,
    /// Name for people.
    pub name: String,
    /// When it was made, ISO in UTC: `2026-11-25T22:00:00Z`.
    pub generated_at: String,
    /// Hours after which it is to be made again; absent = not told.
    #[serde(default)]
    pub refresh_every: Option<f64>,
    /// IANA zone of its days.
    pub time_zone: String,
    /// The program that made it.
    pub generator: String,
    /// Made-up data.
    #[serde(default)]
    pub sample: bool,
    /// What was taken out.
    #[serde(default)]
    pub redaction: Redaction,
    /// The views, by id, in the order of the navigation.
    pub views: Vec<String>,
    /// The day whose end counts as now, ISO; absent = the data's last moment.
    #[serde(default)]
    pub as_of: Option<String>,
    /// Settings of the question that the answers are to, as in the address.
    #[serde(default)]
    pub settings: Vec<(String, String)>,
    /// The files.
    pub files: Vec<FileEntry>,
}

/// One published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path from the folder of the manifest, with `/`.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// The view that it answers for; empty for others.
    #[serde(default)]
    pub view: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
}

/// What a published file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// The workspace in short: its sprints, statuses and what can be filtered on.
    Summary,
    /// The answers of one view.
    Answers,
    /// All items and records, for questions that no answer is there to.
    Workspace,
    /// A kind that this release does not know.
    #[serde(other)]
    Other,
}

/// Why a manifest cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// It is no JSON of this kind: many hosts answer a page in place of a missing file.
    #[error("it is no manifest of published data ({0})")]
    Unreadable(String),
    /// Written by a later release.
    #[error("it was written by a later version of Throughline (schema {0}). Publish the newer app with it")]
    TooNew(u32),
    /// A path that leaves the folder of the site.
    #[error("it names the file \"{0}\", which is not beside it")]
    Path(String),
}

impl Manifest {
    /// The manifest as JSON.
    pub fn to_json(&self) -> Vec<u8> {
        json(self)
    }

    /// Reads a manifest. Paths stay inside its folder.
    pub fn of_json(bytes: &[u8]) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let unreadable = |error: serde_json::Error| ManifestError::Unreadable(error.to_string());
        let version: Version = serde_json::from_slice(bytes).map_err(unreadable)?;
        if version.schema > MANIFEST_SCHEMA {
            return Err(ManifestError::TooNew(version.schema));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(unreadable)?;
        if let Some(file) = manifest.files.iter().find(|file| !is_inside(&file.path)) {
            return Err(ManifestError::Path(file.path.clone()));
        }
        Ok(manifest)
    }

    /// The file of a kind; for answers, that of a view.
    pub fn file(&self, kind: FileKind, view: &str) -> Option<&FileEntry> {
        self.files.iter().find(|file| file.kind == kind && file.view == view)
    }
}

/// True for a path that goes down only: no address of another place, no way up.
fn is_inside(path: &str) -> bool {
    let is_step = |step: &str| !step.is_empty() && step != "." && step != "..";
    path.split('/').all(is_step) && !path.contains([':', '\\', '?', '#', '%'])
}

/// Settings of a site (`app.config.json`), always beside the app: a page that asked for a file that may be missing would be told
/// the start page by some hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteConfig {
    /// Path of the manifest; `None` = nothing is published.
    pub workspace: Option<String>,
    /// Other origins whose published data may be opened by `?src=`.
    pub data_origins: Vec<String>,
    /// Origins of pages that may frame it and are told about its state.
    pub embed_origins: Vec<String>,
    /// True: visitors may open data of their own.
    pub allow_local: bool,
    /// What the site calls itself.
    pub brand: Brand,
}

/// What a site calls itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Brand {
    /// The name.
    pub name: String,
}

impl SiteConfig {
    /// The settings of a site that publishes one workspace.
    pub(super) fn of_workspace(manifest: &str, name: &str) -> Self {
        Self {
            workspace: Some(manifest.to_owned()),
            data_origins: Vec::new(),
            embed_origins: Vec::new(),
            allow_local: true,
            brand: Brand { name: name.to_owned() },
        }
    }

    /// The settings as JSON.
    pub fn to_json(&self) -> Vec<u8> {
        json(self)
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Writing to memory cannot fail, and no key here is anything but a text.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_inside_the_site_are_read() {
        for (path, inside) in [
            ("data/views/flow.answers", true),
            ("a", true),
            ("../a", false),
            ("data/../../a", false),
            ("/a", false),
            ("https://evil.example/a", false),
            ("data\\a", false),
            ("data//a", false),
            ("", false),
        ] {
            assert_eq!(is_inside(path), inside, "{path}");
        }
    }

    #[test]
    fn a_page_in_place_of_a_manifest_and_a_later_one_are_refused() {
        assert!(matches!(Manifest::of_json(b"<!doctype html>"), Err(ManifestError::Unreadable(_))));
        assert_eq!(Manifest::of_json(br#"{"schema":2}"#), Err(ManifestError::TooNew(2)));
    }
}
