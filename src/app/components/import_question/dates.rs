//! Whether day or month comes first, where nothing in the file decides.

use leptos::prelude::*;

use super::LeaveOut;
use crate::app::actions;
use crate::app::components::UserText;
use crate::app::state::{AppState, DateOrders, ImportAnswer};
use crate::importers::{DateOrder, DateReading};

/// Cells shown in both readings.
const SAMPLES: usize = 6;

/// The question of a file that is being read.
#[component]
pub(super) fn DatesForm(
    /// Its columns of which nothing tells the order.
    readings: Vec<DateReading>,
) -> impl IntoView {
    let state = AppState::of_context();
    let answer = move |orders| actions::answer_question(state, ImportAnswer::Dates(orders));
    view! {
        <DateQuestion readings on_choose=Callback::new(answer) />
        <p class="buttons"><LeaveOut title="I do not know" /></p>
    }
}

/// Cells in both readings, and a button for each. One answer for all columns: a tracker writes them alike.
#[component]
pub(in crate::app) fn DateQuestion(
    /// The columns.
    readings: Vec<DateReading>,
    /// Called with the order of each.
    on_choose: Callback<DateOrders>,
) -> impl IntoView {
    let samples = readings
        .iter()
        .flat_map(|reading| reading.samples.iter().map(|sample| sample_row(&reading.column, sample)))
        .take(SAMPLES)
        .collect_view();
    let columns: Vec<String> = readings.iter().map(|reading| reading.column.clone()).collect();
    let words = format!("Nothing in the file decides for {}. Which reading is right?", columns.join(", "));
    let present = readings.first().and_then(|reading| reading.order);
    let button = move |order: DateOrder, title: &'static str| {
        let columns = columns.clone();
        let choose = move |_| on_choose.run(columns.iter().map(|column| (column.clone(), order)).collect());
        view! { <button type="button" aria-pressed=(present == Some(order)).to_string() on:click=choose>{title}</button> }
    };
    view! {
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
