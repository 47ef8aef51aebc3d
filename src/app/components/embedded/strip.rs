//! A strip of figures: those of one chart, or the headlines of the overview.

use leptos::prelude::*;

use crate::app::components::answers::{Answer, Known, use_answers, use_known};
use crate::app::components::figures::Figures;
use crate::app::state::AppState;
use crate::app::views;
use crate::charts::Panel;

/// The figures of a chart.
#[component]
pub(super) fn ChartStrip(
    /// The chart.
    panel: &'static Panel,
) -> impl IntoView {
    let state = AppState::of_context();
    let answer = use_answers(vec![panel.about.id], state.query.into()).into_iter().next();
    answer.map(|answer| view! { <OneStrip panel answer /> })
}

#[component]
fn OneStrip(panel: &'static Panel, answer: Signal<Answer>) -> impl IntoView {
    let state = AppState::of_context();
    let known = use_known(answer);
    let status = Memo::new(move |_| answer.with(Answer::status));
    let figures = move || {
        let result = known.with(|known| known.result.clone()).filter(|result| !result.figures.is_empty());
        match result {
            Some(result) => view! { <Figures result /> }.into_any(),
            None => view! { <p class="opening">{known.with(Known::words)}</p> }.into_any(),
        }
    };
    view! {
        <section class="framed-strip" aria-label=panel.title data-status=move || status.get()>
            <h2 class="framed-title" hidden=move || state.frame.with(|frame| !frame.title)>{panel.title}</h2>
            <div class="strip-scroll" tabindex="0" role="region" aria-label=format!("{}: figures", panel.title)>{figures}</div>
        </section>
    }
}

/// The headlines of the overview.
#[component]
pub(super) fn OverviewStrip() -> impl IntoView {
    view! {
        <section class="framed-strip" aria-label="How it stands">
            <div class="strip-scroll" tabindex="0" role="region" aria-label="How it stands: figures">{views::overview_strip()}</div>
        </section>
    }
}
