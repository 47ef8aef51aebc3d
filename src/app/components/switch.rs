//! A choice between few values, as a row of buttons that belong together.

use leptos::prelude::*;

/// One of the values is always chosen.
#[component]
pub(in crate::app) fn Switch<T>(
    /// What is chosen, for screen readers.
    label: &'static str,
    /// Values with their words.
    choices: Vec<(T, &'static str)>,
    /// The chosen value.
    #[prop(into)]
    chosen: Signal<T>,
    /// Called with the new value.
    on_choose: impl Fn(T) + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let buttons = choices
        .into_iter()
        .map(|(value, title)| {
            let is_chosen = move || chosen.get() == value;
            view! {
                <button type="button" aria-pressed=move || is_chosen().to_string() on:click=move |_| on_choose(value)>
                    {title}
                </button>
            }
        })
        .collect_view();
    view! { <div class="switch" role="group" aria-label=label>{buttons}</div> }
}
