//! The dates of an iteration: where they come from, and the user's own.

use leptos::html::Input;
use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::IterationSummary;
use crate::model::{WindowOrigin, day_from_iso, iso_from_day};

/// Who says when the iteration ran, in words.
pub(super) const fn origin_words(origin: WindowOrigin) -> &'static str {
    match origin {
        WindowOrigin::Source => "from the file",
        WindowOrigin::Inferred => "inferred from its items",
        WindowOrigin::Edited => "yours",
    }
}

fn days(iteration: &IterationSummary) -> (String, String) {
    iteration.window.map_or_else(Default::default, |(first, last, _)| (iso_from_day(first), iso_from_day(last)))
}

/// Date inputs of one iteration.
#[component]
pub(in crate::app) fn WindowEditor(
    /// The iteration.
    #[prop(into)]
    iteration: Signal<Option<IterationSummary>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let (first, last) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let problem = RwSignal::new(None::<&'static str>);
    let saved = Memo::new(move |_| iteration.with(|iteration| iteration.as_ref().map(days).unwrap_or_default()));
    let origin = Memo::new(move |_| {
        iteration.with(|iteration| iteration.as_ref().and_then(|one| one.window).map(|window| window.2))
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(name) = iteration.with_untracked(|iteration| iteration.as_ref().map(|one| one.name.clone())) else {
            return;
        };
        let read = |input: NodeRef<Input>| input.get_untracked().and_then(|input| day_from_iso(&input.value()));
        match (read(first), read(last)) {
            (Some(first), Some(last)) if first <= last => {
                problem.set(None);
                actions::set_window(state, name, Some((first, last)));
            }
            (Some(_), Some(_)) => problem.set(Some("The last day is before the first. Change one of them.")),
            _ => problem.set(Some("Give both days, first and last.")),
        }
    };
    let reset = move |_| {
        problem.set(None);
        if let Some(name) = iteration.with_untracked(|iteration| iteration.as_ref().map(|one| one.name.clone())) {
            actions::set_window(state, name, None);
        }
    };
    let undo = Memo::new(move |_| state.workspace.with(|open| open.as_ref().and_then(|open| open.undo.clone())));
    view! {
        <form class="window-editor" aria-label="Dates of the sprint" on:submit=save>
            <label>
                <span>"First day"</span>
                <input type="date" name="start" node_ref=first prop:value=move || saved.get().0 />
            </label>
            <label>
                <span>"Last day"</span>
                <input type="date" name="end" node_ref=last prop:value=move || saved.get().1 />
            </label>
            <span class="badge" data-origin=move || origin.get().map(origin_id)>
                {move || origin.get().map_or("unknown: no dates in the file, too few items to tell", origin_words)}
            </span>
            <span class="buttons">
                <button type="submit" class="primary">"Save dates"</button>
                <button type="button" prop:disabled=move || origin.get() != Some(WindowOrigin::Edited) on:click=reset>
                    "Reset to inferred"
                </button>
                <button
                    type="button"
                    prop:disabled=move || undo.with(Option::is_none)
                    title=move || undo.get().map(|what| format!("Take back {what}"))
                    on:click=move |_| actions::undo(state)
                >
                    "Undo"
                </button>
            </span>
            <p class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</p>
        </form>
    }
}

/// The origin's name for tests and styles.
const fn origin_id(origin: WindowOrigin) -> &'static str {
    match origin {
        WindowOrigin::Source => "source",
        WindowOrigin::Inferred => "inferred",
        WindowOrigin::Edited => "edited",
    }
}

/// All iterations with their dates; a name opens its iteration.
#[component]
pub(in crate::app) fn WindowList() -> impl IntoView {
    let state = AppState::of_context();
    let rows = move || {
        state.workspace.with(|open| {
            open.iter().flat_map(|open| &open.iterations).map(|iteration| row(state, iteration)).collect_view()
        })
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="All sprints">
            <table class="windows">
                <thead>
                    <tr>
                        <th scope="col">"Sprint"</th>
                        <th scope="col" class="number">"First day"</th>
                        <th scope="col" class="number">"Last day"</th>
                        <th scope="col">"Dates are"</th>
                        <th scope="col" class="number">"Items"</th>
                        <th scope="col" class="number">"Finished in it"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(state: AppState, iteration: &IterationSummary) -> AnyView {
    let (first, last) = days(iteration);
    let name = iteration.name.clone();
    let open = move |_| state.query.update(|query| query.iteration = Some(name.clone()));
    view! {
        <tr>
            <th scope="row"><button type="button" class="plain" on:click=open><UserText text=iteration.name.clone() /></button></th>
            <td class="number">{first}</td>
            <td class="number">{last}</td>
            <td>{iteration.window.map_or("unknown", |(_, _, origin)| origin_words(origin))}</td>
            <td class="number">{format::count(u64::from(iteration.items))}</td>
            <td class="number">{format::count(u64::from(iteration.finished))}</td>
        </tr>
    }
    .into_any()
}
