//! A tile for each area: its number, how it moved, its course and its sentence. A click or Enter opens its view.

use std::fmt::Write as _;

use leptos::prelude::*;

use crate::app::state::AppState;
use crate::app::views;
use crate::app::{actions, history};
use crate::engine::Overview;
use crate::metrics::Headline;

/// Width and height of a course, in units of its own.
const COURSE: (f64, f64) = (100.0, 28.0);

/// The areas with a number.
pub(super) fn tiles(state: AppState, overview: &Overview) -> AnyView {
    let known = overview.headlines.iter().filter(|headline| headline.value.is_some());
    let tiles: Vec<AnyView> = known.map(|headline| tile(state, headline)).collect();
    if tiles.is_empty() {
        return view! { <p class="needs">"No number of these files can be computed yet. What would help is said below."</p> }
            .into_any();
    }
    view! { <ul class="tiles">{tiles}</ul> }.into_any()
}

/// The areas without one, and which data would fill them.
pub(super) fn unknown_areas(_state: AppState, overview: &Overview) -> AnyView {
    let unknown: Vec<AnyView> = overview
        .headlines
        .iter()
        .filter(|headline| headline.value.is_none())
        .map(|Headline { area, metric, reason, needs, .. }| {
            let needs = (!needs.is_empty()).then(|| format!(" What would help: {needs}"));
            view! { <li data-unknown=metric.clone()><strong>{area.clone()}</strong>": "<bdi>{reason.clone()}{needs}</bdi></li> }
                .into_any()
        })
        .collect();
    if unknown.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card unknown-areas">
            <h2>"Not known from these files"</h2>
            <ul>{unknown}</ul>
        </section>
    }
    .into_any()
}

fn tile(state: AppState, headline: &Headline) -> AnyView {
    let Headline { area, name, value, text, takeaway, change, course, .. } = headline;
    let content = view! {
        <span class="tile-area">{area.clone()}</span>
        <strong class="tile-number" data-value=value.map(|value| value.to_string())>{text.clone()}</strong>
        <span class="tile-name">{name.clone()}</span>
        {line(course)}
        <span class="tile-change">{change.clone()}</span>
        <span class="tile-takeaway"><bdi>{takeaway.clone()}</bdi></span>
    };
    let metric = headline.metric.clone();
    if state.opening().embedded {
        return framed_tile(state, headline, content.into_any());
    }
    match views::of(&headline.view) {
        Some(view) => {
            let open = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                actions::open_view(state, view.id);
            };
            view! { <li><a class="tile" data-tile=metric href=format!("#view={}", view.id) on:click=open>{content}</a></li> }
                .into_any()
        }
        None => view! { <li><div class="tile" data-tile=metric>{content}</div></li> }.into_any(),
    }
}

/// Inside another page a tile leads out of the frame, or nowhere.
fn framed_tile(state: AppState, headline: &Headline, content: AnyView) -> AnyView {
    let metric = headline.metric.clone();
    match views::of(&headline.view).filter(|_| state.frame.with(|frame| frame.link)) {
        Some(view) => {
            let href = history::outside_link(state, Some(view.id));
            view! { <li><a class="tile" data-tile=metric href=href target="_blank" rel="noopener noreferrer">{content}</a></li> }
                .into_any()
        }
        None => view! { <li><div class="tile" data-tile=metric>{content}</div></li> }.into_any(),
    }
}

/// The course as a line without axes: its numbers are those of the chart that the tile opens. Where a value is unknown the
/// line is broken.
fn line(course: &[Option<f64>]) -> AnyView {
    let known = || course.iter().flatten().copied();
    if known().count() < 2 {
        return ().into_any();
    }
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let (width, height) = COURSE;
    let step = width / (course.len() - 1) as f64;
    let y = |value: f64| {
        if high > low { height - 2.0 - (value - low) / (high - low) * (height - 4.0) } else { height / 2.0 }
    };
    let mut path = String::new();
    let mut pen = 'M';
    for (position, value) in course.iter().enumerate() {
        match value {
            Some(value) => {
                // Writing into a text cannot fail.
                let _ = write!(path, "{pen}{:.1} {:.1}", position as f64 * step, y(*value));
                pen = 'L';
            }
            None => pen = 'M',
        }
    }
    view! {
        <svg class="course" viewBox=format!("0 0 {width} {height}") preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path d=path />
        </svg>
    }
    .into_any()
}
