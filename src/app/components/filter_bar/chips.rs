//! What narrows the question, each as a chip, so that no number is narrowed without a word on screen.

use leptos::prelude::*;

use super::{NOT_GIVEN, field_title, is_search};
use crate::app::components::UserText;
use crate::app::state::AppState;
use crate::metrics::{Filter, FilterField, Percentiles, Query, RelativeDay};
use crate::model::iso_from_day;

/// Something that narrows the question.
#[derive(Clone, PartialEq)]
enum Setting {
    Value { field: FilterField, exclude: bool, contains: bool, value: String },
    AsOf(i32),
    From(i32),
    To(i32),
    RelativeFrom(RelativeDay),
    RelativeTo(RelativeDay),
    Percentiles(String),
}

impl Setting {
    /// All settings of a question; the search has a field of its own.
    fn all(query: &Query) -> Vec<Self> {
        let days = [
            query.from.map(Self::From),
            query.relative_from.map(Self::RelativeFrom),
            query.to.map(Self::To),
            query.relative_to.map(Self::RelativeTo),
            query.as_of.map(Self::AsOf),
        ];
        let values = query.filters.iter().filter(|filter| !is_search(filter)).flat_map(|filter| {
            let &Filter { field, exclude, contains, .. } = filter;
            filter.values.iter().map(move |value| Self::Value { field, exclude, contains, value: value.clone() })
        });
        let percentiles = query.percentiles.is_asked().then(|| Self::Percentiles(query.percentiles.text()));
        days.into_iter().flatten().chain(percentiles).chain(values).collect()
    }

    /// What it is called, and its value.
    fn words(&self) -> (String, String) {
        match self {
            Self::Value { field, contains, value, .. } => {
                let part = if *contains { " contains" } else { "" };
                let shown = if value.is_empty() { NOT_GIVEN.to_owned() } else { value.clone() };
                (format!("{}{part}:", field_title(*field)), shown)
            }
            Self::AsOf(day) => ("as of".to_owned(), iso_from_day(*day)),
            Self::From(day) => ("from".to_owned(), iso_from_day(*day)),
            Self::To(day) => ("to".to_owned(), iso_from_day(*day)),
            Self::RelativeFrom(day) => ("from".to_owned(), day.words()),
            Self::RelativeTo(day) => ("to".to_owned(), day.words()),
            Self::Percentiles(text) => ("percentiles".to_owned(), text.clone()),
        }
    }

    /// True when its items are left out; `None` where there is no such choice.
    const fn excludes(&self) -> Option<bool> {
        match self {
            Self::Value { exclude, .. } => Some(*exclude),
            _ => None,
        }
    }

    fn remove(&self, query: &mut Query) {
        match self {
            Self::AsOf(_) => query.as_of = None,
            Self::From(_) => query.from = None,
            Self::To(_) => query.to = None,
            Self::RelativeFrom(_) => query.relative_from = None,
            Self::RelativeTo(_) => query.relative_to = None,
            Self::Percentiles(_) => query.percentiles = Percentiles::default(),
            Self::Value { field, exclude, contains, value } => query.remove_value(*field, *exclude, *contains, value),
        }
    }

    fn turn(&self, query: &mut Query) {
        if let Self::Value { field, exclude, contains, value } = self {
            query.turn_value(*field, *exclude, *contains, value);
        }
    }
}

fn clear(query: &mut Query) {
    query.filters.clear();
    (query.as_of, query.from, query.to) = (None, None, None);
    (query.relative_from, query.relative_to) = (None, None);
    query.percentiles = Percentiles::default();
}

/// The chips, and one button for all of them.
#[component]
pub(super) fn Chips() -> impl IntoView {
    let state = AppState::of_context();
    let settings = Memo::new(move |_| state.query.with(Setting::all));
    let has_any = move || !settings.read().is_empty() || state.query.with(|query| !query.filters.is_empty());
    view! {
        <ul class="chips" aria-label="Filters in use" hidden=move || !has_any()>
            {move || settings.get().into_iter().map(|setting| chip(state, setting)).collect_view()}
            <li class="clear">
                <button type="button" class="plain" on:click=move |_| state.query.update(clear)>"Clear all filters"</button>
            </li>
        </ul>
    }
}

fn chip(state: AppState, setting: Setting) -> AnyView {
    let (name, value) = setting.words();
    let turned = setting.clone();
    let turn = move |_| state.query.update(|query| turned.turn(query));
    let not = setting.excludes().map(|excludes| {
        view! {
            <button
                type="button"
                class="not"
                aria-pressed=excludes.to_string()
                aria-label=format!("Leave out {value}")
                title="Leave these items out, or show only these"
                on:click=turn
            >
                "not"
            </button>
        }
    });
    let remove = move |_| state.query.update(|query| setting.remove(query));
    view! {
        <li>
            <span>{name}</span>
            {not}
            <UserText text=value.clone() />
            <button type="button" class="icon" aria-label=format!("Remove the filter {value}") on:click=remove>"×"</button>
        </li>
    }
    .into_any()
}
