//! The calendar of people and days: who works when. Every change is a decision that undo takes back.

mod days;
mod grid;
mod people;

use std::sync::Arc;

use leptos::prelude::*;

use super::response::{UNEXPECTED, use_response};
use crate::app::actions;
use crate::app::format;
use crate::app::state::AppState;
use crate::engine::{CalendarPage, CalendarQuery, Request, Response};
use crate::metrics::PeopleRule;
use crate::model::{Decision, Granularity, USUAL_WEEK, iso_from_day, next_period_start, period_start};
use days::{WEEKDAYS, month_title};
use grid::Grid;
use people::People;

/// Rows asked for at first, and more with each press of the button.
const AT_ONCE: u32 = 50;

/// Which days are shown: `None` = the present month, else the first day and how many (`None` = to the end of its month).
type Shown = Option<(i32, Option<u32>)>;

/// The whole editor: which days, the work week, the grid, and the people.
#[component]
pub(in crate::app) fn CalendarEditor() -> impl IntoView {
    let state = AppState::of_context();
    let shown: RwSignal<Shown> = RwSignal::new(None);
    let limit = RwSignal::new(AT_ONCE);
    let answer = use_response(move || {
        let query = state.query.get();
        let first = shown.get().map(|(first, _)| first);
        let days = shown.get().and_then(|(_, days)| days);
        Some(Request::Calendar(CalendarQuery { query, first, days, limit: limit.get() }))
    });
    let page = Memo::new(move |_| {
        answer.with(|answer| match answer.as_ref()?.as_ref().ok()?.as_ref() {
            Response::Calendar(page) => Some(Arc::new((**page).clone())),
            _ => None,
        })
    });
    let problem = move || {
        answer.with(|answer| match answer.as_ref()? {
            Err(why) => Some(why.to_string()),
            Ok(response) if !matches!(**response, Response::Calendar(_)) => Some(UNEXPECTED.to_owned()),
            Ok(_) => None,
        })
    };
    view! {
        <section class="card calendar" aria-labelledby="calendar-title">
            <h2 id="calendar-title">"Calendar"</h2>
            <p class="explanation">
                "Who works when. Enter or Space on a day takes it off, makes it a half day, or a day of work again; arrow keys go from \
                 day to day. Everything here can be undone."
            </p>
            <p class="problem" role="alert" hidden=move || problem().is_none()>{problem}</p>
            <Controls shown page />
            <WorkWeek page />
            <Grid page />
            {move || page.get().map(|page| more(&page, limit))}
            <People page />
        </section>
    }
}

/// Says how many people there are, and shows more of them.
fn more(page: &CalendarPage, limit: RwSignal<u32>) -> AnyView {
    let state = AppState::of_context();
    let total = page.total;
    let by_team = state.query.read_untracked().people == PeopleRule::Teams;
    let has_more = !by_team && (page.people.len() as u64) < total;
    let name_them = move |_| state.query.update(|query| query.people = PeopleRule::Names);
    let words = match total {
        0 => "Nobody's capacity is known yet. Add people below.".to_owned(),
        _ if by_team => format!("{} not shown by name.", format::counted(total, "person is", "people are")),
        _ => format::counted(total, "person", "people"),
    };
    view! {
        <p class="calendar-more">
            <span>{words}</span>
            <button type="button" hidden=!by_team on:click=name_them>"Show people by name"</button>
            <button type="button" hidden=!has_more on:click=move |_| limit.update(|limit| *limit += AT_ONCE)>
                "Show more people"
            </button>
        </p>
    }
    .into_any()
}

/// The month or sprint that is shown.
#[component]
fn Controls(shown: RwSignal<Shown>, page: Memo<Option<Arc<CalendarPage>>>) -> impl IntoView {
    let state = AppState::of_context();
    let first = move || page.with(|page| page.as_ref().map(|page| page.first));
    let step = move |back: bool| {
        let Some(first) = page.with_untracked(|page| page.as_ref().map(|page| page.first)) else { return };
        let month = period_start(first, Granularity::Month);
        let to = if back {
            period_start(month - 1, Granularity::Month)
        } else {
            next_period_start(month, Granularity::Month)
        };
        shown.set(Some((to, None)));
    };
    let sprints = Memo::new(move |_| {
        state.workspace.with(|open| {
            let dated = open.iter().flat_map(|open| &open.iterations);
            dated.filter_map(|one| Some((one.name.clone(), one.window?.0, one.window?.1))).collect::<Vec<_>>()
        })
    });
    let choose = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        let chosen = place.and_then(|place| sprints.with_untracked(|sprints| sprints.get(place).cloned()));
        // The choice of no sprint is the present month.
        shown.set(chosen.map(|(_, first, last)| (first, Some((last - first + 1).max(1) as u32))));
    };
    let options = move || {
        sprints.with(|sprints| {
            let option = |(place, (name, _, _)): (usize, &(String, i32, i32))| {
                let text: String = name.chars().take(60).collect();
                view! { <option value=place.to_string()>{text}</option> }
            };
            sprints.iter().enumerate().map(option).collect_view()
        })
    };
    let title = move || {
        let days = shown.get().and_then(|(_, days)| days);
        first().map(|first| match days {
            Some(days) => format!("{} to {}", iso_from_day(first), iso_from_day(first + days as i32 - 1)),
            None => month_title(first),
        })
    };
    let undo = Memo::new(move |_| state.workspace.with(|open| open.as_ref().and_then(|open| open.undo.clone())));
    view! {
        <div class="view-controls">
            <button type="button" class="icon" aria-label="Month before" on:click=move |_| step(true)>"‹"</button>
            <strong class="calendar-title" aria-live="polite">{title}</strong>
            <button type="button" class="icon" aria-label="Month after" on:click=move |_| step(false)>"›"</button>
            <label hidden=move || sprints.with(Vec::is_empty)>
                <span>"Sprint "</span>
                <select name="calendar-sprint" on:change=choose>
                    <option value="" prop:selected=move || shown.get().is_none()>"by month"</option>
                    {options}
                </select>
            </label>
            <button
                type="button"
                prop:disabled=move || undo.with(Option::is_none)
                title=move || undo.get().map(|what| format!("Take back {what}"))
                on:click=move |_| actions::undo(state)
            >
                "Undo"
            </button>
        </div>
    }
}

/// The days of the week that are worked on.
#[component]
fn WorkWeek(page: Memo<Option<Arc<CalendarPage>>>) -> impl IntoView {
    let state = AppState::of_context();
    let week = Memo::new(move |_| page.with(|page| page.as_ref().map_or(USUAL_WEEK, |page| page.week)));
    let toggle = move |day: usize| {
        let mut changed = week.get_untracked();
        changed[day] = !changed[day];
        if !changed.contains(&true) {
            state.say("At least one day of the week must be worked on.");
            return;
        }
        let is_worked = changed[day];
        let decided = (changed != USUAL_WEEK).then_some(changed);
        let done = format!("{} is {}; all charts follow.", WEEKDAYS[day], if is_worked { "worked on" } else { "free" });
        actions::decide(state, Decision::WorkWeek(decided), done);
    };
    let buttons = (0..WEEKDAYS.len())
        .map(|day| {
            let pressed = move || week.with(|week| week[day]).to_string();
            view! {
                <button type="button" aria-label=WEEKDAYS[day] aria-pressed=pressed on:click=move |_| toggle(day)>
                    {&WEEKDAYS[day][..3]}
                </button>
            }
        })
        .collect_view();
    view! {
        <div class="view-controls">
            <span id="work-week">"Work week"</span>
            <div class="switch" role="group" aria-labelledby="work-week">{buttons}</div>
        </div>
    }
}
