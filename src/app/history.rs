//! The address bar and the state, one direction each.

use leptos::prelude::*;

use super::state::{AppState, Remedy, Severity};
use super::views;
use crate::address::Address;
use crate::web::{read_fragment, watch_fragment, write_fragment};

/// Reads the address now and whenever the user changes it; writes it whenever the state changes.
pub(super) fn follow(state: AppState) {
    adopt(state, &read_fragment());
    // The edge: the address changes outside of our signals.
    let watch = watch_fragment(move |fragment| adopt(state, &fragment));
    let _kept = StoredValue::new_local(watch);
    Effect::new(move |last: Option<&'static str>| {
        let view = state.view.get();
        let address = Address { view: Some(view.to_owned()), query: state.query.get(), other: state.other_keys.get() };
        // A view is a step of the browser's history, a setting of it is not.
        write_fragment(&address.to_string(), last.is_some_and(|last| last != view));
        view
    });
}

fn adopt(state: AppState, fragment: &str) {
    let (address, problems) = Address::read(fragment);
    for problem in problems {
        state.tell(
            Severity::Warning,
            "A part of the address was not understood.",
            format!("{problem}. It was left out."),
            Remedy::None,
        );
    }
    let view = address.view.as_deref().and_then(views::of).map_or(views::FIRST, |view| view.id);
    let _ = state.view.try_set(view);
    let _ = state.query.try_set(address.query);
    let _ = state.other_keys.try_set(address.other);
}
