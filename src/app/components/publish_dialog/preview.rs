//! What becomes public, before it does.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::UserText;
use crate::app::format;
use crate::publish::{FileEntry, Preview, PublicNames};

/// The files, rows, columns and names.
#[component]
pub(super) fn PreviewOfSite(preview: Arc<Preview>) -> impl IntoView {
    let sentences = preview.left_out.iter().map(|sentence| view! { <li>{sentence.clone()}</li> }).collect_view();
    let files = preview.files.iter().map(file_row).collect_view();
    let total: u64 = preview.files.iter().map(|file| file.bytes).sum();
    let files_words = format!(
        "{}, {} besides the app",
        format::counted(preview.files.len() as u64, "file", "files"),
        format::bytes(total)
    );
    let names = preview.names.iter().map(names_row).collect_view();
    view! {
        <section class="publish-preview" aria-label="What becomes public">
            <h3>"What becomes public"</h3>
            <ul>{sentences}</ul>
            {rows_part(&preview)}
            <h4>"Names"</h4>
            <dl class="publish-names">{names}</dl>
            {notes_part(&preview.notes)}
            <details>
                <summary>{files_words}</summary>
                <ul class="publish-files">{files}</ul>
            </details>
        </section>
    }
}

fn file_row(file: &FileEntry) -> AnyView {
    view! { <li><code>{file.path.clone()}</code>" "{format::bytes(file.bytes)}</li> }.into_any()
}

fn names_row(PublicNames { kind, names, total }: &PublicNames) -> AnyView {
    let more = total.saturating_sub(names.len() as u64);
    let more = if more > 0 { format!(" and {} more", format::count(more)) } else { String::new() };
    view! { <div><dt>{kind.replace('-', " ")}</dt><dd><UserText text=names.join(", ") />{more}</dd></div> }.into_any()
}

fn notes_part(notes: &[String]) -> AnyView {
    if notes.is_empty() {
        return ().into_any();
    }
    let notes = notes.iter().map(|note| view! { <li><UserText text=note.clone() /></li> }).collect_view();
    view! { <h4>"Your notes"</h4><ul>{notes}</ul> }.into_any()
}

/// Rows and columns, and the first rows as they are published.
fn rows_part(preview: &Preview) -> AnyView {
    if preview.items == 0 && preview.records.is_empty() {
        return view! { <p>"No rows: neither items nor records."</p> }.into_any();
    }
    let kinds = preview.records.iter().map(|(kind, count)| format!("{} {kind}", format::count(*count)));
    let items = format::counted(preview.items, "work item", "work items");
    let rows: Vec<String> = std::iter::once(items).chain(kinds).collect();
    let columns: Vec<&str> = preview.columns.iter().map(|(id, _)| id.as_str()).collect();
    let head = columns.iter().map(|id| view! { <th scope="col">{id.replace('-', " ")}</th> }).collect_view();
    let first = preview
        .rows
        .iter()
        .map(|row| {
            let cell = |id: &&str| row.iter().find(|(known, _)| known == id).map(|(_, text)| text.clone());
            let cells = columns.iter().map(|id| view! { <td><UserText text=cell(id).unwrap_or_default() /></td> });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <p>{format!("Rows of {}.", rows.join(", "))}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="The first rows of the work items, as they are published">
            <table class="numbers">
                <caption>"The first rows of the work items"</caption>
                <thead><tr>{head}</tr></thead>
                <tbody>{first}</tbody>
            </table>
        </div>
    }
    .into_any()
}
