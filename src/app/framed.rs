//! The page in a frame: what the style sheet is told of it, and what the page around is told.

use leptos::html::Div;
use leptos::prelude::*;

use super::state::AppState;
use super::{actions, history, views};
use crate::address::{Address, SourceVerdict, Task};
use crate::charts::panel;
use crate::embedding::{ErrorCode, Known, Outgoing, Partner};
use crate::model::iso_from_day;
use crate::web::{FrameLink, TRANSPARENT, site, surroundings};

/// Says whether the layout follows the frame or its own content.
const HEIGHT: &str = "data-frame";

/// Keeps the style sheet and the page around in step with the state. `content` is everything that has a height of its own.
pub(super) fn follow(state: AppState, content: NodeRef<Div>) {
    let site = site();
    let partner = Partner {
        own: surroundings().origin,
        listed: site.embed_origins,
        expected: state.frame.with_untracked(|frame| frame.parent.clone()),
        takes_other_data: site.allow_local,
    };
    let around = FrameLink::open(partner, move |message| actions::heed_around(state, message));
    actions::meet_around(state, around.clone());
    Effect::new(move |_| {
        if !state.is_opening.get() {
            actions::go_on_with_load(state);
        }
    });
    Effect::new(move |_| {
        let Some(root) = document().document_element() else { return };
        let height = if state.framed().own_height.get() { "own" } else { "follow" };
        let transparent = if state.frame.with(|frame| frame.transparent) {
            root.set_attribute(TRANSPARENT, "")
        } else {
            root.remove_attribute(TRANSPARENT)
        };
        // Attributes with constant names are refused by no browser.
        drop(root.set_attribute(HEIGHT, height).and(transparent));
    });
    let Some(around) = around else { return };
    around.tell(&Outgoing::Ready { version: env!("CARGO_PKG_VERSION").to_owned() });
    if state.notices.with_untracked(|notices| !notices.is_empty()) {
        // So early they are of the address alone.
        around.tell(&Outgoing::Error { code: ErrorCode::BadParameter });
    }
    let watched = around.clone();
    let watch = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(content) = content.get()
            && state.framed().own_height.get()
        {
            watch.set_value(watched.follow_height(&content));
        }
    });
    let told = Memo::new(move |_| standing(state));
    Effect::new(move |_| {
        // A page that may know it is told of every filter.
        state.query.track();
        let Some(message) = told.get() else { return };
        around.tell(&message);
        // What is of the data goes to a page that may know it, and to no other.
        if let (Outgoing::State { view, chart, title, .. }, Some(origin)) = (message, around.trusted()) {
            let known = Some(known(state));
            around.tell_trusted(&Outgoing::State { view, chart, title, known }, &origin);
        }
    });
}

/// What is shown now, or why nothing is; `None` while it is being opened.
fn standing(state: AppState) -> Option<Outgoing> {
    let is_undecided = state.foreign_source.with(Option::is_some) || state.framed().handover.with(Option::is_some);
    if state.is_opening.get() || state.import.with(Option::is_some) || is_undecided {
        return None;
    }
    if !state.has_files() {
        let has_failed = state.notices.with(|notices| !notices.is_empty());
        let code = match state.opening().task {
            Task::Published(SourceVerdict::Fetch(_)) if has_failed => ErrorCode::NotOpened,
            Task::Published(SourceVerdict::Fetch(_)) | Task::Own | Task::Card => ErrorCode::Empty,
            Task::Published(_) => ErrorCode::SourceDenied,
        };
        return Some(Outgoing::Error { code });
    }
    let view = state.view.get();
    let chart = state.chart.with(|id| id.as_deref().and_then(panel));
    let title = chart.map_or_else(|| views::of(view).map_or("", |view| view.title), |panel| panel.title);
    Some(Outgoing::State {
        view: view.to_owned(),
        chart: chart.map(|panel| panel.id.to_owned()).unwrap_or_default(),
        title: title.to_owned(),
        known: None,
    })
}

fn known(state: AppState) -> Known {
    let day = untrack(|| state.data_to());
    Known {
        as_of: day.map(iso_from_day).unwrap_or_default(),
        params: Address { item: None, ..untrack(|| history::whole_address(state)) }.pairs(),
    }
}
