//! How the date columns of a file were read, and the question where nothing decides.

use leptos::prelude::*;

use super::choose_again;
use crate::app::actions;
use crate::app::components::{DateQuestion, FilePicker, UserText};
use crate::app::state::AppState;
use crate::importers::{DateOrder, DateReading, OrderEvidence};

const fn order_words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day first",
        DateOrder::MonthFirst => "month first",
    }
}

const fn evidence_words(evidence: OrderEvidence) -> &'static str {
    match evidence {
        OrderEvidence::Unambiguous => "leaves no choice",
        OrderEvidence::Proven => "proven",
        OrderEvidence::Inferred => "inferred",
        OrderEvidence::Chosen => "chosen by you",
        OrderEvidence::Assumed => "assumed: please check",
    }
}

/// The readings of a file.
#[component]
pub(super) fn DateReadings(
    /// Hash of the file's data.
    hash: String,
    /// Its name.
    file: String,
    /// Its date columns.
    readings: Vec<DateReading>,
) -> impl IntoView {
    let assumed: Vec<_> =
        readings.iter().filter(|reading| reading.evidence == OrderEvidence::Assumed).cloned().collect();
    let question = (!assumed.is_empty()).then(|| view! { <Question hash file readings=assumed /> });
    let rows = readings.iter().map(row).collect_view();
    let is_empty = readings.is_empty();
    view! {
        {question}
        <details class="dates" hidden=is_empty>
            <summary>"How dates were read"</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Dates">
                <table>
                    <thead>
                        <tr><th scope="col">"Column"</th><th scope="col">"Written as"</th><th scope="col">"Order"</th><th scope="col">"Because"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

fn row(reading: &DateReading) -> AnyView {
    let order = match reading.order {
        Some(order) => format!("{}, {}", order_words(order), evidence_words(reading.evidence)),
        None => evidence_words(reading.evidence).to_owned(),
    };
    view! {
        <tr>
            <th scope="row"><UserText text=reading.column.clone() /></th>
            <td>{reading.shape.clone()}</td>
            <td>{order}</td>
            <td><bdi>{reading.because.clone()}</bdi></td>
        </tr>
    }
    .into_any()
}

/// The question of the page that tells what was read.
#[component]
fn Question(hash: String, file: String, readings: Vec<DateReading>) -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    let choose = move |orders| {
        if !actions::read_again(state, hash.clone(), &file, orders) {
            choose_again(state, picker, &file);
        }
    };
    view! {
        <div class="notice notice-warning question" data-question="date-order">
            <DateQuestion readings on_choose=Callback::new(choose) />
        </div>
    }
}
