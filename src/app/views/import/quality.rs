//! The data-quality report: how far the data can be used, and one row per finding with its items, its views and the fix. Every
//! sentence comes from the engine.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::{FilePicker, UNEXPECTED, UserText, use_response};
use crate::app::document;
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::app::views;
use crate::engine::{QualityReport, Request, Response};
use crate::metrics::{Counted, Finding, FixAction, Query, Severity, Verdict};

/// Where statuses are corrected: the card of [`super::statuses`].
const STATUSES: &str = "#statuses";
/// Where readings of dates are: the question, or what was read.
const DATES: &str = "[data-question], details.dates:not([hidden])";

/// The report on the open workspace.
#[component]
pub(super) fn Quality() -> impl IntoView {
    let state = AppState::of_context();
    let answer = use_response(|| Some(Request::Quality { query: Query::default(), today: Some(format::today()) }));
    let content = move || {
        answer.with(|answer| match answer.as_ref().map(Result::as_deref) {
            None => view! { <p>"Checking…"</p> }.into_any(),
            Some(Ok(Response::Quality(report))) => shown(state, report),
            Some(Ok(_)) => view! { <p class="needs">{UNEXPECTED}</p> }.into_any(),
            Some(Err(error)) => view! { <p class="needs"><UserText text=error.to_string() /></p> }.into_any(),
        })
    };
    view! {
        <section class="card" id="quality" aria-labelledby="quality-title">
            <h2 id="quality-title">"Data quality"</h2>
            {content}
        </section>
    }
}

fn shown(state: AppState, report: &QualityReport) -> AnyView {
    let Verdict { usability, words, because, .. } = &report.verdict;
    let reasons = because.iter().map(|sentence| view! { <li><bdi>{sentence.clone()}</bdi></li> }).collect_view();
    let picker = FilePicker::of_context();
    let findings = report.findings.iter().map(|finding| row(state, picker, finding)).collect_view();
    view! {
        <p class="verdict" data-verdict=usability.id()>{words.clone()}</p>
        <ul class="decisions" hidden=because.is_empty()>{reasons}</ul>
        <ul class="findings" hidden=report.findings.is_empty()>{findings}</ul>
    }
    .into_any()
}

const fn icon(level: Severity) -> &'static str {
    match level {
        Severity::Notice => "○",
        Severity::Warning => "▲",
        Severity::Serious => "■",
    }
}

fn row(state: AppState, picker: FilePicker, finding: &Finding) -> AnyView {
    let Finding { id, level, title, message, fix, .. } = finding;
    let count = format::count(finding.count as u64);
    let drill = DrillDown {
        title: title.clone(),
        detail: message.clone(),
        counted: Counted::Items,
        items: finding.items.clone(),
    };
    let show_items = (!drill.items.is_empty()).then(|| {
        view! { <button type="button" on:click=move |_| actions::show_items(state, drill.clone())>"Show items"</button> }
    });
    view! {
        <li data-finding=id.clone() data-level=level.id()>
            <h3>
                <span class="level"><span aria-hidden="true">{icon(*level)}" "</span>{level.id()}</span>
                " "{title.clone()}" "<span class="count">{count}</span>
            </h3>
            <p><bdi>{message.clone()}</bdi></p>
            <p class="explanation">{fix.clone()}</p>
            <p class="actions">{show_items}{fix_button(state, picker, finding.action)}{links(state, &finding.views)}</p>
        </li>
    }
    .into_any()
}

/// What the page can do at once.
fn fix_button(state: AppState, picker: FilePicker, action: FixAction) -> Option<AnyView> {
    let title = match action {
        FixAction::None => return None,
        FixAction::EditStatuses => "Correct statuses",
        FixAction::EditSprintWindows => "Set sprint dates",
        FixAction::ReviewDates => "See how dates were read",
        FixAction::ImportAgain => "Add file…",
    };
    let act = move |_| match action {
        FixAction::None => {}
        FixAction::EditStatuses => document::show_part(STATUSES),
        FixAction::EditSprintWindows => actions::open_view(state, views::SPRINT),
        FixAction::ReviewDates => document::show_part(DATES),
        FixAction::ImportAgain => picker.open(),
    };
    Some(view! { <button type="button" on:click=act>{title}</button> }.into_any())
}

/// The views whose numbers suffer.
fn links(state: AppState, ids: &[String]) -> Option<AnyView> {
    let views: Vec<_> = ids.iter().filter_map(|id| views::of(id)).collect();
    if views.is_empty() {
        return None;
    }
    let links = views
        .into_iter()
        .map(|view| {
            let open = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                actions::open_view(state, view.id);
            };
            view! { " "<a href=format!("#view={}", view.id) on:click=open>{view.title}</a> }
        })
        .collect_view();
    Some(view! { <span class="affected">"Affects"{links}</span> }.into_any())
}
