//! Views to choose from.

use leptos::prelude::*;

/// A box for each view, in the order of the navigation.
#[component]
pub(super) fn ViewBoxes(
    /// Id and title of each.
    views: Vec<(String, String)>,
    /// The ids of those that are chosen.
    chosen: RwSignal<Vec<String>>,
) -> impl IntoView {
    let boxes = views
        .into_iter()
        .map(|(id, title)| {
            let is_chosen = chosen.with_untracked(|chosen| chosen.contains(&id));
            let value = id.clone();
            let change = move |event| {
                let is_wanted = event_target_checked(&event);
                chosen.update(|chosen| {
                    chosen.retain(|other| *other != id);
                    if is_wanted {
                        chosen.push(id.clone());
                    }
                });
            };
            view! {
                <label class="check"><input type="checkbox" name="view" value=value prop:checked=is_chosen on:change=change /><span>{title}</span></label>
            }
        })
        .collect_view();
    view! { <div class="publish-views">{boxes}</div> }
}
