//! The rule of a verdict: its thresholds, the default again, or not to see it at all.

use leptos::html::Input;
use leptos::prelude::*;

use crate::app::actions;
use crate::app::state::AppState;
use crate::metrics::VerdictLine;
use crate::model::{Decision, VerdictRule};
use crate::web::typed_number;

/// Decides a rule; the default is no decision.
fn decide(state: AppState, line: &VerdictLine, rule: VerdictRule, done: &str) {
    let rule = (rule != line.default).then_some(rule);
    actions::decide(state, Decision::VerdictRule { id: line.id.clone(), rule }, format!("{}: {done}", line.title));
}

/// The form for one verdict. A verdict that is put away has only the way back.
#[component]
pub(in crate::app) fn VerdictEditor(
    /// The verdict.
    line: Memo<VerdictLine>,
) -> impl IntoView {
    let state = AppState::of_context();
    let is_off = Memo::new(move |_| line.with(|line| line.rule.is_off));
    let show = move |_| {
        let line = line.get_untracked();
        let rule = VerdictRule { is_off: false, ..line.rule.clone() };
        decide(state, &line, rule, "shown again.");
    };
    view! {
        <Show
            when=move || !is_off.get()
            fallback=move || view! { <button type="button" on:click=show>"Show again"</button> }
        >
            <details class="verdict-edit">
                <summary>"Change the rule"</summary>
                <RuleForm line />
            </details>
        </Show>
    }
}

#[component]
fn RuleForm(line: Memo<VerdictLine>) -> impl IntoView {
    let state = AppState::of_context();
    let (green, amber) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let problem = RwSignal::new(None::<&'static str>);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let line = line.get_untracked();
        let read = |input: NodeRef<Input>| typed_number(&input.get_untracked()?.value());
        let (Some(green), Some(amber)) = (read(green), read(amber)) else {
            problem.set(Some("Give both thresholds as numbers."));
            return;
        };
        let rule = VerdictRule { green, amber, ..line.rule.clone() };
        let wrong = Decision::VerdictRule { id: line.id.clone(), rule: Some(rule.clone()) }.problem();
        problem.set(wrong);
        if wrong.is_none() {
            decide(state, &line, rule, "the rule is saved.");
        }
    };
    let reset = move |_| {
        problem.set(None);
        let line = line.get_untracked();
        decide(state, &line, line.default.clone(), "the default rule holds again.");
    };
    let hide = move |_| {
        let line = line.get_untracked();
        decide(
            state,
            &line,
            VerdictRule { is_off: true, ..line.rule.clone() },
            "no longer shown. Undo brings it back.",
        );
    };
    let label = move |colour: &str| {
        line.with(|line| {
            let side = if line.rule.at_least { "from" } else { "up to" };
            let unit = if line.unit.is_empty() { String::new() } else { format!(" ({})", line.unit) };
            format!("{colour} {side}{unit}")
        })
    };
    let direction = move || {
        if line.with(|line| line.rule.at_least) { "The higher the better." } else { "The lower the better." }
    };
    let name = move || line.with(|line| format!("Rule: {}", line.title));
    view! {
        <form class="window-editor" aria-label=name on:submit=save>
            <p class="explanation direction">{direction}</p>
            <label>
                <span>{move || label("Green")}</span>
                <input type="text" inputmode="decimal" name="green" node_ref=green prop:value=move || line.with(|line| line.rule.green.to_string()) />
            </label>
            <label>
                <span>{move || label("Amber")}</span>
                <input type="text" inputmode="decimal" name="amber" node_ref=amber prop:value=move || line.with(|line| line.rule.amber.to_string()) />
            </label>
            <span class="buttons">
                <button type="submit" class="primary">"Save rule"</button>
                <button type="button" prop:disabled=move || !line.with(VerdictLine::is_changed) on:click=reset>
                    "Use the default again"
                </button>
                <button type="button" on:click=hide>"Do not show"</button>
            </span>
            <p class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</p>
        </form>
    }
}
