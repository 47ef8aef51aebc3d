//! Which items count, and in what unit: the same question for every chart of a view.

use leptos::prelude::*;

use super::{Switch, UserText};
use crate::app::format;
use crate::app::state::AppState;
use crate::metrics::{Filter, FilterField, Query, Unit};
use crate::model::{CategoryField, ListField, TextField, iso_from_day};

/// Fields with a list of values to choose from.
const FIELDS: &[(FilterField, &str)] = &[
    (FilterField::Category(CategoryField::Type), "Type"),
    (FilterField::Category(CategoryField::Project), "Project"),
    (FilterField::Category(CategoryField::Assignee), "Assignee"),
    (FilterField::Category(CategoryField::Status), "Status"),
    (FilterField::List(ListField::Label), "Label"),
];
/// Characters of a value in a list.
const OPTION_LENGTH: usize = 60;
/// What a value that is not given is called.
const NOT_GIVEN: &str = "(none)";

fn is_search(filter: &Filter) -> bool {
    filter.contains && matches!(filter.field, FilterField::Text(_))
}

/// Adds a value as an alternative of its field.
fn add(query: &mut Query, field: FilterField, value: String) {
    let same = query.filters.iter_mut().find(|filter| filter.field == field && !filter.exclude && !filter.contains);
    match same {
        Some(filter) if filter.values.contains(&value) => {}
        Some(filter) => filter.values.push(value),
        None => query.filters.push(Filter { field, exclude: false, contains: false, values: vec![value] }),
    }
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

fn shortened(value: &str) -> String {
    if value.is_empty() {
        return NOT_GIVEN.to_owned();
    }
    let mut text: String = value.chars().take(OPTION_LENGTH).collect();
    if value.chars().nth(OPTION_LENGTH).is_some() {
        text.push('…');
    }
    text
}

/// Unit, filters and search.
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
    let selects = FIELDS.iter().map(|&(field, title)| view! { <FieldSelect field title /> }).collect_view();
    view! {
        <section class="filter-bar" aria-label="Filters">
            <Switch
                label="Unit of size"
                choices=vec![(Unit::Items, "Items"), (Unit::Points, "Points"), (Unit::Hours, "Hours")]
                chosen=unit
                on_choose=move |unit| state.query.update(|query| query.unit = unit)
            />
            {selects}
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
    }
}

#[component]
fn FieldSelect(field: FilterField, title: &'static str) -> impl IntoView {
    let state = AppState::of_context();
    let choices = Memo::new(move |_| {
        state.workspace.with(|open| {
            open.iter()
                .flat_map(|open| &open.choices)
                .find(|(id, _)| id == field.id())
                .map(|(_, values)| values.clone())
                .unwrap_or_default()
        })
    });
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|(value, count)| {
                let text = format!("{} ({})", shortened(&value), format::count(count));
                // The empty text means "not given", which an option's value cannot tell from "nothing chosen".
                view! { <option value=format!("={value}")>{text}</option> }
            })
            .collect_view()
    };
    let choose = move |event: leptos::ev::Event| {
        if let Some(value) = event_target_value(&event).strip_prefix('=') {
            state.query.update(|query| add(query, field, value.to_owned()));
        }
    };
    view! {
        <label class="field" hidden=move || choices.with(Vec::is_empty)>
            <span class="visually-hidden">{format!("Filter by {}", title.to_lowercase())}</span>
            // It shows its name again after each choice: what is chosen stands beside it as a chip.
            <select prop:value=move || { state.query.track(); "" } on:change=choose>
                <option value="">{title}</option>
                {options}
            </select>
        </label>
    }
}

/// Something that narrows the question, so that no number is narrowed without a word on screen.
#[derive(Clone, PartialEq)]
enum Setting {
    Value { field: FilterField, exclude: bool, contains: bool, value: String },
    AsOf(i32),
    From(i32),
    To(i32),
}

impl Setting {
    /// All settings of a question; the search has a field of its own.
    fn all(query: &Query) -> Vec<Self> {
        let days = [query.from.map(Self::From), query.to.map(Self::To), query.as_of.map(Self::AsOf)];
        let values = query.filters.iter().filter(|filter| !is_search(filter)).flat_map(|filter| {
            let &Filter { field, exclude, contains, .. } = filter;
            filter.values.iter().map(move |value| Self::Value { field, exclude, contains, value: value.clone() })
        });
        days.into_iter().flatten().chain(values).collect()
    }

    /// What it is called, and its value.
    fn words(&self) -> (String, String) {
        match self {
            Self::Value { field, exclude, contains, value } => {
                let not = if *exclude { " not" } else { "" };
                let part = if *contains { " contains" } else { "" };
                let shown = if value.is_empty() { NOT_GIVEN.to_owned() } else { value.clone() };
                (format!("{}:{not}{part}", field.id()), shown)
            }
            Self::AsOf(day) => ("as of".to_owned(), iso_from_day(*day)),
            Self::From(day) => ("from".to_owned(), iso_from_day(*day)),
            Self::To(day) => ("to".to_owned(), iso_from_day(*day)),
        }
    }

    fn remove(&self, query: &mut Query) {
        match self {
            Self::AsOf(_) => query.as_of = None,
            Self::From(_) => query.from = None,
            Self::To(_) => query.to = None,
            Self::Value { field, exclude, contains, value } => {
                let same = |filter: &&mut Filter| {
                    filter.field == *field && filter.exclude == *exclude && filter.contains == *contains
                };
                for filter in query.filters.iter_mut().filter(same) {
                    filter.values.retain(|known| known != value);
                }
                query.filters.retain(|filter| !filter.values.is_empty());
            }
        }
    }
}

fn clear(query: &mut Query) {
    query.filters.clear();
    (query.as_of, query.from, query.to) = (None, None, None);
}

#[component]
fn Chips() -> impl IntoView {
    let state = AppState::of_context();
    let settings = Memo::new(move |_| state.query.with(Setting::all));
    let chip = move |setting: Setting| {
        let (name, value) = setting.words();
        let remove = move |_| state.query.update(|query| setting.remove(query));
        view! {
            <li>
                <span>{name}</span>
                <UserText text=value.clone() />
                <button type="button" class="icon" aria-label=format!("Remove the filter {value}") on:click=remove>"×"</button>
            </li>
        }
    };
    let has_any = move || !settings.read().is_empty() || state.query.with(|query| !query.filters.is_empty());
    view! {
        <ul class="chips" aria-label="Filters in use" hidden=move || !has_any()>
            {move || settings.get().into_iter().map(chip).collect_view()}
            <li class="clear">
                <button type="button" class="plain" on:click=move |_| state.query.update(clear)>"Clear all filters"</button>
            </li>
        </ul>
    }
}
