//! The numbers of a chart as a table: the same values, the same order, for eyes, screen readers and spreadsheets.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::charts::{Place, place_name};
use crate::metrics::{Counted, MetricResult, Role, X};
use crate::tables::Table;

/// Rows shown before the reader asks for all: more would slow the page down.
const ROWS_AT_FIRST: usize = 300;
/// The same where a row is a mark of a scatter: there are as many as items, and a page may have two.
const MARKS_AT_FIRST: usize = 200;

/// The table of a result.
#[component]
pub(in crate::app) fn NumberTable(
    /// Title of the chart.
    title: &'static str,
    /// The result.
    result: Arc<MetricResult>,
) -> impl IntoView {
    let state = AppState::of_context();
    let counted = result.counted;
    let table = Arc::new(Table::of(&result));
    let total = table.rows.len();
    let has_marks = result.series.iter().any(|series| series.role == Role::Scatter);
    let shown = RwSignal::new(if has_marks { MARKS_AT_FIRST } else { ROWS_AT_FIRST });
    let head = table
        .columns
        .iter()
        .map(|(name, unit)| view! { <th scope="col" class="number">{format!("{name} ({unit})")}</th> })
        .collect_view();
    let levels = table
        .levels
        .iter()
        .map(|(name, value, unit)| level_row(name, *value, unit, table.columns.len()))
        .collect_view();
    let x = table.x;
    let body = move || {
        let rows = table.rows.iter().take(shown.get());
        rows.map(|(x, cells)| row((state, counted), x, cells, &table.columns)).collect_view()
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=format!("{title}: table of the numbers")>
            <table class="numbers">
                <caption class="visually-hidden">{format!("{title}: the numbers of the chart")}</caption>
                <thead><tr><th scope="col">{x}</th>{head}</tr></thead>
                <tbody>{body}</tbody>
                <tfoot>{levels}</tfoot>
            </table>
        </div>
        <Show when=move || { shown.get() < total }>
            <button type="button" on:click=move |_| shown.set(usize::MAX)>
                {format!("Show all {} rows", format::count(total as u64))}
            </button>
        </Show>
    }
}

fn level_row(name: &str, value: Option<f64>, unit: &str, columns: usize) -> AnyView {
    let name = format!("{name} ({unit})");
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number" colspan=columns.to_string() data-value=value.map(|value| value.to_string())>
                {value.map(format::number)}
            </td>
        </tr>
    }
    .into_any()
}

fn row((state, counted): (AppState, Counted), x: &X, cells: &[Option<Place>], columns: &[(String, String)]) -> AnyView {
    let name = place_name(x);
    let cells = cells
        .iter()
        .zip(columns)
        .map(|(place, (column, unit))| cell((state, counted), &name, column, unit, place.as_ref()))
        .collect_view();
    view! { <tr><th scope="row"><bdi>{name.clone()}</bdi></th>{cells}</tr> }.into_any()
}

fn cell((state, counted): (AppState, Counted), x: &str, column: &str, unit: &str, place: Option<&Place>) -> AnyView {
    let Some((place, value)) = place.and_then(|place| Some((place, place.y?))) else {
        return view! { <td class="number"></td> }.into_any();
    };
    let raw = value.to_string();
    let text = format::number(value);
    if place.items.is_empty() {
        return view! { <td class="number" data-value=raw>{text}</td> }.into_any();
    }
    let drill = drill_of(counted, x, column, unit, place);
    view! {
        <td class="number" data-value=raw>
            <button type="button" class="plain" on:click=move |_| actions::show_items(state, drill.clone())>{text}</button>
        </td>
    }
    .into_any()
}

/// What the drawer says about a place.
pub(in crate::app) fn drill_of(counted: Counted, x: &str, series: &str, unit: &str, place: &Place) -> DrillDown {
    let value = place.y.map_or_else(|| "unknown".to_owned(), |value| format::with_unit(value, unit));
    DrillDown { title: format!("{series}, {x}: {value}"), detail: String::new(), counted, items: place.items.clone() }
}
