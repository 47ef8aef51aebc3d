//! What the page around a frame asks for, and what it is told when the user does something.

use leptos::prelude::*;

use crate::address::Theme;
use crate::app::state::AppState;
use crate::app::{document, history};
use crate::embedding::{ErrorCode, Incoming, Outgoing, Unoffered};
use crate::web::FrameLink;

/// Keeps the way to the page around.
pub(in crate::app) fn meet_around(state: AppState, around: Option<FrameLink>) {
    state.around.set_value(around);
}

/// Does what the page around asks for.
pub(in crate::app) fn heed_around(state: AppState, message: Incoming) {
    match message {
        Incoming::Ping => tell_ready(state),
        Incoming::Resizes(_) => {
            let _ = state.own_height.try_set(true);
        }
        Incoming::Theme { theme, by_confluence } => {
            if by_confluence {
                let _ = state.own_height.try_set(true);
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
        Incoming::Unoffered(Unoffered::Load) => tell_error(state, ErrorCode::LoadRefused),
        Incoming::Unoffered(Unoffered::Export) => tell_error(state, ErrorCode::ExportRefused),
    }
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
    state.around.try_with_value(|around| around.iter().for_each(|around| around.tell(message)));
}
