//! The links that delivery metrics rest on: which deployment caused an incident, to which work item a change of code belongs. Each
//! says how it is known, can be corrected, and be left to the guess again.

use leptos::html::Input;
use leptos::prelude::*;

use super::UserText;
use super::response::{UNEXPECTED, use_response};
use crate::app::actions;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::{LinkRow, LinksPage, LinksQuery, Request, Response};
use crate::model::{Decision, RecordKind};

/// Rows asked for at first, and more with each press of the button.
const AT_ONCE: u32 = 25;
/// Values of the choices that are no deployment; the others are counted.
const GUESS: &str = "guess";
const NONE: &str = "none";

/// The words of an editor.
struct Words {
    id: &'static str,
    title: &'static str,
    explanation: &'static str,
    /// "without a deployment".
    open: &'static str,
    heads: [&'static str; 6],
}

const INCIDENTS: Words = Words {
    id: "incident-links",
    title: "Incidents and the deployments that caused them",
    explanation: "Taken from what the records name; else it is the latest production deployment of the incident's service that finished before it began. Correct what is wrong: failure rate and recovery time follow, and Undo takes it back.",
    open: "Only incidents without a deployment",
    heads: ["Incident", "Began", "Services", "Deployment", "How it is known", "Correct it"],
};
const CHANGES: Words = Words {
    id: "change-links",
    title: "Changes of code and their work items",
    explanation: "A change belongs to the items that it names. Give it the key of another one, or of none: the item shows the change among its own, and Undo takes it back.",
    open: "Only changes without a work item",
    heads: ["Change", "Merged", "Reached production with", "Work item", "How it is known", "Correct it"],
};

const fn words(kind: RecordKind) -> &'static Words {
    match kind {
        RecordKind::Incident => &INCIDENTS,
        _ => &CHANGES,
    }
}

/// The links of one kind of record, the newest first; nothing where there are no such records.
#[component]
pub(in crate::app) fn LinkEditor(
    /// Incidents or changes of code.
    kind: RecordKind,
) -> impl IntoView {
    let state = AppState::of_context();
    let shown = RwSignal::new(AT_ONCE);
    let only_open = RwSignal::new(false);
    let answer = use_response(move || {
        let query = LinksQuery { kind, only_open: only_open.get(), offset: 0, limit: shown.get() };
        state.has_records(&[kind]).then_some(Request::Links(query))
    });
    let content = move || {
        answer.with(|answer| match answer.as_ref()? {
            Ok(response) => match &**response {
                Response::Links(page) => Some(table(state, page, shown)),
                _ => Some(view! { <p>{UNEXPECTED}</p> }.into_any()),
            },
            Err(why) => Some(view! { <p>{why.to_string()}</p> }.into_any()),
        })
    };
    let Words { id, title, explanation, open, .. } = words(kind);
    view! {
        <section class="card" id=*id aria-labelledby=format!("title-{id}") hidden=move || !state.has_records(&[kind])>
            <h2 id=format!("title-{id}")>{*title}</h2>
            <p class="explanation">{*explanation}</p>
            <label class="setting">
                <input
                    type="checkbox"
                    prop:checked=move || only_open.get()
                    on:change=move |event| only_open.set(event_target_checked(&event))
                />
                {*open}
            </label>
            {content}
        </section>
    }
}

fn table(state: AppState, page: &LinksPage, shown: RwSignal<u32>) -> AnyView {
    let kind = page.kind;
    let (one, many) = kind.words();
    let heads = words(kind).heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = page.rows.iter().map(|row| link_row(state, kind, row.clone())).collect_view();
    let has_more = (page.rows.len() as u64) < page.total;
    view! {
        <p class="table-count">{format::counted(page.total, one, many)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=words(kind).title>
            <table class="links">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <button type="button" hidden=!has_more on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>"Show more"</button>
    }
    .into_any()
}

fn link_row(state: AppState, kind: RecordKind, row: LinkRow) -> AnyView {
    let title = if row.title == row.name { String::new() } else { row.title.clone() };
    let linked = row.target.as_ref().map_or_else(|| "none".to_owned(), |target| target.name.clone());
    let middle = if kind == RecordKind::Incident { row.what.clone() } else { row.reached.clone() };
    let (name, when, how, is_decided) = (row.name.clone(), row.when.clone(), row.how.clone(), row.is_decided);
    let id = name.clone();
    let correction = if kind == RecordKind::Incident { deployment_choice(state, row) } else { item_choice(state, row) };
    view! {
        <tr data-link=id data-decided=is_decided.to_string()>
            <th scope="row"><UserText text=name /> " " <span class="detail"><UserText text=title /></span></th>
            <td>{when}</td>
            <td><UserText text=middle /></td>
            <td class="linked"><UserText text=linked /></td>
            <td class="how">{how}</td>
            <td>{correction}</td>
        </tr>
    }
    .into_any()
}

fn deployment_choice(state: AppState, row: LinkRow) -> AnyView {
    let LinkRow { identity, name, target, is_decided, choices, .. } = row;
    let current = match (&target, is_decided) {
        (_, false) => GUESS.to_owned(),
        (None, true) => NONE.to_owned(),
        (Some(target), true) => {
            let place = choices.iter().position(|choice| choice.identity == target.identity);
            place.map_or_else(|| GUESS.to_owned(), |place| place.to_string())
        }
    };
    let options = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| {
            let value = place.to_string();
            view! { <option value=value.clone() selected=value == current>{choice.name.clone()}</option> }
        })
        .collect_view();
    let label = format!("Deployment that caused {name}");
    let choose = move |event| {
        let value = event_target_value(&event);
        let (deployment, done) = match value.as_str() {
            GUESS => (None, format!("{name} is linked as guessed again.")),
            NONE => (Some(String::new()), format!("No deployment caused {name}.")),
            place => {
                let chosen = place.parse::<usize>().ok().and_then(|place| choices.get(place));
                let Some(chosen) = chosen else { return };
                (Some(chosen.identity.clone()), format!("{} caused {name}.", chosen.name))
            }
        };
        actions::decide(state, Decision::IncidentLink { incident: identity.clone(), deployment }, done);
    };
    let guess = if is_decided { "As guessed again" } else { "As guessed" };
    view! {
        <select aria-label=label on:change=choose>
            <option value=GUESS selected=current == GUESS>{guess}</option>
            <option value=NONE selected=current == NONE>"None"</option>
            {options}
        </select>
    }
    .into_any()
}

fn item_choice(state: AppState, row: LinkRow) -> AnyView {
    let LinkRow { identity, name, target, is_decided, .. } = row;
    let input = NodeRef::<Input>::new();
    let decide = move |item: Option<String>, done: String| {
        actions::decide(state, Decision::ChangeLink { change: identity.clone(), item }, done);
    };
    let key = target.map(|target| target.identity).unwrap_or_default();
    let label = format!("Key of the work item of {name}");
    let (save, none, guess) = (decide.clone(), decide.clone(), decide);
    let (of_save, of_none, of_guess) = (name.clone(), name.clone(), name);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let key = input.value().trim().to_owned();
        if !key.is_empty() {
            save(Some(key.clone()), format!("{of_save} belongs to {key}."));
        }
    };
    let no_item = move |_| none(Some(String::new()), format!("{of_none} belongs to no work item."));
    let again = move |_| guess(None, format!("{of_guess} is linked as guessed again."));
    view! {
        <form class="link-form" on:submit=submit>
            <input type="text" node_ref=input autocomplete="off" aria-label=label prop:value=key />
            <button type="submit">"Save"</button>
            <button type="button" on:click=no_item>"None"</button>
            <button type="button" disabled=!is_decided on:click=again>"As guessed again"</button>
        </form>
    }
    .into_any()
}
