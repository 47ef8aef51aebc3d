//! Publish: which views, what is taken out first, what becomes public, and the site as one archive.

mod choices;
mod preview;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::actions;
use crate::app::components::dialog_frame::dialog_frame;
use crate::app::format;
use crate::app::state::{AppState, Publishing};
use crate::publish::{BundleOrder, Preview, Redaction, RedactionError, check_address, publishable_views};
use choices::ChoicesForm;
use preview::PreviewOfSite;

/// The dialog of the page.
#[component]
pub(super) fn PublishDialog() -> impl IntoView {
    let state = AppState::of_context();
    let content = move || state.publishing.get().map(|begun| view! { <Form begun /> }.into_any());
    dialog_frame(
        "question publish",
        "Publish",
        Signal::derive(move || state.publishing.get().is_some()),
        Box::new(content),
        Callback::new(move |()| state.publishing.set(None)),
    )
}

/// What the user chose.
#[derive(Clone, PartialEq)]
struct Choices {
    /// What the site calls the data.
    name: String,
    /// Hours; 0 = not told.
    refresh_every: f64,
    /// What is taken out.
    redaction: Redaction,
    /// Columns that are taken out, as written.
    columns: String,
}

impl Choices {
    /// The order, or what in it is not understood.
    fn order(&self, state: AppState, views: &[String]) -> Result<BundleOrder, RedactionError> {
        let columns: Vec<String> =
            self.columns.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let redaction = self.redaction.clone().without_columns(&columns)?;
        Ok(BundleOrder {
            name: self.name.trim().to_owned(),
            generated_at: format::now() as i64,
            refresh_every: (self.refresh_every > 0.0).then_some(self.refresh_every),
            redaction,
            views: Vec::new(),
            views_left_out: publishable_views(false)
                .map(|view| view.id.to_owned())
                .filter(|id| !views.contains(id))
                .collect(),
            query: state.query.get_untracked(),
        })
    }
}

/// Where the making stands.
#[derive(Clone, PartialEq)]
enum Stage {
    /// The user chooses.
    Choosing,
    /// Something is being made.
    Working(&'static str),
    /// What would become public.
    Shown(Arc<Preview>),
    /// It was handed out.
    Done(String),
    /// It cannot be.
    Failed(String),
}

#[component]
fn Form(
    /// With which views.
    begun: Publishing,
) -> impl IntoView {
    let state = AppState::of_context();
    let name = state.workspace.with_untracked(|open| open.as_ref().map(|open| open.name.clone())).unwrap_or_default();
    let choices = RwSignal::new(Choices {
        name,
        refresh_every: 0.0,
        redaction: Redaction { people: true, ..Redaction::default() },
        columns: String::new(),
    });
    let chosen = publishable_views(false).filter(|view| match begun {
        Publishing::AllViews => true,
        Publishing::View(id) => view.id == id,
    });
    // Those that show nothing are left out by themselves.
    let views = RwSignal::new(chosen.map(|view| view.id.to_owned()).collect::<Vec<_>>());
    let stage = RwSignal::new(Stage::Choosing);
    // A preview of other choices would be a lie.
    Effect::new(move |last: Option<()>| {
        choices.track();
        views.track();
        if last.is_some() {
            stage.set(Stage::Choosing);
        }
    });
    let begin = move |what: &'static str| match choices.get_untracked().order(state, &views.read_untracked()) {
        Ok(order) => {
            stage.set(Stage::Working(what));
            Some(order)
        }
        Err(error) => {
            stage.set(Stage::Failed(format!("{error}.")));
            None
        }
    };
    let settle = move |outcome: Result<Stage, String>| drop(stage.try_set(outcome.unwrap_or_else(Stage::Failed)));
    let preview = move |_| {
        let Some(order) = begin("Working out what would become public…") else { return };
        spawn_local(async move {
            settle(actions::preview_site(state, order).await.map(|preview| Stage::Shown(Arc::new(preview))));
        });
    };
    let download = move |_| {
        let Some(order) = begin("Making the site…") else { return };
        spawn_local(async move { settle(actions::make_site(state, order).await.map(Stage::Done)) });
    };
    let is_working = move || stage.with(|stage| matches!(stage, Stage::Working(_)));
    let is_shown = move || stage.with(|stage| matches!(stage, Stage::Shown(_)));
    let words = move || match stage.get() {
        Stage::Working(words) => words.to_owned(),
        Stage::Done(words) => format!("{words} Unpack it where your web server serves it."),
        Stage::Failed(why) => why,
        Stage::Choosing | Stage::Shown(_) => String::new(),
    };
    let shown = move || match stage.get() {
        Stage::Shown(preview) => Some(view! { <PreviewOfSite preview /> }),
        _ => None,
    };
    view! {
        <p class="explanation">
            "A site is a folder of files for any web server. Whoever opens its address sees these numbers; nothing is sent from here."
        </p>
        <ChoicesForm choices views />
        <p class="buttons">
            <button type="button" class="primary" prop:disabled=is_working on:click=preview>"Show what becomes public"</button>
            <button type="button" prop:disabled=move || is_working() || !is_shown() on:click=download>"Download the site (.zip)"</button>
        </p>
        <p class="publish-words" role="status">{words}</p>
        {shown}
        <SiteCheck />
    }
}

/// The way to the check of a site that was put somewhere. Its own host alone may look at it: this page may ask no other.
#[component]
fn SiteCheck() -> impl IntoView {
    let check = RwSignal::new(None::<String>);
    let read = move |event| check.set(check_address(&event_target_value(&event)));
    view! {
        <section class="publish-form" aria-labelledby="site-check-title">
            <h3 id="site-check-title">"Check my site"</h3>
            <p class="explanation">
                "When the site is at its place: its page check.html asks the host for every file, compares them, and says what the host does wrong."
            </p>
            <label>
                <span>"Address of the site, as it is in the address bar"</span>
                <input type="url" name="site" placeholder="https://" spellcheck="false" on:input=read />
            </label>
            <a href=move || check.get() hidden=move || check.read().is_none() target="_blank" rel="noopener noreferrer">"Open the check in a new tab"</a>
        </section>
    }
}
