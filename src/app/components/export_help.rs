//! How exports are made, tool by tool, and what can be seen with each.

use leptos::prelude::*;

use crate::app::actions;
use crate::app::state::AppState;
use crate::charts::panel;
use crate::engine::{Need, Sight, sight_with};
use crate::importers::ExportHelp;

/// A disclosure with the exports that add what is needed; those of the tools in the workspace come first.
#[component]
pub(in crate::app) fn ExportHelpList(
    /// What it is called while it is closed.
    #[prop(into)]
    summary: String,
    /// Only exports that add one of these; all when there are none.
    needs: Vec<Need>,
) -> impl IntoView {
    let state = AppState::of_context();
    disclosure(state, summary, move |help| list(state, help, &needs))
}

/// A disclosure with a table: which export lets which metric be seen.
#[component]
pub(in crate::app) fn ExportMatrix(
    /// Ids of the metrics.
    metrics: Vec<&'static str>,
) -> impl IntoView {
    let state = AppState::of_context();
    disclosure(state, "What can I see with which file?".to_owned(), move |help| matrix(help, &metrics))
}

/// Asks for the help when it is opened.
fn disclosure(
    state: AppState,
    summary: String,
    content: impl Fn(&[ExportHelp]) -> AnyView + Send + 'static,
) -> AnyView {
    let is_open = RwSignal::new(false);
    let toggle = move |event| {
        let open = event_target::<web_sys::HtmlDetailsElement>(&event).open();
        if open {
            actions::load_export_help(state);
        }
        is_open.set(open);
    };
    let content = move || {
        is_open.get().then(|| {
            state.export_help.with(|help| match help {
                None => view! { <p class="explanation">"Loading…"</p> }.into_any(),
                Some(Err(why)) => {
                    let words = format!("The help could not be loaded ({why}). Close this and open it again.");
                    view! { <p class="explanation">{words}</p> }.into_any()
                }
                Some(Ok(help)) => content(help),
            })
        })
    };
    view! {
        <details class="export-help" on:toggle=toggle>
            <summary>{summary}</summary>
            {content}
        </details>
    }
    .into_any()
}

fn matrix(help: &[ExportHelp], metrics: &[&'static str]) -> AnyView {
    let head = metrics
        .iter()
        .filter_map(|id| panel(id))
        .map(|panel| view! { <th scope="col">{panel.title}</th> })
        .collect_view();
    let shows_any = |help: &&ExportHelp| metrics.iter().any(|id| sight_with(id, &help.adds) != Sight::NotComputable);
    let row = |help: &ExportHelp| {
        let cells = metrics.iter().map(|id| view! { <td>{sight_mark(sight_with(id, &help.adds))}</td> }).collect_view();
        view! { <tr><th scope="row">{help.title.clone()}</th>{cells}</tr> }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="What can be seen with which file">
            <table class="matrix">
                <thead><tr><th scope="col">"Export"</th>{head}</tr></thead>
                <tbody>{help.iter().filter(shows_any).map(row).collect_view()}</tbody>
            </table>
        </div>
        <p class="explanation">
            "Where the fields are filled in your tool. Estimated: on assumptions, such as dates of sprints inferred from the items. The other exports are read and kept; no view draws them yet."
        </p>
    }
    .into_any()
}

/// How well something is seen: an icon and the word.
pub(in crate::app) fn sight_mark(sight: Sight) -> AnyView {
    let icon = match sight {
        Sight::Computed => "✓",
        Sight::Estimated => "≈",
        Sight::NotComputable => "✕",
    };
    view! { <span class="sight" data-sight=sight.id()><span aria-hidden="true">{icon}</span>" "{sight.title()}</span> }
        .into_any()
}

fn list(state: AppState, help: &[ExportHelp], needs: &[Need]) -> AnyView {
    let formats: Vec<String> = state
        .workspace
        .with(|open| open.iter().flat_map(|open| &open.sources).map(|source| source.report.format.clone()).collect());
    let reads_any = |help: &ExportHelp| help.formats.iter().any(|format| formats.contains(format));
    let own_tools: Vec<&str> = help.iter().filter(|help| reads_any(help)).map(|help| help.tool.as_str()).collect();
    let adds =
        |help: &ExportHelp| needs.is_empty() || needs.iter().any(|need| help.adds.iter().any(|id| id == need.id()));
    let (own, others): (Vec<&ExportHelp>, Vec<&ExportHelp>) =
        help.iter().filter(|help| adds(help)).partition(|help| own_tools.contains(&help.tool.as_str()));
    let others = others.into_iter().map(one).collect_view();
    if own.is_empty() {
        return others.into_any();
    }
    view! {
        {own.into_iter().map(one).collect_view()}
        <details class="export-help-others">
            <summary>"Other tools"</summary>
            {others}
        </details>
    }
    .into_any()
}

fn one(help: &ExportHelp) -> AnyView {
    let lines = |lines: &[String]| lines.iter().map(|line| view! { <li>{with_code(line)}</li> }).collect_view();
    let adds = help.adds.join(", ").replace('-', " ");
    view! {
        <details class="export">
            <summary>{help.title.clone()}</summary>
            <ol class="steps">{lines(&help.steps)}</ol>
            <ul class="steps">{lines(&help.limits)}</ul>
            <p class="explanation">{format!("Adds: {adds}.")}</p>
        </details>
    }
    .into_any()
}

/// What stands between back-ticks has to be typed.
fn with_code(line: &str) -> AnyView {
    let part = |(position, part): (usize, &str)| {
        let part = part.to_owned();
        if position % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
    };
    line.split('`').enumerate().map(part).collect_view().into_any()
}
