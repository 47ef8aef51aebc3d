//! What the columns of an unknown table are: guessed, corrected here, with a look at what the views will get.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::LeaveOut;
use crate::app::actions;
use crate::app::components::UserText;
use crate::app::format;
use crate::app::state::{AppState, ColumnsReason, ImportAnswer};
use crate::importers::{ColumnSample, Mapping, Preview, TableSample, mapped_fields};
use crate::messages::sentence;

/// The value of the choice that leaves a column out.
const NOT_USED: &str = "";
/// Fields that one column alone can feed.
fn is_single(field: &str) -> bool {
    mapped_fields().any(|known| known.id == field && known.kind != "list")
}

/// The words of the form.
struct Words {
    why: &'static str,
    take: &'static str,
    leave: &'static str,
}

impl Words {
    const fn of(reason: &ColumnsReason) -> Self {
        match reason {
            ColumnsReason::Unknown => Self {
                why: "No known tool made this table. Say what its columns are; what is guessed from names and cells is filled in.",
                take: "Add the file",
                leave: "Leave this file out",
            },
            ColumnsReason::Correction { .. } => Self {
                why: "Say what the columns are. The file is read again that way, instead of its present reading, and so is the next file with the same header. Undo takes it back.",
                take: "Read it this way",
                leave: "Keep the present reading",
            },
        }
    }
}

/// The form.
#[component]
pub(super) fn ColumnsForm(
    /// The table by its first rows.
    table: TableSample,
    /// Why its columns are asked about.
    reason: ColumnsReason,
) -> impl IntoView {
    let state = AppState::of_context();
    let words = Words::of(&reason);
    let signature = table.signature.clone();
    let own_format = match reason {
        ColumnsReason::Correction { own_format: Some(title) } => {
            let read = move |_| actions::answer_question(state, ImportAnswer::OwnFormat(signature.clone()));
            Some(view! { <button type="button" on:click=read>{format!("Read as {title} again")}</button> })
        }
        _ => None,
    };
    let mapping = RwSignal::new(table.guess);
    let preview = RwSignal::new(None::<Result<Preview, String>>);
    Effect::new(move |_| {
        let asked = mapping.get();
        spawn_local(async move {
            let told = actions::preview_columns(state, asked.clone()).await;
            // An answer to an earlier choice says nothing about the present one.
            if mapping.try_with_untracked(|now| *now == asked) == Some(true) {
                let _ = preview.try_set(Some(told));
            }
        });
    });
    let rows =
        table.columns.into_iter().enumerate().map(|(place, column)| row(place as u32, column, mapping)).collect_view();
    let add = move |_| actions::answer_question(state, ImportAnswer::Columns(mapping.get_untracked()));
    let cannot = move || preview.with(|preview| !matches!(preview, Some(Ok(preview)) if preview.items > 0));
    view! {
        <p class="explanation">{words.why}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="Columns of the file">
            <table class="mapping">
                <thead>
                    <tr><th scope="col">"Column"</th><th scope="col">"First cells"</th><th scope="col">"Holds"</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <div class="preview" aria-live="polite" data-preview>{move || preview.get().map(told)}</div>
        <p class="buttons">
            <button type="button" class="primary" disabled=cannot on:click=add>{words.take}</button>
            {own_format}
            <LeaveOut title=words.leave />
        </p>
    }
}

fn row(place: u32, column: ColumnSample, mapping: RwSignal<Mapping>) -> AnyView {
    let ColumnSample { header, cells } = column;
    let shown = if header.is_empty() { format!("Column {}", place + 1) } else { header };
    let label = format!("What {shown} holds");
    let held = move || {
        mapping.with(|mapping| {
            let found = mapping.columns.iter().find(|(known, _)| *known == place);
            found.map_or(NOT_USED.to_owned(), |(_, field)| field.clone())
        })
    };
    let choose = move |event| {
        let field = event_target_value(&event);
        mapping.update(|mapping| {
            mapping.columns.retain(|(known, other)| *known != place && !(is_single(&field) && *other == field));
            if field != NOT_USED {
                mapping.columns.push((place, field));
                mapping.columns.sort_unstable();
            }
        });
    };
    let options = mapped_fields()
        .map(|field| {
            let selected = move || held() == field.id;
            view! { <option value=field.id selected=selected>{format!("{} ({})", field.title, field.kind)}</option> }
        })
        .collect_view();
    let cells = cells.into_iter().map(|cell| view! { <li><UserText text=cell /></li> }).collect_view();
    view! {
        <tr>
            <th scope="row"><UserText text=shown /></th>
            <td><ul class="cells">{cells}</ul></td>
            <td>
                <select aria-label=label on:change=choose prop:value=held>
                    <option value=NOT_USED selected=move || held().is_empty()>"Not used"</option>
                    {options}
                </select>
            </td>
        </tr>
    }
    .into_any()
}

/// What the views will get, or why nothing.
fn told(preview: Result<Preview, String>) -> AnyView {
    let preview = match preview {
        Ok(preview) => preview,
        Err(why) => {
            return view! { <p class="notice notice-warning"><bdi>{sentence(&why)}</bdi></p> }.into_any();
        }
    };
    let share = |count: u64| format!("{} of {}", format::count(count), format::count(preview.items));
    let line = |what: &'static str, count: u64, without: &'static str| {
        let missing = (count == 0).then(|| view! { <span class="detail">{without}</span> });
        view! { <li>{format!("{what}: {}. ", share(count))}{missing}</li> }
    };
    let refused = (preview.refused > 0).then(|| {
        let rows = format::counted(preview.refused, "row is", "rows are");
        view! { <li class="warning"><bdi>{format!("{rows} refused: {}", preview.refused_because)}</bdi></li> }
    });
    let odd = (preview.warnings > 0).then(|| {
        let cells = format::counted(preview.warnings, "cell does", "cells do");
        view! { <li class="warning">{format!("{cells} not fit the field they are read into.")}</li> }
    });
    let first = preview
        .first
        .iter()
        .map(|(key, title)| view! { <li><UserText text=format!("{key} {title}") /></li> })
        .collect_view();
    view! {
        <p>{format!("The first {} give {}:", format::counted(preview.rows, "row", "rows"), format::counted(preview.items, "item", "items"))}</p>
        <ul>
            {line("Done", preview.done, "No status counts as done: nothing will be finished.")}
            {line("With the day they were finished", preview.finished, "Without it there is no burndown, velocity or throughput by date.")}
            {line("With the day they came in", preview.created, "Without it there is no lead time and no scope over time.")}
            {line("In a sprint", preview.in_sprint, "Without sprints, weeks and months are counted.")}
            {line("With points", preview.estimated, "Charts count items.")}
            {refused}
            {odd}
        </ul>
        <ul class="first-items">{first}</ul>
    }
    .into_any()
}
