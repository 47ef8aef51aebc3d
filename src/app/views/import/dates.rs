//! How the date columns of a file were read, and the question where nothing decides.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::{FilePicker, UserText};
use crate::app::state::{AppState, Remedy};
use crate::importers::{DateOrder, DateReading, OrderEvidence};
use crate::messages::UserMessage;

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
    let questions = readings
        .iter()
        .filter(|reading| reading.evidence == OrderEvidence::Assumed && !reading.samples.is_empty())
        .map(|reading| view! { <Question hash=hash.clone() file=file.clone() reading=reading.clone() /> })
        .collect_view();
    let rows = readings.iter().map(row).collect_view();
    let is_empty = readings.is_empty();
    view! {
        {questions}
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

/// Three cells in both readings, and a button for each.
#[component]
fn Question(hash: String, file: String, reading: DateReading) -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    let samples = reading
        .samples
        .iter()
        .map(|(cell, day_first, month_first)| {
            view! {
                <tr>
                    <th scope="row"><bdi>{cell.clone()}</bdi></th>
                    <td class="number">{day_first.clone()}</td>
                    <td class="number">{month_first.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    let column = reading.column.clone();
    let button = move |order: DateOrder| {
        let is_present = reading.order == Some(order);
        let (hash, file, column) = (hash.clone(), file.clone(), reading.column.clone());
        let choose = move |_| {
            if !actions::read_again(state, hash.clone(), &file, column.clone(), order) {
                state.tell(
                    UserMessage::notice(
                        format!("{file} has to be chosen again."),
                        "The page was reloaded since the file was read. Take it out here, then choose it again.",
                    ),
                    Remedy::None,
                );
                picker.open();
            }
        };
        let title = match order {
            DateOrder::DayFirst => "Read them day first",
            DateOrder::MonthFirst => "Read them month first",
        };
        view! { <button type="button" aria-pressed=is_present.to_string() on:click=choose>{title}</button> }
    };
    view! {
        <div class="notice notice-warning question" data-question="date-order">
            <p><strong>"Day or month first? "</strong>"Nothing in the column " <UserText text=column /> " decides. Which reading is right?"</p>
            <table>
                <thead><tr><th scope="col">"In the file"</th><th scope="col" class="number">"Day first"</th><th scope="col" class="number">"Month first"</th></tr></thead>
                <tbody>{samples}</tbody>
            </table>
            <p class="actions">{button(DateOrder::DayFirst)} {button(DateOrder::MonthFirst)}</p>
        </div>
    }
}
