//! One file: what it is, what its rows did, what was not as expected.

use leptos::prelude::*;

use super::choose_again;
use super::dates::DateReadings;
use crate::app::actions;
use crate::app::components::{FilePicker, UserText};
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::SourceSummary;
use crate::importers::{ColumnUse, ImportReport, ImportWarning, MAPPED_ID, RefusedRow};
use crate::messages::consequence;
use crate::model::MergeCounts;

/// Refused rows shown at first; the rest on demand.
const REFUSED_AT_FIRST: usize = 200;

/// The rows of a file as an equation that has to add up.
fn equation(report: &ImportReport, counts: &MergeCounts) -> String {
    let refused = report.refused.len() as u64;
    let mut terms = vec![
        format!("{} new", format::count(counts.new)),
        format!("{} updated", format::count(counts.updated)),
        format!("{} unchanged", format::count(counts.unchanged)),
    ];
    let told = counts.new + counts.updated + counts.unchanged + refused;
    let rest = report.rows_read.saturating_sub(told);
    let repeated = rest.min(report.repeated);
    let further = rest - repeated;
    if repeated > 0 {
        // Rows that name an item again which the same file had already named.
        terms.push(format!("{} repeated in the file", format::count(repeated)));
    }
    if further > 0 {
        // The statuses of a deployment, the changes of an item: several rows, one thing.
        let is_told = report.kept + report.repeated + refused == report.rows_read;
        let what = if is_told { "telling more of the same" } else { "not accounted for" };
        terms.push(format!("{} {what}", format::count(further)));
    }
    terms.push(format!("{} refused", format::count(refused)));
    format!("{} = {}", format::counted(report.rows_read, "row read", "rows read"), terms.join(" + "))
}

/// The card of a file.
#[component]
pub(super) fn SourceCard(
    /// The file.
    source: SourceSummary,
) -> impl IntoView {
    let state = AppState::of_context();
    let SourceSummary { hash, report, counts, .. } = source;
    let equation = equation(&report, &counts);
    let facts = format!(
        "{}, {}, {}-separated. Dates without a zone were read in {}.",
        format::bytes(report.bytes),
        report.encoding,
        report.delimiter,
        report.zone
    );
    let decisions = report.decisions.iter().map(|text| view! { <li><bdi>{text.clone()}</bdi></li> }).collect_view();
    let (file, hash_to_remove) = (report.file.clone(), hash.clone());
    let remove = move |_| actions::remove_source(state, hash_to_remove.clone(), file.clone());
    let columns_button = columns_button(state, &hash, &report);
    view! {
        <section class="card source-card">
            <header>
                <h2><UserText text=report.file.clone() /></h2>
                <p class="buttons">
                    {columns_button} <button type="button" on:click=remove>"Take out"</button>
                </p>
            </header>
            <p><strong>{report.format_title.clone()}</strong>" – "<bdi>{report.evidence.clone()}</bdi></p>
            <p class="equation" data-equation>{equation}</p>
            <p class="explanation">{facts}</p>
            {report.row_cap.clone().map(|words| view! { <p class="notice notice-warning" data-row-cap>{words}</p> })}
            <ul class="decisions" hidden=report.decisions.is_empty()>{decisions}</ul>
            <DateReadings hash file=report.file.clone() readings=report.dates.clone() />
            {warnings(&report)}
            {refused(&report.refused)}
            {columns(&report.columns)}
        </section>
    }
}

/// The way to name the columns of a table oneself; made-up data needs none.
fn columns_button(state: AppState, hash: &str, report: &ImportReport) -> Option<AnyView> {
    let picker = FilePicker::of_context();
    let is_named = report.format == MAPPED_ID;
    let is_sample = state.workspace.with_untracked(|open| open.as_ref().is_some_and(|open| open.sample));
    let is_table = is_named || !report.delimiter.is_empty();
    if is_sample || !is_table {
        return None;
    }
    let title = if is_named { "Change columns…" } else { "Choose columns yourself…" };
    let (hash, file) = (hash.to_owned(), report.file.clone());
    let choose = move |_| {
        if !actions::choose_columns(state, hash.clone(), &file) {
            choose_again(state, picker, &file);
        }
    };
    Some(view! { <button type="button" on:click=choose>{title}</button> }.into_any())
}

fn warnings(report: &ImportReport) -> AnyView {
    let total = report.warning_total();
    if total == 0 {
        return view! { <p class="good">"Nothing in the rows was out of the ordinary."</p> }.into_any();
    }
    let rows = report.warnings.iter().map(warning_row).collect_view();
    let listed = report.warnings.len() as u64;
    let more = (listed < total).then(|| {
        format!(
            "{} of {} are listed: at most {} of each kind.",
            format::count(listed),
            format::count(total),
            ImportReport::WARNINGS_KEPT
        )
    });
    view! {
        <details class="warnings" open=total <= 20>
            <summary>{format!("{} to check", format::counted(total, "cell or row", "cells or rows"))}</summary>
            <p class="explanation">{more}</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Warnings">
                <table>
                    <thead>
                        <tr>
                            <th scope="col" class="number">"Line"</th>
                            <th scope="col">"Column"</th>
                            <th scope="col">"Value"</th>
                            <th scope="col">"What was done"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn warning_row(warning: &ImportWarning) -> AnyView {
    view! {
        <tr>
            <td class="number">{(warning.line > 0).then_some(warning.line)}</td>
            <td><UserText text=warning.column.clone() /></td>
            <td><UserText text=warning.value.clone() /></td>
            <td>{consequence(warning.problem)}</td>
        </tr>
    }
    .into_any()
}

fn refused(rows: &[RefusedRow]) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    let total = rows.len();
    let rows = StoredValue::new(rows.to_vec());
    let shown = RwSignal::new(REFUSED_AT_FIRST);
    let body = move || {
        rows.with_value(|rows| {
            rows.iter()
                .take(shown.get())
                .map(
                    |row| view! { <tr><td class="number">{row.line}</td><td><bdi>{row.reason.clone()}</bdi></td></tr> },
                )
                .collect_view()
        })
    };
    view! {
        <details class="refused" open>
            <summary>{format!("{} refused", format::counted(total as u64, "row", "rows"))}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Refused rows">
                <table>
                    <thead><tr><th scope="col" class="number">"Line"</th><th scope="col">"Why"</th></tr></thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
            <button type="button" hidden=move || shown.get() >= total on:click=move |_| shown.set(usize::MAX)>
                {format!("Show all {}", format::count(total as u64))}
            </button>
        </details>
    }
    .into_any()
}

fn columns(columns: &[ColumnUse]) -> AnyView {
    let used = columns.iter().filter(|column| column.field.is_some()).count();
    let row = |column: &ColumnUse| {
        let header = if column.repeats > 1 {
            format!("{} (×{})", column.header, column.repeats)
        } else {
            column.header.clone()
        };
        view! {
            <tr>
                <th scope="row"><UserText text=header /></th>
                <td>{column.field.clone().unwrap_or_else(|| "not used".to_owned())}</td>
                <td class="number">{format::count(column.filled)}</td>
            </tr>
        }
    };
    let rows = columns.iter().map(row).collect_view();
    view! {
        <details class="columns">
            <summary>{format!("{used} of {} used", format::counted(columns.len() as u64, "column", "columns"))}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Columns">
                <table>
                    <thead>
                        <tr><th scope="col">"Column"</th><th scope="col">"Read as"</th><th scope="col" class="number">"Filled cells"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}
