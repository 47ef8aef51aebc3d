//! What the engine answers to a request of a component, asked again when the request or the workspace changes.
//!
//! One function without type parameters in place of a resource for each kind of answer: a resource costs the page about ten
//! kilobytes for each type it holds.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::actions;
use crate::app::state::AppState;
use crate::engine::{Request, Response};

/// The newest answer; `None` before the first. A request that failed says why.
pub(in crate::app) type Answered = Option<Result<Arc<Response>, Arc<str>>>;

/// The answer to what is asked; `None` = nothing is asked. An older answer stays until the newer one is there.
pub(in crate::app) fn use_response(request: impl Fn() -> Option<Request> + 'static) -> RwSignal<Answered> {
    ask_again(Box::new(request))
}

fn ask_again(request: Box<dyn Fn() -> Option<Request>>) -> RwSignal<Answered> {
    let state = AppState::of_context();
    let answer: RwSignal<Answered> = RwSignal::new(None);
    let newest = StoredValue::new(0_u64);
    Effect::new(move |_| {
        drop(state.generation());
        let number = newest.try_update_value(|newest| {
            *newest += 1;
            *newest
        });
        let Some(request) = request() else { return answer.set(None) };
        spawn_local(async move {
            let response = ask(state, request).await;
            // A newer question is under way: its answer is the one to show.
            if newest.try_get_value() == number {
                let _ = answer.try_set(Some(response));
            }
        });
    });
    answer
}

/// Asks once.
pub(super) async fn ask(state: AppState, request: Request) -> Result<Arc<Response>, Arc<str>> {
    if let Some(answer) = actions::published_answer(state, &request).await {
        return answer.map(Arc::new).map_err(Into::into);
    }
    let Some(client) = state.client() else { return Err("The page is closing.".into()) };
    match client.ask(request).await {
        Ok(Response::Failed(error)) => Err(error.to_string().into()),
        Ok(response) => Ok(Arc::new(response)),
        Err(error) => Err(error.to_string().into()),
    }
}

/// What is said when a worker answers something else: page and worker are of different builds.
pub(in crate::app) const UNEXPECTED: &str = "The engine gave another answer than expected. Reload the page.";
