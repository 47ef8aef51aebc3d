//! What a printed sheet says above its charts, and a screen says elsewhere: the view, the day of the data, what was asked, and where
//! it is found again.

use leptos::prelude::*;

use crate::app::state::AppState;
use crate::app::{history, views};
use crate::model::iso_from_day;
use crate::outputs::settings_in_words;

/// The head; style/print.css shows it on paper alone.
#[component]
pub(super) fn PaperHead(
    /// The view that is shown.
    shown: Memo<Option<&'static str>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let told = move || {
        let title = shown.get().and_then(views::of).map_or("", |view| view.title);
        let day = state.data_to().map_or_else(String::new, |day| format!("Data up to {} · ", iso_from_day(day)));
        let asked = state.query.with(settings_in_words);
        let asked = if asked.is_empty() { "no filter is set".to_owned() } else { asked.join(", ") };
        format!("{title}\n{day}{asked}\n{}", history::outside_link(state, None))
    };
    view! { <p class="paper-head">{told}</p> }
}
