//! The workspace document: everything of a workspace but the datasets themselves, as stored bytes.
//!
//! Sealed JSON (magic `TLWORK\0`), so that it stays readable for decades and takes new fields without a new version. The stored
//! types live here and nowhere else. A change of meaning raises [`SCHEMA`] and adds a step to [`UPGRADERS`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::{EngineError, NAME_LENGTH};
use crate::importers::{ImportReport, Mapping};
use crate::model::{
    Decision, Decisions, MergeCounts, SEAL_BYTES, SealError, StatusCategory, iso_from_day, seal, unseal,
};

const MAGIC: [u8; 7] = *b"TLWORK\0";

/// Version of the document's meaning.
pub const SCHEMA: u8 = 2;

/// Step `n` turns a document of schema `n + 1` into one of schema `n + 2`.
const UPGRADERS: [fn(&mut Value); SCHEMA as usize - 1] = [window_moments_to_dates];

/// What is stored of a workspace besides its layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Document {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Made-up data.
    #[serde(default)]
    pub sample: bool,
    /// Grows with every change.
    pub generation: u64,
    /// Iteration windows typed by the user: name to first and last day (ISO, inclusive). Dates, not moments, so that a change of
    /// zone moves no sprint by a day.
    #[serde(default)]
    pub windows: BTreeMap<String, (String, String)>,
    /// What the user says that statuses count as, by name.
    #[serde(default)]
    pub statuses: BTreeMap<String, StatusCategory>,
    /// Hashes of exports whose vanished items count as taken out of scope.
    #[serde(default)]
    pub removed: BTreeSet<String>,
    /// Statuses in the order of the workflow, where the user set it.
    #[serde(default)]
    pub status_order: Vec<String>,
    /// Dated notes of the user.
    #[serde(default)]
    pub annotations: Vec<StoredAnnotation>,
    /// Tables whose columns the user has named.
    #[serde(default)]
    pub mappings: Vec<Mapping>,
    /// What the user decided about deployments, bugs, debt, people and targets.
    #[serde(default)]
    pub decisions: Decisions,
    /// Keys of open items that count as taken out of scope, in a workspace that was published without its files.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub out_of_scope: BTreeSet<String>,
    /// Edits that undo can take back, oldest first.
    #[serde(default)]
    pub undo: Vec<StoredEdit>,
    /// The imported files, oldest first; their datasets are stored under `hash`.
    pub sources: Vec<StoredSource>,
}

/// A dated note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StoredAnnotation {
    /// Number of the note.
    pub id: u32,
    /// The day, ISO.
    pub day: String,
    /// What it says.
    pub text: String,
}

/// An edit that undo can take back: what there was before it, and after. Days are ISO.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum StoredEdit {
    /// The window of an iteration.
    Window { iteration: String, before: Option<(String, String)>, after: Option<(String, String)> },
    /// What a status counts as.
    Status { status: String, before: Option<StatusCategory>, after: Option<StatusCategory> },
    /// Whether what vanished with an export counts as out of scope.
    Scope { hash: String, file: String, removed: bool },
    /// The order of the statuses.
    StatusOrder { before: Vec<String>, after: Vec<String> },
    /// A note.
    Annotation { id: u32, before: Option<StoredAnnotation>, after: Option<StoredAnnotation> },
    /// Anything about deployments, bugs, debt, people and targets.
    Decision { before: Box<Decision>, after: Box<Decision> },
}

/// One imported file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredSource {
    /// Hash of the dataset's bytes, hex.
    pub hash: String,
    /// What happened when it was read.
    pub report: ImportReport,
    /// What its rows did to the workspace.
    pub counts: MergeCounts,
}

impl Document {
    /// The document as sealed bytes.
    pub(super) fn encode(&self) -> Result<Vec<u8>, EngineError> {
        let mut bytes = vec![0; SEAL_BYTES];
        serde_json::to_writer(&mut bytes, self)
            .map_err(|error| EngineError::Unreadable(format!("the workspace cannot be written: {error}")))?;
        seal(&mut bytes, MAGIC, SCHEMA);
        Ok(bytes)
    }

    /// Reads stored bytes of this or any earlier schema.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, EngineError> {
        let unreadable =
            |what: String| EngineError::Unreadable(format!("The stored workspace cannot be opened: {what}."));
        let (schema, payload) =
            unseal(bytes, MAGIC, SCHEMA).map_err(|error: SealError| unreadable(error.to_string()))?;
        let read = |json: &[u8]| serde_json::from_slice(json).map_err(|error| unreadable(error.to_string()));
        if schema == SCHEMA {
            return read(payload);
        }
        let mut value: Value = serde_json::from_slice(payload).map_err(|error| unreadable(error.to_string()))?;
        for upgrade in UPGRADERS.iter().skip(usize::from(schema).saturating_sub(1)) {
            upgrade(&mut value);
        }
        // By way of text: reading from a `Value` would carry a second copy of all reading code in the worker.
        read(value.to_string().as_bytes())
    }
}

/// What a stored document says about itself, without the data it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentContents {
    /// Id of the workspace.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// IANA zone.
    pub zone: String,
    /// Number of changes.
    pub generation: u64,
    /// Hash and file name of each layer, in its order.
    pub layers: Vec<(String, String)>,
}

/// Reads what a document says about itself.
pub fn document_contents(document: &[u8]) -> Result<DocumentContents, EngineError> {
    let Document { id, name, zone, generation, sources, .. } = Document::decode(document)?;
    let layers = sources.into_iter().map(|source| (source.hash, source.report.file)).collect();
    Ok(DocumentContents { id, name, zone, generation, layers })
}

/// The same workspace under this id and name, as one of the user's own: for renaming and copying what is not open.
pub fn rewrite_document(document: &[u8], id: &str, name: &str) -> Result<Vec<u8>, EngineError> {
    let document = Document::decode(document)?;
    let name = checked_name(name)?;
    Document { id: id.to_owned(), name, sample: false, generation: document.generation + 1, ..document }.encode()
}

/// A name for a workspace: one line of text, whatever was pasted.
pub(super) fn checked_name(name: &str) -> Result<String, EngineError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(EngineError::Invalid("A workspace needs a name.".into())),
        length if length > NAME_LENGTH => {
            Err(EngineError::Invalid(format!("A name has at most {NAME_LENGTH} characters.")))
        }
        _ => Ok(name),
    }
}

/// Schema 1 kept windows as UTC moments, `[start, end)` in milliseconds; schema 2 keeps dates.
fn window_moments_to_dates(document: &mut Value) {
    const MILLISECONDS_A_DAY: i64 = 86_400_000;
    let Some(Value::Object(windows)) = document.get_mut("windows") else { return };
    for window in windows.values_mut() {
        let moment = |position: usize| window.get(position).and_then(Value::as_i64);
        if let (Some(start), Some(end)) = (moment(0), moment(1)) {
            // Schema 1 wrote local midnights; half a day of tolerance keeps the date in every zone.
            let day =
                |moment: i64| iso_from_day((moment + MILLISECONDS_A_DAY / 2).div_euclid(MILLISECONDS_A_DAY) as i32);
            *window = Value::from(vec![day(start), day(end - MILLISECONDS_A_DAY)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document {
            id: "w1".into(),
            name: "Team".into(),
            zone: "Europe/Berlin".into(),
            sample: false,
            generation: 7,
            windows: BTreeMap::from([("Sprint 1".into(), ("2024-01-01".into(), "2024-01-14".into()))]),
            statuses: BTreeMap::from([("Testing".into(), StatusCategory::Done)]),
            removed: BTreeSet::from(["ab".into()]),
            status_order: vec!["Testing".into(), "Review".into()],
            annotations: vec![StoredAnnotation { id: 3, day: "2024-01-09".into(), text: "Two people joined".into() }],
            mappings: vec![Mapping { signature: "a".into(), columns: vec![(0, "key".into())] }],
            undo: vec![StoredEdit::Status {
                status: "Testing".into(),
                before: None,
                after: Some(StatusCategory::Done),
            }],
            decisions: Decisions { debt_target: Some(20.0), ..Decisions::default() },
            out_of_scope: BTreeSet::from(["A-7".into()]),
            sources: vec![StoredSource {
                hash: "ab".into(),
                report: ImportReport::default(),
                counts: MergeCounts::default(),
            }],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = document().encode().unwrap();
        assert_eq!(Document::decode(&bytes), Ok(document()));
    }

    #[test]
    fn schema_1_opens_with_the_same_dates() {
        // Sprint 1 from 2024-01-01 to 2024-01-14 in Berlin: local midnights are 23:00 UTC of the day before.
        let json = br#"{"id":"w1","name":"Team","zone":"Europe/Berlin","sample":false,"generation":7,
            "windows":{"Sprint 1":[1704063600000,1705273200000]},"sources":[{"hash":"ab","counts":{"new":0,"updated":0,"unchanged":0},
            "report":{"file":"","bytes":0,"format":"","format_title":"","evidence":"","encoding":"","delimiter":"","rows_read":0,"kept":0,
            "repeated":0,"refused":[],"warnings":[],"warning_counts":[],"columns":[],"dates":[],"zone":"","decisions":[],"row_cap":null}}]}"#;
        let mut bytes = vec![0; SEAL_BYTES];
        bytes.extend_from_slice(json);
        seal(&mut bytes, MAGIC, 1);
        // It knew none of the user's decisions but windows.
        let known = Document {
            statuses: BTreeMap::new(),
            removed: BTreeSet::new(),
            status_order: Vec::new(),
            annotations: Vec::new(),
            mappings: Vec::new(),
            decisions: Decisions::default(),
            out_of_scope: BTreeSet::new(),
            undo: Vec::new(),
            ..document()
        };
        assert_eq!(Document::decode(&bytes), Ok(known));
    }

    #[test]
    fn a_later_schema_is_refused_with_the_reason() {
        let mut bytes = document().encode().unwrap();
        seal(&mut bytes, MAGIC, SCHEMA + 1);
        let error = Document::decode(&bytes).unwrap_err().to_string();
        assert!(error.contains("later version"), "{error}");
    }
}
