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

/// The clicks that a message offers, with their words.
fn remedies(remedy: &Remedy) -> Vec<(Remedy, &'static str)> {
    let words = match remedy {
        Remedy::None => return Vec::new(),
        Remedy::ReloadPage => "Reload",
        Remedy::OpenStored => "Open the newer version",
        Remedy::KeepCopy => "Keep mine as a copy",
        Remedy::Download | Remedy::DownloadUnsaved => "Download the workspace",
        Remedy::SeeImport => "See what was read",
        Remedy::Restore(..) => "Undo",
        Remedy::MakeMine => "Make it mine",
        Remedy::TakeOver => "Edit here instead",
    };
    let mut offered = vec![(remedy.clone(), words)];
    if *remedy == Remedy::OpenStored {
        offered.extend(remedies(&Remedy::KeepCopy));
    }
    offered
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
    let buttons = remedies(&notice.remedy).into_iter().map(|(remedy, words)| {
        let act = move |_| actions::take_remedy(state, id, &remedy);
        view! { <button type="button" on:click=act>{words}</button> }
    });
    let buttons = buttons.collect_view();
    view! {
        <section class=class aria-label=word data-notice=id.to_string()>
            <p class="what"><strong>{word}": "</strong><bdi>{what}</bdi></p>
            <p class="why"><bdi>{why}</bdi></p>
            <p class="actions">
                {buttons}
                <button type="button" class="plain" on:click=move |_| actions::close_notice(state, id)>"Close"</button>
            </p>
        </section>
    }
}
