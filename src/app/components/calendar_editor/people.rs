//! The people of the calendar: team, hours a day, allocation. Added, changed and taken away.

use std::sync::Arc;

use leptos::ev;
use leptos::html::Input;
use leptos::prelude::*;

use crate::app::actions;
use crate::app::components::UserText;
use crate::app::state::AppState;
use crate::engine::{CalendarPage, CalendarPerson};
use crate::metrics::PeopleRule;
use crate::model::{Decision, PersonPlan};
use crate::web::typed_number;

/// What a person has where nobody says otherwise.
const USUAL_HOURS: f64 = 8.0;

/// A row for each person, and one to add somebody.
#[component]
pub(super) fn People(page: Memo<Option<Arc<CalendarPage>>>) -> impl IntoView {
    let rows = move || {
        page.with(|page| {
            page.as_ref().map(|page| {
                page.people.iter().map(|person| view! { <PersonRow person=person.clone() /> }).collect_view()
            })
        })
    };
    let has_people = move || page.with(|page| page.as_ref().is_some_and(|page| !page.people.is_empty()));
    view! {
        <h3>"People"</h3>
        <div class="scroll" hidden=move || !has_people() tabindex="0" role="region" aria-label="People and their hours">
            <table class="calendar-people">
                <thead>
                    <tr>
                        <th scope="col">"Person"</th>
                        <th scope="col">"Team"</th>
                        <th scope="col">"Hours a day"</th>
                        <th scope="col">"Allocation in %"</th>
                        <th scope="col" class="number">"Hours in these days"</th>
                        <th scope="col">"From"</th>
                        <th scope="col"><span class="visually-hidden">"Change"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <AddPerson page />
    }
}

/// A plan from what is typed; the error says what is wrong.
fn plan_of(person: &str, team: &str, hours: &str, allocation: &str) -> Result<Decision, &'static str> {
    let hours = typed_number(hours).ok_or("Hours a day are a number from 0 to 24.")?;
    let percent = typed_number(allocation).ok_or("The allocation is a number from 0 to 100.")?;
    let plan = PersonPlan { team: team.trim().to_owned(), hours_per_day: hours, allocation: percent / 100.0 };
    let decision = Decision::Person { person: person.trim().to_owned(), plan: Some(plan) };
    decision.problem().map_or(Ok(decision), Err)
}

/// "100", "62.5".
fn plain(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

#[component]
fn PersonRow(person: CalendarPerson) -> impl IntoView {
    let state = AppState::of_context();
    let problem = RwSignal::new(String::new());
    let [team, hours, allocation] = [(); 3].map(|()| NodeRef::<Input>::new());
    let name = person.person.clone();
    let shown = person.shown.clone();
    let save = {
        let (name, shown) = (name.clone(), shown.clone());
        move |_: ev::Event| {
            let text = |input: NodeRef<Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
            match plan_of(&name, &text(team), &text(hours), &text(allocation)) {
                Ok(decision) => {
                    problem.set(String::new());
                    actions::decide(state, decision, format!("The capacity of {shown} is saved; all charts follow."));
                }
                Err(why) => problem.set(why.to_owned()),
            }
        }
    };
    let remove = {
        let (name, shown, is_decided) = (name.clone(), shown.clone(), person.is_decided);
        move |_| {
            // What a file says of somebody is not taken away, but can be set to nothing.
            let nothing = PersonPlan { team: String::new(), hours_per_day: 0.0, allocation: 0.0 };
            let plan = (!is_decided).then_some(nothing);
            let done = if is_decided {
                format!("What you said of {shown} is taken away.")
            } else {
                format!("{shown} has no hours any more.")
            };
            actions::decide(state, Decision::Person { person: name.clone(), plan }, done);
        }
    };
    let origin = match (person.is_decided, person.lines) {
        (true, _) => "you".to_owned(),
        (false, 1) => "the file".to_owned(),
        (false, lines) => format!("{lines} lines of files"),
    };
    let remove_label = if person.is_decided {
        format!("Take away what you said of {shown}")
    } else {
        format!("Take all hours from {shown}")
    };
    let field = |label: &str, input: NodeRef<Input>, value: String, save: Box<dyn Fn(ev::Event)>| {
        let label = format!("{label} of {shown}");
        view! { <td><input type="text" aria-label=label node_ref=input prop:value=value on:change=save /></td> }
    };
    let team_field = field("Team", team, person.plan.team.clone(), Box::new(save.clone()));
    let hours_field = field("Hours a day", hours, plain(person.plan.hours_per_day), Box::new(save.clone()));
    let allocation_field = field("Allocation", allocation, plain(person.plan.allocation * 100.0), Box::new(save));
    let total = person.hours.map_or_else(|| "unknown".to_owned(), plain);
    let button = if person.is_decided { "Take away" } else { "No hours" };
    view! {
        <tr data-name=shown.clone()>
            <th scope="row"><UserText text=shown.clone() /></th>
            {team_field} {hours_field} {allocation_field}
            <td class="number">{total}</td>
            <td data-origin=if person.is_decided { "edited" } else { "source" }>{origin}</td>
            <td>
                <button type="button" aria-label=remove_label on:click=remove>{button}</button>
                <span class="problem" role="status">{problem}</span>
            </td>
        </tr>
    }
}

/// A form to add somebody; assignees without capacity are proposed where people are named.
#[component]
fn AddPerson(page: Memo<Option<Arc<CalendarPage>>>) -> impl IntoView {
    let state = AppState::of_context();
    let problem = RwSignal::new(None::<&'static str>);
    let [name, team, hours, allocation] = [(); 4].map(|()| NodeRef::<Input>::new());
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let text = |input: NodeRef<Input>| input.get_untracked().map(|input| input.value()).unwrap_or_default();
        match plan_of(&text(name), &text(team), &text(hours), &text(allocation)) {
            Ok(decision) => {
                problem.set(None);
                let who = text(name).trim().to_owned();
                if let Some(input) = name.get_untracked() {
                    input.set_value("");
                }
                actions::decide(state, decision, format!("{who} is in the calendar; all charts follow."));
            }
            Err(why) => problem.set(Some(why)),
        }
    };
    let proposals = move || {
        page.with(|page| {
            let names = page.iter().flat_map(|page| &page.without);
            names.map(|name| view! { <option value=name.clone()></option> }).collect_view()
        })
    };
    let hint = move || {
        let without = page.with(|page| page.as_ref().map_or(0, |page| page.without.len()));
        match (state.query.read().people, without) {
            (PeopleRule::Names, 0) => None,
            (PeopleRule::Names, number) => Some(format!(
                "Items are assigned to {number} {} whose hours are not known; the field for the name proposes them.",
                if number == 1 { "person" } else { "people" }
            )),
            _ => Some("By name, the assignees of the items are proposed.".to_owned()),
        }
    };
    view! {
        <form class="window-editor" aria-label="Add a person" on:submit=add>
            <label>
                <span>"Name"</span>
                <input type="text" name="person" list="calendar-names" autocomplete="off" node_ref=name />
            </label>
            <datalist id="calendar-names">{proposals}</datalist>
            <label>
                <span>"Team"</span>
                <input type="text" name="team" autocomplete="off" node_ref=team />
            </label>
            <label>
                <span>"Hours a day"</span>
                <input type="text" inputmode="decimal" name="hours" node_ref=hours prop:value=plain(USUAL_HOURS) />
            </label>
            <label>
                <span>"Allocation in %"</span>
                <input type="text" inputmode="decimal" name="allocation" node_ref=allocation prop:value="100" />
            </label>
            <span class="buttons"><button type="submit" class="primary">"Add to the calendar"</button></span>
            <p class="explanation">{hint}</p>
            <p class="problem" role="alert" hidden=move || problem.get().is_none()>{move || problem.get()}</p>
        </form>
    }
}
