//! What the workspace is called, whose it is, and taking up what the user decided in another.

use std::sync::Arc;

use super::{Edit, Workspace};
use crate::engine::EngineError;
use crate::engine::document::{Document, StoredAnnotation, StoredEdit, checked_name};
use crate::model::day_from_iso;

impl Workspace {
    /// Gives the workspace another name.
    pub(in crate::engine) fn rename(&mut self, name: &str) -> Result<(), EngineError> {
        let after = checked_name(name)?;
        if after != self.name {
            let edit = Edit::Name { before: self.name.clone(), after };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    /// Makes this one of the user's own. What was done before belongs to what it came from: it cannot be taken back.
    pub(in crate::engine) fn make_own(&mut self, id: String, name: &str) -> Result<(), EngineError> {
        self.name = checked_name(name)?;
        self.id = id;
        self.sample = false;
        self.generation += 1;
        self.done.clear();
        self.undone.clear();
        Ok(())
    }

    /// Takes up what the user decided in another workspace; nothing changes when its document cannot be read.
    pub(in crate::engine) fn adopt(&mut self, document: &[u8]) -> Result<(), EngineError> {
        let document = Document::decode(document)?;
        self.take_decisions(document);
        self.generation += 1;
        // What can be taken back speaks of the files as they were in the other workspace.
        self.done.clear();
        self.undone.clear();
        self.rebuild();
        Ok(())
    }

    /// Everything of a document that the user decided, in place of what was decided here; answers its edits for undo.
    pub(super) fn take_decisions(&mut self, document: Document) -> Vec<StoredEdit> {
        let days = |(first, last): &(String, String)| Some((day_from_iso(first)?, day_from_iso(last)?));
        let windows = document.windows.iter();
        self.windows = windows.filter_map(|(name, window)| Some((name.clone(), days(window)?))).collect();
        self.statuses = document.statuses;
        self.removed = document.removed;
        self.status_order = document.status_order;
        let notes = document.annotations.into_iter().filter_map(StoredAnnotation::note);
        self.annotations = notes.map(|note| (note.id, note)).collect();
        self.mappings = document.mappings;
        self.decisions = Arc::new(document.decisions);
        self.out_of_scope = document.out_of_scope;
        document.undo
    }
}
