//! What is published, and what is taken out first.

use leptos::prelude::*;

use super::Choices;
use crate::app::components::view_boxes::ViewBoxes;
use crate::publish::publishable_views;
use crate::web::typed_number;

/// Hours between two updates, with their words.
const INTERVALS: &[(f64, &str)] = &[(0.0, "not told"), (1.0, "hourly"), (24.0, "daily"), (168.0, "weekly")];

/// The form.
#[component]
pub(super) fn ChoicesForm(choices: RwSignal<Choices>, views: RwSignal<Vec<String>>) -> impl IntoView {
    let name = move |event| choices.update(|choices| choices.name = event_target_value(&event));
    let columns = move |event| choices.update(|choices| choices.columns = event_target_value(&event));
    let interval = move |event| {
        let hours = typed_number(&event_target_value(&event)).unwrap_or(0.0);
        choices.update(|choices| choices.refresh_every = hours);
    };
    let intervals = INTERVALS
        .iter()
        .map(|&(hours, words)| view! { <option value=hours.to_string()>{words}</option> })
        .collect_view();
    view! {
        <div class="publish-form">
            <label>
                <span>"Name"</span>
                <input type="text" name="name" prop:value=move || choices.read().name.clone() on:change=name />
            </label>
            <label>
                <span>"Made again"</span>
                <select name="refresh-every" on:change=interval>{intervals}</select>
            </label>
            <Views views />
            <fieldset>
                <legend>"Taken out first"</legend>
                {taken_out(choices, "titles", "Titles, and other sentences that people typed", |choices| &mut choices.redaction.titles)}
                {taken_out(choices, "people", "Names of people: they become \"Person 1\"", |choices| &mut choices.redaction.people)}
                {taken_out(choices, "aggregates", "Everything but sums: no items, no filters", |choices| &mut choices.redaction.aggregates)}
                <label>
                    <span>"Columns, with commas"</span>
                    <input type="text" name="columns" placeholder="points, costs.vendor" spellcheck="false" on:change=columns />
                </label>
            </fieldset>
        </div>
    }
}

fn taken_out(
    choices: RwSignal<Choices>,
    name: &'static str,
    words: &'static str,
    place: fn(&mut Choices) -> &mut bool,
) -> AnyView {
    let is_checked = *place(&mut choices.get_untracked());
    let change = move |event| choices.update(|choices| *place(choices) = event_target_checked(&event));
    view! {
        <label class="check"><input type="checkbox" name=name prop:checked=is_checked on:change=change /><span>{words}</span></label>
    }
    .into_any()
}

#[component]
fn Views(views: RwSignal<Vec<String>>) -> impl IntoView {
    let offered = publishable_views(false).map(|view| (view.id.to_owned(), view.title.to_owned())).collect();
    view! {
        <fieldset>
            <legend>"Views"</legend>
            <p class="explanation">"Those that show nothing with this data are left out by themselves."</p>
            <ViewBoxes views=offered chosen=views />
        </fieldset>
    }
}
