//! What counts as production, and by which year's bands the numbers are sorted.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{Switch, UserText};
use crate::app::actions;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::{DeliverySummary, EnvironmentSummary};
use crate::metrics::delivery::BAND_YEARS;
use crate::model::Decision;

fn summary(state: AppState) -> DeliverySummary {
    state.workspace.with(|open| open.as_ref().map(|open| open.delivery.clone()).unwrap_or_default())
}

/// The environments with a check for those that are production; nothing where no deployment names one.
#[component]
pub(in crate::app) fn ProductionPicker() -> impl IntoView {
    let state = AppState::of_context();
    let known = Memo::new(move |_| summary(state));
    let is_named = move || known.with(|known| known.environments.iter().any(|one| !one.name.is_empty()));
    let boxes =
        move || known.with(|known| known.environments.iter().map(|one| check(state, known, one)).collect_view());
    let origin =
        move || match known.with(|known| (known.is_chosen, known.environments.iter().any(|one| one.is_production))) {
            (true, _) => "As you chose.",
            (false, true) => "Told by their names.",
            (false, false) => "None of the names looks like production: choose.",
        };
    let guess = move |_| {
        actions::decide(
            state,
            Decision::Production(BTreeSet::new()),
            "Production is told by the names of the environments again.".to_owned(),
        );
    };
    view! {
        <fieldset class="production" hidden=move || !is_named()>
            <legend>"Production environments"</legend>
            {boxes}
            <span class="explanation">{origin}</span>
            <button type="button" prop:disabled=move || !known.with(|known| known.is_chosen) on:click=guess>
                "As guessed again"
            </button>
        </fieldset>
    }
}

fn check(state: AppState, known: &DeliverySummary, one: &EnvironmentSummary) -> AnyView {
    let EnvironmentSummary { name, deployments, is_production } = one.clone();
    let chosen: BTreeSet<String> =
        known.environments.iter().filter(|one| one.is_production).map(|one| one.name.clone()).collect();
    let shown = if name.is_empty() { "(none named)".to_owned() } else { name.clone() };
    let done = shown.clone();
    let change = move |event| {
        let mut names = chosen.clone();
        let is_in = event_target_checked(&event);
        if is_in {
            names.insert(name.clone());
        } else {
            names.remove(&name);
        }
        let said = if is_in { "counts" } else { "no longer counts" };
        actions::decide(state, Decision::Production(names), format!("{done} {said} as production."));
    };
    view! {
        <label class="setting">
            <input type="checkbox" prop:checked=is_production on:change=change />
            <UserText text=shown />
            <span class="detail">{format!(" ({})", format::count(deployments))}</span>
        </label>
    }
    .into_any()
}

/// Which report's bands are used.
#[component]
pub(in crate::app) fn BandSwitch() -> impl IntoView {
    let state = AppState::of_context();
    let chosen = Signal::derive(move || {
        let year = state.workspace.with(|open| open.as_ref().and_then(|open| open.decisions.bands_year));
        year.filter(|year| BAND_YEARS.contains(year)).unwrap_or(BAND_YEARS[0])
    });
    let choose = move |year: u16| {
        // The newest is what holds without a decision.
        let decided = (year != BAND_YEARS[0]).then_some(year);
        actions::decide(state, Decision::BandsYear(decided), format!("The bands are those of {year}."));
    };
    view! {
        <div class="view-controls">
            <Switch label="Bands of the DORA report" choices=vec![(2023, "Bands of 2023"), (2021, "Bands of 2021")] chosen on_choose=choose />
        </div>
    }
}
