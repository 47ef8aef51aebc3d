//! One workspace of the list.

use leptos::prelude::*;

use super::NameForm;
use crate::app::components::UserText;
use crate::app::state::AppState;
use crate::app::{actions, document, format};
use crate::web::StoredWorkspace;

/// "Data to 2024-03-04 · 3.4 MB, original files 1.2 MB · saved 2026-11-23 12:31 · last backup 3 days ago"
fn detail(stored: &StoredWorkspace) -> String {
    let day = |at_ms: i64| format::moment(at_ms as f64).split(' ').next().unwrap_or_default().to_owned();
    let age = match (stored.last_moment, stored.imported_at) {
        (Some(last), _) => Some(format!("Data to {}", day(last))),
        (None, Some(imported)) => Some(format!("Imported {}", day(imported))),
        (None, None) => None,
    };
    let originals = match stored.originals {
        0 => String::new(),
        _ => format!(", original files {}", format::bytes(stored.original_bytes)),
    };
    if stored.name.is_empty() {
        // Its record cannot be read: nothing else is known of it.
        return originals.trim_start_matches(", ").to_owned();
    }
    let size = Some(format!("{}{originals}", format::bytes(stored.bytes)));
    let saved = Some(format!("saved {}", format::moment(stored.saved_at_ms)));
    let backup = (!stored.sample).then(|| backup_words(stored));
    [age, size, saved, backup].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// When the workspace was last downloaded.
pub(in crate::app::components) fn backup_words(stored: &StoredWorkspace) -> String {
    match stored.marks.backup_at {
        Some(at) => format!("last backup {}", format::days_ago(at as f64)),
        None => "last backup never".to_owned(),
    }
}

#[component]
pub(super) fn WorkspaceRow(id: String) -> impl IntoView {
    let state = AppState::of_context();
    let own_id = id.clone();
    let stored = Memo::new(move |last: Option<&Option<StoredWorkspace>>| {
        let now = state.recent.with(|list| list.iter().find(|stored| stored.id == own_id).cloned());
        // The row is about to be taken away: until then it stays as it was.
        now.or_else(|| last.cloned().flatten())
    });
    let open_id = id.clone();
    let is_open = move || state.workspace.with(|open| open.as_ref().is_some_and(|open| open.id == open_id));
    let renaming = RwSignal::new(false);
    let name_id = id.clone();
    let name = move || {
        let stored = stored.get()?;
        let id = name_id.clone();
        Some(if renaming.get() {
            let done = Callback::new({
                let id = id.clone();
                move |()| {
                    let _ = renaming.try_set(false);
                    document::focus_soon(&format!("[data-workspace=\"{id}\"] .rename"));
                }
            });
            view! { <NameForm id name=stored.name on_done=done /> }.into_any()
        } else if stored.marks.damage.is_some() {
            let name = if stored.name.is_empty() { format!("Workspace {id}") } else { stored.name };
            view! { <span class="name"><UserText text=name /></span> }.into_any()
        } else {
            let open = move |_| actions::open_stored(state, id.clone());
            view! { <button type="button" class="plain name" on:click=open><UserText text=stored.name /></button> }
                .into_any()
        })
    };
    let damage = move || {
        let why = stored.with(|stored| stored.as_ref().and_then(|stored| stored.marks.damage.clone()))?;
        Some(view! {
            <p class="damage">
                {format!("It cannot be opened: {why}. It is left as it is. Try to open it all the same, read its original files again where they are kept, or delete it.")}
            </p>
        })
    };
    view! {
        <li data-workspace=id>
            {name}
            <span class="badge badge-sample" hidden=move || !stored.with(|stored| stored.as_ref().is_some_and(|stored| stored.sample))>
                "Sample data"
            </span>
            <span class="badge" hidden=move || !is_open()>"Open"</span>
            <span class="badge badge-damaged" hidden=move || stored.with(|stored| stored.as_ref().is_none_or(|stored| stored.marks.damage.is_none()))>
                "Damaged"
            </span>
            <span class="detail">{move || stored.with(|stored| stored.as_ref().map(detail))}</span>
            {damage}
            <span class="row-actions">{move || stored.get().map(|stored| row_actions(state, stored, renaming))}</span>
        </li>
    }
}

/// What can be done with a workspace.
fn row_actions(state: AppState, stored: StoredWorkspace, renaming: RwSignal<bool>) -> AnyView {
    let name = if stored.name.is_empty() { stored.id.clone() } else { stored.name.clone() };
    let entry = |word: &'static str, class: &'static str, act: Box<dyn Fn() + Send>| {
        let label = format!("{word} {name}");
        view! { <button type="button" class=class aria-label=label on:click=move |_| act()>{word}</button> }.into_any()
    };
    let id = stored.id.clone();
    let delete = {
        let (id, name) = (id.clone(), name.clone());
        entry("Delete", "danger", Box::new(move || actions::delete_stored(state, id.clone(), name.clone())))
    };
    let is_unreadable = stored.name.is_empty();
    if stored.marks.damage.is_some() {
        let try_id = id.clone();
        let open = entry("Try to open", "", Box::new(move || actions::open_stored(state, try_id.clone())));
        let rebuild = (stored.originals > 0).then(|| {
            let stored = stored.clone();
            entry("Read its files again", "", Box::new(move || actions::rebuild(state, stored.clone())))
        });
        // A record that cannot be read cannot be marked either: it is removed at once, or stays.
        let delete = if is_unreadable { remove(state, id) } else { delete };
        return view! { {open}{rebuild}{delete} }.into_any();
    }
    if stored.sample {
        let mine = entry("Make it mine", "", Box::new(move || actions::make_mine_of(state, id.clone())));
        return view! { {mine}{delete} }.into_any();
    }
    let rename = entry("Rename", "rename", Box::new(move || renaming.set(true)));
    let copy_name = name.clone();
    let duplicate = entry("Duplicate", "", Box::new(move || actions::duplicate(state, id.clone(), copy_name.clone())));
    view! { {rename}{duplicate}{delete} }.into_any()
}

/// Removes what has no readable record, after a second click.
fn remove(state: AppState, id: String) -> AnyView {
    let sure = RwSignal::new(false);
    let label = format!("Remove workspace {id} for good");
    let act = move |_| {
        if sure.get_untracked() {
            actions::remove_for_good(state, id.clone(), format!("Workspace {id}"));
        } else {
            sure.set(true);
        }
    };
    let forget = move |_| {
        let _ = sure.try_set(false);
    };
    view! {
        <button type="button" class="danger" aria-label=label on:click=act on:blur=forget>
            {move || if sure.get() { "Really remove?" } else { "Remove for good" }}
        </button>
    }
    .into_any()
}
