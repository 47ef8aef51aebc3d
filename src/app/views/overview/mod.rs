//! Overview: how everything stands, on one page that prints to one sheet.

mod lists;
mod tiles;
mod verdict_list;

use leptos::prelude::*;

use super::View;
use crate::app::components::{Answered, FilterBar, PanelCards, UNEXPECTED, use_response};
use crate::app::document;
use crate::app::state::AppState;
use crate::engine::{Overview, Request, Response};
use crate::model::RecordKind;
use lists::{changes, worries};
use tiles::{tiles, unknown_areas};
use verdict_list::{VerdictList, counts};

/// Records that any of its numbers rests on.
const RECORDS: &[RecordKind] =
    &[RecordKind::Deployment, RecordKind::Change, RecordKind::Incident, RecordKind::Uptime, RecordKind::Capacity];

/// The view.
pub(super) static VIEW: View =
    View { id: "overview", title: "Overview", needs_items: true, records: RECORDS, metrics: &[], body };

/// Its chart: how much there is to do, and how much is done.
const CHART: &[&str] = &["burnup"];

fn body() -> AnyView {
    let state = AppState::of_context();
    // Asked first: its drawing takes longer than anything else on the page.
    let chart = view! { <PanelCards ids=CHART /> };
    let answer = use_response(move || Some(Request::Overview { query: state.query.get() }));
    let part = move |draw: fn(AppState, &Overview) -> AnyView| {
        move || answer.with(|answer| told(answer).map(|overview| draw(state, overview)))
    };
    let failure = move || answer.with(problem);
    view! {
        <FilterBar />
        <section class="overview" aria-labelledby="stand-title">
            <header class="stand">
                <h2 id="stand-title">"How it stands"</h2>
                <p class="as-of">{move || answer.with(|answer| told(answer).map(|overview| as_of(state, overview)))}</p>
                <button type="button" on:click=move |_| document::print_page()>"Print one page"</button>
            </header>
            <p class="explanation" role="status">{failure}</p>
            {part(counts)}
            {part(tiles)}
            <div class="overview-columns">{part(worries)} {part(changes)}</div>
            <VerdictList answer />
            {part(unknown_areas)}
        </section>
        {chart}
    }
    .into_any()
}

/// The overview in a frame of another page: what is said, and nothing to be set. `charts` draws without forms.
pub(in crate::app) fn framed(charts: fn(&[&'static str]) -> AnyView) -> AnyView {
    let state = AppState::of_context();
    let chart = charts(CHART);
    let answer = use_response(move || Some(Request::Overview { query: state.query.get() }));
    let part = move |draw: fn(AppState, &Overview) -> AnyView| {
        move || answer.with(|answer| told(answer).map(|overview| draw(state, overview)))
    };
    view! {
        <section class="overview" aria-label="How it stands">
            <p class="explanation" role="status">{move || answer.with(problem)}</p>
            {part(counts)}
            {part(tiles)}
            <div class="overview-columns">{part(worries)} {part(changes)}</div>
        </section>
        {chart}
    }
    .into_any()
}

/// Its headlines alone, for a strip in a frame.
pub(in crate::app) fn strip() -> AnyView {
    let state = AppState::of_context();
    let answer = use_response(move || Some(Request::Overview { query: state.query.get() }));
    let tiles = move || answer.with(|answer| told(answer).map(|overview| tiles(state, overview)));
    view! {
        <p class="explanation" role="status">{move || answer.with(problem)}</p>
        {tiles}
    }
    .into_any()
}

/// The overview of an answer.
fn told(answer: &Answered) -> Option<&Overview> {
    match answer.as_ref()?.as_deref() {
        Ok(Response::Overview(overview)) => Some(overview),
        _ => None,
    }
}

fn problem(answer: &Answered) -> String {
    match answer.as_ref().map(Result::as_deref) {
        None => "Computing…".to_owned(),
        Some(Ok(Response::Overview(_))) => String::new(),
        Some(Ok(_)) => UNEXPECTED.to_owned(),
        Some(Err(why)) => why.to_string(),
    }
}

/// The day of the data, and what the page is narrowed to: a printed sheet must say it, too.
fn as_of(state: AppState, overview: &Overview) -> String {
    let narrowed: Vec<String> = state
        .query
        .read()
        .pairs()
        .into_iter()
        .filter(|(key, _)| key.starts_with("f.") || ["from", "to"].contains(&&**key))
        .map(|(key, value)| format!("{} {value}", key.trim_start_matches("f.")))
        .collect();
    if narrowed.is_empty() {
        return format!("Data up to {}", overview.as_of);
    }
    format!("Data up to {}, narrowed to {}", overview.as_of, narrowed.join(", "))
}
