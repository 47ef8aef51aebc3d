//! The top of the page: product, workspace, saved state, theme, menu.

use leptos::html::Details;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

use super::age_badge::{AgeBadge, OwnData};
use super::workspaces::{NameForm, backup_words};
use super::{FilePicker, Switch, UserText};
use crate::address::Theme;
use crate::app::state::{AppState, Saved};
use crate::app::{actions, document, format};
use crate::web::{StoredWorkspace, expect_taking};

fn saved_words(saved: &Saved, stored: Option<&StoredWorkspace>) -> String {
    match (saved, stored) {
        (Saved::At(at_ms), Some(stored)) if !stored.sample => {
            format!("Saved in this browser {} · {}", format::clock(*at_ms), backup_words(stored))
        }
        (saved, _) => saved_state(saved),
    }
}

fn saved_state(saved: &Saved) -> String {
    match saved {
        Saved::Nothing => String::new(),
        Saved::Saving => "Saving…".to_owned(),
        Saved::At(at_ms) => format!("Saved in this browser {}", format::clock(*at_ms)),
        Saved::Not(reason) => format!("Not saved: {reason}. Download the workspace"),
        Saved::MemoryOnly(_) => "This browser does not store: works from memory".to_owned(),
    }
}

/// The header.
#[component]
pub(super) fn Header() -> impl IntoView {
    let state = AppState::of_context();
    let name =
        Memo::new(move |_| state.workspace.with(|open| open.as_ref().map(|open| (open.id.clone(), open.name.clone()))));
    let renaming = RwSignal::new(false);
    // What was begun for one workspace is not gone on with for another.
    Effect::new(move |last: Option<Option<String>>| {
        let id = name.get().map(|(id, _)| id);
        if last.is_some_and(|last| last != id) {
            renaming.set(false);
        }
        id
    });
    let is_sample = move || state.workspace.with(|open| open.as_ref().is_some_and(|open| open.sample));
    let saved_class = move || match state.saved.get() {
        Saved::Not(_) => "saved saved-not",
        Saved::MemoryOnly(_) => "saved saved-memory",
        _ => "saved",
    };
    let saved_reason = move || match state.saved.get() {
        Saved::MemoryOnly(reason) | Saved::Not(reason) => Some(reason),
        _ => None,
    };
    view! {
        <header class="top">
            <a class="product" href="#view=start" on:click=move |event| { event.prevent_default(); actions::open_home(state); }>
                <Mark />
                <span>"Throughline"</span>
            </a>
            <div class="workspace">
                {move || name.get().map(|(id, name)| view! { <WorkspaceName id name renaming /> })}
                <span class="badge badge-sample" hidden=move || !is_sample()>"Sample data"</span>
                <AgeBadge />
                <button type="button" class="make-mine" hidden=move || !is_sample() || !state.can_edit() on:click=move |_| actions::make_mine(state)>"Make it mine"</button>
                <span class="elsewhere" hidden=move || !state.elsewhere.get()>
                    <span class="saved saved-memory">"Open for editing in another tab"</span>
                    <button type="button" on:click=move |_| actions::take_over(state)>"Edit here instead"</button>
                </span>
                <span class=saved_class title=saved_reason data-saved>{move || state.saved.with(|saved| saved_words(saved, state.stored().as_ref()))}</span>
            </div>
            <div class="top-actions">
                <Switch
                    label="Theme"
                    choices=Theme::ALL.map(|theme| (theme, theme.title())).to_vec()
                    chosen=state.theme
                    on_choose=move |theme| state.theme.set(theme)
                />
                {if state.can_edit() { view! { <Menu renaming /> }.into_any() } else { view! { <button type="button" on:click=move |_| actions::share(state, None)>"Share…"</button><OwnData /> }.into_any() }}
            </div>
        </header>
    }
}

/// The name of the open workspace; a click changes it.
#[component]
fn WorkspaceName(id: String, name: String, renaming: RwSignal<bool>) -> impl IntoView {
    let state = AppState::of_context();
    let done = Callback::new(move |()| {
        let _ = renaming.try_set(false);
        document::focus_soon(".workspace-name");
    });
    move || {
        let (id, name) = (id.clone(), name.clone());
        if !state.can_edit() {
            return view! { <strong class="workspace-name"><UserText text=name /></strong> }.into_any();
        }
        if renaming.get() {
            return view! { <NameForm id name on_done=done /> }.into_any();
        }
        let title = format!("Rename {name}");
        view! {
            <button type="button" class="plain workspace-name" aria-label=title on:click=move |_| renaming.set(true)>
                <UserText text=name />
            </button>
        }
        .into_any()
    }
}

/// Our mark: a line that holds its course through changing bars.
#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <rect x="3" y="12" width="4" height="9" rx="1" class="mark-bar-1" />
            <rect x="10" y="7" width="4" height="14" rx="1" class="mark-bar-2" />
            <rect x="17" y="10" width="4" height="11" rx="1" class="mark-bar-1" />
            <path d="M2 14 L22 5" class="mark-stroke" />
        </svg>
    }
}

/// What can be done with the workspace.
#[component]
fn Menu(renaming: RwSignal<bool>) -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    let menu = NodeRef::<Details>::new();
    let close = move || {
        let Some(menu) = menu.get_untracked() else { return };
        menu.set_open(false);
        // Focus would be lost with the entry that had it; dialogs give it back to where it was when they opened.
        if let Ok(Some(summary)) = menu.query_selector("summary") {
            drop(summary.unchecked_into::<HtmlElement>().focus());
        }
    };
    let entry = move |title: &'static str, needs_items: bool, act: fn(AppState)| {
        let is_off = move || needs_items && !state.has_items();
        let run = move |_| {
            close();
            act(state);
        };
        view! { <li><button type="button" prop:disabled=is_off on:click=run>{title}</button></li> }
    };
    let step = move |word: &'static str,
                     read: fn(&crate::engine::WorkspaceSummary) -> Option<String>,
                     act: fn(AppState)| {
        let what = Memo::new(move |_| state.workspace.with(|open| open.as_ref().and_then(|open| read(open))));
        let title = move || what.get().map_or_else(|| word.to_owned(), |what| format!("{word} {what}"));
        let run = move |_| {
            close();
            act(state);
        };
        view! { <li><button type="button" prop:disabled=move || what.with(Option::is_none) on:click=run><bdi>{title}</bdi></button></li> }
    };
    let rename = move |_| {
        close();
        renaming.set(true);
    };
    let add = move |_| {
        close();
        picker.open();
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <details class="menu" node_ref=menu on:keydown=on_key on:toggle=move |_| expect_taking()>
            <summary aria-label="Workspace menu">"Menu"</summary>
            <ul>
                <li><button type="button" on:click=add>"Add file…"</button></li>
                <li><button type="button" prop:disabled=move || state.workspace.with(Option::is_none) on:click=rename>"Rename workspace"</button></li>
                {entry("Download workspace", true, actions::download_workspace)}
                {entry("Report as one HTML file…", true, actions::open_reporting)}
                {entry("Export metrics JSON", true, actions::export_metrics)}
                {entry("Share…", true, |state| actions::share(state, None))}
                {entry("Copy link", true, actions::copy_link)}
                {step("Undo", |open| open.undo.clone(), actions::undo)}
                {step("Redo", |open| open.redo.clone(), actions::redo)}
                {entry("Publish…", true, actions::open_publishing)}
                {entry("New workspace", false, actions::new_workspace)}
            </ul>
        </details>
    }
}
