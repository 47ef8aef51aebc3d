//! What has no room in a frame beside the chart: over it, as high as the frame, scrolling inside.

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::app::document::open_dialog;

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
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            open_dialog(&dialog);
        } else if dialog.open() {
            dialog.close();
        }
    });
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
