//! The records behind a point: deployments, incidents, people… in a table with the columns that they have.

use leptos::prelude::*;

use super::UserText;
use super::response::{UNEXPECTED, use_response};
use crate::app::format;
use crate::engine::{RecordRow, RecordsPage, RecordsQuery, Request, Response};
use crate::metrics::Query;
use crate::model::RecordKind;

/// Rows asked for at first, and more with each press of the button.
const AT_ONCE: u32 = 100;

/// A table of these rows.
#[component]
pub(in crate::app) fn RecordsList(
    /// Their kind.
    kind: RecordKind,
    /// Their rows in the table of that kind.
    rows: Vec<u32>,
) -> impl IntoView {
    let shown = RwSignal::new(AT_ONCE);
    let answer = use_response(move || {
        let query =
            RecordsQuery { kind, query: Query::default(), only: Some(rows.clone()), offset: 0, limit: shown.get() };
        Some(Request::Records(query))
    });
    let content = move || {
        answer.with(|answer| match answer.as_ref()? {
            Ok(response) => match &**response {
                Response::Records(page) => Some(table(page, shown)),
                _ => Some(view! { <p>{UNEXPECTED}</p> }.into_any()),
            },
            Err(why) => Some(view! { <p>{why.to_string()}</p> }.into_any()),
        })
    };
    view! { <div class="records-list">{content}</div> }
}

fn table(page: &RecordsPage, shown: RwSignal<u32>) -> AnyView {
    let (one, many) = page.kind.words();
    let heads = page.columns.iter().map(|name| view! { <th scope="col">{column_title(name)}</th> }).collect_view();
    let links = page.columns.iter().map(|name| name == "url").collect::<Vec<_>>();
    let rows = page.rows.iter().map(|row| record_row(row, &links)).collect_view();
    let has_more = (page.rows.len() as u64) < page.total;
    view! {
        <p class="table-count">{format::counted(page.total, one, many)}</p>
        <div class="scroll" tabindex="0" role="region" aria-label=format!("Table of {many}")>
            <table class="records">
                <thead><tr>{heads}<th scope="col" class="number">"Line"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <button type="button" hidden=!has_more on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>"Show more"</button>
    }
    .into_any()
}

fn record_row(row: &RecordRow, links: &[bool]) -> AnyView {
    let cells = row.cells.iter().zip(links).map(|(text, &is_link)| {
        // An address of a foreign file is followed only where it is one of the web.
        if is_link && (text.starts_with("https://") || text.starts_with("http://")) {
            let href = text.clone();
            return view! { <td><a href=href target="_blank" rel="noopener noreferrer"><UserText text=text.clone() /></a></td> }
                .into_any();
        }
        view! { <td><UserText text=text.clone() /></td> }.into_any()
    });
    let cells = cells.collect_view();
    let line = (row.line > 0).then(|| row.line.to_string());
    view! { <tr data-record=row.identity.clone()>{cells}<td class="number">{line}</td></tr> }.into_any()
}

/// "deployed-at" → "Deployed at".
pub(in crate::app) fn column_title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
