//! Dated notes: those that a chart marks with a number, and the form that writes one.

use std::sync::Arc;

use leptos::html::Input;
use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::state::AppState;
use crate::charts::annotation_place;
use crate::engine::{ANNOTATION_LENGTH, Annotation};
use crate::metrics::{MetricResult, X};
use crate::model::{day_from_iso, iso_from_day};

/// Number (from 1, in the order of days) and day of each note of the workspace. Tracks.
pub(super) fn noted_days(state: AppState) -> Vec<(usize, i32)> {
    numbered(state).into_iter().map(|(number, note)| (number, note.day)).collect()
}

fn numbered(state: AppState) -> Vec<(usize, Annotation)> {
    state.workspace.with(|open| {
        let notes = open.iter().flat_map(|open| open.annotations.iter().cloned());
        notes.enumerate().map(|(position, note)| (position + 1, note)).collect()
    })
}

/// The last day that a result tells of; `None` where it is not of days.
fn last_day(result: &MetricResult) -> Option<i32> {
    let days = result.series.iter().flat_map(|series| &series.points).filter_map(|point| match point.x {
        X::Day(day) => Some(day),
        X::Name(_) => None,
    });
    days.max()
}

/// The notes of a chart over days: what its numbers mean, and a form for another.
#[component]
pub(super) fn Annotations(
    /// Title of the chart.
    title: &'static str,
    /// What it draws.
    result: Signal<Option<Arc<MetricResult>>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let last_day = Memo::new(move |_| result.with(|result| result.as_deref().and_then(last_day)));
    let notes = Memo::new(move |_| {
        let mut notes = numbered(state);
        result.with(|result| {
            notes.retain(|(_, note)| {
                result.as_deref().is_some_and(|result| annotation_place(result, note.day).is_some())
            });
        });
        notes
    });
    let changed = RwSignal::new(None::<Annotation>);
    let list = move || notes.get().into_iter().map(|(number, note)| entry(state, number, note, changed)).collect_view();
    let heading = move || match notes.with(Vec::len) {
        0 => "Notes".to_owned(),
        count => format!("Notes ({count})"),
    };
    view! {
        <details class="annotations" hidden=move || last_day.get().is_none()>
            <summary>{heading}</summary>
            <p class="explanation" hidden=move || !notes.with(Vec::is_empty)>
                "No note lies in the days of this chart. A note is marked on every chart over days and kept with the workspace."
            </p>
            <ol class="annotation-list" aria-label=format!("{title}: notes")>{list}</ol>
            {state.can_edit().then(|| view! { <AnnotationForm changed last_day /> })}
        </details>
    }
}

fn entry(state: AppState, number: usize, note: Annotation, changed: RwSignal<Option<Annotation>>) -> AnyView {
    let day = iso_from_day(note.day);
    let Annotation { id, ref text, .. } = note;
    let text = text.clone();
    let change = format!("Change note {number}");
    let remove = format!("Remove note {number}");
    let buttons = state.can_edit().then(|| {
        view! {
            " "
            <button type="button" class="plain" aria-label=change on:click=move |_| changed.set(Some(note.clone()))>
                "Change"
            </button>
            " "
            <button
                type="button"
                class="plain"
                aria-label=remove
                on:click=move |_| actions::remove_annotation(state, id)
            >
                "Remove"
            </button>
        }
    });
    view! {
        <li value=number.to_string() data-annotation=id.to_string()>
            <time datetime=day.clone()>{day.clone()}</time>
            " "
            <UserText text />
            {buttons}
        </li>
    }
    .into_any()
}

#[component]
fn AnnotationForm(
    /// The note being changed; `None` = a new one is written.
    changed: RwSignal<Option<Annotation>>,
    /// The day offered for a new note.
    last_day: Memo<Option<i32>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let (day, text) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let problem = RwSignal::new(None::<&'static str>);
    // A note that is being changed is put into the fields, and the focus with it.
    Effect::new(move |_| {
        let (Some(note), Some(day), Some(text)) = (changed.get(), day.get(), text.get()) else { return };
        day.set_value(&iso_from_day(note.day));
        text.set_value(&note.text);
        drop(text.focus());
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(day), Some(text)) = (day.get_untracked(), text.get_untracked()) else { return };
        let Some(on) = day_from_iso(&day.value()) else {
            problem.set(Some("Give the day of the note."));
            return;
        };
        if text.value().trim().is_empty() {
            problem.set(Some("Write what the note says."));
            return;
        }
        problem.set(None);
        actions::set_annotation(state, changed.get_untracked().map(|note| note.id), on, text.value());
        changed.set(None);
        text.set_value("");
    };
    let title = move || if changed.with(Option::is_some) { "Save note" } else { "Add note" };
    view! {
        <form class="window-editor" aria-label="Note" on:submit=save>
            <label>
                <span>"Day"</span>
                <input type="date" name="day" node_ref=day prop:value=move || last_day.get().map(iso_from_day) />
            </label>
            <label class="annotation-text">
                <span>"Note"</span>
                <input type="text" name="text" node_ref=text maxlength=ANNOTATION_LENGTH.to_string() autocomplete="off" />
            </label>
            <span class="buttons"><button type="submit" class="primary">{title}</button></span>
            <p class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</p>
        </form>
    }
}
