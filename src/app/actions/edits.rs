//! Changes to the open workspace. Each can be undone.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::change;
use crate::app::state::AppState;
use crate::engine::Request;
use crate::model::{Decision, StatusCategory, iso_from_day};

/// Sets the dates of an iteration, or lets them be worked out again (`None`).
pub(in crate::app) fn set_window(state: AppState, iteration: String, days: Option<(i32, i32)>) {
    spawn_local(async move {
        let done = match days {
            Some(_) => format!("The dates of {iteration} are saved; all charts follow."),
            None => format!("The dates of {iteration} are worked out from its items again."),
        };
        if change(state, Request::SetWindow { iteration, days }).await {
            state.say(done);
        }
    });
}

/// Decides something about deployments, bugs, debt, people or targets; `done` says what was done.
pub(in crate::app) fn decide(state: AppState, decision: Decision, done: String) {
    spawn_local(async move {
        if change(state, Request::Decide(decision)).await {
            state.say(done);
        }
    });
}

/// Says what a status counts as; `None` leaves it to the guess again.
pub(in crate::app) fn set_status(state: AppState, status: String, category: Option<StatusCategory>) {
    spawn_local(async move {
        let done = match category {
            Some(category) => format!("{status} counts as {}; all charts follow.", category.title()),
            None => format!("What {status} counts as is guessed again."),
        };
        if change(state, Request::SetStatus { status, category }).await {
            state.say(done);
        }
    });
}

/// Says whether open items that an export no longer holds count as out of scope.
pub(in crate::app) fn set_removed(state: AppState, hash: String, removed: bool) {
    spawn_local(async move {
        let done = if removed {
            "They count as out of scope; all charts follow."
        } else {
            "They count as they were last seen."
        };
        if change(state, Request::SetRemoved { hash, removed }).await {
            state.say(done);
        }
    });
}

/// Puts the statuses in an order, said in a sentence; an empty list leaves it to the guess again.
pub(in crate::app) fn set_status_order(state: AppState, order: Vec<String>, done: String) {
    spawn_local(async move {
        if change(state, Request::SetStatusOrder { order }).await {
            state.say(done);
        }
    });
}

/// Writes a note at a day, or changes one (`id`).
pub(in crate::app) fn set_annotation(state: AppState, id: Option<u32>, day: i32, text: String) {
    spawn_local(async move {
        if change(state, Request::SetAnnotation { id, day, text }).await {
            state.say(format!("The note at {} is saved.", iso_from_day(day)));
        }
    });
}

/// Takes a note away. Can be undone.
pub(in crate::app) fn remove_annotation(state: AppState, id: u32) {
    spawn_local(async move {
        if change(state, Request::RemoveAnnotation { id }).await {
            state.say("The note was taken away. Undo brings it back.");
        }
    });
}

/// Takes a file out of the workspace. Can be undone.
pub(in crate::app) fn remove_source(state: AppState, hash: String, file: String) {
    spawn_local(async move {
        if change(state, Request::RemoveLayer { hash }).await {
            state.say(format!("{file} was taken out of the workspace. Undo brings it back."));
        }
    });
}

/// Takes the last edit back.
pub(in crate::app) fn undo(state: AppState) {
    let what = state.workspace.with_untracked(|open| open.as_ref().and_then(|open| open.undo.clone()));
    step(state, Request::Undo, what.map(|what| format!("Undone: {what}.")), "There is nothing to undo.");
}

/// Does it again.
pub(in crate::app) fn redo(state: AppState) {
    let what = state.workspace.with_untracked(|open| open.as_ref().and_then(|open| open.redo.clone()));
    step(state, Request::Redo, what.map(|what| format!("Done again: {what}.")), "There is nothing to redo.");
}

fn step(state: AppState, request: Request, done: Option<String>, nothing: &'static str) {
    let Some(done) = done else {
        state.say(nothing);
        return;
    };
    spawn_local(async move {
        if change(state, request).await {
            state.say(done);
        }
    });
}
