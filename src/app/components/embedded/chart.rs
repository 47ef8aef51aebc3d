//! One chart in a frame: title, sentence, legend, drawing. Its table opens over the frame, so that nothing is cut.

use std::sync::Arc;

use leptos::prelude::*;

use super::dialog::FramedDialog;
use crate::app::actions;
use crate::app::components::answers::{Answer, Known, use_known};
use crate::app::components::chart::ChartFrame;
use crate::app::components::drawing::Drawing;
use crate::app::components::legend::Legend;
use crate::app::components::number_table::NumberTable;
use crate::app::framed_state::ShownChart;
use crate::app::state::AppState;
use crate::charts::Panel;
use crate::metrics::{MetricResult, Status};

/// A chart.
#[component]
pub(super) fn FramedChart(
    /// The drawing.
    panel: &'static Panel,
    /// What is known of its metric.
    answer: Signal<Answer>,
    /// Whether its table is open.
    table_open: RwSignal<bool>,
    /// True when it is the frame's only one: the last line of the frame then opens its table.
    alone: bool,
) -> impl IntoView {
    let state = AppState::of_context();
    let known = use_known(answer);
    let status = Memo::new(move |_| answer.with(Answer::status));
    let drawn = Signal::derive(move || known.with(|known| known.result.clone()).filter(|result| result.is_computed()));
    let drawing = Drawing::new(panel);
    let present = Signal::derive(move || drawn.get().filter(|_| status.get() == "ok"));
    actions::offer_chart(state, ShownChart { panel, drawing, result: present });
    let has = move |part: fn(&crate::address::Frame) -> bool| state.frame.with(part);
    let above = move || {
        known.with(|known| known.result.clone()).map(|result| above_chart(panel, result, has(|frame| frame.legend)))
    };
    let table = move || drawn.get().map(|result| view! { <NumberTable title=panel.title result /> });
    view! {
        <section class="framed-chart" aria-label=panel.title>
            <h2 class="framed-title" hidden=move || !has(|frame| frame.title)>{panel.title}</h2>
            <figure data-chart=panel.id data-status=move || status.get()>
                <figcaption hidden=move || !has(|frame| frame.caption)>{move || known.with(Known::words)}</figcaption>
                {above}
                <div class="chart-place" hidden=move || drawn.with(Option::is_none)>
                    <ChartFrame panel drawing result=drawn table_open />
                </div>
            </figure>
            <Show when=move || !alone && has(|frame| frame.table) && drawn.with(Option::is_some)>
                <button type="button" class="plain framed-table" on:click=move |_| table_open.set(true)>"Numbers as a table"</button>
            </Show>
            <FramedDialog title=panel.title open=table_open>{table}</FramedDialog>
        </section>
    }
}

/// The legend, or what would make a chart possible.
fn above_chart(panel: &'static Panel, result: Arc<MetricResult>, has_legend: bool) -> AnyView {
    match &result.status {
        Status::NotComputable { needs, .. } => {
            let needs = needs.clone();
            view! { <p class="needs"><strong>"What would help: "</strong><bdi>{needs}</bdi></p> }.into_any()
        }
        Status::Computed if has_legend => view! { <Legend panel result /> }.into_any(),
        Status::Computed => ().into_any(),
    }
}
