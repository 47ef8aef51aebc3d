//! The start screen: one sentence, three ways in, what was there before.

use std::time::Duration;

use leptos::prelude::*;

use super::View;
use crate::app::actions;
use crate::app::components::{ExportHelpList, ExportMatrix, FilePicker, UserText};
use crate::app::format;
use crate::app::state::AppState;
use crate::web::{ImportSource, StoredWorkspace};

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
        <Recent />
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

#[component]
fn Recent() -> impl IntoView {
    let state = AppState::of_context();
    let cards = move || state.recent.get().into_iter().map(|stored| recent_card(state, stored)).collect_view();
    view! {
        <section class="card" hidden=move || state.recent.with(Vec::is_empty)>
            <h2>"Kept in this browser"</h2>
            <ul class="recent">{cards}</ul>
        </section>
    }
}

fn recent_card(state: AppState, stored: StoredWorkspace) -> AnyView {
    let (id, id_to_delete, name) = (stored.id.clone(), stored.id, stored.name.clone());
    let detail = format!("{}, {}", format::moment(stored.saved_at_ms), format::bytes(stored.bytes));
    let label = format!("Delete {name}");
    // Deleting cannot be undone, so it takes a second click on a button that says so.
    let sure = RwSignal::new(false);
    let delete = move |_| {
        if sure.get_untracked() {
            actions::delete_stored(state, id_to_delete.clone(), name.clone());
        } else {
            sure.set(true);
        }
    };
    // The card with the focus may be taken away, and the signal with it.
    let forget = move |_| {
        let _ = sure.try_set(false);
    };
    view! {
        <li>
            <button type="button" class="plain name" on:click=move |_| actions::open_stored(state, id.clone())>
                <UserText text=stored.name />
            </button>
            <span class="badge badge-sample" hidden=!stored.sample>"Sample data"</span>
            <span class="detail">{detail}</span>
            <button type="button" class="danger" aria-label=label on:click=delete on:blur=forget>
                {move || if sure.get() { "Delete for good?" } else { "Delete" }}
            </button>
        </li>
    }
    .into_any()
}
