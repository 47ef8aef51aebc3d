//! The start screen: one sentence, three ways in, what was there before.

use std::time::Duration;

use leptos::prelude::*;

use super::View;
use crate::app::actions;
use crate::app::components::{ExportHelpList, ExportMatrix, FilePicker, Workspaces};
use crate::app::state::AppState;
use crate::web::ImportSource;

/// The page itself comes first.
const IDLE_BEFORE_LOADING: Duration = Duration::from_millis(300);

/// The view.
pub(super) static VIEW: View =
    View { id: "start", title: "Start", needs_items: false, records: &[], metrics: &[], body };

fn body() -> AnyView {
    let state = AppState::of_context();
    // Nothing has to be computed here: the screen is complete as it stands.
    state.ready.set(true);
    // Whoever stays here without a workspace will bring a file.
    set_timeout(
        move || {
            if state.workspace.try_with_untracked(Option::is_none) == Some(true) {
                actions::expect_files(state);
            }
        },
        IDLE_BEFORE_LOADING,
    );
    view! {
        <section class="welcome">
            <h1>"Drop an export from your tracker. It stays in this browser."</h1>
            <p class="lead">"Burndown, velocity, throughput and cycle time, each with the items behind it."</p>
            <WaysIn />
            <p class="privacy">
                "Everything is computed on this computer. No account, no upload, no tracking: the page makes no request to any other server."
            </p>
        </section>
        <Workspaces />
        <section class="card">
            <h2>"How do I export?"</h2>
            <p class="explanation">
                "From Jira, GitHub, GitLab, Azure DevOps, Trello, Asana, Linear, Microsoft Project and others: what to click, and which limits to know."
            </p>
            <ExportHelpList summary="Choose your tool" needs=Vec::new() />
            // The first chart of each view stands for it: all of them would make a table that nobody reads.
            <ExportMatrix metrics=super::VIEWS.iter().filter_map(|view| view.metrics.first()).copied().collect() />
        </section>
    }
    .into_any()
}

#[component]
fn WaysIn() -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    let pasting = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let read = move |_| {
        let text = text.get_untracked();
        if !text.trim().is_empty() {
            actions::import_files(state, vec![ImportSource::Text { name: "Pasted table".to_owned(), text }]);
        }
    };
    view! {
        <p class="ways-in">
            <button type="button" class="primary" on:click=move |_| picker.open()>"Open file…"</button>
            <button type="button" aria-expanded=move || pasting.get().to_string() on:click=move |_| pasting.update(|open| *open = !*open)>
                "Paste"
            </button>
            <button type="button" on:click=move |_| actions::try_sample(state)>"Try sample data"</button>
        </p>
        <div class="paste" hidden=move || !pasting.get()>
            <label>
                <span>"Paste the rows here, with their header. Or press Ctrl+V anywhere on the page."</span>
                <textarea rows="6" spellcheck="false" prop:value=move || text.get() on:input=move |event| text.set(event_target_value(&event))></textarea>
            </label>
            <button type="button" class="primary" on:click=read>"Read the table"</button>
        </div>
    }
}
