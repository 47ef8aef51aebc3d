//! What changed since the export before: new, changed, finished, vanished, with the items behind each number.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::{UNEXPECTED, UserText, use_response};
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::engine::{ChangeLine, ChangeSummary, Request, Response};
use crate::metrics::Counted;

/// The summaries of all files that have an earlier export; nothing when none has.
#[component]
pub(super) fn Changes() -> impl IntoView {
    let state = AppState::of_context();
    let answer = use_response(|| Some(Request::Changes));
    move || {
        answer.with(|answer| match answer.as_ref()?.as_deref() {
            Ok(Response::Changes(summaries)) => {
                Some(summaries.iter().map(|summary| card(state, summary.clone())).collect_view().into_any())
            }
            Ok(_) => Some(view! { <p>{UNEXPECTED}</p> }.into_any()),
            Err(why) => Some(view! { <p>{why.to_string()}</p> }.into_any()),
        })
    }
}

fn card(state: AppState, summary: ChangeSummary) -> AnyView {
    let ChangeSummary { hash, file, day, earlier_file, earlier_day, .. } = summary;
    let title = format!("What changed from {earlier_day} to {day}");
    let lines = [&summary.new, &summary.changed, &summary.finished, &summary.reopened, &summary.vanished];
    let counts = lines.into_iter().map(|line| count(state, line)).collect_view();
    let fields = summary.fields.iter().map(|line| field(state, line)).collect_view();
    let open = summary.vanished_open;
    let removed = summary.removed;
    let scope = (open > 0).then(|| {
        let words = if removed {
            format!("{} no longer in the export: out of scope, as you said.", format::counted(open, "open item is", "open items are"))
        } else {
            format!(
                "{} no longer in the export. They may have been deleted, moved away or filtered out; they count as they were last seen.",
                format::counted(open, "open item is", "open items are")
            )
        };
        let label = if removed { "Count them as last seen" } else { "Count them as out of scope" };
        view! {
            <p class="notice notice-warning">
                <span>{words}</span>
                <button type="button" on:click=move |_| actions::set_removed(state, hash.clone(), !removed)>{label}</button>
            </p>
        }
    });
    view! {
        <section class="card changes" data-changes>
            <h2>{title}</h2>
            <p class="explanation">
                <UserText text=file /> " compared with " <UserText text=earlier_file />
                ". Status, estimate and sprint changes between the two are part of the history now, marked as reconstructed."
            </p>
            <ul class="change-counts">
                {counts}
                <li>{format!("{} unchanged", format::count(summary.unchanged))}</li>
            </ul>
            {scope}
            <ul class="change-fields" hidden=summary.fields.is_empty()>{fields}</ul>
        </section>
    }
    .into_any()
}

/// "3 new", as a button to the three.
fn count(state: AppState, line: &ChangeLine) -> AnyView {
    let text = format!("{} {}", format::count(line.items.len() as u64), line.title);
    if line.items.is_empty() {
        return view! { <li>{text}</li> }.into_any();
    }
    let drill =
        DrillDown { title: text.clone(), detail: String::new(), counted: Counted::Items, items: line.items.clone() };
    view! { <li><button type="button" class="link" on:click=move |_| actions::show_items(state, drill.clone())>{text}</button></li> }
        .into_any()
}

fn field(state: AppState, line: &ChangeLine) -> AnyView {
    let title = format!("{} of {}", line.title, format::counted(line.items.len() as u64, "item", "items"));
    let drill =
        DrillDown { title: title.clone(), detail: String::new(), counted: Counted::Items, items: line.items.clone() };
    let rest = line.items.len() - line.examples.len();
    let more = (rest > 0).then(|| format!(" and {} more", format::count(rest as u64)));
    let examples =
        line.examples.iter().map(|example| view! { <li><UserText text=example.clone() /></li> }).collect_view();
    view! {
        <li>
            <button type="button" class="link" on:click=move |_| actions::show_items(state, drill.clone())>{title}</button>
            <ul class="examples">{examples}</ul>
            {more}
        </li>
    }
    .into_any()
}
