//! The top of the page: product, workspace, saved state, theme, menu.

use leptos::html::Details;
use leptos::prelude::*;

use super::age_badge::{AgeBadge, OwnData};
use super::{FilePicker, Switch, UserText};
use crate::address::Theme;
use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, Saved};

fn saved_words(saved: &Saved) -> String {
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
    let name = Memo::new(move |_| state.workspace.with(|open| open.as_ref().map(|open| open.name.clone())));
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
                {move || name.get().map(|name| view! { <strong class="workspace-name"><UserText text=name /></strong> })}
                <span class="badge badge-sample" hidden=move || !is_sample()>"Sample data"</span>
                <AgeBadge />
                <span class=saved_class title=saved_reason data-saved>{move || state.saved.with(saved_words)}</span>
            </div>
            <div class="top-actions">
                <Switch
                    label="Theme"
                    choices=Theme::ALL.map(|theme| (theme, theme.title())).to_vec()
                    chosen=state.theme
                    on_choose=move |theme| state.theme.set(theme)
                />
                {if state.can_edit() { view! { <Menu /> }.into_any() } else { view! { <OwnData /> }.into_any() }}
            </div>
        </header>
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
fn Menu() -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    let menu = NodeRef::<Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
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
        <details class="menu" node_ref=menu on:keydown=on_key>
            <summary aria-label="Workspace menu">"Menu"</summary>
            <ul>
                <li><button type="button" on:click=add>"Add file…"</button></li>
                {entry("Download workspace", true, actions::download_workspace)}
                {entry("Report as one HTML file", true, actions::report_page)}
                {entry("Export metrics JSON", true, actions::export_metrics)}
                {step("Undo", |open| open.undo.clone(), actions::undo)}
                {step("Redo", |open| open.redo.clone(), actions::redo)}
                {entry("Publish…", true, actions::open_publishing)}
                {entry("New workspace", false, actions::new_workspace)}
            </ul>
        </details>
    }
}
