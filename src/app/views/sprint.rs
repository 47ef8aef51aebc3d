//! One sprint: its burndown, what became of its items, how its scope changed, its dates.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, PanelCards, WindowEditor, WindowList};
use crate::app::document::is_typing;
use crate::app::state::AppState;
use crate::engine::{IterationSummary, WorkspaceSummary};
use crate::metrics::Query;
use crate::model::WindowOrigin;

/// Its panels.
const PANELS: &[&str] = &["burndown", "sprint-report", "scope-change"];

/// The view.
pub(super) static VIEW: View =
    View { id: "sprint", title: "Sprint", needs_items: true, records: &[], metrics: PANELS, body };

/// Characters of a name in the list.
const NAME_LENGTH: usize = 60;

fn body() -> AnyView {
    let state = AppState::of_context();
    let position = Memo::new(move |_| {
        state.workspace.with(|open| open.as_ref().and_then(|open| state.query.with(|query| open.sprint_of(query))))
    });
    let iteration = Memo::new(move |_| {
        state.workspace.with(|open| open.as_ref().and_then(|open| open.iterations.get(position.get()?).cloned()))
    });
    // The picker and the chart must mean the same sprint, also when the address names none.
    let query = Signal::derive(move || {
        let name = iteration.with(|iteration| iteration.as_ref().map(|one| one.name.clone()));
        Query { iteration: name, ..state.query.get() }
    });
    let go = move |step: isize| {
        let name = state.workspace.with_untracked(|open| name_at(open.as_ref(), position.get_untracked(), step));
        if name.is_some() {
            state.query.update(|query| query.iteration = name);
        }
    };
    let listener = window_event_listener(ev::keydown, move |event| {
        if is_typing() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "[" => go(-1),
            "]" => go(1),
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <FilterBar />
        <Picker position go />
        <PanelCards ids=VIEW.metrics query />
        {state.can_edit().then(|| view! { <Dates iteration /> })}
    }
    .into_any()
}

/// The dates of the sprint, and of all others.
#[component]
fn Dates(iteration: Memo<Option<IterationSummary>>) -> impl IntoView {
    let list_open = RwSignal::new(false);
    view! {
        <section class="card" aria-labelledby="dates-title">
            <h2 id="dates-title">"Dates of this sprint"</h2>
            <p class="explanation">{move || iteration.with(|iteration| explanation(iteration.as_ref()))}</p>
            <WindowEditor iteration />
            <details on:toggle=move |event| list_open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open())>
                <summary>"All sprints and their dates"</summary>
                // A tracker of years has hundreds of sprints: their rows are made when somebody looks.
                <Show when=move || list_open.get()>
                    <WindowList />
                </Show>
            </details>
        </section>
    }
}

fn name_at(open: Option<&Arc<WorkspaceSummary>>, from: Option<usize>, step: isize) -> Option<String> {
    let to = from?.checked_add_signed(step)?;
    Some(open?.iterations.get(to)?.name.clone())
}

const fn explanation(iteration: Option<&IterationSummary>) -> &'static str {
    match iteration {
        None => "No item of these files names a sprint.",
        Some(IterationSummary { window: Some((_, _, WindowOrigin::Source)), .. }) => {
            "The file states these dates. Change them where the team worked differently: every chart that rests on them follows."
        }
        Some(IterationSummary { window: Some((_, _, WindowOrigin::Edited)), .. }) => {
            "You set these dates. Every chart that rests on them uses them."
        }
        Some(IterationSummary { window: Some((_, _, WindowOrigin::Inferred)), .. }) => {
            "The file names the sprint but gives no dates. These are inferred from its items: correct them where they are off, and every chart that rests on them follows."
        }
        Some(IterationSummary { window: None, .. }) => {
            "The file gives no dates and the items tell too little. Type them in, and the sprint gets its charts."
        }
    }
}

#[component]
fn Picker<G>(position: Memo<Option<usize>>, go: G) -> impl IntoView
where
    G: Fn(isize) + Copy + Send + Sync + 'static,
{
    let state = AppState::of_context();
    let names = Memo::new(move |_| {
        state.workspace.with(|open| {
            open.iter().flat_map(|open| &open.iterations).map(|iteration| iteration.name.clone()).collect::<Vec<_>>()
        })
    });
    let options = move || {
        let chosen = position.get();
        names.with(|names| {
            names
                .iter()
                .enumerate()
                .map(|(index, name)| {
                    let text: String = name.chars().take(NAME_LENGTH).collect();
                    view! { <option value=index.to_string() prop:selected={chosen == Some(index)}>{text}</option> }
                })
                .collect_view()
        })
    };
    let choose = move |event: ev::Event| {
        let name = event_target_value(&event)
            .parse::<usize>()
            .ok()
            .and_then(|index| names.with_untracked(|names| names.get(index).cloned()));
        if name.is_some() {
            state.query.update(|query| query.iteration = name);
        }
    };
    let is_first = move || position.get().is_none_or(|position| position == 0);
    let is_last = move || position.get().is_none_or(|position| position + 1 >= names.with(Vec::len));
    view! {
        <div class="view-controls picker" hidden=move || names.with(Vec::is_empty)>
            <button type="button" class="icon" aria-label="Previous sprint" title="Previous sprint, key [" prop:disabled=is_first on:click=move |_| go(-1)>"‹"</button>
            <label>
                <span class="visually-hidden">"Sprint"</span>
                <select name="iteration" on:change=choose>{options}</select>
            </label>
            <button type="button" class="icon" aria-label="Next sprint" title="Next sprint, key ]" prop:disabled=is_last on:click=move |_| go(1)>"›"</button>
        </div>
    }
}
