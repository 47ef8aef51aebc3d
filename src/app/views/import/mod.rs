//! What happened to the files: what was read and how, what was not, what to check.

mod changes;
mod dates;
mod quality;
mod source;
mod statuses;
mod visibility;

use leptos::prelude::*;

use super::View;
use crate::app::components::FilePicker;
use crate::app::format;
use crate::app::state::{AppState, Remedy};
use crate::engine::SourceSummary;
use crate::messages::UserMessage;
use changes::Changes;
use quality::Quality;
use source::SourceCard;
use statuses::Statuses;
use visibility::WhatCanBeSeen;

/// The view.
pub(super) static VIEW: View =
    View { id: "import", title: "Data", needs_items: true, records: &[], metrics: &[], body };

fn body() -> AnyView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    // Nothing has to be computed here: the reports came with the files.
    state.ready.set(true);
    let sources = move || {
        state.workspace.with(|open| {
            // The newest file first: it is the one just added.
            open.iter().flat_map(|open| open.sources.iter().rev().cloned()).collect::<Vec<SourceSummary>>()
        })
    };
    let zone = move || state.workspace.with(|open| open.as_ref().map(|open| open.zone.clone()));
    view! {
        <section class="view-title">
            <h2>"What was read"</h2>
            <p>{move || summary(state)}</p>
            <p class="explanation">"Days are those of the time zone " {zone} "."</p>
            <button type="button" on:click=move |_| picker.open()>"Add file…"</button>
        </section>
        <Changes />
        <Quality />
        <For each=sources key=|source| (source.hash.clone(), source.report.format.clone()) let:source>
            <SourceCard source />
        </For>
        <WhatCanBeSeen />
        <Statuses />
    }
    .into_any()
}

/// Says that a file of an earlier visit has to be chosen again, and opens the way to do it.
fn choose_again(state: AppState, picker: FilePicker, file: &str) {
    state.tell(
        UserMessage::notice(
            format!("{file} has to be chosen again."),
            "The page was reloaded since the file was read. Take it out here, then choose it again",
        ),
        Remedy::None,
    );
    picker.open();
}

fn summary(state: AppState) -> String {
    state.workspace.with(|open| {
        let Some(open) = open else { return String::new() };
        let points = if open.estimated == 0 {
            "no item is estimated in points".to_owned()
        } else {
            format!("{} points on {}", format::number(open.points), format::counted(open.estimated, "item", "items"))
        };
        format!(
            "{} from {}: {} finished, {points}, {}.",
            format::counted(open.items, "item", "items"),
            format::counted(open.sources.len() as u64, "file", "files"),
            format::count(open.finished),
            format::counted(open.iterations.len() as u64, "sprint", "sprints"),
        )
    })
}
