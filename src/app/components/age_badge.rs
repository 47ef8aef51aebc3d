//! How old published data is, beside its name; and the way from a published page to data of one's own.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use crate::app::actions;
use crate::app::format;
use crate::app::state::AppState;
use crate::publish::DataAge;
use crate::web::{page_without_data, site};

/// An age changes by itself.
const AGES_EVERY: Duration = Duration::from_mins(1);

/// The badge. While it is there it looks for newer data: when the page is looked at again, and as often as the address says.
#[component]
pub(super) fn AgeBadge() -> impl IntoView {
    let state = AppState::of_context();
    let now = RwSignal::new(format::now());
    if !state.can_edit() {
        follow_time(state, now);
    }
    let badge = move || {
        let published = state.published.get()?;
        if !published.made_at.is_finite() {
            return None;
        }
        let DataAge { freshness, words } = DataAge::at(now.get(), published.made_at, published.refresh_every);
        let made = format!("Made {}", format::moment(published.made_at));
        Some(view! { <span class="badge badge-age" data-age=freshness.id() title=made>{words}</span> })
    };
    view! { {badge} }
}

fn follow_time(state: AppState, now: RwSignal<f64>) {
    let age = move || {
        let _ = now.try_set(format::now());
    };
    let look = move || {
        age();
        actions::look_for_newer(state);
    };
    let mut intervals = vec![set_interval_with_handle(age, AGES_EVERY)];
    let minutes = state.frame.with_untracked(|frame| frame.refresh);
    intervals
        .extend(minutes.map(|minutes| set_interval_with_handle(look, Duration::from_secs(u64::from(minutes) * 60))));
    let seen = window_event_listener(ev::focus, move |_| look());
    on_cleanup(move || {
        seen.remove();
        intervals.into_iter().flatten().for_each(|interval| interval.clear());
    });
}

/// The link to data of one's own, where the site allows it.
#[component]
pub(super) fn OwnData() -> impl IntoView {
    site().allow_local.then(|| {
        view! { <a class="button own-data" href=page_without_data()>"Open your own data"</a> }
    })
}
