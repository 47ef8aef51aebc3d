//! The releases on a chart over days: what each mark means, in words, and the switch that hides them.

use std::sync::Arc;

use leptos::prelude::*;

use super::UserText;
use crate::app::format;
use crate::app::state::AppState;
use crate::charts::{ReleaseMark, release_marks};
use crate::engine::ReleaseDay;
use crate::metrics::MetricResult;
use crate::model::{Granularity, iso_from_day};

/// Versions that one entry names.
const NAMES: usize = 6;

/// The marks of a result's drawing: number and day; none while they are switched off. Tracks.
pub(super) fn releases_of(state: AppState, result: &MetricResult) -> Vec<(usize, i32)> {
    if !state.show_releases.get() {
        return Vec::new();
    }
    let (_, marks) = marks(state, result);
    marks.into_iter().map(|mark| (mark.number, mark.day)).collect()
}

fn marks(state: AppState, result: &MetricResult) -> (Granularity, Vec<ReleaseMark>) {
    let days: Vec<i32> = state
        .workspace
        .with(|open| open.iter().flat_map(|open| &open.delivery.releases).map(|release| release.day).collect());
    release_marks(result, &days)
}

/// The releases of a chart in words.
#[component]
pub(super) fn Releases(
    /// Title of the chart.
    title: &'static str,
    /// What it draws.
    result: Signal<Option<Arc<MetricResult>>>,
) -> impl IntoView {
    let state = AppState::of_context();
    let known = Memo::new(move |_| {
        result.with(|result| result.as_deref().map_or((Granularity::Day, Vec::new()), |result| marks(state, result)))
    });
    let number = move || known.with(|(_, marks)| marks.len());
    let list = move || {
        state.workspace.with(|open| {
            let releases: &[ReleaseDay] = open.as_ref().map_or(&[], |open| &open.delivery.releases);
            known.with(|(_, marks)| marks.iter().map(|mark| entry(mark, releases)).collect_view())
        })
    };
    let gathered = move || {
        let by = known.with(|(by, _)| *by);
        (by != Granularity::Day).then(|| {
            format!("There are more than can be told apart: each mark stands for those of a {} or more.", by.id())
        })
    };
    view! {
        <Show when=move || { number() > 0 }>
            <details class="annotations releases">
                <summary>{move || format!("Releases ({})", number())}</summary>
                <label class="setting">
                    <input
                        type="checkbox"
                        prop:checked=move || state.show_releases.get()
                        on:change=move |event| state.show_releases.set(event_target_checked(&event))
                    />
                    "Mark releases on all charts over days"
                </label>
                <p class="explanation">{gathered}</p>
                <ul class="annotation-list" aria-label=format!("{title}: releases")>{list}</ul>
            </details>
        </Show>
    }
}

fn entry(mark: &ReleaseMark, releases: &[ReleaseDay]) -> AnyView {
    let of_mark = || mark.releases.iter().filter_map(|&position| releases.get(position));
    let names: Vec<&str> = of_mark().flat_map(|day| &day.versions).map(String::as_str).collect();
    let unnamed: u64 = of_mark().map(|day| day.more).sum();
    let more = names.len().saturating_sub(NAMES) as u64 + unnamed;
    let mut text = names.iter().take(NAMES).copied().collect::<Vec<_>>().join(", ");
    if more > 0 {
        text = format!("{text} and {} more", format::count(more));
    }
    let last = of_mark().next_back().map_or(mark.day, |day| day.day);
    let day = iso_from_day(mark.day);
    let to = (last != mark.day).then(|| format!(" to {}", iso_from_day(last)));
    view! {
        <li data-release=mark.number.to_string()>
            {format!("R{} ", mark.number)} <time datetime=day.clone()>{day.clone()}</time> {to} ": " <UserText text />
        </li>
    }
    .into_any()
}
