//! The frame of a dialog over the page: its title, and a button that closes it.

use leptos::prelude::*;

use crate::app::document::dialog_while;

/// A dialog that is there while `is_open` holds. One function for all of them and no component, which would be built again for the
/// types of each.
pub(super) fn dialog_frame(
    class: &'static str,
    title: &'static str,
    is_open: Signal<bool>,
    content: Box<dyn Fn() -> Option<AnyView> + Send>,
    close: Callback<()>,
) -> AnyView {
    let dialog = dialog_while(move || is_open.get());
    view! {
        <dialog class=class node_ref=dialog aria-label=title on:close=move |_| close.run(())>
            <header>
                <h2>{title}</h2>
                <button type="button" class="icon" aria-label="Close" on:click=move |_| close.run(())>"×"</button>
            </header>
            {move || content()}
        </dialog>
    }
    .into_any()
}
