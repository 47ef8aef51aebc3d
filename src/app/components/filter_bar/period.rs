//! The days that count: two dates, or one of the periods that people ask for, ending with the data.

use leptos::html::Input;
use leptos::prelude::*;

use crate::app::state::AppState;
use crate::metrics::{DateUnit, Query, RelativeDay};
use crate::model::{day_from_iso, iso_from_day};

/// A period that ends with the data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preset {
    Days(u32),
    ThisYear,
    All,
}

const PRESETS: &[(Preset, &str)] = &[
    (Preset::Days(30), "Last 30 days"),
    (Preset::Days(90), "Last 90 days"),
    (Preset::Days(180), "Last 180 days"),
    (Preset::ThisYear, "This year"),
    (Preset::All, "All"),
];

/// Where a period begins: a day, or one told from the present, which a link keeps right as the data goes on.
type Begin = (Option<i32>, Option<RelativeDay>);

impl Preset {
    /// Where the period that ends on `last` begins; nothing = as far back as the data goes.
    fn begin(self, last: i32) -> Begin {
        match self {
            Self::Days(days) => (None, Some(RelativeDay::Ago { count: days - 1, unit: DateUnit::Day })),
            Self::ThisYear => {
                let day = iso_from_day(last).split('-').next().and_then(|year| day_from_iso(&format!("{year}-01-01")));
                (day, None)
            }
            Self::All => (None, None),
        }
    }
}

fn words(query: &Query) -> String {
    let end = |day: Option<i32>, relative: Option<RelativeDay>| {
        relative.map(RelativeDay::words).or_else(|| day.map(iso_from_day))
    };
    match (end(query.from, query.relative_from), end(query.to, query.relative_to)) {
        (None, None) => "Period: all".to_owned(),
        (Some(from), None) => format!("Period: from {from}"),
        (None, Some(to)) => format!("Period: to {to}"),
        (Some(from), Some(to)) => format!("Period: {from} to {to}"),
    }
}

fn set_period(query: &mut Query, (from, relative_from): Begin, to: Option<i32>) {
    (query.from, query.relative_from) = (from, relative_from);
    (query.to, query.relative_to) = (to, None);
}

/// First and last day of what is looked at.
#[component]
pub(super) fn Period() -> impl IntoView {
    let state = AppState::of_context();
    let (from, to) = (NodeRef::<Input>::new(), NodeRef::<Input>::new());
    let problem = RwSignal::new(None::<&'static str>);
    let days = Memo::new(move |_| state.query.with(|query| (query.from, query.to)));
    let last = Memo::new(move |_| {
        let as_of = state.query.with(|query| query.as_of);
        as_of.or_else(|| state.workspace.with(|open| open.as_ref().and_then(|open| open.days).map(|days| days.1)))
    });
    let presets = PRESETS
        .iter()
        .map(|&(preset, title)| {
            let begin = move || last.get().map_or((None, None), |last| preset.begin(last));
            let is_chosen = move || {
                state.query.with(|query| {
                    (query.from, query.relative_from) == begin() && query.to.is_none() && query.relative_to.is_none()
                })
            };
            let choose = move |_| {
                problem.set(None);
                state.query.update(|query| set_period(query, begin(), None));
            };
            view! { <button type="button" aria-pressed=move || is_chosen().to_string() on:click=choose>{title}</button> }
        })
        .collect_view();
    let set = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = |input: NodeRef<Input>| input.get_untracked().and_then(|input| day_from_iso(&input.value()));
        let (from, to) = (read(from), read(to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            problem.set(Some("The last day is before the first. Change one of them."));
            return;
        }
        problem.set(None);
        state.query.update(|query| set_period(query, (from, None), to));
    };
    let iso = |day: Option<i32>| day.map(iso_from_day).unwrap_or_default();
    view! {
        <details class="filter-part period" hidden=move || last.get().is_none()>
            <summary>{move || state.query.with(words)}</summary>
            <form class="filter-form" aria-label="Period" on:submit=set>
                <div class="switch presets" role="group" aria-label="Usual periods">{presets}</div>
                <label>
                    <span>"From"</span>
                    <input type="date" name="from" node_ref=from prop:value=move || iso(days.get().0) />
                </label>
                <label>
                    <span>"To"</span>
                    <input type="date" name="to" node_ref=to prop:value=move || iso(days.get().1) />
                </label>
                <span class="buttons"><button type="submit" class="primary">"Set period"</button></span>
                <p class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</p>
            </form>
        </details>
    }
}
