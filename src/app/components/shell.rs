//! The frame around every view: header, navigation, messages, progress, drawer.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::drawer::Drawer;
use super::drop_zone::DropZone;
use super::file_picker::{FileInput, FilePicker};
use super::header::Header;
use super::import_progress::ImportProgressCard;
use super::import_question::ImportQuestionDialog;
use super::item_drawer::ItemDrawer;
use super::notice::Notices;
use super::paper_head::PaperHead;
use super::publish_dialog::PublishDialog;
use super::report_dialog::ReportDialog;
use super::share::ShareDialog;
use super::{SourceBanner, SourceQuestion};
use crate::app::actions;
use crate::app::document::is_typing;
use crate::app::state::AppState;
use crate::app::views::{self, VIEWS, View};

/// The page.
#[component]
pub(in crate::app) fn Shell() -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::new(state);
    provide_context(picker);
    listen_to_shortcuts(state, picker);
    // A view without its data would be empty: the start screen says what to do.
    let shown = Memo::new(move |_| {
        if state.is_opening.get() {
            return None;
        }
        let wanted = views::of(state.view.get()).unwrap_or(VIEWS[0]);
        // A published bundle names its views; the first of them is where one comes in.
        let allowed = || VIEWS.iter().copied().find(|view| state.shows_view(view.id));
        let wanted = if state.shows_view(wanted.id) { wanted } else { allowed().unwrap_or(wanted) };
        // Where there is neither item nor record for a view, there is still an account of what was read.
        Some(match wanted.needs_items {
            true if !state.has_files() => views::START,
            true if !state.has_items() && !state.has_records(wanted.records) => views::IMPORT,
            _ => wanted.id,
        })
    });
    let body = move || match shown.get().and_then(views::of) {
        Some(view) => {
            // The start screen has a headline of its own; everywhere else the navigation shows where one is.
            let heading = view.needs_items.then(|| view! { <h1 class="visually-hidden">{view.title}</h1> });
            view! { <main id="content" class="view" data-view=view.id tabindex="-1">{heading}{(view.body)()}</main> }
                .into_any()
        }
        None => view! { <main id="content" class="view" aria-busy="true"><p class="opening">"Opening…"</p></main> }
            .into_any(),
    };
    view! {
        <a class="skip" href="#content" on:click=skip>"Skip to the content"</a>
        <Header />
        <Navigation shown />
        <FileInput picker />
        <SourceBanner />
        <PaperHead shown />
        <Notices />
        <ImportProgressCard />
        <p class="status" role="status" aria-live="polite"><bdi>{move || state.status.get()}</bdi></p>
        {body}
        <Drawer />
        <ItemDrawer />
        <ImportQuestionDialog />
        <SourceQuestion />
        <ShareDialog />
        {state.can_edit().then(|| view! { <PublishDialog /> <ReportDialog /> <DropZone /> })}
    }
}

/// The fragment is the state of the page, so the link moves focus instead of changing it.
fn skip(event: web_sys::MouseEvent) {
    event.prevent_default();
    if let Ok(Some(content)) = document().query_selector("main")
        && let Ok(content) = content.dyn_into::<web_sys::HtmlElement>()
    {
        drop(content.focus());
    }
}

#[component]
fn Navigation(shown: Memo<Option<&'static str>>) -> impl IntoView {
    let state = AppState::of_context();
    let link = move |view: &'static View| {
        let is_current = move || (shown.get() == Some(view.id)).then_some("page");
        let open = move |event: web_sys::MouseEvent| {
            if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                event.prevent_default();
                actions::open_view(state, view.id);
            }
        };
        let is_left_out = move || !state.shows_view(view.id);
        view! { <li hidden=is_left_out><a href=format!("#view={}", view.id) aria-current=is_current on:click=open>{view.title}</a></li> }
    };
    let links = VIEWS.iter().copied().filter(|view| view.needs_items).map(link).collect_view();
    view! { <nav class="views" aria-label="Views" hidden=move || !state.has_files()><ul>{links}</ul></nav> }
}

fn listen_to_shortcuts(state: AppState, picker: FilePicker) {
    if !state.can_edit() {
        return;
    }
    let listener = window_event_listener(ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
            return;
        }
        match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) if !is_typing() => actions::undo(state),
            ("z", true) | ("y", false) if !is_typing() => actions::redo(state),
            ("o", false) => picker.open(),
            ("s", false) if state.workspace.with_untracked(Option::is_some) => actions::download_workspace(state),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}
