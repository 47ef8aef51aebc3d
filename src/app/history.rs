//! The address bar and the state, one direction each.

use leptos::prelude::*;

use super::state::{AppState, Remedy, Theme};
use super::views;
use crate::address::Address;
use crate::messages::UserMessage;
use crate::web::{read_fragment, watch_fragment, write_fragment};

/// Key of the theme in the address: a choice of the page, not a part of the question.
const THEME_KEY: &str = "theme";

/// Reads the address now and whenever the user changes it; writes it whenever the state changes.
pub(super) fn follow(state: AppState) {
    adopt(state, &read_fragment());
    // The edge: the address changes outside of our signals.
    let watch = watch_fragment(move |fragment| adopt(state, &fragment));
    let _kept = StoredValue::new_local(watch);
    Effect::new(move |last: Option<&'static str>| {
        let view = state.view.get();
        let mut other = state.other_keys.get();
        if state.theme.get() != Theme::Auto {
            other.push((THEME_KEY.to_owned(), state.theme.get().id().to_owned()));
        }
        let address = Address { view: Some(view.to_owned()), query: state.query.get(), other };
        // A view is a step of the browser's history, a setting of it is not.
        write_fragment(&address.to_string(), last.is_some_and(|last| last != view));
        view
    });
}

fn adopt(state: AppState, fragment: &str) {
    let (address, problems) = Address::read(fragment);
    for problem in problems {
        state.tell(
            UserMessage::warning("A part of the address was not understood.", &format!("{problem}. It was left out.")),
            Remedy::None,
        );
    }
    let view = address.view.as_deref().and_then(views::of).map_or(views::FIRST, |view| view.id);
    let _ = state.view.try_set(view);
    let _ = state.query.try_set(address.query);
    let mut other = address.other;
    let named = other.iter().find(|(key, _)| key == THEME_KEY);
    let theme = named.and_then(|(_, id)| Theme::ALL.into_iter().find(|theme| theme.id() == id));
    let _ = state.theme.try_set(theme.unwrap_or(Theme::Auto));
    other.retain(|(key, _)| key != THEME_KEY);
    let _ = state.other_keys.try_set(other);
}
