//! The page as a part of another page: one chart, a strip of figures, or a view, and under it the day of the data and the way
//! out. Nothing here edits, drops, pastes or stores.

mod chart;
mod dialog;
mod foot;
mod load_question;
mod strip;

use leptos::html::Div;
use leptos::prelude::*;

use super::answers::{Answer, use_answers};
use super::drawer::Drawer;
use super::import_progress::ImportProgressCard;
use super::import_question::ImportQuestionDialog;
use super::item_drawer::ItemDrawer;
use super::notice::Notices;
use super::{Card, SourceBanner, SourceQuestion};
use crate::address::Task;
use crate::app::framed;
use crate::app::framed_state::{Handover, HandoverStage};
use crate::app::state::AppState;
use crate::app::views::{self, View};
use crate::charts::{Panel, panel};
use chart::FramedChart;
use foot::Foot;
use load_question::LoadQuestion;
use strip::{ChartStrip, OverviewStrip};

/// What the frame is filled with.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    /// Nothing is there yet.
    Opening,
    /// Files are being read.
    Reading,
    /// Nothing was published for this address, and nothing handed over.
    Card,
    /// There is no data.
    Empty,
    /// The address names a chart that there is not.
    Unknown,
    /// One chart.
    Chart(&'static str),
    /// The figures of a chart, or the headlines of the overview.
    Strip(Option<&'static str>),
    /// A view.
    Board(&'static str),
}

impl Layout {
    fn of(state: AppState) -> Self {
        let chart = state.chart.with(|id| id.as_deref().and_then(panel)).map(|panel| panel.id);
        let is_reading = |handover: &Option<Handover>| {
            handover.as_ref().is_some_and(|handover| handover.stage == HandoverStage::Reading)
        };
        // Files that the address names are charts as soon as the first of them is read.
        if state.framed().handover.with(is_reading) || (state.import.with(Option::is_some) && !state.has_files()) {
            return Self::Reading;
        }
        match (state.is_opening.get(), state.has_files(), state.frame.with(|frame| frame.strip), chart) {
            (true, ..) => Self::Opening,
            (_, false, ..) if state.opening().task == Task::Card && !state.framed().tells_notices.get() => Self::Card,
            (_, false, ..) => Self::Empty,
            (_, _, _, None) if state.chart.with(Option::is_some) => Self::Unknown,
            (_, _, true, chart) => Self::Strip(chart),
            (_, _, _, Some(chart)) => Self::Chart(chart),
            (_, _, _, None) => Self::Board(state.view.get()),
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Opening | Self::Reading | Self::Card | Self::Empty | Self::Unknown => "message",
            Self::Chart(_) => "chart",
            Self::Strip(_) => "strip",
            Self::Board(_) => "board",
        }
    }
}

/// The frame's content.
#[component]
pub(in crate::app) fn Embedded() -> impl IntoView {
    let state = AppState::of_context();
    let content = NodeRef::<Div>::new();
    framed::follow(state, content);
    let layout = Memo::new(move |_| Layout::of(state));
    let table_open = RwSignal::new(false);
    let table = Signal::derive(move || matches!(layout.get(), Layout::Chart(_)).then_some(table_open));
    let body = move || {
        match layout.get() {
        Layout::Opening => view! { <p class="opening">"Opening…"</p> }.into_any(),
        Layout::Reading => view! { <ImportProgressCard /> }.into_any(),
        Layout::Card => ().into_any(),
        Layout::Empty => nothing(state),
        Layout::Unknown => view! {
            <p class="opening">
                "There is no chart named “"<bdi>{move || state.chart.get()}</bdi>"”. Ask whoever made this page to correct the address of its frame."
            </p>
        }
        .into_any(),
        Layout::Chart(id) => one_chart(id, table_open),
        Layout::Strip(Some(id)) => {
            panel(id).map_or_else(|| ().into_any(), |panel| view! { <ChartStrip panel /> }.into_any())
        }
        Layout::Strip(None) => view! { <OverviewStrip /> }.into_any(),
        Layout::Board(id) => views::of(id).map_or_else(|| ().into_any(), board),
    }
    };
    let has_foot = move || !matches!(layout.get(), Layout::Opening | Layout::Reading);
    let tells = move || state.framed().tells_notices.get() && !matches!(layout.get(), Layout::Reading);
    let is_card = Memo::new(move |_| layout.get() == Layout::Card);
    let parts = move || {
        if is_card.get() {
            return view! { <Card /> }.into_any();
        }
        view! {
            <div class="framed" data-layout=move || layout.get().id() node_ref=content>
                <div class="framed-above">
                    <SourceBanner />
                    <Show when=tells>
                        <Notices />
                    </Show>
                </div>
                <main id="content" class="framed-content" data-view=move || state.view.get() tabindex="-1">{body}</main>
                <Show when=has_foot>
                    <Foot table />
                </Show>
            </div>
        }
        .into_any()
    };
    view! {
        {parts}
        <p class="visually-hidden" role="status" aria-live="polite"><bdi>{move || state.status.get()}</bdi></p>
        <Drawer />
        <ItemDrawer />
        <SourceQuestion />
        <LoadQuestion />
        <ImportQuestionDialog />
    }
}

/// Why there is nothing, as it was told.
fn nothing(state: AppState) -> AnyView {
    let told = move || {
        if state.framed().tells_notices.get() {
            return None;
        }
        state.notices.with(|notices| {
            notices.last().map(|notice| {
                let message = &notice.message;
                [message.what.as_str(), &message.why, &message.next].join(" ")
            })
        })
    };
    view! {
        <p class="opening"><strong>"There is nothing to show here."</strong>" "<bdi>{told}</bdi></p>
    }
    .into_any()
}

/// One chart; its table is opened from the frame's last line.
fn one_chart(id: &'static str, table_open: RwSignal<bool>) -> AnyView {
    asked(&[id])
        .into_iter()
        .map(|(panel, answer)| view! { <FramedChart panel answer table_open alone=true /> })
        .collect_view()
        .into_any()
}

/// Charts without what is edited around them.
fn charts(ids: &[&'static str]) -> AnyView {
    asked(ids)
        .into_iter()
        .map(|(panel, answer)| view! { <FramedChart panel answer table_open=RwSignal::new(false) alone=false /> })
        .collect_view()
        .into_any()
}

/// The answers to several charts, asked in one go.
fn asked(ids: &[&'static str]) -> Vec<(&'static Panel, Signal<Answer>)> {
    let panels: Vec<&'static Panel> = ids.iter().filter_map(|id| panel(id)).collect();
    let query = AppState::of_context().query.into();
    let answers = use_answers(panels.iter().map(|panel| panel.about.id).collect(), query);
    panels.into_iter().zip(answers).collect()
}

/// A view without its forms.
fn board(view: &'static View) -> AnyView {
    let state = AppState::of_context();
    let title = move || state.frame.with(|frame| frame.title);
    let content = match view.id {
        views::FIRST => views::framed_overview(charts),
        views::ITEMS => (view.body)(),
        _ if view.metrics.is_empty() => {
            view! { <p class="opening">"This part of Throughline is not shown inside other pages."</p> }.into_any()
        }
        _ => charts(view.metrics),
    };
    view! {
        <h1 class="framed-title" hidden=move || !title()>{view.title}</h1>
        {content}
    }
    .into_any()
}
