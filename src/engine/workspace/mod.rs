//! The open workspace: its layers (one per imported file), the user's edits, and the dataset prepared from both.

mod annotations;
mod files;
mod identity;
mod merged;
mod undo;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use crate::engine::changes::vanished_open;
use crate::engine::document::{Document, StoredSource};
use crate::engine::exports::export_of;
use crate::engine::links::check as check_links;
use crate::engine::workspace_file::WorkspaceParts;
use crate::engine::{Annotation, EngineError};
use crate::importers::{ImportReport, Mapping};
use crate::model::{
    Calendar, CategoryField, Dataset, Decision, Decisions, Edits, Export, MergeCounts, MergedItem, PreparedDataset,
    StatusCategory, decode_dataset, encode_dataset, iso_from_day, merge_exports, sort_by,
};

use files::FilesEdit;

/// One imported file.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    pub(super) hash: String,
    pub(super) dataset: Arc<Dataset>,
    pub(super) report: ImportReport,
    pub(super) counts: MergeCounts,
}

/// Something the user did that can be taken back.
#[derive(Debug, Clone)]
enum Edit {
    Window {
        iteration: String,
        before: Option<(i32, i32)>,
        after: Option<(i32, i32)>,
    },
    Status {
        status: String,
        before: Option<StatusCategory>,
        after: Option<StatusCategory>,
    },
    /// Whether what vanished with an export counts as taken out of scope.
    Scope {
        hash: String,
        file: String,
        removed: bool,
    },
    StatusOrder {
        before: Vec<String>,
        after: Vec<String>,
    },
    Annotation {
        id: u32,
        before: Option<Annotation>,
        after: Option<Annotation>,
    },
    Decision {
        before: Box<Decision>,
        after: Box<Decision>,
    },
    /// The workspace's name.
    Name {
        before: String,
        after: String,
    },
    Files(Box<FilesEdit>),
}

impl Edit {
    fn inverse(self) -> Self {
        match self {
            Self::Window { iteration, before, after } => Self::Window { iteration, before: after, after: before },
            Self::Status { status, before, after } => Self::Status { status, before: after, after: before },
            Self::Scope { hash, file, removed } => Self::Scope { hash, file, removed: !removed },
            Self::StatusOrder { before, after } => Self::StatusOrder { before: after, after: before },
            Self::Annotation { id, before, after } => Self::Annotation { id, before: after, after: before },
            Self::Decision { before, after } => Self::Decision { before: after, after: before },
            Self::Name { before, after } => Self::Name { before: after, after: before },
            Self::Files(edit) => Self::Files(Box::new(edit.inverse())),
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Window { iteration, .. } => format!("the dates of {iteration}"),
            Self::Status { status, .. } => format!("what {status} counts as"),
            Self::Scope { file, .. } => format!("what the items missing in {file} count as"),
            Self::StatusOrder { .. } => "the order of the statuses".to_owned(),
            Self::Annotation { before, after, .. } => {
                let day = after.as_ref().or(before.as_ref()).map_or_else(String::new, |note| iso_from_day(note.day));
                format!("the note at {day}")
            }
            Self::Decision { after, .. } => after.title(),
            Self::Name { .. } => "the name of the workspace".to_owned(),
            Self::Files(edit) => edit.title(),
        }
    }
}

/// Edits kept for undo.
const UNDO_DEPTH: usize = 50;

/// The open workspace.
pub(super) struct Workspace {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) sample: bool,
    pub(super) generation: u64,
    pub(super) layers: Vec<Layer>,
    /// First and last day, inclusive, typed by the user.
    windows: BTreeMap<String, (i32, i32)>,
    /// Categories chosen by the user, by status.
    pub(super) statuses: BTreeMap<String, StatusCategory>,
    /// Exports whose vanished items count as taken out of scope, by hash.
    pub(super) removed: BTreeSet<String>,
    /// Statuses as the user put them in order; empty when that is left to the guess.
    pub(super) status_order: Vec<String>,
    /// Dated notes, by their number.
    annotations: BTreeMap<u32, Annotation>,
    /// Tables whose columns the user has named, by their signature.
    pub(super) mappings: Vec<Mapping>,
    /// What the user decided about deployments, bugs, debt, people and targets.
    pub(super) decisions: Arc<Decisions>,
    /// Keys of open items that count as taken out of scope; told by key where the export that lacked them is not there.
    out_of_scope: BTreeSet<String>,
    pub(super) data: PreparedDataset,
    /// Per item: position in `layers` and row of its newest version.
    origins: Vec<MergedItem>,
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl Workspace {
    pub(super) fn new(id: String, name: String, zone: &str, sample: bool) -> Result<Self, EngineError> {
        let calendar = Calendar::new(zone).ok_or_else(|| EngineError::Unknown(format!("time zone \"{zone}\"")))?;
        let data = PreparedDataset::new(Arc::default(), calendar, &Edits::default());
        Ok(Self {
            id,
            name,
            sample,
            generation: 0,
            layers: Vec::new(),
            windows: BTreeMap::new(),
            statuses: BTreeMap::new(),
            removed: BTreeSet::new(),
            status_order: Vec::new(),
            annotations: BTreeMap::new(),
            mappings: Vec::new(),
            decisions: Arc::default(),
            out_of_scope: BTreeSet::new(),
            data,
            origins: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
        })
    }

    /// Opens stored bytes. Nothing is parsed but the document; columns are copied.
    pub(super) fn open(document: &[u8], layers: &[Vec<u8>]) -> Result<Self, EngineError> {
        let document = Document::decode(document)?;
        let (id, name) = (document.id.clone(), document.name.clone());
        let mut workspace = Self::new(id, name, &document.zone, document.sample)?;
        workspace.generation = document.generation;
        if document.sources.len() != layers.len() {
            return Err(EngineError::Unreadable(format!(
                "The stored workspace names {} files, {} were found.",
                document.sources.len(),
                layers.len()
            )));
        }
        for (source, bytes) in document.sources.iter().cloned().zip(layers) {
            if hash_of(bytes) != source.hash {
                return Err(EngineError::Unreadable(format!("The stored data of {} is damaged.", source.report.file)));
            }
            let dataset = decode_dataset(bytes).map_err(|error| EngineError::Unreadable(error.to_string()))?;
            let StoredSource { hash, report, counts } = source;
            workspace.layers.push(Layer { hash, dataset: Arc::new(dataset), report, counts });
        }
        let edits = workspace.take_decisions(document);
        workspace.restore_edits(edits);
        workspace.rebuild();
        Ok(workspace)
    }

    pub(super) fn document(&self) -> Document {
        Document {
            id: self.id.clone(),
            name: self.name.clone(),
            zone: self.data.calendar.zone().to_owned(),
            sample: self.sample,
            generation: self.generation,
            windows: self
                .windows
                .iter()
                .map(|(name, &(first, last))| (name.clone(), (iso_from_day(first), iso_from_day(last))))
                .collect(),
            statuses: self.statuses.clone(),
            removed: self.removed.clone(),
            status_order: self.status_order.clone(),
            annotations: self.annotations.values().cloned().map(Into::into).collect(),
            undo: self.stored_edits(),
            mappings: self.mappings.clone(),
            decisions: (*self.decisions).clone(),
            out_of_scope: self.out_of_scope.clone(),
            sources: self
                .layers
                .iter()
                .map(|layer| StoredSource {
                    hash: layer.hash.clone(),
                    report: layer.report.clone(),
                    counts: layer.counts,
                })
                .collect(),
        }
    }

    pub(super) fn parts(&self) -> Result<WorkspaceParts, EngineError> {
        let layers = self.layers.iter().map(|layer| (layer.hash.clone(), encode_dataset(&layer.dataset))).collect();
        Ok(WorkspaceParts { document: self.document().encode()?, layers })
    }

    pub(super) fn set_window(&mut self, iteration: &str, days: Option<(i32, i32)>) -> Result<(), EngineError> {
        if self.data.iterations.position_of(iteration).is_none() {
            return Err(EngineError::Unknown(format!("sprint \"{iteration}\"")));
        }
        if let Some((first, last)) = days
            && last < first
        {
            return Err(EngineError::Invalid(format!(
                "The last day ({}) is before the first ({}).",
                iso_from_day(last),
                iso_from_day(first)
            )));
        }
        let before = self.windows.get(iteration).copied();
        if before != days {
            let edit = Edit::Window { iteration: iteration.to_owned(), before, after: days };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    /// Decides something about deployments, bugs, debt, people or targets.
    pub(super) fn decide(&mut self, decision: Decision) -> Result<(), EngineError> {
        if let Some(problem) = decision.problem() {
            return Err(EngineError::Invalid(problem.to_owned()));
        }
        check_links(&decision, &self.data)?;
        let mut decided = (*self.decisions).clone();
        let before = decided.set(decision.clone());
        if decided != *self.decisions {
            let edit = Edit::Decision { before: Box::new(before), after: Box::new(decision) };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    /// Says what a status counts as; `None` leaves it to the guess again.
    pub(super) fn set_status(&mut self, status: &str, category: Option<StatusCategory>) -> Result<(), EngineError> {
        self.known_status(status)?;
        let before = self.statuses.get(status).copied();
        if before != category {
            let edit = Edit::Status { status: status.to_owned(), before, after: category };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    /// Says whether open items that an export no longer holds count as taken out of scope.
    pub(super) fn set_removed(&mut self, hash: &str, removed: bool) -> Result<(), EngineError> {
        let layer = self.layer(hash)?;
        if self.removed.contains(hash) != removed {
            let edit = Edit::Scope { hash: hash.to_owned(), file: layer.report.file.clone(), removed };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    /// Puts statuses in the order of the workflow; an empty list leaves it to the guess again.
    pub(super) fn set_status_order(&mut self, order: Vec<String>) -> Result<(), EngineError> {
        let mut named = BTreeSet::new();
        for status in &order {
            self.known_status(status)?;
            if !named.insert(status.as_str()) {
                return Err(EngineError::Invalid(format!("The status \"{status}\" is named twice.")));
            }
        }
        if self.status_order != order {
            let edit = Edit::StatusOrder { before: self.status_order.clone(), after: order };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    fn known_status(&self, status: &str) -> Result<(), EngineError> {
        let column = self.data.dataset.category(CategoryField::Status);
        let code = self.data.statuses.find(status, column);
        code.map(|_| ()).ok_or_else(|| EngineError::Unknown(format!("status \"{status}\"")))
    }

    pub(super) fn undo(&mut self) -> Result<(), EngineError> {
        let edit = self.done.pop().ok_or_else(|| EngineError::Invalid("There is nothing to undo.".into()))?;
        self.apply(edit.clone().inverse());
        self.undone.push(edit);
        Ok(())
    }

    pub(super) fn redo(&mut self) -> Result<(), EngineError> {
        let edit = self.undone.pop().ok_or_else(|| EngineError::Invalid("There is nothing to redo.".into()))?;
        self.apply(edit.clone());
        self.done.push(edit);
        Ok(())
    }

    /// What an undo would take back, in words.
    pub(super) fn undo_title(&self) -> Option<String> {
        self.done.last().map(Edit::title)
    }

    /// What a redo would do again, in words.
    pub(super) fn redo_title(&self) -> Option<String> {
        self.undone.last().map(Edit::title)
    }

    /// File name and line of an item's newest version; line 0 when unknown.
    pub(super) fn source_of(&self, item: usize) -> (&str, u32) {
        let Some(origin) = self.origins.get(item) else { return ("", 0) };
        self.layers.get(origin.layer as usize).map_or(("", 0), |layer| {
            (layer.report.file.as_str(), layer.dataset.source_line.get(origin.row as usize).copied().unwrap_or(0))
        })
    }

    /// Keeps an edit that was made for undo.
    fn remember(&mut self, edit: Edit) {
        self.undone.clear();
        self.done.push(edit);
        if self.done.len() > UNDO_DEPTH {
            self.done.remove(0);
        }
    }

    fn apply(&mut self, edit: Edit) {
        self.generation += 1;
        match edit {
            Edit::Window { iteration, after, .. } => {
                match after {
                    Some(days) => self.windows.insert(iteration, days),
                    None => self.windows.remove(&iteration),
                };
                let edits = self.edits();
                self.data.edit_windows(&edits);
            }
            Edit::Status { status, after, .. } => {
                match after {
                    Some(category) => self.statuses.insert(status, category),
                    None => self.statuses.remove(&status),
                };
                self.prepare(Arc::clone(&self.data.dataset));
            }
            Edit::Scope { hash, removed, .. } => {
                if removed {
                    self.removed.insert(hash);
                } else {
                    self.removed.remove(&hash);
                }
                self.prepare(Arc::clone(&self.data.dataset));
            }
            Edit::StatusOrder { after, .. } => {
                self.status_order = after;
                self.prepare(Arc::clone(&self.data.dataset));
            }
            Edit::Annotation { id, after, .. } => {
                match after {
                    Some(note) => self.annotations.insert(id, note),
                    None => self.annotations.remove(&id),
                };
            }
            Edit::Decision { after, .. } => {
                let _ = Arc::make_mut(&mut self.decisions).set(*after);
                self.data.edit_decisions(Arc::clone(&self.decisions));
            }
            Edit::Name { after, .. } => self.name = after,
            Edit::Files(edit) => self.apply_files(*edit),
        }
    }

    /// Merges the layers and prepares the result. One layer is used as it is: it holds each key once.
    fn rebuild(&mut self) {
        let dataset = if let [only] = &self.layers[..] {
            self.origins = (0..only.dataset.len() as u32).map(|row| MergedItem { layer: 0, row }).collect();
            Arc::clone(&only.dataset)
        } else {
            // Hash order, so that the order of the imports leaves no trace in the merged dataset.
            let mut order: Vec<usize> = (0..self.layers.len()).collect();
            sort_by(&mut order, |&a, &b| self.layers[a].hash.cmp(&self.layers[b].hash));
            let exports: Vec<Export<'_>> = order.iter().map(|&layer| export_of(&self.layers[layer])).collect();
            let (dataset, mut origins) = merge_exports(&exports);
            for origin in &mut origins {
                origin.layer = order[origin.layer as usize] as u32;
            }
            self.origins = origins;
            Arc::new(dataset)
        };
        self.prepare(dataset);
    }

    fn prepare(&mut self, dataset: Arc<Dataset>) {
        self.data = PreparedDataset::new(dataset, self.data.calendar.clone(), &self.edits());
        // What vanished is told from the merged items, so it is known only now; most workspaces have none.
        if !self.removed.is_empty() {
            self.data.remove_items(&vanished_open(self, &self.removed));
        }
        if !self.out_of_scope.is_empty() {
            self.data.remove_items(&self.named_out_of_scope());
        }
    }

    fn edits(&self) -> Edits {
        let calendar = &self.data.calendar;
        let moments = |(first, last): (i32, i32)| (calendar.start_of_day(first), calendar.start_of_day(last + 1));
        Edits {
            windows: self.windows.iter().map(|(name, &days)| (name.clone(), moments(days))).collect(),
            statuses: self.statuses.clone(),
            status_order: self.status_order.clone(),
            decisions: Arc::clone(&self.decisions),
        }
    }
}

/// The name a dataset's bytes are stored under.
fn hash_of(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}
