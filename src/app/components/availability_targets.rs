//! The availability that services shall have: one for all, and one of its own for any of them.

use leptos::prelude::*;

use super::UserText;
use crate::app::actions;
use crate::app::state::AppState;
use crate::model::{Decision, RecordField};
use crate::web::typed_number;

/// A row for all services, and one for each that the records name. Every change is decided at once, kept with the workspace and
/// can be undone.
#[component]
pub(in crate::app) fn AvailabilityTargets() -> impl IntoView {
    let state = AppState::of_context();
    let services = Memo::new(move |_| {
        let mut names: Vec<String> = state.workspace.with(|open| {
            let choices = open.iter().flat_map(|open| &open.choices);
            let of_services = choices.filter(|(field, _)| field == RecordField::Service.id());
            of_services.flat_map(|(_, values)| values).map(|(name, _)| name.clone()).collect()
        });
        names.retain(|name| !name.is_empty());
        names.sort_unstable();
        names
    });
    // Built anew only when the services change: a change in a row must not take the focus away.
    let rows = move || services.get().into_iter().map(|service| view! { <TargetRow service /> }).collect_view();
    view! {
        <fieldset class="risks targets">
            <legend>"Targets: the share of time in which a service shall be up"</legend>
            <TargetRow service=String::new() />
            {rows}
        </fieldset>
    }
}

/// The target of one service, or of those without one of their own. What is not understood is said and changes nothing.
#[component]
fn TargetRow(
    /// Its name; empty = all others.
    service: String,
) -> impl IntoView {
    let state = AppState::of_context();
    let problem = RwSignal::new(String::new());
    let is_for_all = service.is_empty();
    let label = if is_for_all { "All services".to_owned() } else { service.clone() };
    let own = {
        let service = service.clone();
        Memo::new(move |_| {
            state
                .workspace
                .with(|open| open.as_ref().and_then(|open| open.decisions.availability_targets.get(&service).copied()))
        })
    };
    let text = move || own.get().map(|percent| percent.to_string()).unwrap_or_default();
    let decide = {
        let (service, label) = (service.clone(), label.clone());
        move |percent: Option<f64>| {
            let decision = Decision::AvailabilityTarget { service: service.clone(), percent };
            match decision.problem() {
                Some(why) => problem.set(why.to_owned()),
                None if percent == own.get_untracked() => problem.set(String::new()),
                None => {
                    problem.set(String::new());
                    let done = done(&label, is_for_all, percent);
                    actions::decide(state, decision, done);
                }
            }
        }
    };
    let change = {
        let decide = decide.clone();
        move |event| match read(&event_target_value(&event)) {
            Ok(percent) => decide(percent),
            Err(why) => problem.set(why.to_owned()),
        }
    };
    let without = if is_for_all { "99.9 % is assumed" } else { "that of all services" };
    view! {
        <div class="risk" data-target=service>
            <label class="setting">
                <span><UserText text=label.clone() />", target in %"</span>
                <input type="text" inputmode="decimal" prop:value=text on:change=change />
            </label>
            <button
                type="button"
                aria-label=format!("Take the target away: {label}")
                prop:disabled=move || own.get().is_none()
                on:click=move |_| decide(None)
            >
                "Take away"
            </button>
            <span class="explanation" hidden=move || own.get().is_some()>{without}</span>
            <span class="explanation" role="status">{problem}</span>
        </div>
    }
}

/// The percent of a text; nothing where it is empty.
fn read(text: &str) -> Result<Option<f64>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => typed_number(text).map(Some).ok_or("A target is a number from 0 to 100."),
    }
}

/// What was done, in a sentence.
fn done(label: &str, is_for_all: bool, percent: Option<f64>) -> String {
    match percent {
        Some(percent) => format!("{label}: the target is {percent} %."),
        None if is_for_all => "All services: 99.9 % is assumed again.".to_owned(),
        None => format!("{label} has the target of all services again."),
    }
}
