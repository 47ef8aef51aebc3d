//! Sharing what is looked at: the link, and what is pasted into other pages.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::{Address, Frame, Task};
use crate::app::history;
use crate::app::state::{AppState, Shared};
use crate::app::views;
use crate::charts::panel;
use crate::embedding::{Embeddable, HostSheet};
use crate::outputs::{OutputOrder, read_host_sheets};
use crate::web::{WebError, app_address, copy_text, surroundings};

/// Opens the dialog for one chart, or for the view.
pub(in crate::app) fn share(state: AppState, chart: Option<&'static str>) {
    let _ = state.shared.try_set(Some(Shared { chart }));
}

/// Copies the link to what is looked at.
pub(in crate::app) fn copy_link(state: AppState) {
    let link = untrack(|| history::outside_link(state, None));
    spawn_local(async move {
        match copy_text("Link", &link, None).await {
            Ok(true) if is_published(state) => state.say("The link is copied."),
            Ok(true) => state.say("The link is copied. It holds the view and its settings, not your data."),
            Ok(false) => state.say("This browser does not let a page copy. The link is shown for copying by hand."),
            // The dialog has the text, and needs nothing more to be loaded.
            Err(_) => share(state, None),
        }
    });
}

/// Copies a text of the dialog; what became of it, in a sentence.
pub(in crate::app) async fn copy_snippet(state: AppState, label: &str, text: &str) -> &'static str {
    let words = match copy_text(label, text, None).await {
        Ok(true) => "Copied.",
        Ok(false) => "Not allowed here: it is shown for copying by hand.",
        Err(_) => "Not copied: a part of the page could not be loaded. Select the text and copy it with Ctrl+C or ⌘C.",
    };
    state.say(words);
    words
}

/// True when others see the same data at the same address.
pub(in crate::app) fn is_published(state: AppState) -> bool {
    matches!(state.opening().task, Task::Published(_))
}

/// What is shared, by the chosen frame: its height, colours and parts.
pub(in crate::app) fn embeddable(state: AppState, chart: Option<&str>, frame: Frame) -> Embeddable {
    let height = frame.height.unwrap_or_default();
    let whole = history::whole_address(state);
    let view = whole.view.as_deref().and_then(views::of);
    let address = Address { chart: chart.map(str::to_owned), frame, ..whole };
    let app = app_address();
    let drawn = chart.and_then(panel);
    Embeddable {
        link: address.link(&app),
        frame_link: address.frame_link(&app),
        // A page may be named by its file.
        app: app.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/")),
        origin: surroundings().origin,
        title: drawn.map_or_else(|| view.map_or("", |view| view.title), |panel| panel.title).to_owned(),
        id: drawn.map_or_else(|| view.map_or("", |view| view.id), |panel| panel.id).to_owned(),
        height,
    }
}

/// The texts for each host; an error is the reason why there are none.
pub(in crate::app) async fn host_sheets(state: AppState, what: Embeddable) -> Result<Vec<HostSheet>, String> {
    let Some(client) = state.client() else { return Err(WebError::NothingOpen.to_string()) };
    let files = client.make(&OutputOrder::HostSheets { what }).await?;
    read_host_sheets(&files).ok_or_else(|| WebError::NewVersion.to_string())
}
