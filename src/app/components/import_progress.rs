//! The import that runs: phase, bytes, rows, and a way to stop it.

use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, ImportRun};
use crate::web::ImportPhase;

const fn phase_words(phase: ImportPhase) -> &'static str {
    match phase {
        ImportPhase::Unpacking => "Unpacking",
        ImportPhase::Reading => "Reading",
        ImportPhase::Merging => "Merging",
        ImportPhase::Saving => "Saving",
    }
}

fn sentence(run: &ImportRun) -> String {
    let rows = format::counted(run.rows, "row", "rows");
    let phase = phase_words(run.phase);
    if run.phase == ImportPhase::Unpacking {
        return format!("{phase}: {}", format::bytes(run.bytes));
    }
    if run.total_bytes == 0 {
        return format!("{phase}, {rows}");
    }
    format!("{phase}: {} of {}, {rows}", format::bytes(run.bytes), format::bytes(run.total_bytes))
}

/// A card while an import runs; nothing otherwise.
#[component]
pub(super) fn ImportProgressCard() -> impl IntoView {
    let state = AppState::of_context();
    let is_running = Memo::new(move |_| state.import.with(Option::is_some));
    let of_run =
        move |read: fn(&ImportRun) -> String| state.import.with(|run| run.as_ref().map(read).unwrap_or_default());
    let file = Memo::new(move |_| of_run(|run| run.file.clone()));
    let position = move || {
        of_run(|run| if run.files > 1 { format!("File {} of {}: ", run.number, run.files) } else { String::new() })
    };
    // Without an attribute a progress bar shows that the end is not known.
    let share = move || {
        state.import.with(|run| {
            let run = run.as_ref().filter(|run| run.total_bytes > 0 && run.phase == ImportPhase::Reading)?;
            Some((run.bytes as f64 / run.total_bytes as f64).min(1.0).to_string())
        })
    };
    let words = move || of_run(sentence);
    view! {
        <Show when=move || is_running.get()>
            <section class="card import-progress" aria-label="Import">
                <p>{position}<UserTextOf text=file /></p>
                <progress max="1" value=share aria-label="Bytes read"></progress>
                <p class="detail" data-import="progress">{words}</p>
                <button type="button" on:click=move |_| actions::cancel_import(state)>"Cancel"</button>
            </section>
        </Show>
    }
}

#[component]
fn UserTextOf(text: Memo<String>) -> impl IntoView {
    move || view! { <UserText text=text.get() /> }
}
