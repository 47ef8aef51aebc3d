//! What undo can still take back after the workspace was closed and opened again.

use super::{Edit, Workspace};
use crate::engine::Annotation;
use crate::engine::document::{StoredAnnotation, StoredEdit};
use crate::model::{day_from_iso, iso_from_day};

type Days = Option<(i32, i32)>;
type StoredDays = Option<(String, String)>;

fn stored_days(days: Days) -> StoredDays {
    days.map(|(first, last)| (iso_from_day(first), iso_from_day(last)))
}

/// `None` when the text is no date.
fn days(stored: StoredDays) -> Option<Days> {
    match stored {
        None => Some(None),
        Some((first, last)) => Some(Some((day_from_iso(&first)?, day_from_iso(&last)?))),
    }
}

impl From<Annotation> for StoredAnnotation {
    fn from(Annotation { id, day, text }: Annotation) -> Self {
        Self { id, day: iso_from_day(day), text }
    }
}

impl StoredAnnotation {
    /// The note; `None` when its day is no date.
    pub(super) fn note(self) -> Option<Annotation> {
        Some(Annotation { id: self.id, day: day_from_iso(&self.day)?, text: self.text })
    }
}

/// The edit as it is stored; `None` for files, whose data is not kept for undo once the workspace is closed, and for names,
/// which earlier releases could not read.
fn stored(edit: Edit) -> Option<StoredEdit> {
    Some(match edit {
        Edit::Window { iteration, before, after } => {
            StoredEdit::Window { iteration, before: stored_days(before), after: stored_days(after) }
        }
        Edit::Status { status, before, after } => StoredEdit::Status { status, before, after },
        Edit::Scope { hash, file, removed } => StoredEdit::Scope { hash, file, removed },
        Edit::StatusOrder { before, after } => StoredEdit::StatusOrder { before, after },
        Edit::Annotation { id, before, after } => {
            StoredEdit::Annotation { id, before: before.map(Into::into), after: after.map(Into::into) }
        }
        Edit::Decision { before, after } => StoredEdit::Decision { before, after },
        Edit::Name { .. } | Edit::Files(_) => return None,
    })
}

/// The stored edit; `None` when a date in it is none.
fn edit(stored: StoredEdit) -> Option<Edit> {
    Some(match stored {
        StoredEdit::Window { iteration, before, after } => {
            Edit::Window { iteration, before: days(before)?, after: days(after)? }
        }
        StoredEdit::Status { status, before, after } => Edit::Status { status, before, after },
        StoredEdit::Scope { hash, file, removed } => Edit::Scope { hash, file, removed },
        StoredEdit::StatusOrder { before, after } => Edit::StatusOrder { before, after },
        StoredEdit::Annotation { id, before, after } => {
            let before = match before {
                None => None,
                Some(stored) => Some(stored.note()?),
            };
            let after = match after {
                None => None,
                Some(stored) => Some(stored.note()?),
            };
            Edit::Annotation { id, before, after }
        }
        StoredEdit::Decision { before, after } => Edit::Decision { before, after },
    })
}

impl Workspace {
    /// The edits since files last came or went, oldest first.
    pub(super) fn stored_edits(&self) -> Vec<StoredEdit> {
        // A name changes nothing that other edits rest on: it is left out, they are not.
        let edits = self.done.iter().rev().filter(|edit| !matches!(edit, Edit::Name { .. }));
        let mut edits: Vec<StoredEdit> = edits.cloned().map_while(stored).collect();
        edits.reverse();
        edits
    }

    /// Takes stored edits up again. One that cannot be read ends what can be taken back.
    pub(super) fn restore_edits(&mut self, stored: Vec<StoredEdit>) {
        self.done = stored.into_iter().rev().map_while(edit).collect();
        self.done.reverse();
    }
}
