//! The items behind a point, beside the chart. A dialog: Escape closes it and focus goes back.

use leptos::prelude::*;

use super::UserText;
use super::items_table::ItemsList;
use super::records_list::RecordsList;
use crate::app::document::dialog_while;
use crate::app::state::AppState;
use crate::metrics::Counted;

/// The drawer of the page.
#[component]
pub(super) fn Drawer() -> impl IntoView {
    let state = AppState::of_context();
    let dialog = dialog_while(move || state.drawer.with(Option::is_some));
    let close = move || state.drawer.set(None);
    let content = move || {
        state.drawer.get().map(|drill| {
            view! {
                <header>
                    <h2 id="drawer-title"><UserText text=drill.title /></h2>
                    <button type="button" class="icon" aria-label="Close" on:click=move |_| close()>"×"</button>
                </header>
                <p class="detail" hidden=drill.detail.is_empty()><UserText text=drill.detail.clone() /></p>
                // What cannot be listed says so above.
                {(!drill.items.is_empty()).then(|| match drill.counted {
                    Counted::Items => view! { <ItemsList items=drill.items /> }.into_any(),
                    Counted::Records(kind) => view! { <RecordsList kind rows=drill.items /> }.into_any(),
                })}
            }
            .into_any()
        })
    };
    view! {
        <dialog class="drawer" node_ref=dialog aria-labelledby="drawer-title" on:close=move |_| close()>{content}</dialog>
    }
}
