//! Which of several formats a file is.

use leptos::prelude::*;

use super::LeaveOut;
use crate::app::actions;
use crate::app::components::UserText;
use crate::app::state::{AppState, ImportAnswer};
use crate::importers::Candidate;

/// The choice.
#[component]
pub(super) fn FormatsForm(
    /// What the file may be, the likeliest first.
    candidates: Vec<Candidate>,
) -> impl IntoView {
    let state = AppState::of_context();
    let choices = candidates
        .into_iter()
        .map(|Candidate { format, title, evidence }| {
            let choose = move |_| actions::answer_question(state, ImportAnswer::Format(format.clone()));
            view! {
                <li>
                    <button type="button" class="primary" on:click=choose>{title}</button>
                    <span class="detail"><UserText text=evidence /></span>
                </li>
            }
        })
        .collect_view();
    view! {
        <p>"This file fits several formats equally well. Which tool made it?"</p>
        <ul class="choices">{choices}</ul>
        <p class="buttons"><LeaveOut /></p>
    }
}
