//! The grid of people and days. One cell takes the focus; arrow keys move it, Enter and Space change the day.

use std::sync::Arc;

use leptos::ev;
use leptos::html::Table;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::days::{WEEKDAYS, in_words, next, number, sign, state_of, weekday};
use crate::app::actions;
use crate::app::components::UserText;
use crate::app::state::AppState;
use crate::engine::CalendarPage;
use crate::model::{DayOff, Decision, iso_from_day};

/// Row 0 is everybody; people follow.
type Place = (usize, usize);

/// The grid; empty until the engine has answered.
#[component]
pub(super) fn Grid(page: Memo<Option<Arc<CalendarPage>>>) -> impl IntoView {
    let state = AppState::of_context();
    let at: RwSignal<Place> = RwSignal::new((0, 0));
    let table = NodeRef::<Table>::new();
    // A change draws the grid anew: the focus goes back to where it was.
    let refocus = StoredValue::new(false);
    let focus = move |(row, column): Place| {
        let cell = table
            .get_untracked()
            .and_then(|table| table.query_selector(&format!("td[data-at=\"{row}:{column}\"]")).ok().flatten());
        if let Some(cell) = cell.and_then(|cell| cell.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A cell that cannot take the focus leaves it where it is.
            let _ = cell.focus();
        }
    };
    Effect::new(move |_| {
        page.track();
        if refocus.get_value() {
            refocus.set_value(false);
            request_animation_frame(move || focus(at.get_untracked()));
        }
    });
    let change = move |place: Place| {
        page.with_untracked(|page| {
            if let Some(page) = page
                && press(state, page, place)
            {
                refocus.set_value(true);
            }
        });
    };
    let key = move |event: ev::KeyboardEvent| {
        let (row, column) = at.get_untracked();
        let (rows, columns) = page
            .with_untracked(|page| page.as_ref().map_or((1, 1), |page| (page.people.len() + 1, page.everybody.len())));
        let to = match event.key().as_str() {
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "ArrowRight" => (row, (column + 1).min(columns - 1)),
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowDown" => ((row + 1).min(rows - 1), column),
            "Home" => (row, 0),
            "End" => (row, columns - 1),
            "Enter" | " " => {
                event.prevent_default();
                change((row, column));
                return;
            }
            _ => return,
        };
        event.prevent_default();
        at.set(to);
        focus(to);
    };
    let rows = move || page.with(|page| page.as_ref().map(|page| body(page, at, change)));
    view! {
        <div class="scroll calendar-scroll">
            <table class="calendar-grid" role="grid" aria-label="Days off by person" node_ref=table on:keydown=key>
                {rows}
            </table>
        </div>
    }
}

fn body(page: &CalendarPage, at: RwSignal<Place>, change: impl Fn(Place) + Copy + Send + Sync + 'static) -> AnyView {
    let heads = (page.first..).take(page.everybody.len()).map(|day| {
        let name = format!("{} {}", WEEKDAYS[weekday(day)], iso_from_day(day));
        view! {
            <th scope="col" aria-label=name>
                <span class="calendar-weekday">{&WEEKDAYS[weekday(day)][..2]}</span>
                {number(day)}
            </th>
        }
    });
    let everybody = row(page, 0, "Everybody".to_owned(), &page.everybody, at, change);
    let people = page
        .people
        .iter()
        .enumerate()
        .map(|(place, person)| row(page, place + 1, person.shown.clone(), &person.days, at, change));
    // A shorter month or fewer people must not leave the grid without a cell to come to.
    let last = (page.people.len(), page.everybody.len().saturating_sub(1));
    let (row, column) = at.get_untracked();
    if row > last.0 || column > last.1 {
        at.set((row.min(last.0), column.min(last.1)));
    }
    view! {
        <thead>
            <tr role="row">
                <th scope="col">"Person"</th>
                {heads.collect_view()}
            </tr>
        </thead>
        <tbody>{everybody} {people.collect_view()}</tbody>
    }
    .into_any()
}

fn row(
    page: &CalendarPage,
    row: usize,
    name: String,
    days: &[DayOff],
    at: RwSignal<Place>,
    change: impl Fn(Place) + Copy + Send + Sync + 'static,
) -> AnyView {
    let cell = |(column, cell): (usize, &DayOff)| {
        let day = page.first + column as i32;
        let state = state_of(cell, page.week[weekday(day)]);
        let place = (row, column);
        let label = format!("{name}, {}", in_words(day, state, cell));
        let tab = move || if at.get() == place { "0" } else { "-1" };
        let click = move |_| {
            at.set(place);
            change(place);
        };
        view! {
            <td
                role="gridcell"
                data-at=format!("{row}:{column}")
                data-off=state
                data-decided=cell.is_decided.to_string()
                tabindex=tab
                aria-label=label.clone()
                title=label
                on:click=click
                on:focus=move |_| at.set(place)
            >
                {sign(state)}
            </td>
        }
    };
    let cells = days.iter().enumerate().map(cell).collect_view();
    view! {
        <tr role="row" data-person=row.to_string()>
            <th scope="row">
                <UserText text=name.clone() />
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

/// Decides the next state of a day; false where there is nothing to decide.
fn press(state: AppState, page: &CalendarPage, (row, column): Place) -> bool {
    let person = row.checked_sub(1).and_then(|place| page.people.get(place));
    let days = person.map_or(&page.everybody, |person| &person.days);
    let Some(cell) = days.get(column) else { return false };
    let day = page.first + column as i32;
    if !page.week[weekday(day)] {
        state.say(format!("{} is not in the work week. Change the work week to work on it.", WEEKDAYS[weekday(day)]));
        return false;
    }
    let (off, decided) = next(cell);
    let shown = person.map_or("Everybody", |person| person.shown.as_str());
    let how = match off {
        off if off >= 1.0 => "off",
        off if off > 0.0 => "half off",
        _ => "at work",
    };
    let done = format!("{shown}: {how} on {}.", iso_from_day(day));
    let name = person.map_or_else(String::new, |person| person.person.clone());
    let decision = Decision::DaysOff { person: name, days: vec![(iso_from_day(day), decided)] };
    actions::decide(state, decision, done);
    true
}
