//! The headline number of a chart, value by value of the field that the question groups by.

use std::sync::Arc;

use leptos::prelude::*;

use super::UserText;
use super::filter_bar::field_title;
use super::response::{UNEXPECTED, use_response};
use crate::app::format;
use crate::app::state::AppState;
use crate::charts::Panel;
use crate::engine::{Request, Response};
use crate::metrics::{FilterField, GroupNumber, GroupOf, GroupRow, Groups, Query};

/// The groups of a panel; nothing while the question names no field.
#[component]
pub(super) fn GroupTable(
    /// The drawing, for its metric.
    panel: &'static Panel,
    /// What is asked.
    query: Signal<Query>,
) -> impl IntoView {
    let state = AppState::of_context();
    let request = move || {
        let query = query.get();
        query.by.is_some().then(|| Request::Groups { ids: vec![panel.about.id.to_owned()], query })
    };
    let answer = use_response(request);
    let content = move || {
        answer.get().map(|answered| match answered.as_deref() {
            Ok(Response::Groups(groups)) => table(state, panel, groups),
            Ok(_) => view! { <p class="needs">{UNEXPECTED}</p> }.into_any(),
            Err(error) => view! { <p class="needs">{error.to_string()}</p> }.into_any(),
        })
    };
    view! { <div class="groups" data-groups=panel.about.id>{content}</div> }
}

fn table(state: AppState, panel: &'static Panel, groups: &Groups) -> AnyView {
    let field = groups.field;
    let name = field_title(field);
    let title = format!("{} by {}", panel.title, name.to_lowercase());
    let label = title.clone();
    let head =
        groups.heads.iter().map(|(name, unit)| if unit.is_empty() { name.clone() } else { format!("{name} ({unit})") });
    let heads = head.map(|text| view! { <th scope="col" class="number">{text}</th> }).collect_view();
    let rows = groups.rows.iter().map(|group| row(state, field, group)).collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="group-table">
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{name}</th>
                        {heads}
                        <th scope="col" class="number">"Items used"</th>
                        <th scope="col" class="number">"Items"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="explanation" hidden=!groups.overlaps>
            "An item with several values counts in each of them: the rows may add up to more than the whole."
        </p>
    }
    .into_any()
}

fn row(state: AppState, field: FilterField, group: &GroupRow) -> AnyView {
    let name = match &group.of {
        GroupOf::Value(value) => filter_button(state, field, value.clone(), value.clone()),
        GroupOf::NotGiven => filter_button(state, field, String::new(), "(none)".to_owned()),
        GroupOf::Others(values) => {
            view! { <span>{format::counted(*values, "other value", "other values")}</span> }.into_any()
        }
    };
    let numbers = group.numbers.iter().map(number).collect_view();
    let considered = group.numbers.first().map_or(0, |number| number.considered);
    view! {
        <tr>
            <th scope="row">{name}</th>
            {numbers}
            <td class="number">{format::count(considered)}</td>
            <td class="number">{format::count(group.items)}</td>
        </tr>
    }
    .into_any()
}

fn filter_button(state: AppState, field: FilterField, value: String, text: String) -> AnyView {
    let show = move |_| state.query.update(|query| query.add_value(field, false, false, &value));
    view! {
        <button type="button" class="plain" title="Show only these items" on:click=show><UserText text /></button>
    }
    .into_any()
}

fn number(number: &GroupNumber) -> AnyView {
    let reason: Arc<str> = number.reason.as_str().into();
    match number.value {
        Some(value) => {
            view! { <td class="number" data-value=value.to_string()>{format::number(value)}</td> }.into_any()
        }
        None if reason.is_empty() => view! { <td class="number">"unknown"</td> }.into_any(),
        None => view! { <td class="number reason">{reason.to_string()}</td> }.into_any(),
    }
}
