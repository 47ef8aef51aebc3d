//! Messages that stay until they are closed, each shown once.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::state::{AppState, Notice, Remedy};
use crate::messages::{Severity, UserMessage};

const fn severity_words(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Notice => ("notice notice-info", "Note"),
        Severity::Warning => ("notice notice-warning", "Warning"),
        Severity::Error => ("notice notice-error", "Error"),
    }
}

const fn remedy_words(remedy: Remedy) -> Option<&'static str> {
    match remedy {
        Remedy::None => None,
        Remedy::ReloadPage => Some("Reload"),
        Remedy::OpenStored => Some("Open the newer version"),
        Remedy::Download => Some("Download the workspace"),
        Remedy::SeeImport => Some("See what was read"),
    }
}

/// All messages, oldest first.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let state = AppState::of_context();
    view! {
        <div class="notices">
            <For each=move || state.notices.get() key=|notice| notice.id let:notice>
                <NoticeCard notice />
            </For>
        </div>
    }
}

#[component]
fn NoticeCard(notice: Notice) -> impl IntoView {
    let state = AppState::of_context();
    let (class, word) = severity_words(notice.message.severity);
    let id = notice.id;
    let UserMessage { what, why, next, .. } = notice.message.clone();
    let why = [why, next].join(" ");
    let remedy = remedy_words(notice.remedy).map(|words| {
        view! { <button type="button" on:click=move |_| actions::take_remedy(state, &notice)>{words}</button> }
    });
    view! {
        <section class=class aria-label=word>
            <p class="what"><strong>{word}": "</strong><bdi>{what}</bdi></p>
            <p class="why"><bdi>{why}</bdi></p>
            <p class="actions">
                {remedy}
                <button type="button" class="plain" on:click=move |_| actions::close_notice(state, id)>"Close"</button>
            </p>
        </section>
    }
}
