//! Which items count, in what unit, and grouped by what: the same question for every chart of a view.

mod chips;
mod fields;
mod period;

use leptos::prelude::*;

use super::Switch;
use crate::app::state::AppState;
use crate::metrics::{Filter, FilterField, Query, Unit};
use crate::model::TextField;
use chips::Chips;
use fields::{AddFilter, GroupBy};
use period::Period;

pub(super) use fields::field_title;

/// What a value that is not given is called.
const NOT_GIVEN: &str = "(none)";

fn is_search(filter: &Filter) -> bool {
    filter.contains && !filter.exclude && matches!(filter.field, FilterField::Text(_))
}

/// A search that looks like a key (`ABC-12`) looks in keys, any other in titles.
fn search(query: &mut Query, text: &str) {
    query.filters.retain(|filter| !is_search(filter));
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let is_key = text.split_once('-').is_some_and(|(project, number)| {
        !project.is_empty()
            && project.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            && number.chars().all(|letter| letter.is_ascii_digit())
    });
    let field = FilterField::Text(if is_key { TextField::Key } else { TextField::Title });
    query.filters.push(Filter { field, exclude: false, contains: true, values: vec![text.to_owned()] });
}

/// Unit, period, filters, groups and search.
#[component]
pub(in crate::app) fn FilterBar() -> impl IntoView {
    let state = AppState::of_context();
    let unit = Signal::derive(move || state.query.read().unit);
    let searched = move || {
        state.query.with(|query| {
            query
                .filters
                .iter()
                .find(|filter| is_search(filter))
                .and_then(|filter| filter.values.first().cloned())
                .unwrap_or_default()
        })
    };
    let without_questions =
        move || view! { <p class="explanation only-sums">"Only sums were published: there is nothing to filter."</p> };
    view! {
        <Show when=move || !state.has_only_sums() fallback=without_questions>
        <section class="filter-bar" aria-label="Filters">
            <Switch
                label="Unit of size"
                choices=vec![(Unit::Items, "Items"), (Unit::Points, "Points"), (Unit::Hours, "Hours")]
                chosen=unit
                on_choose=move |unit| state.query.update(|query| query.unit = unit)
            />
            <AddFilter />
            <Period />
            <GroupBy />
            <label class="search">
                <span class="visually-hidden">"Search in titles and keys"</span>
                <input
                    type="search"
                    placeholder="Search titles, ABC-12"
                    prop:value=searched
                    on:change=move |event| state.query.update(|query| search(query, &event_target_value(&event)))
                />
            </label>
            <Chips />
        </section>
        </Show>
    }
}
