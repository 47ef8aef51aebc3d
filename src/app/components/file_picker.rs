//! The page's one file input; every "Open" button calls it.

use leptos::html::Input;
use leptos::prelude::*;

use crate::app::actions;
use crate::app::state::AppState;
use crate::web::{FILE_TYPES, ImportSource, files_of_input};

/// The file input of the page, in context.
#[derive(Clone, Copy)]
pub(in crate::app) struct FilePicker {
    state: AppState,
    input: NodeRef<Input>,
}

impl FilePicker {
    /// A picker without its input yet.
    pub(super) fn new(state: AppState) -> Self {
        Self { state, input: NodeRef::new() }
    }

    /// The picker of the page.
    pub(in crate::app) fn of_context() -> Self {
        expect_context::<Self>()
    }

    /// Shows the browser's file dialog.
    pub(in crate::app) fn open(self) {
        if let Some(input) = self.input.get_untracked() {
            actions::expect_files(self.state);
            input.click();
        }
    }
}

/// The input itself.
#[component]
pub(super) fn FileInput(picker: FilePicker) -> impl IntoView {
    let FilePicker { state, input: node } = picker;
    let on_change = move |_| {
        let Some(input) = node.get_untracked() else { return };
        let sources = files_of_input(&input).into_iter().map(ImportSource::File).collect();
        // So that the same file can be chosen again.
        input.set_value("");
        actions::import_files(state, sources);
    };
    view! { <input type="file" multiple accept=FILE_TYPES hidden aria-label="Files to add" node_ref=node on:change=on_change /> }
}
