//! The risks of a forecast: what may bring more work, with its chance and its range.

use leptos::prelude::*;

use crate::app::state::AppState;
use crate::metrics::{ForecastSettings, Risk, risk_of_fields};

/// A new row, to be changed: one chance in five of 1 to 5 more.
const NEW_RISK: Risk = Risk { permille: 200, low: 1, high: 5 };

/// A row for each risk, and a way to add one. Every change is asked at once and kept in the address.
#[component]
pub(in crate::app) fn RiskEditor() -> impl IntoView {
    let state = AppState::of_context();
    // Built anew only when a row comes or goes: a change in a row must not take the focus away.
    let number = Memo::new(move |_| state.query.read().forecast.risks.len());
    let rows = move || (0..number.get()).map(|position| view! { <RiskRow position /> }).collect_view();
    let add = move |_| {
        state.query.update(|query| query.forecast.risks.push(NEW_RISK));
        state.say("A risk was added.");
    };
    let is_full = move || number.get() >= ForecastSettings::MOST_RISKS;
    view! {
        <fieldset class="risks">
            <legend>"Risks: what may bring more work"</legend>
            {rows}
            <button type="button" on:click=add disabled=is_full>
                "Add a risk"
            </button>
        </fieldset>
    }
}

/// One risk. What is not understood is said in the row and changes nothing.
#[component]
fn RiskRow(position: usize) -> impl IntoView {
    let state = AppState::of_context();
    let problem = RwSignal::new(String::new());
    let texts = Memo::new(move |_| {
        let query = state.query.read();
        let risk = query.forecast.risks.get(position).copied().unwrap_or(NEW_RISK);
        [percent_text(risk.permille), risk.low.to_string(), risk.high.to_string()]
    });
    let change = move |field: usize, text: String| {
        let mut fields = texts.get_untracked();
        text.trim().trim_end_matches('%').trim().clone_into(&mut fields[field]);
        match risk_of_fields(&fields[0], &fields[1], &fields[2]) {
            Ok(risk) => {
                problem.set(String::new());
                state.query.update(|query| {
                    if let Some(known) = query.forecast.risks.get_mut(position) {
                        *known = risk;
                    }
                });
            }
            Err(why) => problem.set(why.to_owned()),
        }
    };
    let remove = move |_| {
        state.query.update(|query| {
            if position < query.forecast.risks.len() {
                query.forecast.risks.remove(position);
            }
        });
        state.say("The risk was removed.");
    };
    let number = position + 1;
    let field = move |place: usize, label: &'static str| {
        view! {
            <label class="setting">
                {label}
                <input
                    type="text"
                    inputmode="decimal"
                    aria-label=format!("{label}, risk {number}")
                    prop:value=move || texts.read()[place].clone()
                    on:change=move |event| change(place, event_target_value(&event))
                />
            </label>
        }
    };
    view! {
        <div class="risk" data-risk=number.to_string()>
            {field(0, "Chance in %")} {field(1, "Least extra work")} {field(2, "Most extra work")}
            <button type="button" aria-label=format!("Remove risk {number}") on:click=remove>"Remove"</button>
            <span class="explanation" role="status">{problem}</span>
        </div>
    }
}

fn percent_text(permille: u32) -> String {
    let text = format!("{}.{}", permille / 10, permille % 10);
    text.trim_end_matches(".0").to_owned()
}
