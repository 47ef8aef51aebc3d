//! What has to be known before a file can be read, as a dialog: which format it is, or what its columns are.

mod columns;
mod dates;
mod formats;

use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::document::dialog_while;
use crate::app::state::{AppState, ImportAnswer, QuestionAbout};
use columns::ColumnsForm;
pub(in crate::app) use dates::DateQuestion;
use dates::DatesForm;
use formats::FormatsForm;

/// The dialog of the page.
#[component]
pub(super) fn ImportQuestionDialog() -> impl IntoView {
    let state = AppState::of_context();
    let dialog = dialog_while(move || state.question.with(Option::is_some));
    // Escape closes the dialog, which is an answer, too.
    let closed = move |_| {
        if state.question.with_untracked(Option::is_some) {
            actions::answer_question(state, ImportAnswer::LeaveOut);
        }
    };
    let content = move || {
        state.question.get().map(|question| {
            let form = match question.about {
                QuestionAbout::Format(candidates) => view! { <FormatsForm candidates /> }.into_any(),
                QuestionAbout::Dates(readings) => view! { <DatesForm readings /> }.into_any(),
                QuestionAbout::Columns { table, reason } => view! { <ColumnsForm table=*table reason /> }.into_any(),
            };
            view! {
                <header>
                    <h2 id="question-title"><UserText text=question.file /></h2>
                </header>
                {form}
            }
        })
    };
    view! {
        <dialog class="question" node_ref=dialog aria-labelledby="question-title" on:close=closed>{content}</dialog>
    }
}

/// The way out of every question.
#[component]
fn LeaveOut(
    /// What it does.
    #[prop(default = "Leave this file out")]
    title: &'static str,
) -> impl IntoView {
    let state = AppState::of_context();
    let leave_out = move |_| actions::answer_question(state, ImportAnswer::LeaveOut);
    view! { <button type="button" on:click=leave_out>{title}</button> }
}
