//! A chart with all that belongs to it: the sentence, the drawing, the figures, the working, the table.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::annotations::Annotations;
use super::answers::{Answer, Known, use_answers, use_known};
use super::chart::ChartFrame;
use super::chart_menu::ChartMenu;
use super::definitions::Definitions;
use super::drawing::Drawing;
use super::figures::Figures;
use super::groups::GroupTable;
use super::legend::Legend;
use super::number_table::NumberTable;
use super::releases::Releases;
use super::working::Working;
use crate::app::state::AppState;
use crate::charts::{Panel, gathered_by, panel};
use crate::metrics::{MetricResult, Query, Status};
use crate::model::Granularity;

/// Closed parts of a card are made after its numbers and its drawing: a table may have hundreds of rows that nobody looks at.
const UNSEEN_PARTS_AFTER: Duration = Duration::from_millis(50);

/// A chart as a figure.
#[component]
fn PanelCard(
    /// The drawing.
    panel: &'static Panel,
    /// What is known of its metric.
    answer: Signal<Answer>,
    /// What is asked.
    query: Signal<Query>,
) -> impl IntoView {
    let known = use_known(answer);
    let status = Memo::new(move |_| answer.with(Answer::status));
    let drawn = Signal::derive(move || known.with(|known| known.result.clone()).filter(|result| result.is_computed()));
    let table_open = RwSignal::new(false);
    let drawing = Drawing::new(panel);
    let summary = move || known.with(Known::words);
    view! {
        <section class="card chart-card" aria-labelledby=format!("title-{}", panel.id)>
            <div class="chart-head">
                <h2 id=format!("title-{}", panel.id)>{panel.title}</h2>
                <ChartMenu panel drawing result=drawn />
            </div>
            <figure data-chart=panel.id data-status=move || status.get()>
                <figcaption>{summary}</figcaption>
                {move || known.with(|known| known.result.clone().map(|result| before_chart(panel, result)))}
                <div class="chart-place" hidden=move || drawn.with(Option::is_none)>
                    <ChartFrame panel drawing result=drawn table_open />
                </div>
                <GroupTable panel query />
                {move || known.with(|known| known.result.clone().map(|result| after_chart(panel, result, table_open)))}
                // Outside of what is drawn anew with each result: a form keeps what is being typed.
                <Annotations title=panel.title result=drawn />
                <Releases title=panel.title result=drawn />
            </figure>
        </section>
    }
}

/// Figures and legend, or what would make a chart possible.
fn before_chart(panel: &'static Panel, result: Arc<MetricResult>) -> AnyView {
    if let Status::NotComputable { needs, .. } = &result.status {
        let needs = needs.clone();
        return view! { <p class="needs"><strong>"What would help: "</strong><bdi>{needs}</bdi></p> }.into_any();
    }
    view! {
        <Figures result=Arc::clone(&result) />
        <Legend panel result />
    }
    .into_any()
}

/// What the reader must know, the working, the table.
fn after_chart(panel: &'static Panel, result: Arc<MetricResult>, table_open: RwSignal<bool>) -> AnyView {
    let is_computed = result.is_computed();
    let notes = result
        .notes
        .iter()
        .map(|note| view! { <li data-note=note.id.clone()><bdi>{note.text.clone()}</bdi></li> })
        .collect_view();
    let gathered = result.series.iter().map(gathered_by).find(|&granularity| granularity != Granularity::Day);
    let gathered = gathered.map(|granularity| {
        let words = format!(
            "There are more marks than can be told apart: each stands for all items of its {} and height, at the period's first day.",
            granularity.id()
        );
        view! { <li data-note="gathered">{words}</li> }
    });
    let unseen_parts = RwSignal::new(false);
    set_timeout(
        move || {
            let _ = unseen_parts.try_set(true);
        },
        UNSEEN_PARTS_AFTER,
    );
    let has_table = Memo::new(move |_| unseen_parts.get() || table_open.get());
    let has_notes = !result.notes.is_empty() || gathered.is_some();
    let table = is_computed.then(|| {
        let result = Arc::clone(&result);
        view! {
            <details
                class="numbers-part"
                prop:open=move || table_open.get()
                on:toggle=move |event| table_open.set(event_target::<web_sys::HtmlDetailsElement>(&event).open())
            >
                <summary>"Numbers as a table"</summary>
                {move || has_table.get().then(|| view! { <NumberTable title=panel.title result=Arc::clone(&result) /> })}
            </details>
        }
    });
    view! {
        <ul class="notes" hidden=!has_notes>{gathered}{notes}</ul>
        <div class="disclosures">
            {move || unseen_parts.get().then(|| words_of(panel, &result))}
            {table}
        </div>
    }
    .into_any()
}

/// What the numbers mean and how they came about.
fn words_of(panel: &'static Panel, result: &Arc<MetricResult>) -> AnyView {
    view! {
        <Definitions result=Arc::clone(result) />
        <Working panel result=Arc::clone(result) />
    }
    .into_any()
}

/// The cards of several panels, asked in one go.
#[component]
pub(in crate::app) fn PanelCards(
    /// Ids of panels.
    ids: &'static [&'static str],
    /// What is asked; the page's question unless the view refines it.
    #[prop(optional, into)]
    query: Option<Signal<Query>>,
) -> impl IntoView {
    let query = query.unwrap_or_else(|| AppState::of_context().query.into());
    let panels: Vec<&'static Panel> = ids.iter().filter_map(|id| panel(id)).collect();
    let answers = use_answers(panels.iter().map(|panel| panel.about.id).collect(), query);
    panels.into_iter().zip(answers).map(|(panel, answer)| view! { <PanelCard panel answer query /> }).collect_view()
}
