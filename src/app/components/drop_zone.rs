//! The whole window takes files and pasted tables. A drop that misses never leaves the page.

use leptos::ev;
use leptos::prelude::*;
use leptos::web_sys::DragEvent;

use crate::app::actions;
use crate::app::document::is_typing;
use crate::app::state::{AppState, Remedy};
use crate::messages::UserMessage;
use crate::web::{ImportSource, files_of_drop, files_of_paste, text_of_paste};

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// Listeners of the window and the overlay that shows where to let go.
#[component]
pub(super) fn DropZone() -> impl IntoView {
    let state = AppState::of_context();
    // `dragenter` and `dragleave` come for every element passed: the file is over the window while more came than left.
    let depth = RwSignal::new(0_i32);
    let listeners = (
        window_event_listener(ev::dragenter, move |event| {
            if has_files(&event) {
                depth.update(|depth| *depth += 1);
                actions::expect_files(state);
            }
        }),
        window_event_listener(ev::dragleave, move |event| {
            if has_files(&event) {
                depth.update(|depth| *depth = (*depth - 1).max(0));
            }
        }),
        window_event_listener(ev::dragover, move |event| event.prevent_default()),
        window_event_listener(ev::drop, move |event| {
            event.prevent_default();
            depth.set(0);
            let sources: Vec<_> = files_of_drop(&event).into_iter().map(ImportSource::File).collect();
            if sources.is_empty() {
                state.tell(
                    UserMessage::notice(
                        "Nothing to read was dropped.",
                        "Drop an export file, or copy the table and paste it.",
                    ),
                    Remedy::None,
                );
            }
            actions::import_files(state, sources);
        }),
        window_event_listener(ev::paste, move |event| {
            if is_typing() {
                return;
            }
            let mut sources: Vec<_> = files_of_paste(&event).into_iter().map(ImportSource::File).collect();
            if sources.is_empty() {
                sources.extend(
                    text_of_paste(&event).map(|text| ImportSource::Text { name: "Pasted table".to_owned(), text }),
                );
            }
            if !sources.is_empty() {
                event.prevent_default();
                actions::import_files(state, sources);
            }
        }),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                depth.set(0);
            }
        }),
    );
    on_cleanup(move || {
        let (enter, leave, over, drop, paste, key) = listeners;
        [enter, leave, over, drop, paste, key].into_iter().for_each(WindowListenerHandle::remove);
    });
    view! {
        <div class="drop-overlay" hidden=move || depth.get() == 0>
            <p>"Drop to add: exports (CSV, JSON, XML, ICS), archives (.zip, .gz), Excel workbooks (.xlsx), or a Throughline workspace"</p>
        </div>
    }
}
