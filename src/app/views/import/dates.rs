//! How the date columns of a file were read, and the question where nothing decides.

use leptos::prelude::*;

use super::choose_again;
use crate::app::actions;
use crate::app::components::{FilePicker, UserText};
use crate::app::state::AppState;
use crate::importers::{DateOrder, DateReading, OrderEvidence};

/// Cells shown in both readings.
const SAMPLES: usize = 6;

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

/// Cells in both readings, and a button for each. One answer for all columns: a tracker writes them alike.
#[component]
fn Question(hash: String, file: String, readings: Vec<DateReading>) -> impl IntoView {
    let state = AppState::of_context();
    let picker = FilePicker::of_context();
    let samples = readings
        .iter()
        .flat_map(|reading| reading.samples.iter().map(|sample| sample_row(&reading.column, sample)))
        .take(SAMPLES)
        .collect_view();
    let columns: Vec<String> = readings.iter().map(|reading| reading.column.clone()).collect();
    let words = format!("Nothing in the file decides for {}. Which reading is right?", columns.join(", "));
    let present = readings.first().and_then(|reading| reading.order);
    let button = move |order: DateOrder, title: &'static str| {
        let (hash, file, columns) = (hash.clone(), file.clone(), columns.clone());
        let choose = move |_| {
            let orders = columns.iter().map(|column| (column.clone(), order)).collect();
            if !actions::read_again(state, hash.clone(), &file, orders) {
                choose_again(state, picker, &file);
            }
        };
        view! { <button type="button" aria-pressed=(present == Some(order)).to_string() on:click=choose>{title}</button> }
    };
    view! {
        <div class="notice notice-warning question" data-question="date-order">
            <p>
                <strong>"Day or month first? "</strong>
                <UserText text=words />
            </p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"Column"</th>
                        <th scope="col">"In the file"</th>
                        <th scope="col" class="number">"Day first"</th>
                        <th scope="col" class="number">"Month first"</th>
                    </tr>
                </thead>
                <tbody>{samples}</tbody>
            </table>
            <p class="actions">
                {button(DateOrder::DayFirst, "Read them day first")} {button(DateOrder::MonthFirst, "Read them month first")}
            </p>
        </div>
    }
}

fn sample_row(column: &str, (cell, day_first, month_first): &(String, String, String)) -> AnyView {
    view! {
        <tr>
            <th scope="row"><UserText text=column.to_owned() /></th>
            <td><bdi>{cell.clone()}</bdi></td>
            <td class="number">{day_first.clone()}</td>
            <td class="number">{month_first.clone()}</td>
        </tr>
    }
    .into_any()
}
