//! What can be seen with the files that were read, view by view, and which export would add what is missing.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::{ExportHelpList, UNEXPECTED, sight_mark, use_response};
use crate::app::format;
use crate::app::state::AppState;
use crate::app::views::{FIRST, IMPORT, VIEWS, View};
use crate::engine::{Need, Request, Response, Sight, SightReason, Visibility};
use crate::metrics::Query;

/// The table of views.
#[component]
pub(super) fn WhatCanBeSeen() -> impl IntoView {
    let state = AppState::of_context();
    let answer = use_response(|| Some(Request::Visibility { query: Query::default() }));
    // An edit that changes nothing here must not close what is open.
    let answer = Memo::new(move |_| answer.get());
    let rows = move || {
        answer.with(|answer| match answer.as_ref().map(Result::as_deref) {
            None => view! { <tr><td colspan="4">"Looking…"</td></tr> }.into_any(),
            Some(Ok(Response::Visibility(list))) => rows(state, list),
            Some(Ok(_)) => view! { <tr><td colspan="4">{UNEXPECTED}</td></tr> }.into_any(),
            Some(Err(why)) => view! { <tr><td colspan="4">{why.to_string()}</td></tr> }.into_any(),
        })
    };
    let records = Memo::new(move |_| {
        state.workspace.with(|open| open.as_ref().map_or_else(String::new, |open| unseen(&open.records)))
    });
    view! {
        <section class="card" id="visibility">
            <h2>"What can I see?"</h2>
            <p class="explanation">
                "Computed: from what the files state. Estimated: computed, but on an assumption or from few of the items. Not computable: these files do not tell."
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="What can be seen">
                <table class="visibility">
                    <thead>
                        <tr><th scope="col">"View"</th><th scope="col">"Seen"</th><th scope="col">"Why"</th><th scope="col">"Export that would add it"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="explanation" hidden=move || records.with(String::is_empty)>{records}</p>
        </section>
    }
}

/// What was read and has no view of its own.
fn unseen(records: &[(String, u64)]) -> String {
    let is_drawn = |kind: &str| VIEWS.iter().flat_map(|view| view.records).any(|drawn| drawn.id() == kind);
    let list: Vec<String> = records
        .iter()
        .filter(|(kind, _)| !is_drawn(kind))
        .map(|(kind, number)| format!("{} ({})", kind.replace('-', " "), format::count(*number)))
        .collect();
    if list.is_empty() {
        return String::new();
    }
    format!("Also read and kept; no view draws it yet: {}.", list.join(", "))
}

/// A row for each metric of each view, for the views that draw none, and for the metrics that no view draws.
fn rows(state: AppState, list: &[Visibility]) -> AnyView {
    let has_items = state.has_items();
    // The overview gathers what the other views show.
    let is_told = |view: &&&View| view.needs_items && ![IMPORT, FIRST].contains(&view.id);
    let of_views = VIEWS.iter().filter(is_told).flat_map(|view| {
        if view.metrics.is_empty() {
            return vec![row(Some(view), "", &of_items(has_items))];
        }
        let seen = view.metrics.iter().filter_map(|id| list.iter().find(|one| one.metric == *id));
        seen.map(|one| row(Some(view), if one.title == view.title { "" } else { &one.title }, one)).collect()
    });
    let is_drawn = |one: &Visibility| VIEWS.iter().any(|view| view.metrics.contains(&one.metric.as_str()));
    let of_report = list.iter().filter(|one| !is_drawn(one)).map(|one| row(None, &one.title, one));
    of_views.chain(of_report).collect_view().into_any()
}

/// What a view shows that lists the items themselves.
fn of_items(has_items: bool) -> Visibility {
    let reason = SightReason { text: "There are no work items.".to_owned(), needs: vec![Need::Items] };
    let (sight, reasons) = if has_items { (Sight::Computed, vec![]) } else { (Sight::NotComputable, vec![reason]) };
    Visibility { metric: String::new(), title: String::new(), sight, reasons }
}

fn row(view: Option<&'static View>, title: &str, one: &Visibility) -> AnyView {
    let state = AppState::of_context();
    let Visibility { metric, sight, reasons, .. } = one;
    let name = match view {
        Some(view) => {
            let go = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                actions::open_view(state, view.id);
            };
            let rest = if title.is_empty() { String::new() } else { format!(": {}", title.to_lowercase()) };
            view! { <a href=format!("#view={}", view.id) on:click=go>{view.title}</a>{rest} }.into_any()
        }
        None => view! { {title.to_owned()} <span class="detail">" (in the report)"</span> }.into_any(),
    };
    let why = reasons.iter().map(|reason| view! { <p><bdi>{reason.text.clone()}</bdi></p> }).collect_view();
    let mut needs: Vec<Need> = Vec::new();
    for &need in reasons.iter().flat_map(|reason| &reason.needs) {
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    let words: Vec<&str> = needs.iter().map(|need| need.title()).collect();
    let export =
        (!needs.is_empty()).then(|| view! { <ExportHelpList summary=format!("With {}", words.join(", ")) needs /> });
    view! {
        <tr data-view=view.map(|view| view.id) data-metric=metric.clone()>
            <th scope="row">{name}</th>
            <td>{sight_mark(*sight)}</td>
            <td class="why">{why}</td>
            <td>{export}</td>
        </tr>
    }
    .into_any()
}
