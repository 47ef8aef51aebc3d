//! What the page around a frame asks for, and what it is told when the user does something.

use leptos::prelude::*;

use super::handed_out::hand_out_chart;
use super::handover::take_load;
use crate::address::Theme;
use crate::app::state::AppState;
use crate::app::{document, history};
use crate::embedding::{ErrorCode, Incoming, Outgoing, Partner, Plain};
use crate::web::{FrameLink, Heard};

/// Keeps the way to the page around.
pub(in crate::app) fn meet_around(state: AppState, around: Option<FrameLink>) {
    state.framed().around.set_value(around);
}

/// Does what the page around asks for.
pub(in crate::app) fn heed_around(state: AppState, heard: Heard) {
    let Heard { message, origin, buffers } = heard;
    match message {
        Incoming::Ping => tell_ready(state),
        Incoming::Resizes(_) => {
            let _ = state.framed().own_height.try_set(true);
        }
        Incoming::Theme { theme, by_confluence } => {
            if by_confluence {
                let _ = state.framed().own_height.try_set(true);
            }
            take_theme(state, theme);
        }
        Incoming::Set(params) => {
            let (address, problems) = history::whole_address(state).changed(&params);
            if !problems.is_empty() {
                tell_error(state, ErrorCode::BadParameter);
            }
            history::show(state, address);
        }
        Incoming::Refresh => super::look_for_newer(state),
        Incoming::Print => document::print_page(),
        Incoming::Load(order) => take_load(state, order, origin, buffers),
        Incoming::Export(order) => hand_out_chart(state, order, origin),
    }
}

/// Who the page around is, and what it may know.
pub(super) fn partner(state: AppState) -> Option<Partner> {
    state.framed().around.try_with_value(|around| around.as_ref().map(|around| around.partner().clone())).flatten()
}

/// Tells a page of this origin why something was not done; a page without an origin is told which of few reasons it was.
pub(super) fn answer(state: AppState, origin: &str, code: ErrorCode, words: String, reply: Option<Plain>) {
    let message = Outgoing::Refused { code, words, reply };
    let is_told = |around: &Option<FrameLink>| around.as_ref().is_some_and(|link| link.answer(&message, origin, None));
    if state.framed().around.try_with_value(is_told) == Some(false) {
        tell_error(state, code);
    }
}

/// Hands a file to a page of this origin, and to no other.
pub(super) fn hand_over(state: AppState, origin: &str, mime: &'static str, bytes: &[u8], reply: Option<Plain>) {
    let message = Outgoing::Exported { reply, mime, bytes: bytes.len() as u64 };
    // Without an origin nothing was asked for: it was refused before.
    let sent =
        |around: &Option<FrameLink>| around.as_ref().is_some_and(|link| link.answer(&message, origin, Some(bytes)));
    let _ = state.framed().around.try_with_value(sent);
}

/// The user opens the same outside of the frame.
pub(in crate::app) fn tell_opened(state: AppState, url: &str) {
    tell(state, &Outgoing::Open { url: url.to_owned() });
}

fn take_theme(state: AppState, theme: Theme) {
    let _ = state.theme.try_set(theme);
}

fn tell_ready(state: AppState) {
    tell(state, &Outgoing::Ready { version: env!("CARGO_PKG_VERSION").to_owned() });
}

fn tell_error(state: AppState, code: ErrorCode) {
    tell(state, &Outgoing::Error { code });
}

fn tell(state: AppState, message: &Outgoing) {
    state.framed().around.try_with_value(|around| around.iter().for_each(|around| around.tell(message)));
}
