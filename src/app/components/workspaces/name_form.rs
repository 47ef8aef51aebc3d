//! A workspace's name, typed in place of where it is shown.

use leptos::html::Input;
use leptos::prelude::*;

use crate::app::actions;
use crate::app::state::AppState;
use crate::engine::NAME_LENGTH;

/// Takes a new name. Enter keeps it, Escape leaves it as it was.
#[component]
pub(in crate::app::components) fn NameForm(
    /// The workspace.
    id: String,
    /// Its name until now.
    name: String,
    /// Called at the end, either way.
    on_done: Callback<()>,
) -> impl IntoView {
    let state = AppState::of_context();
    let input = NodeRef::<Input>::new();
    let before = name.clone();
    input.on_load(|input| {
        drop(input.focus());
        input.select();
    });
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let name = input.value();
        if name.trim().is_empty() {
            state.say("A workspace needs a name.");
            return;
        }
        if name.trim() != before {
            actions::rename(state, id.clone(), name.trim().to_owned());
        }
        on_done.run(());
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            on_done.run(());
        }
    };
    view! {
        <form class="name-form" on:submit=keep on:keydown=on_key>
            <input type="text" aria-label="Name of the workspace" maxlength=NAME_LENGTH.to_string() required value=name node_ref=input />
            <button type="submit">"Keep"</button>
            <button type="button" class="plain" on:click=move |_| on_done.run(())>"Cancel"</button>
        </form>
    }
}
