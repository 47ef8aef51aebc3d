//! The workspaces kept in this browser: open, rename, duplicate, delete, bring back, rebuild.

mod name_form;
mod row;
mod storage_facts;

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::UserText;
use crate::app::format;
use crate::app::state::{AppState, Saved};
use crate::web::{KEPT_AFTER_DELETION_MS, StoredWorkspace};

pub(in crate::app::components) use name_form::NameForm;
use row::WorkspaceRow;
pub(in crate::app::components) use row::backup_words;
use storage_facts::StorageFacts;

/// What is kept in this browser.
#[component]
pub(in crate::app) fn Workspaces() -> impl IntoView {
    let state = AppState::of_context();
    let kept = Memo::new(move |_| ids(state, false));
    let empty = move || match state.saved.get() {
        Saved::MemoryOnly(_) => {
            "This browser does not store data for this page. Everything works from memory; download the workspace to keep it."
        }
        _ => "Nothing yet. What you add is kept here by itself, until you delete it.",
    };
    view! {
        // A published page has no part in what this browser keeps.
        <section class="card" aria-labelledby="kept" hidden=state.opening().keeps_out_of_storage()>
            <h2 id="kept" tabindex="-1">"Kept in this browser"</h2>
            <p class="explanation" hidden=move || kept.with(|kept| !kept.is_empty())>{empty}</p>
            <ul class="recent">
                <For each=move || kept.get() key=Clone::clone let:id>
                    <WorkspaceRow id />
                </For>
            </ul>
            <Deleted />
            <StorageFacts />
        </section>
    }
}

/// Ids of the workspaces that are kept, or of those that were deleted.
fn ids(state: AppState, deleted: bool) -> Vec<String> {
    let is_wanted = |stored: &&StoredWorkspace| stored.marks.deleted_at.is_some() == deleted;
    state.recent.with(|list| list.iter().filter(is_wanted).map(|stored| stored.id.clone()).collect())
}

/// Workspaces that can be brought back.
#[component]
fn Deleted() -> impl IntoView {
    let state = AppState::of_context();
    let deleted = Memo::new(move |_| ids(state, true));
    let row = move |id: String| {
        let stored = move |id: &str| state.recent.with(|list| list.iter().find(|stored| stored.id == id).cloned());
        let Some(found) = untrack(|| stored(&id)) else { return ().into_any() };
        let until = found.marks.deleted_at.unwrap_or_default() + KEPT_AFTER_DELETION_MS;
        let name = found.name;
        let [restore_name, remove_name] = [name.clone(), name.clone()];
        let [restore_id, remove_id] = [id.clone(), id];
        // Removing cannot be undone, so it takes a second click on a button that says so.
        let sure = RwSignal::new(false);
        let remove = move |_| {
            if sure.get_untracked() {
                actions::remove_for_good(state, remove_id.clone(), remove_name.clone());
            } else {
                sure.set(true);
            }
        };
        // The row with the focus may be taken away, and the signal with it.
        let forget = move |_| {
            let _ = sure.try_set(false);
        };
        let restore = move |_| actions::restore(state, restore_id.clone(), restore_name.clone());
        view! {
            <li>
                <span class="name"><UserText text=name.clone() /></span>
                <span class="detail">{format!("until {}", format::moment(until as f64))}</span>
                <span class="row-actions">
                    <button type="button" aria-label=format!("Bring {name} back") on:click=restore>"Bring back"</button>
                    <button type="button" class="danger" aria-label=format!("Remove {name} for good") on:click=remove on:blur=forget>
                        {move || if sure.get() { "Really remove?" } else { "Remove for good" }}
                    </button>
                </span>
            </li>
        }
        .into_any()
    };
    view! {
        <details class="deleted" hidden=move || deleted.with(Vec::is_empty)>
            <summary>{move || format!("Deleted ({})", deleted.with(Vec::len))}</summary>
            <ul class="recent">
                <For each=move || deleted.get() key=Clone::clone let:id>{row(id)}</For>
            </ul>
        </details>
    }
}
