//! The report as one HTML file: which views are in it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dialog_frame::dialog_frame;
use super::view_boxes::ViewBoxes;
use crate::app::actions;
use crate::app::state::AppState;
use crate::outputs::ReportView;

/// The dialog of the page.
#[component]
pub(super) fn ReportDialog() -> impl IntoView {
    let state = AppState::of_context();
    let content = move || state.is_reporting.get().then(|| view! { <Form /> }.into_any());
    dialog_frame(
        "question publish",
        "Report as one HTML file",
        state.is_reporting.into(),
        Box::new(content),
        Callback::new(move |()| state.is_reporting.set(false)),
    )
}

#[component]
fn Form() -> impl IntoView {
    let state = AppState::of_context();
    let chosen = RwSignal::new(Vec::<String>::new());
    let offered = RwSignal::new(None::<Result<Vec<ReportView>, String>>);
    spawn_local(async move {
        let views = actions::report_views(state).await;
        let shown = views.iter().flatten().filter(|view| view.shows).map(|view| view.id.clone()).collect();
        let _ = chosen.try_set(shown);
        let _ = offered.try_set(Some(views));
    });
    let words = move || match offered.get() {
        None => "Looking at what there is to show…".to_owned(),
        Some(Err(why)) => why,
        Some(Ok(_)) if chosen.with(Vec::is_empty) => {
            "No view is chosen: the report would be empty. Choose at least one.".to_owned()
        }
        Some(Ok(_)) => String::new(),
    };
    let boxes = move || {
        let views = offered.get()?.ok()?;
        let told = |view: ReportView| {
            let title = if view.shows { view.title } else { format!("{} (nothing to show)", view.title) };
            (view.id, title)
        };
        Some(view! { <ViewBoxes views=views.into_iter().map(told).collect() chosen /> })
    };
    let write = move |_| {
        let chosen = chosen.get_untracked();
        let is_all = offered.with_untracked(|offered| {
            offered.iter().flatten().flatten().all(|view| view.shows == chosen.contains(&view.id))
        });
        state.is_reporting.set(false);
        actions::report_page(state, (!is_all).then_some(chosen));
    };
    view! {
        <p class="explanation">"Pictures, sentences, tables and definitions with the present filters. The file needs neither a script nor a network."</p>
        <div class="publish-form">
            <fieldset>
                <legend>"Views"</legend>
                {boxes}
            </fieldset>
        </div>
        <p class="publish-words" role="status">{words}</p>
        <p class="buttons">
            <button type="button" class="primary" prop:disabled=move || chosen.with(Vec::is_empty) on:click=write>"Write the report"</button>
        </p>
    }
}
