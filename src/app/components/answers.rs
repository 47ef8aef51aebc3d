//! The results a view shows: asked in one go, asked again when the question or the workspace changes.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::response::{UNEXPECTED, ask};
use crate::app::state::AppState;
use crate::engine::{Request, Response};
use crate::metrics::{MetricResult, Query};

/// What is known of one metric.
#[derive(Clone)]
pub(super) struct Answer {
    /// The newest result; `None` before the first.
    pub(super) result: Option<Arc<MetricResult>>,
    /// Why there is none.
    pub(super) error: Option<Arc<str>>,
    /// True while a newer one is on its way.
    pub(super) is_stale: bool,
}

/// What a result answers: workspace, its generation, the question.
type Asked = ((String, u64, u32), Query);
type Results = Result<Vec<Arc<MetricResult>>, Arc<str>>;

/// The answers to these metrics for the present question, in their order. Results to earlier questions stay readable until
/// the newer one is there, and say that they are stale.
pub(super) fn use_answers(ids: Vec<&'static str>, query: Signal<Query>) -> Vec<Signal<Answer>> {
    let count = ids.len();
    let state = AppState::of_context();
    let question = Memo::new(move |_| (state.generation(), query.get()));
    let latest: RwSignal<Option<(Asked, Results)>> = RwSignal::new(None);
    Effect::new(move |_| {
        let asked = question.get();
        let ids = ids.iter().map(|&id| id.to_owned()).collect();
        spawn_local(async move {
            let response = ask(state, Request::Metrics { ids, query: asked.1.clone() }).await;
            let results = response.and_then(results_of);
            // The answer to an older question is of no use any more.
            if question.try_get_untracked().as_ref() == Some(&asked) {
                let _ = latest.try_set(Some((asked, results)));
            }
            let _ = state.ready.try_set(true);
        });
    });
    (0..count)
        .map(|position| {
            Signal::derive(move || latest.with(|latest| answer_of(latest.as_ref(), &question.read(), position)))
        })
        .collect()
}

fn answer_of(latest: Option<&(Asked, Results)>, question: &Asked, position: usize) -> Answer {
    let Some((asked, results)) = latest else { return Answer { result: None, error: None, is_stale: true } };
    let is_stale = asked != question;
    match results {
        Ok(results) => Answer { result: results.get(position).cloned(), error: None, is_stale },
        Err(error) => Answer { result: None, error: Some(Arc::clone(error)), is_stale },
    }
}

fn results_of(response: Arc<Response>) -> Results {
    match Arc::unwrap_or_clone(response) {
        Response::Metrics(results) => Ok(results.into_iter().map(Arc::new).collect()),
        _ => Err(UNEXPECTED.into()),
    }
}
