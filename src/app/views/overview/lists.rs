//! What to look at first, and what changed.

use leptos::prelude::*;

use super::verdict_list::mark;
use crate::app::actions;
use crate::app::format;
use crate::app::history;
use crate::app::state::{AppState, DrillDown};
use crate::app::views;
use crate::engine::{ChangeNote, Overview, Worry};
use crate::metrics::Counted;

/// A link to a view; nothing for a view that there is not.
pub(super) fn link(state: AppState, view: &str) -> Option<AnyView> {
    let view = views::of(view)?;
    if state.opening().embedded {
        let href = state.frame.with(|frame| frame.link).then(|| history::outside_link(state, Some(view.id)))?;
        return Some(view! { <a href=href target="_blank" rel="noopener noreferrer">{view.title}</a> }.into_any());
    }
    let open = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        actions::open_view(state, view.id);
    };
    Some(view! { <a href=format!("#view={}", view.id) on:click=open>{view.title}</a> }.into_any())
}

/// The worst first.
pub(super) fn worries(state: AppState, overview: &Overview) -> AnyView {
    let list: Vec<AnyView> = overview.worries.iter().map(|worry| of_worry(state, worry)).collect();
    let none = list.is_empty().then_some("Nothing: no verdict is bad or to watch, and no view is spoiled by its data.");
    view! {
        <section class="card worries">
            <h2>"Look at first"</h2>
            <p class="explanation" hidden=none.is_none()>{none}</p>
            <ol>{list}</ol>
        </section>
    }
    .into_any()
}

fn of_worry(state: AppState, worry: &Worry) -> AnyView {
    let mark = match worry.state {
        Some(state) => mark(state),
        None => {
            view! { <span class="verdict-state" data-state="data"><span aria-hidden="true">"i "</span>"Data"</span> }
                .into_any()
        }
    };
    let link = link(state, &worry.view);
    view! {
        <li data-worry>
            {mark}" "<strong>{worry.title.clone()}</strong>" "{link}
            <p class="explanation"><bdi>{worry.text.clone()}</bdi><span class="worry-rule">" "{worry.rule.clone()}</span></p>
        </li>
    }
    .into_any()
}

/// Since the export before, or the period before.
pub(super) fn changes(state: AppState, overview: &Overview) -> AnyView {
    let list: Vec<AnyView> = overview.changes.iter().map(|note| of_change(state, note)).collect();
    view! {
        <section class="card what-changed">
            <h2>"What changed"</h2>
            <p class="explanation">{overview.since.clone()}</p>
            <ul>{list}</ul>
        </section>
    }
    .into_any()
}

fn of_change(state: AppState, note: &ChangeNote) -> AnyView {
    if note.items.is_empty() {
        let link = link(state, &note.view);
        return view! { <li data-change><bdi>{note.text.clone()}</bdi>" "{link}</li> }.into_any();
    }
    let drill = DrillDown {
        title: note.text.clone(),
        detail: String::new(),
        counted: Counted::Items,
        items: note.items.clone(),
    };
    let hint = format!("Show {}", format::counted(note.items.len() as u64, "item", "items"));
    view! {
        <li data-change>
            <button type="button" class="link" title=hint on:click=move |_| actions::show_items(state, drill.clone())>
                {note.text.clone()}
            </button>
        </li>
    }
    .into_any()
}
