//! The fields that items can be filtered and grouped by, with the values that the data has. Native lists and buttons: each
//! works by keyboard and at any width.

use leptos::prelude::*;

use super::NOT_GIVEN;
use crate::app::format;
use crate::app::state::AppState;
use crate::metrics::FilterField;
use crate::model::{CategoryField, ListField, RecordField};

/// In the order of the lists.
const FIELDS: &[(FilterField, &str)] = &[
    (FilterField::Category(CategoryField::Team), "Team"),
    (FilterField::Category(CategoryField::Project), "Project"),
    (FilterField::Category(CategoryField::Board), "Board"),
    (FilterField::Category(CategoryField::Type), "Type"),
    (FilterField::Category(CategoryField::Assignee), "Assignee"),
    (FilterField::List(ListField::Label), "Label"),
    (FilterField::List(ListField::Component), "Component"),
    (FilterField::Category(CategoryField::Parent), "Epic or parent"),
    (FilterField::Category(CategoryField::Priority), "Priority"),
    (FilterField::Category(CategoryField::Status), "Status"),
    (FilterField::List(ListField::Sprint), "Sprint"),
    (FilterField::List(ListField::FixVersion), "Fix version"),
    (FilterField::Category(CategoryField::Resolution), "Resolution"),
    (FilterField::Category(CategoryField::Reporter), "Reporter"),
    (FilterField::Record(RecordField::Service), "Service"),
    (FilterField::Record(RecordField::Environment), "Environment"),
    (FilterField::Record(RecordField::Severity), "Severity"),
    (FilterField::Record(RecordField::Person), "Person"),
];
/// Characters of a value in a list.
const OPTION_LENGTH: usize = 60;

/// What a field is called on screen.
pub(in crate::app::components) fn field_title(field: FilterField) -> &'static str {
    FIELDS.iter().find(|(known, _)| *known == field).map_or_else(|| field.id(), |(_, title)| title)
}

/// The field that an option's value names.
fn field_of(id: &str) -> Option<FilterField> {
    FIELDS.iter().map(|(field, _)| *field).find(|field| field.id() == id)
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

/// The fields of which the open workspace has values. Tracks.
fn known_fields(state: AppState) -> Vec<(FilterField, &'static str)> {
    state.workspace.with(|open| {
        let has = |field: FilterField| {
            open.iter().flat_map(|open| &open.choices).any(|(id, values)| id == field.id() && !values.is_empty())
        };
        FIELDS.iter().copied().filter(|(field, _)| has(*field)).collect()
    })
}

fn options(fields: Vec<(FilterField, &'static str)>) -> impl IntoView {
    fields.into_iter().map(|(field, title)| view! { <option value=field.id()>{title}</option> }).collect_view()
}

/// Chooses a field, one of its values, and whether items with it are shown or left out.
#[component]
pub(super) fn AddFilter() -> impl IntoView {
    let state = AppState::of_context();
    let fields = Memo::new(move |_| known_fields(state));
    let field = RwSignal::new(None::<FilterField>);
    // As in the list: "=" and the value, or empty while nothing is chosen.
    let chosen = RwSignal::new(String::new());
    let values = Memo::new(move |_| {
        let Some(field) = field.get() else { return Vec::new() };
        state.workspace.with(|open| {
            let lists = open.iter().flat_map(|open| &open.choices);
            lists.filter(|(id, _)| id == field.id()).flat_map(|(_, values)| values.clone()).collect::<Vec<_>>()
        })
    });
    let left_out = Memo::new(move |_| {
        let Some(field) = field.get() else { return 0 };
        state.workspace.with(|open| {
            let mut lists = open.iter().flat_map(|open| &open.choices_left_out);
            lists.find(|(id, _)| id == field.id()).map_or(0, |(_, number)| *number)
        })
    });
    let cut = move || {
        let (listed, rest) = (values.with(Vec::len) as u64, left_out.get());
        let (rest, is) = (format::counted(rest, "rarer value", "rarer values"), if rest == 1 { "is" } else { "are" });
        format!("The {} most frequent values are listed; {rest} {is} not.", format::count(listed))
    };
    let value_options = move || {
        values
            .get()
            .into_iter()
            .map(|(value, count)| {
                let text = format!("{} ({})", shortened(&value), format::count(count));
                // The empty text means "not given", which an option's value cannot tell from "nothing chosen".
                view! { <option value=format!("={value}")>{text}</option> }
            })
            .collect_view()
    };
    let choose_field = move |event: leptos::ev::Event| {
        field.set(field_of(&event_target_value(&event)));
        chosen.set(String::new());
    };
    let add = move |exclude: bool| {
        let (Some(field), Some(value)) =
            (field.get_untracked(), chosen.get_untracked().strip_prefix('=').map(str::to_owned))
        else {
            return;
        };
        state.query.update(|query| query.add_value(field, exclude, false, &value));
        chosen.set(String::new());
    };
    let is_incomplete = move || chosen.with(String::is_empty);
    view! {
        <details class="filter-part add-filter" hidden=move || fields.with(Vec::is_empty)>
            <summary>"Add filter"</summary>
            <div class="filter-form" role="group" aria-label="Add filter">
                <label>
                    <span>"Field"</span>
                    <select name="field" prop:value=move || field.get().map_or("", FilterField::id) on:change=choose_field>
                        <option value="">"Choose a field"</option>
                        {move || options(fields.get())}
                    </select>
                </label>
                <label>
                    <span>"Value"</span>
                    <select
                        name="value"
                        prop:value=move || { values.track(); chosen.get() }
                        prop:disabled=move || field.get().is_none()
                        on:change=move |event| chosen.set(event_target_value(&event))
                    >
                        <option value="">"Choose a value"</option>
                        {value_options}
                    </select>
                </label>
                <span class="buttons">
                    <button type="button" class="primary" prop:disabled=is_incomplete on:click=move |_| add(false)>
                        "Show only these"
                    </button>
                    <button type="button" prop:disabled=is_incomplete on:click=move |_| add(true)>"Leave these out"</button>
                </span>
                <p class="explanation" hidden=move || left_out.get() == 0>{cut}</p>
            </div>
        </details>
    }
}

/// Chooses the field whose values each chart's headline number is also shown by.
#[component]
pub(super) fn GroupBy() -> impl IntoView {
    let state = AppState::of_context();
    let fields = Memo::new(move |_| {
        let mut fields = known_fields(state);
        // Groups are of items.
        fields.retain(|(field, _)| !matches!(field, FilterField::Record(_)));
        // A link may group by a field that has no list here.
        let by = state.query.with(|query| query.by);
        fields.extend(by.filter(|by| !fields.iter().any(|(field, _)| field == by)).map(|by| (by, field_title(by))));
        fields
    });
    let chosen = move || {
        fields.track();
        state.query.with(|query| query.by).map_or("", FilterField::id)
    };
    let choose = move |event: leptos::ev::Event| {
        let field = FilterField::from_id(&event_target_value(&event));
        state.query.update(|query| query.by = field);
    };
    view! {
        <label class="field" hidden=move || fields.with(Vec::is_empty)>
            <span class="visually-hidden">"Group by"</span>
            <select name="by" prop:value=chosen on:change=choose>
                <option value="">"Group by"</option>
                {move || options(fields.get())}
            </select>
        </label>
    }
}
