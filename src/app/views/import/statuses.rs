//! What each status counts as: guessed, and corrected here. Every chart follows at once.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::UserText;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::StatusSummary;
use crate::model::StatusCategory;

/// The value of the choice that leaves a status to the guess.
const GUESS: &str = "";

/// The status map.
#[component]
pub(super) fn Statuses() -> impl IntoView {
    let state = AppState::of_context();
    let list = Memo::new(move |_| {
        state.workspace.with(|open| open.as_ref().map(|open| open.statuses.clone()).unwrap_or_default())
    });
    let rows = move || list.get().into_iter().map(|status| row(state, status)).collect_view();
    view! {
        <section class="card" id="statuses">
            <h2>"What each status counts as"</h2>
            <p class="explanation">
                "Taken from the tracker's own category where the file has one, else from the status' name and from whether its items are resolved. Correct what is wrong: every chart follows, and Undo takes it back."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Statuses">
                <table class="statuses">
                    <thead>
                        <tr><th scope="col">"Status"</th><th scope="col">"Counts as"</th><th scope="col" class="number">"Items"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(state: AppState, status: StatusSummary) -> AnyView {
    let StatusSummary { name, category, chosen, items } = status;
    let shown = if name.is_empty() { "(none)".to_owned() } else { name.clone() };
    let label = format!("What {shown} counts as");
    let selected = if chosen { category.title() } else { GUESS };
    let guess = if chosen { "As guessed".to_owned() } else { format!("{} (guessed)", category.title()) };
    let options = StatusCategory::ALL
        .iter()
        .map(|choice| view! { <option value=choice.title() selected=selected == choice.title()>{choice.title()}</option> })
        .collect_view();
    let choose = move |event| {
        let value = event_target_value(&event);
        let category = StatusCategory::ALL.into_iter().find(|choice| choice.title() == value);
        actions::set_status(state, name.clone(), category);
    };
    view! {
        <tr>
            <th scope="row"><UserText text=shown /></th>
            <td>
                <select aria-label=label on:change=choose>
                    <option value=GUESS selected=!chosen>{guess}</option>
                    {options}
                </select>
            </td>
            <td class="number">{format::count(items)}</td>
        </tr>
    }
    .into_any()
}
