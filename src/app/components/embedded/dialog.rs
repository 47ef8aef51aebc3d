//! What has no room in a frame beside the chart: over it, as high as the frame, scrolling inside.

use leptos::prelude::*;

use crate::app::document::dialog_while;

/// A dialog over the frame. Its content is made when it is opened.
#[component]
pub(super) fn FramedDialog(
    /// Its title.
    title: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its content.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = dialog_while(move || open.get());
    view! {
        <dialog class="framed-dialog" node_ref=dialog aria-label=title on:close=move |_| open.set(false)>
            <header>
                <h2>{title}</h2>
                <button type="button" class="icon" aria-label="Close" on:click=move |_| open.set(false)>"×"</button>
            </header>
            <Show when=move || open.get()>{children()}</Show>
        </dialog>
    }
}
