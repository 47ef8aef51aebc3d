//! The page: signals, views, words on screen. It parses nothing and computes nothing.
//!
//! State lives in [`state::AppState`], given by context once; [`actions`] are its only writers. Views are listed in
//! [`views::VIEWS`]. What the browser itself must be told (title, theme, focus) is in [`document`].

#![allow(unreachable_pub, reason = "the component macro makes the props of every component pub")]
#![allow(clippy::needless_pass_by_value, reason = "components take their props by value, and events arrive so")]

mod actions;
mod components;
mod document;
mod format;
mod framed;
mod framed_state;
mod history;
mod state;
mod views;

use leptos::prelude::*;

use crate::address::{Address, Opening, Task};
use crate::web::{EngineClient, read_fragment, read_query, report_page_panics, resolve, site, surroundings};
use components::{Embedded, Shell};
use state::AppState;

/// Mounts the page.
pub fn start() {
    report_page_panics();
    mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let (address, problems) = Address::read(&read_query(), &read_fragment());
    let opening = Opening::of(&address, &site(), &surroundings(), resolve);
    let stores = !opening.keeps_out_of_storage();
    let state = AppState::new(address, opening);
    // Events may arrive before and after anything on screen: they write signals of the root, which live as long as the page.
    state.connect(EngineClient::start(stores, move |event| actions::heed(state, event)));
    provide_context(state);
    history::follow(state, problems);
    document::follow(state);
    actions::begin(state);
    match state.opening() {
        Opening { embedded: false, task: Task::Own | Task::Published(_) } => view! { <Shell /> }.into_any(),
        _ => view! { <Embedded /> }.into_any(),
    }
}
