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

impl Answer {
    /// Where it stands, in a word for `data-status`.
    pub(super) fn status(&self) -> &'static str {
        match (&self.result, &self.error) {
            _ if self.is_stale => "loading",
            (_, Some(_)) => "error",
            (Some(result), _) if result.is_computed() => "ok",
            (Some(_), _) => "not-computable",
            (None, None) => "loading",
        }
    }
}

/// What is known, without what changes from question to question.
#[derive(Clone)]
pub(super) struct Known {
    /// The newest result.
    pub(super) result: Option<Arc<MetricResult>>,
    error: Option<Arc<str>>,
}

impl Known {
    /// The sentence of the result, or why there is none.
    pub(super) fn words(&self) -> String {
        match (&self.result, &self.error) {
            (Some(result), _) => result.summary.clone(),
            (None, Some(error)) => format!("The numbers could not be computed: {error}"),
            (None, None) => "Computing…".to_owned(),
        }
    }
}

fn is_same(a: Option<&Known>, b: Option<&Known>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let same_result = match (&a.result, &b.result) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    };
    same_result && a.error == b.error
}

/// What is known of an answer: changes only when there is something else to show.
pub(super) fn use_known(answer: Signal<Answer>) -> Memo<Known> {
    Memo::new_with_compare(
        move |_| answer.with(|answer| Known { result: answer.result.clone(), error: answer.error.clone() }),
        |a, b| !is_same(a, b),
    )
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
