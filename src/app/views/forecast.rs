//! Forecast: when the work is done, how much is done by a day, and how far such forecasts held.

use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, PanelCards, RiskEditor, Switch};
use crate::app::state::AppState;

/// What it shows, from the answer to the doubt.
const METRICS: &[&str] =
    &["forecast-when", "forecast-how-many", "forecast-cone", "forecast-drivers", "forecast-backtest", "forecast-teams"];

/// The view.
pub(super) static VIEW: View =
    View { id: "forecast", title: "Forecast", needs_items: true, records: &[], metrics: METRICS, body };

fn body() -> AnyView {
    let state = AppState::of_context();
    let seed = move || state.query.read().forecast.seed;
    let skips_days_off = Signal::derive(move || state.query.read().forecast.skip_days_off);
    let grows = Signal::derive(move || state.query.read().forecast.growth);
    let again = move |_| state.query.update(|query| query.forecast.seed = query.forecast.seed.wrapping_add(1));
    view! {
        <FilterBar />
        <div class="view-controls">
            <Setting name="history" label="Days of history" unset="90" />
            <Setting name="remaining" label="Remaining work" unset="all that is open" />
            <Setting name="target" label="Target" unset="in 30 days" />
            <Setting name="capacity" label="Capacity factor (or plan)" unset="1" />
            <Setting name="split" label="Split rate (like 1..1.4)" unset="1" />
            <div class="setting">
                <span aria-hidden="true">"New work"</span>
                <Switch
                    label="New work"
                    choices=vec![(false, "None"), (true, "As before")]
                    chosen=grows
                    on_choose=move |grows| state.query.update(|query| query.forecast.growth = grows)
                />
            </div>
            <div class="setting">
                <span aria-hidden="true">"Days off"</span>
                <Switch
                    label="Days off"
                    choices=vec![(true, "Skipped"), (false, "Worked")]
                    chosen=skips_days_off
                    on_choose=move |skips| state.query.update(|query| query.forecast.skip_days_off = skips)
                />
            </div>
            <Setting name="trials" label="Trials" unset="10000" />
            <Setting name="seed" label="Seed" unset="1" />
            <button type="button" on:click=again>"Run again with another seed"</button>
            <span class="explanation">{move || format!("Seed {}", seed())}</span>
        </div>
        <RiskEditor />
        <PanelCards ids=VIEW.metrics />
    }
    .into_any()
}

/// One key of the question as a field; what is not understood is said beside it and changes nothing.
#[component]
fn Setting(
    /// The key.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What holds while the field is empty.
    unset: &'static str,
) -> impl IntoView {
    let state = AppState::of_context();
    let problem = RwSignal::new(String::new());
    let text = move || {
        let pairs = state.query.read().forecast.pairs();
        pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
    };
    let change = move |event| {
        let mut query = state.query.get_untracked();
        let told = query.forecast.set_or_clear(name, event_target_value(&event).trim());
        problem.set(told.err().map(|error| error.to_string()).unwrap_or_default());
        if problem.read_untracked().is_empty() {
            state.query.set(query);
        }
    };
    view! {
        <label class="setting">
            {label}
            <input type="text" name=name placeholder=unset prop:value=text on:change=change />
            <span class="explanation" role="status">{problem}</span>
        </label>
    }
}
