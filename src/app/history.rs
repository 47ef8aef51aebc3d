//! The address bar and the state: one direction each. What a link means is decided in one place, here.

use leptos::prelude::*;

use super::state::AppState;
use super::views;
use crate::metrics::{FilterField, Query, Unit};
use crate::model::Granularity;
use crate::web::{read_fragment, watch_fragment, write_fragment};

/// Reads the address now and whenever the user changes it; writes it whenever the state changes.
pub(super) fn follow(state: AppState) {
    adopt(state, &read_fragment());
    let watch = watch_fragment(move |fragment| adopt(state, &fragment));
    let _kept = StoredValue::new_local(watch);
    Effect::new(move |last: Option<&'static str>| {
        let view = state.view.get();
        let fragment = state.query.with(|query| fragment_of(view, query));
        if state.opening.get() {
            return view;
        }
        write_fragment(&fragment, last.is_some_and(|last| last != view));
        view
    });
}

fn adopt(_state: AppState, _fragment: &str) {}
fn fragment_of(view: &str, _query: &Query) -> String { format!("v=1&view={view}") }
