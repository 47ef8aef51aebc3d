//! What each status counts as and where it stands in the workflow: guessed, and corrected here. Every chart follows at once.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::app::actions;
use crate::app::components::UserText;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::StatusSummary;
use crate::model::StatusCategory;

/// The value of the choice that leaves a status to the guess.
const GUESS: &str = "";

/// One place towards the beginning or the end of the workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Up,
    Down,
}

impl Move {
    const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    const fn arrow(self) -> &'static str {
        match self {
            Self::Up => "↑",
            Self::Down => "↓",
        }
    }

    /// The place next to this one, if its status is of the same category: the categories keep their order.
    fn next_to(self, list: &[StatusSummary], place: usize) -> Option<usize> {
        let next = match self {
            Self::Up => place.checked_sub(1)?,
            Self::Down => place + 1,
        };
        (list.get(next)?.category == list.get(place)?.category).then_some(next)
    }
}

/// The status map.
#[component]
pub(super) fn Statuses() -> impl IntoView {
    let state = AppState::of_context();
    let list = Memo::new(move |_| {
        state.workspace.with(|open| open.as_ref().map(|open| open.statuses.clone()).unwrap_or_default())
    });
    let is_ordered = move || state.workspace.with(|open| open.as_ref().is_some_and(|open| open.status_order_chosen));
    // The rows are made anew when the order changes: the focus goes to where the moved status is now.
    let moved = StoredValue::new(None::<(usize, Move)>);
    Effect::new(move |_| {
        list.track();
        if let Some(Some((place, direction))) = moved.try_update_value(Option::take) {
            request_animation_frame(move || focus_move(place, direction));
        }
    });
    let rows = move || list.with(|list| (0..list.len()).map(|place| row(state, moved, list, place)).collect_view());
    let guess =
        move |_| actions::set_status_order(state, Vec::new(), "The order of the statuses is guessed again.".to_owned());
    view! {
        <section class="card" id="statuses">
            <h2>"What each status counts as"</h2>
            <p class="explanation">
                "Taken from the tracker's own category where the file has one, else from the status' name, its items and their history. Their order is that in which most items went through them, else that of their names. Correct what is wrong: charts and lists follow, and Undo takes it back."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Statuses">
                <table class="statuses">
                    <thead>
                        <tr>
                            <th scope="col">"Status"</th>
                            <th scope="col">"Counts as"</th>
                            <th scope="col">"Order"</th>
                            <th scope="col" class="number">"Items"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p hidden=move || !is_ordered()>
                <button type="button" on:click=guess>"Order as guessed"</button>
            </p>
        </section>
    }
}

fn row(state: AppState, moved: StoredValue<Option<(usize, Move)>>, list: &[StatusSummary], place: usize) -> AnyView {
    let Some(StatusSummary { name, category, chosen, items }) = list.get(place).cloned() else { return ().into_any() };
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
    let up = move_button(state, moved, list, place, Move::Up, &shown);
    let down = move_button(state, moved, list, place, Move::Down, &shown);
    view! {
        <tr>
            <th scope="row"><UserText text=shown /></th>
            <td>
                <select aria-label=label on:change=choose>
                    <option value=GUESS selected=!chosen>{guess}</option>
                    {options}
                </select>
            </td>
            <td class="moves">{up}{down}</td>
            <td class="number">{format::count(items)}</td>
        </tr>
    }
    .into_any()
}

/// A button that moves a status by one place; disabled at the ends of its category.
fn move_button(
    state: AppState,
    moved: StoredValue<Option<(usize, Move)>>,
    list: &[StatusSummary],
    place: usize,
    direction: Move,
    shown: &str,
) -> AnyView {
    let to = direction.next_to(list, place);
    let mut order: Vec<String> = list.iter().map(|status| status.name.clone()).collect();
    let neighbour = to.map(|to| {
        order.swap(place, to);
        order.get(place).cloned().unwrap_or_default()
    });
    let label = format!("Move {shown} {}", direction.word());
    let side = if direction == Move::Up { "before" } else { "after" };
    let done = format!("{shown} now comes {side} {}.", neighbour.unwrap_or_default());
    let go = move |_| {
        if let Some(to) = to {
            moved.set_value(Some((to, direction)));
            actions::set_status_order(state, order.clone(), done.clone());
        }
    };
    let id = button_id(place, direction);
    view! {
        <button type="button" class="icon" id=id aria-label=label disabled=to.is_none() on:click=go>{direction.arrow()}</button>
    }
    .into_any()
}

fn button_id(place: usize, direction: Move) -> String {
    format!("status-{place}-{}", direction.word())
}

/// Gives the focus to the button of a place, or to its twin where the status can move no further.
fn focus_move(place: usize, direction: Move) {
    let other = if direction == Move::Up { Move::Down } else { Move::Up };
    for direction in [direction, other] {
        let button = document().get_element_by_id(&button_id(place, direction));
        if let Some(button) = button.filter(|button| !button.has_attribute("disabled"))
            && let Some(button) = button.dyn_ref::<HtmlElement>()
        {
            // A button that is gone again needs no focus.
            drop(button.focus());
            return;
        }
    }
}
