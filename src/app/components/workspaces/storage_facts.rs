//! Whether the browser keeps what is stored, and how much it is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::format;
use crate::web::{kept_by_browser, used_bytes};

fn kept_words(kept: Option<bool>) -> &'static str {
    match kept {
        Some(true) => "The browser keeps it until you delete it.",
        Some(false) => "The browser may clear it when space runs short, or after a time without a visit.",
        None => "This browser does not tell whether it keeps it.",
    }
}

/// Asked only when it is opened: it is nobody's first question.
#[component]
pub(super) fn StorageFacts() -> impl IntoView {
    let kept = RwSignal::new(None::<Option<bool>>);
    let used = RwSignal::new(None::<f64>);
    let look = move |ask: bool| {
        spawn_local(async move {
            let answer = kept_by_browser(ask).await;
            let bytes = used_bytes().await;
            let _ = kept.try_set(Some(answer));
            let _ = used.try_set(bytes);
        });
    };
    let words = move || kept.get().map_or("Asking the browser…", kept_words);
    let size = move || {
        used.get().map(|used| format!(" All of Throughline takes {} in this browser.", format::bytes(used as u64)))
    };
    view! {
        <details class="storage-facts" on:toggle=move |_| look(false)>
            <summary>"Storage"</summary>
            <p data-storage><span role="status">{words}</span>{size}</p>
            <p hidden=move || kept.get() != Some(Some(false))>
                <button type="button" on:click=move |_| look(true)>"Ask the browser to keep it"</button>
            </p>
            <p class="explanation">
                "Clearing the browser's data for this site removes everything here. A downloaded workspace file is yours to keep, and opens in any browser."
            </p>
        </details>
    }
}
