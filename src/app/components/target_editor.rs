//! Targets: days within which bugs of a priority shall be resolved, and the share of work for technical debt.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::state::AppState;
use crate::model::Decision;
use crate::web::typed_number;

/// The priorities of the data and those that have a target, each once.
fn priorities(state: AppState) -> Vec<String> {
    state.workspace.with(|open| {
        let Some(open) = open else { return Vec::new() };
        let of_data = open.choices.iter().filter(|(field, _)| field == "priority").flat_map(|(_, values)| values);
        let mut list: Vec<String> = of_data.map(|(value, _)| value.clone()).filter(|value| !value.is_empty()).collect();
        let known: BTreeSet<String> = list.iter().map(|value| value.to_lowercase()).collect();
        let with_target = open.decisions.resolution_targets.keys();
        list.extend(with_target.filter(|priority| !known.contains(&priority.to_lowercase())).cloned());
        list
    })
}

/// A number typed, or nothing; the words of what is wrong.
fn typed(text: &str) -> Result<Option<f64>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => typed_number(text).map(Some).ok_or("Give a number, or leave it empty."),
    }
}

/// A field of one number. A number that the decision cannot be is said beside it and changes nothing.
#[component]
fn NumberField(
    /// What it is called.
    label: String,
    /// The number in use.
    #[prop(into)]
    value: Signal<Option<f64>>,
    /// The decision that a number is.
    #[prop(into)]
    decide: Callback<Option<f64>, Decision>,
) -> impl IntoView {
    let state = AppState::of_context();
    let problem = RwSignal::new(None::<&'static str>);
    let name = label.clone();
    let change = move |text: String| {
        let decision = typed(&text).map(|number| decide.run(number));
        let decision = decision.and_then(|decision| decision.problem().map_or(Ok(decision), Err));
        match decision {
            Ok(decision) => {
                problem.set(None);
                actions::decide(state, decision, format!("{name}: saved."));
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    view! {
        <label>
            <UserText text=label />
            <input
                type="text"
                inputmode="decimal"
                autocomplete="off"
                prop:value=move || value.get().map(|number| number.to_string()).unwrap_or_default()
                on:change=move |event| change(event_target_value(&event))
            />
            <span class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</span>
        </label>
    }
}

/// A field for each priority. Every change is kept at once and can be undone.
#[component]
pub(in crate::app) fn TargetEditor() -> impl IntoView {
    let state = AppState::of_context();
    // Built anew only when a priority comes or goes: a change must not take the focus away.
    let list = Memo::new(move |_| priorities(state));
    let rows = move || list.get().into_iter().map(|priority| row(state, priority)).collect_view();
    view! {
        <form class="window-editor" aria-label="Targets" on:submit=|event| event.prevent_default()>
            {rows}
            <p class="explanation" hidden=move || !list.with(Vec::is_empty)>"No item of these files has a priority."</p>
        </form>
    }
}

fn row(state: AppState, priority: String) -> AnyView {
    let small = priority.to_lowercase();
    let value = Memo::new(move |_| {
        state.workspace.with(|open| {
            let targets = open.iter().flat_map(|open| &open.decisions.resolution_targets);
            targets.filter(|(name, _)| name.to_lowercase() == small).map(|(_, &days)| days).next()
        })
    });
    let named = priority.clone();
    let decide = move |days: Option<f64>| Decision::ResolutionTarget { priority: named.clone(), days };
    view! { <NumberField label=format!("{priority}, days") value decide /> }.into_any()
}

/// The share of the finished work that shall go into technical debt.
#[component]
pub(in crate::app) fn DebtTarget() -> impl IntoView {
    let state = AppState::of_context();
    let value =
        Memo::new(move |_| state.workspace.with(|open| open.as_ref().and_then(|open| open.decisions.debt_target)));
    view! {
        <form class="window-editor" aria-label="Target for technical debt" on:submit=|event| event.prevent_default()>
            <NumberField label="Share in %".to_owned() value decide=Decision::DebtTarget />
        </form>
    }
}
