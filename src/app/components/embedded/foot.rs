//! The last line of a frame: how old the data is, the filters, and the way to the same outside of the frame.

use leptos::prelude::*;

use super::dialog::FramedDialog;
use crate::app::components::FilterBar;
use crate::app::components::age_badge::AgeBadge;
use crate::app::state::AppState;
use crate::app::{actions, history};
use crate::model::iso_from_day;

/// The line.
#[component]
pub(super) fn Foot(
    /// Opens the table of the frame's only chart.
    #[prop(into)]
    table: Signal<Option<RwSignal<bool>>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let filters_open = RwSignal::new(false);
    let has_controls = move || state.has_files() && state.frame.with(|frame| frame.controls);
    let has_table = move || state.frame.with(|frame| frame.table);
    let table_button = move || {
        let open = table.get().filter(|_| has_table())?;
        Some(
            view! { <button type="button" class="plain" on:click=move |_| open.set(true) title="Numbers as a table">"Table"</button> },
        )
    };
    let date = move || state.data_to();
    let age = move || date().map_or_else(String::new, |day| format!("Data up to {}", iso_from_day(day)));
    let link = move || {
        // What the page around handed over is in no other tab.
        let has_link = state.frame.with(|frame| frame.link) && state.framed().given_by.with(Option::is_none);
        has_link.then(|| {
            let href = history::outside_link(state, None);
            let opened = href.clone();
            view! {
                <a href=href target="_blank" rel="noopener noreferrer" on:click=move |_| actions::tell_opened(state, &opened)>
                    "Open in Throughline"
                </a>
            }
        })
    };
    view! {
        <footer class="framed-foot">
            <span class="framed-age">{age}</span>
            <AgeBadge />
            {table_button}
            <Show when=has_controls>
                <button type="button" class="plain" on:click=move |_| filters_open.set(true)>"Filters"</button>
            </Show>
            {link}
        </footer>
        <FramedDialog title="Filters" open=filters_open><FilterBar /></FramedDialog>
    }
}
