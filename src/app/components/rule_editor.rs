//! A rule that marks items: written with a count of what it marks, before it is kept.

use leptos::prelude::*;

use super::UserText;
use super::response::{UNEXPECTED, use_response};
use crate::app::actions;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::{MarkedItems, Request, Response};
use crate::metrics::Marks;
use crate::model::{Decision, MarkRule};

/// Labels of the fields, in the order of the parts of a rule.
const FIELDS: [&str; 4] = ["Type", "Label", "Component", "Words in the title"];

/// The parts of a rule as texts.
fn texts(rule: &MarkRule) -> [String; 4] {
    [&rule.types, &rule.labels, &rule.components, &rule.title_words].map(|values| values.join("; "))
}

fn rule_of(texts: &[String; 4]) -> MarkRule {
    let values = |text: &String| {
        text.split(';').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let [types, labels, components, title_words] = texts.each_ref().map(values);
    MarkRule { types, labels, components, title_words }
}

/// The name of the form, and what is counted.
const fn words(marks: Marks) -> (&'static str, &'static str) {
    match marks {
        Marks::Bugs => ("Rule for bugs", "items"),
        Marks::Escaped => ("Rule for bugs found in production", "bugs"),
        Marks::Debt => ("Rule for technical debt", "items"),
    }
}

/// The decision that a rule is.
const fn decision(marks: Marks, rule: Option<MarkRule>) -> Decision {
    match marks {
        Marks::Bugs => Decision::BugRule(rule),
        Marks::Escaped => Decision::EscapedRule(rule),
        Marks::Debt => Decision::DebtRule(rule),
    }
}

/// "Marks 12 of 300 items: A-1: Crash, …".
fn told(marked: &MarkedItems, of: &str) -> String {
    let examples = if marked.examples.is_empty() {
        ".".to_owned()
    } else {
        let more = if marked.count > marked.examples.len() as u64 { ", …" } else { "" };
        format!(": {}{more}", marked.examples.join(", "))
    };
    format!("Marks {} of {} {of}{examples}", format::count(marked.count), format::count(marked.of))
}

/// What is being written.
#[derive(Clone, Copy)]
struct Writing {
    state: AppState,
    marks: Marks,
    /// The fields as typed; `None` = the rule in use.
    draft: RwSignal<Option<[String; 4]>>,
    /// The rule in use, as the fields show it until somebody types.
    shown: RwSignal<[String; 4]>,
    problem: RwSignal<Option<&'static str>>,
}

impl Writing {
    fn write(self, place: usize, text: String) {
        let mut written = self.draft.get_untracked().unwrap_or_else(|| self.shown.get_untracked());
        written[place] = text;
        self.problem.set(None);
        self.draft.set(Some(written));
    }

    fn save(self) {
        let Some(written) = self.draft.get_untracked() else { return };
        let rule = rule_of(&written);
        if rule.is_empty() {
            let text = "Name at least one type, label, component or word, or use the default again.";
            return self.problem.set(Some(text));
        }
        self.shown.set(written);
        self.draft.set(None);
        let (name, _) = words(self.marks);
        actions::decide(self.state, decision(self.marks, Some(rule)), format!("{name}: saved."));
    }

    fn use_default(self) {
        self.problem.set(None);
        self.draft.set(None);
        let (name, _) = words(self.marks);
        actions::decide(self.state, decision(self.marks, None), format!("{name}: the default is in use again."));
    }

    fn field(self, place: usize) -> impl IntoView {
        view! {
            <label>
                <span>{FIELDS[place]}</span>
                <input
                    type="text"
                    name=FIELDS[place]
                    autocomplete="off"
                    prop:value=move || self.shown.read()[place].clone()
                    on:input=move |event| self.write(place, event_target_value(&event))
                />
            </label>
        }
    }
}

/// The answer about what is being written, or else about the rule in use.
fn use_marked(writing: &Writing) -> Memo<Option<Result<MarkedItems, String>>> {
    let &Writing { marks, draft, shown, .. } = writing;
    let answer =
        use_response(move || Some(Request::Marked { marks, rule: draft.with(|draft| draft.as_ref().map(rule_of)) }));
    let marked = Memo::new(move |_| {
        answer.with(|answer| match answer.as_ref()? {
            Ok(response) => match &**response {
                Response::Marked(marked) => Some(Ok(marked.clone())),
                _ => Some(Err(UNEXPECTED.to_owned())),
            },
            Err(why) => Some(Err(why.to_string())),
        })
    });
    Effect::new(move |_| {
        if let Some(Ok(marked)) = marked.get()
            && draft.with_untracked(Option::is_none)
        {
            shown.set(texts(&marked.rule));
        }
    });
    marked
}

/// The editor of one rule.
#[component]
pub(in crate::app) fn RuleEditor(
    /// What it marks.
    marks: Marks,
) -> impl IntoView {
    let (name, of) = words(marks);
    let (draft, problem) = (RwSignal::new(None), RwSignal::new(None));
    let shown = RwSignal::new([const { String::new() }; 4]);
    let writing = Writing { state: AppState::of_context(), marks, draft, shown, problem };
    let marked = use_marked(&writing);
    let is_chosen = move || marked.with(|marked| matches!(marked, Some(Ok(marked)) if marked.is_chosen));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        writing.save();
    };
    let count = move || {
        marked.with(|marked| match marked {
            Some(Ok(marked)) => told(marked, of),
            Some(Err(why)) => why.clone(),
            None => "Counting…".to_owned(),
        })
    };
    view! {
        <form class="window-editor" aria-label=name on:submit=save>
            {(0..FIELDS.len()).map(|place| writing.field(place)).collect_view()}
            <span class="badge" data-rule=move || if is_chosen() { "yours" } else { "default" }>
                {move || if is_chosen() { "yours" } else { "worked out from the data" }}
            </span>
            <span class="buttons">
                <button type="submit" class="primary" prop:disabled=move || draft.with(Option::is_none)>"Save rule"</button>
                <button
                    type="button"
                    prop:disabled=move || !is_chosen() && draft.with(Option::is_none)
                    on:click=move |_| writing.use_default()
                >
                    "Use the default again"
                </button>
            </span>
            <p class="explanation rule-count" aria-live="polite">{move || view! { <UserText text=count() /> }}</p>
            <p class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</p>
        </form>
    }
}
