//! Dated notes: edits of the workspace like any other.

use super::{Edit, Workspace};
use crate::engine::{ANNOTATION_LENGTH, Annotation, EngineError};
use crate::model::{day_from_iso, iso_from_day, sort_by_key};

impl Workspace {
    /// Writes a note at a day, or changes the one of this number.
    pub(in crate::engine) fn set_annotation(
        &mut self,
        id: Option<u32>,
        day: i32,
        text: &str,
    ) -> Result<(), EngineError> {
        // A note is one line of text, whatever was pasted.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(EngineError::Invalid("A note needs a text.".into()));
        }
        if text.chars().count() > ANNOTATION_LENGTH {
            return Err(EngineError::Invalid(format!("A note has at most {ANNOTATION_LENGTH} characters.")));
        }
        if day_from_iso(&iso_from_day(day)) != Some(day) {
            return Err(EngineError::Invalid("The day of a note must be a date like 2024-01-31.".into()));
        }
        let before = match id {
            None => None,
            Some(id) => Some(self.annotation(id)?),
        };
        // A number is not given away again while undo can bring its note back.
        let edits = self.done.iter().chain(&self.undone);
        let remembered = edits.filter_map(|edit| if let Edit::Annotation { id, .. } = edit { Some(*id) } else { None });
        let next = || self.annotations.keys().copied().chain(remembered).max().map_or(1, |last| last.saturating_add(1));
        let id = id.unwrap_or_else(next);
        let after = Annotation { id, day, text };
        if before.as_ref() != Some(&after) {
            let edit = Edit::Annotation { id, before, after: Some(after) };
            self.apply(edit.clone());
            self.remember(edit);
        }
        Ok(())
    }

    /// Takes a note away.
    pub(in crate::engine) fn remove_annotation(&mut self, id: u32) -> Result<(), EngineError> {
        let edit = Edit::Annotation { id, before: Some(self.annotation(id)?), after: None };
        self.apply(edit.clone());
        self.remember(edit);
        Ok(())
    }

    /// The notes in the order of days.
    pub(in crate::engine) fn annotations(&self) -> Vec<Annotation> {
        let mut list: Vec<Annotation> = self.annotations.values().cloned().collect();
        sort_by_key(&mut list, |note| (note.day, note.id));
        list
    }

    fn annotation(&self, id: u32) -> Result<Annotation, EngineError> {
        self.annotations.get(&id).cloned().ok_or_else(|| EngineError::Unknown(format!("note with the number {id}")))
    }
}
