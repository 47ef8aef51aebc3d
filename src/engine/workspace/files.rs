//! Files of the workspace: one comes, one goes, one is read another way. Each is one step of undo.

use std::sync::Arc;

use super::{Edit, Layer, Workspace, hash_of};
use crate::engine::exports::export_of;
use crate::engine::{AddTerms, EngineError, MappingTerm};
use crate::importers::{ImportReport, Mapping};
use crate::model::{MergeCounts, decode_dataset};

/// A file that came, one that went, or both when a file was read another way; with what is remembered of its columns.
#[derive(Debug, Clone, Default)]
pub(super) struct FilesEdit {
    removed: Option<Layer>,
    added: Option<Layer>,
    mapping: Option<MappingEdit>,
}

/// How the columns of a table were named before and are named after.
#[derive(Debug, Clone)]
struct MappingEdit {
    signature: String,
    before: Option<Mapping>,
    after: Option<Mapping>,
}

impl FilesEdit {
    pub(super) fn inverse(self) -> Self {
        let Self { removed, added, mapping } = self;
        let mapping = mapping.map(|MappingEdit { signature, before, after }| MappingEdit {
            signature,
            before: after,
            after: before,
        });
        Self { removed: added, added: removed, mapping }
    }

    pub(super) fn title(&self) -> String {
        match (&self.removed, &self.added) {
            (None, Some(layer)) => format!("adding {}", layer.report.file),
            (Some(layer), None) => format!("removing {}", layer.report.file),
            (Some(_), Some(layer)) => format!("reading {} another way", layer.report.file),
            (None, None) => "how the columns of a table are named".to_owned(),
        }
    }

    const fn is_nothing(&self) -> bool {
        self.removed.is_none() && self.added.is_none() && self.mapping.is_none()
    }
}

impl Workspace {
    /// Adds the dataset of one file. The same file again changes nothing and is counted as unchanged.
    pub(in crate::engine) fn add(
        &mut self,
        bytes: &[u8],
        report: ImportReport,
        terms: AddTerms,
    ) -> Result<MergeCounts, EngineError> {
        let hash = hash_of(bytes);
        let removed = terms.instead_of.as_deref().map(|hash| self.layer(hash)).transpose()?.cloned();
        let mapping = self.mapping_edit(terms.mapping);
        let stays = |layer: &Layer| terms.instead_of.as_ref() != Some(&layer.hash);
        if self.layers.iter().any(|layer| layer.hash == hash && stays(layer)) {
            self.change_files(FilesEdit { removed, added: None, mapping });
            return Ok(MergeCounts { unchanged: report.kept + report.repeated, ..MergeCounts::default() });
        }
        let dataset = decode_dataset(bytes).map_err(|error| EngineError::Unreadable(error.to_string()))?;
        let before = Arc::clone(&self.data.dataset);
        self.generation += 1;
        let mut layer = Layer { hash, dataset: Arc::new(dataset), report, counts: MergeCounts::default() };
        self.apply_files(FilesEdit { removed: removed.clone(), added: Some(layer.clone()), mapping: mapping.clone() });
        let mut counts = if before.is_empty() {
            MergeCounts { new: layer.report.kept, ..MergeCounts::default() }
        } else {
            MergeCounts::compare(&before, &self.data.dataset, &export_of(&layer))
        };
        // A row that repeats an item of the same file changed nothing that its newest version did not change.
        counts.unchanged += layer.report.repeated;
        layer.counts = counts;
        if let Some(last) = self.layers.last_mut() {
            last.counts = counts;
        }
        self.remember(Edit::Files(Box::new(FilesEdit { removed, added: Some(layer), mapping })));
        Ok(counts)
    }

    pub(in crate::engine) fn remove(&mut self, hash: &str) -> Result<(), EngineError> {
        let layer = self.layer(hash)?.clone();
        self.change_files(FilesEdit { removed: Some(layer), ..FilesEdit::default() });
        Ok(())
    }

    /// The layer with this hash.
    pub(super) fn layer(&self, hash: &str) -> Result<&Layer, EngineError> {
        let found = self.layers.iter().find(|layer| layer.hash == hash);
        found.ok_or_else(|| EngineError::Unknown(format!("imported file with the hash {hash}")))
    }

    pub(super) fn apply_files(&mut self, edit: FilesEdit) {
        let FilesEdit { removed, added, mapping } = edit;
        let is_other_data = removed.is_some() || added.is_some();
        if let Some(layer) = removed {
            self.layers.retain(|kept| kept.hash != layer.hash);
        }
        self.layers.extend(added);
        if let Some(MappingEdit { signature, after, .. }) = mapping {
            self.mappings.retain(|known| known.signature != signature);
            self.mappings.extend(after);
        }
        if is_other_data {
            self.rebuild();
        }
    }

    fn change_files(&mut self, edit: FilesEdit) {
        if !edit.is_nothing() {
            self.generation += 1;
            self.apply_files(edit.clone());
            self.remember(Edit::Files(Box::new(edit)));
        }
    }

    /// What a term changes; `None` when that is nothing.
    fn mapping_edit(&self, term: MappingTerm) -> Option<MappingEdit> {
        let (signature, after) = match term {
            MappingTerm::Kept => return None,
            MappingTerm::Remembered(mapping) => (mapping.signature.clone(), Some(mapping)),
            MappingTerm::Forgotten(signature) => (signature, None),
        };
        let before = self.mappings.iter().find(|known| known.signature == signature).cloned();
        (before != after).then_some(MappingEdit { signature, before, after })
    }
}
