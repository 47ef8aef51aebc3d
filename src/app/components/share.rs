//! Share: the link, and what is pasted into which host, with its steps, its height and a look at how it will be.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Switch;
use super::dialog_frame::dialog_frame;
use crate::address::{Frame, Theme};
use crate::app::actions;
use crate::app::state::{AppState, Shared};
use crate::app::views;
use crate::charts::panel;
use crate::embedding::{Embeddable, HostSheet};
use crate::web::expect_taking;

/// Heights that fit: one chart with its words, a strip of figures, a board.
const CHART_HEIGHT: u32 = 420;
const STRIP_HEIGHT: u32 = 120;
const BOARD_HEIGHT: u32 = 900;
const LOWEST: u32 = 80;
const HIGHEST: u32 = 5000;

/// The dialog.
#[component]
pub(in crate::app) fn ShareDialog() -> impl IntoView {
    let state = AppState::of_context();
    let content = move || state.shared.get().map(|shared| view! { <Sharing shared /> }.into_any());
    dialog_frame(
        "question share",
        "Share",
        Signal::derive(move || state.shared.with(Option::is_some)),
        Box::new(content),
        Callback::new(move |()| state.shared.set(None)),
    )
}

#[component]
fn Sharing(shared: Shared) -> impl IntoView {
    let state = AppState::of_context();
    // A click on Copy finds the code for it there.
    expect_taking();
    let looked_at = state.chart.with_untracked(|id| id.as_deref().and_then(panel)).map(|panel| panel.id);
    let chart = RwSignal::new(shared.chart.or(looked_at));
    let strip = RwSignal::new(false);
    let theme = RwSignal::new(Theme::Auto);
    let usual = move || match (strip.get_untracked(), chart.get_untracked()) {
        (true, _) => STRIP_HEIGHT,
        (false, Some(_)) => CHART_HEIGHT,
        (false, None) => BOARD_HEIGHT,
    };
    let height = RwSignal::new(usual());
    let what = Memo::new(move |_| {
        let frame = Frame { theme: theme.get(), strip: strip.get(), height: Some(height.get()), ..Frame::default() };
        actions::embeddable(state, chart.get(), frame)
    });
    let sheets = RwSignal::new(None::<Result<Vec<HostSheet>, String>>);
    Effect::new(move |_| {
        let asked = what.get();
        spawn_local(async move {
            let answer = actions::host_sheets(state, asked.clone()).await;
            // The answer for an earlier choice is of no use any more.
            if what.try_get_untracked().as_ref() == Some(&asked) {
                let _ = sheets.try_set(Some(answer));
            }
        });
    });
    let chosen = RwSignal::new(0_usize);
    let sheet = move || {
        sheets.with(|sheets| match sheets {
            None => view! { <p class="explanation" role="status">"Preparing the texts…"</p> }.into_any(),
            Some(Err(why)) => view! { <p class="explanation" role="alert">{why.clone()}</p> }.into_any(),
            Some(Ok(sheets)) => {
                sheets.get(chosen.get()).map_or_else(|| ().into_any(), |sheet| of_sheet(sheet, state, what))
            }
        })
    };
    let set_strip = move |on: bool| {
        strip.set(on);
        height.set(usual());
    };
    // Everything that is drawn in the view, and what else was asked about.
    let drawn = views::of(state.view.get_untracked()).map_or(&[][..], |view| view.metrics);
    let panels: Vec<_> = drawn.iter().copied().chain(chart.get_untracked().filter(|id| !drawn.contains(id))).collect();
    let options = panels
        .iter()
        .filter_map(|id| panel(id))
        .map(|panel| view! { <option value=panel.id prop:selected=move || chart.get() == Some(panel.id)>{panel.title}</option> })
        .collect_view();
    let choose = move |event: leptos::ev::Event| {
        chart.set(panel(&event_target_value(&event)).map(|panel| panel.id));
        height.set(usual());
    };
    view! {
        <label class="setting">
            "What is shared, with its filters and settings"
            <select name="shared" on:change=choose>
                <option value="" prop:selected=move || chart.get().is_none()>"The whole view"</option>
                {options}
            </select>
        </label>
        <LocalData />
        <Switch
            label="Where"
            choices=vec![(0, "Link"), (1, "Confluence Cloud"), (2, "Confluence Data Center"), (3, "Web page"), (4, "Markdown")]
            chosen=chosen
            on_choose=move |place| chosen.set(place)
        />
        <div class="view-controls" hidden=move || matches!(chosen.get(), 0 | 4)>
            <Switch label="What" choices=vec![(false, "With its drawing"), (true, "Figures only")] chosen=strip on_choose=set_strip />
            <Switch label="Colours" choices=Theme::ALL.map(|theme| (theme, theme.title())).to_vec() chosen=theme on_choose=move |of| theme.set(of) />
            <label class="setting">
                "Height in pixels"
                <input
                    type="number"
                    min=LOWEST
                    max=HIGHEST
                    prop:value=move || height.get().to_string()
                    on:change=move |event| {
                        if let Ok(given) = event_target_value(&event).parse::<u32>() {
                            height.set(given.clamp(LOWEST, HIGHEST));
                        }
                    }
                />
            </label>
        </div>
        {sheet}
    }
}

/// What recipients do not see, and what would show it to them.
#[component]
fn LocalData() -> impl IntoView {
    let state = AppState::of_context();
    if actions::is_published(state) {
        return ().into_any();
    }
    view! {
        <div class="needs" data-local>
            <p>
                <strong>"Recipients see only the settings, not your data. "</strong>
                "The data is in this browser alone. To show it to others, send it as a file, or publish it: as a site that anybody can look at."
            </p>
            <p class="buttons">
                <button type="button" on:click=move |_| actions::download_workspace(state)>"Download the workspace as a file"</button>
                <button type="button" on:click=move |_| actions::publish_shown(state)>"Publish this view…"</button>
            </p>
        </div>
    }
    .into_any()
}

fn of_sheet(sheet: &HostSheet, state: AppState, what: Memo<Embeddable>) -> AnyView {
    let steps = sheet.steps.iter().map(|step| view! { <li>{step.clone()}</li> }).collect_view();
    let snippets = sheet
        .snippets
        .iter()
        .map(|snippet| view! { <CopyText label=snippet.label.clone() text=snippet.text.clone() /> })
        .collect_view();
    let test = sheet.frames.then(|| view! { <LiveTest state what /> });
    view! {
        <section class="share-sheet" data-sheet=sheet.id.clone() aria-label=sheet.title.clone()>
            <ol>{steps}</ol>
            {snippets}
            <p class="explanation"><strong>"What leaves this computer: "</strong>{sheet.leaves.clone()}</p>
            {test}
        </section>
    }
    .into_any()
}

/// A text that is copied with one click, or by hand where the browser refuses.
#[component]
fn CopyText(label: String, text: String) -> impl IntoView {
    let state = AppState::of_context();
    let copied = RwSignal::new("");
    let (title, whole) = (label.clone(), text.clone());
    let copy = move |_| {
        let (title, text) = (title.clone(), whole.clone());
        spawn_local(async move {
            let words = actions::copy_snippet(state, &title, &text).await;
            let _ = copied.try_set(words);
        });
    };
    let rows = text.lines().count().clamp(2, 8).to_string();
    view! {
        <div class="copy-text">
            <label>
                {label}
                <textarea readonly rows=rows spellcheck="false" prop:value=text></textarea>
            </label>
            <p><button type="button" on:click=copy>"Copy"</button>" "<span class="explanation">{move || copied.get()}</span></p>
        </div>
    }
}

/// The frame itself, as the host will show it.
#[component]
fn LiveTest(state: AppState, what: Memo<Embeddable>) -> impl IntoView {
    if !actions::is_published(state) {
        return view! {
            <p class="explanation" data-live-test="none">
                "How it will look cannot be shown: in a frame only published data is seen, and nothing is published at this address."
            </p>
        }
        .into_any();
    }
    view! {
        <h3>"How it will look"</h3>
        <iframe
            class="live-test"
            title="How it will look"
            src=move || what.with(|what| what.frame_link.clone())
            height=move || what.with(|what| what.height.to_string())
        ></iframe>
    }
    .into_any()
}
