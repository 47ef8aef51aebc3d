//! The verdicts: icon and word, the number, the rule in words, and the way to change it.

use leptos::prelude::*;

use super::lists::link;
use super::told;
use crate::app::components::{Answered, VerdictEditor};
use crate::app::state::AppState;
use crate::engine::Overview;
use crate::metrics::{VerdictLine, VerdictState};

const fn icon(state: VerdictState) -> &'static str {
    match state {
        VerdictState::Good => "✓",
        VerdictState::Watch => "▲",
        VerdictState::Bad => "✕",
        VerdictState::Unknown => "?",
        VerdictState::Off => "–",
    }
}

/// Icon and word; the colour only repeats them.
pub(super) fn mark(state: VerdictState) -> AnyView {
    view! {
        <span class="verdict-state" data-state=state.id()>
            <span aria-hidden="true">{icon(state)}" "</span>{state.title()}
        </span>
    }
    .into_any()
}

/// How many there are of each, in one line.
pub(super) fn counts(_state: AppState, overview: &Overview) -> AnyView {
    let words = &overview.verdict_words;
    let chips: Vec<AnyView> = VerdictState::ALL
        .into_iter()
        .filter_map(|state| {
            let number = overview.verdicts.iter().filter(|line| line.state == state).count();
            (number > 0).then(|| {
                view! { <li data-state=state.id()><span aria-hidden="true">{icon(state)}" "</span>{format!("{number} {}", state.title().to_lowercase())}</li> }
                    .into_any()
            })
        })
        .collect();
    view! { <ul class="verdict-counts" aria-label=format!("Verdicts: {words}")>{chips}</ul> }.into_any()
}

/// All verdicts. Rows stay while their numbers change: a form keeps what is being typed.
#[component]
pub(super) fn VerdictList(
    /// The overview.
    answer: RwSignal<Answered>,
) -> impl IntoView {
    let number = Memo::new(move |_| answer.with(|answer| told(answer).map_or(0, |overview| overview.verdicts.len())));
    let rows = move || {
        number.track();
        let lines = answer.with_untracked(|answer| told(answer).map(|overview| overview.verdicts.clone()));
        let row = |(place, first)| view! { <VerdictRow answer place first /> };
        lines.unwrap_or_default().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <section class="card verdicts" hidden=move || number.get() == 0>
            <h2>"Verdicts"</h2>
            <p class="explanation">
                "Each by its own written rule. What is not known is grey and counts for nothing; nothing is blended into a score."
            </p>
            <ul>{rows}</ul>
        </section>
    }
}

#[component]
fn VerdictRow(
    answer: RwSignal<Answered>,
    /// Place in the list.
    place: usize,
    /// What it says at first; an answer that failed leaves the row as it was.
    first: VerdictLine,
) -> impl IntoView {
    let state = AppState::of_context();
    let line = Memo::new(move |before: Option<&VerdictLine>| {
        let now = answer.with(|answer| told(answer).and_then(|overview| overview.verdicts.get(place).cloned()));
        now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    view! {
        <li data-verdict-id=move || line.with(|line| line.id.clone()) data-state=move || line.with(|line| line.state.id())>
            {move || line.with(|line| row(state, line))}
            {state.can_edit().then(|| view! { <VerdictEditor line /> })}
        </li>
    }
}

fn row(state: AppState, line: &VerdictLine) -> AnyView {
    let number = if line.value.is_some() { line.number.clone() } else { "unknown".to_owned() };
    let inputs = line.inputs.join(" ");
    let needs = (!line.needs.is_empty()).then(|| format!(" What would help: {}", line.needs));
    let yours = line.is_changed().then(|| view! { " "<span class="badge" data-origin="edited">"your rule"</span> });
    view! {
        {mark(line.state)}
        <span class="verdict-title">{line.title.clone()}</span>
        <span class="verdict-number" data-value=line.value.map(|value| value.to_string())>{number}</span>
        <span class="verdict-rule">{line.rule_words.clone()}{yours}</span>
        <span class="verdict-inputs"><bdi>{inputs}{line.reason.clone()}<span class="verdict-needs">{needs}</span></bdi>" "{link(state, &line.view)}</span>
    }
    .into_any()
}
