//! The same number under other definitions: what it would be, and one click to switch.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::format;
use crate::app::state::AppState;
use crate::metrics::{Alternative, MetricResult};

/// What each switch decides, by its key in the address.
const SWITCHES: &[(&str, &str)] =
    &[("days", "What a day is"), ("start", "When work begins"), ("percentile", "What a percentile is")];

/// The alternatives of a result.
#[component]
pub(in crate::app) fn Definitions(
    /// The result.
    result: Arc<MetricResult>,
) -> impl IntoView {
    let state = AppState::of_context();
    let is_empty = result.alternatives.is_empty();
    let groups = SWITCHES
        .iter()
        .map(|&(key, title)| {
            let own: Vec<_> = result.alternatives.iter().filter(|one| one.key == key).collect();
            let is_empty = own.is_empty();
            let choices = own.into_iter().map(|one| choice(state, one)).collect_view();
            view! {
                <div class="definition-switch" role="group" aria-label=title hidden=is_empty>
                    <p class="explanation">{title}</p>
                    <ul>{choices}</ul>
                </div>
            }
        })
        .collect_view();
    view! {
        <details class="definitions" hidden=is_empty>
            <summary>"Under other definitions"</summary>
            {groups}
        </details>
    }
}

fn choice(state: AppState, one: &Alternative) -> AnyView {
    let number = one.figure.map_or_else(|| "unknown".to_owned(), |value| format::with_unit(value, &one.unit));
    let (key, value) = (one.key.clone(), one.value.clone());
    let choose = move |_| {
        state.query.update(|query| {
            // Key and value come from the result itself: the query knows both.
            drop(query.set(&key, &value));
        });
    };
    let reason = (!one.reason.is_empty()).then(|| format!(": {}", one.reason));
    view! {
        <li>
            <button
                type="button"
                class="plain"
                aria-pressed=if one.in_use { "true" } else { "false" }
                data-definition=format!("{}={}", one.key, one.value)
                on:click=choose
            >
                {one.name.clone()}
            </button>
            " "
            <strong data-value=one.figure.map(|value| value.to_string())>{number}</strong>
            {reason}
        </li>
    }
    .into_any()
}
