//! One item beside the page: its fields, what changed when, the changes of code that name it.

use leptos::prelude::*;

use super::UserText;
use super::response::{UNEXPECTED, use_response};
use crate::app::document::dialog_while;
use crate::app::state::AppState;
use crate::engine::{ItemChange, ItemDetail, ItemLink, Request, Response};

/// The drawer of the open item. It may lie over the drawer of the items behind a point.
#[component]
pub(super) fn ItemDrawer() -> impl IntoView {
    let state = AppState::of_context();
    // An address may name an item before there is anything to look it up in.
    let shown = Memo::new(move |_| state.item.get().filter(|_| state.has_files()));
    let dialog = dialog_while(move || shown.with(Option::is_some));
    let answer = use_response(move || shown.get().map(|key| Request::Item { key }));
    let close = move || state.item.set(None);
    let content = move || {
        answer.with(|answer| match answer.as_ref()? {
            Ok(response) => match &**response {
                Response::Item(item) => Some(detail((**item).clone())),
                _ => Some(view! { <p>{UNEXPECTED}</p> }.into_any()),
            },
            Err(why) => Some(not_shown(shown.get().unwrap_or_default(), why)),
        })
    };
    view! {
        <dialog class="drawer item-drawer" node_ref=dialog aria-label="Work item" on:close=move |_| close()>
            <button type="button" class="icon" aria-label="Close" on:click=move |_| close()>"×"</button>
            {content}
        </dialog>
    }
}

/// An address may name an item of another workspace, or one that was not published.
fn not_shown(key: String, why: &str) -> AnyView {
    view! {
        <h2><bdi class="key">{key}</bdi></h2>
        <p role="alert">"It cannot be shown: " <UserText text=why.to_owned() /></p>
    }
    .into_any()
}

fn detail(detail: ItemDetail) -> AnyView {
    let fields = detail.fields.into_iter().map(|(title, text)| view! { <dt>{title}</dt><dd><UserText text /></dd> });
    let place = if detail.line > 0 { format!("{}, line {}", detail.source, detail.line) } else { detail.source };
    let reconstructed = detail.changes.iter().any(|change| !change.after.is_empty());
    let note = if detail.changes.is_empty() {
        "The files tell of no change of this item."
    } else if reconstructed {
        "“Between” marks what was found by comparing two exports; the rest is told by the tracker."
    } else {
        "As the tracker tells it."
    };
    let changes = detail.changes.into_iter().map(change).collect_view();
    let has_links = !detail.links.is_empty();
    let links = detail.links.into_iter().map(link).collect_view();
    view! {
        <h2><bdi class="key">{detail.key}</bdi> " " <UserText text=detail.title /></h2>
        <p class="explanation">"From " <UserText text=place /></p>
        <dl class="item-fields">{fields.collect_view()}</dl>
        <h3>"What changed"</h3>
        <p class="explanation">{note}</p>
        <ol class="item-changes">{changes}</ol>
        <h3 hidden=!has_links>"Changes of code that name it"</h3>
        <ul class="item-links">{links}</ul>
    }
    .into_any()
}

fn change(change: ItemChange) -> AnyView {
    let ItemChange { what, from, to, day, after } = change;
    let when = if after.is_empty() { day } else { format!("between {after} and {day}") };
    let or_nothing = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    view! {
        <li>
            <span class="when">{when}</span> " " {what} ": "
            <UserText text=or_nothing(from) /> " → " <UserText text=or_nothing(to) />
        </li>
    }
    .into_any()
}

fn link(link: ItemLink) -> AnyView {
    let ItemLink { name, title, state, opened, merged, url } = link;
    let text = format!("{name} {title}");
    let name = if url.is_empty() {
        view! { <UserText text /> }.into_any()
    } else {
        view! { <a href=url target="_blank" rel="noopener noreferrer"><UserText text /></a> }.into_any()
    };
    let opened = if opened.is_empty() { String::new() } else { format!(", opened {opened}") };
    let merged = if merged.is_empty() { String::new() } else { format!(", merged {merged}") };
    view! { <li>{name} " (" <UserText text=state /> {opened} {merged} ")"</li> }.into_any()
}
