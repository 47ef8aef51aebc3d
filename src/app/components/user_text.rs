//! Text that users wrote: isolated from the direction of the text around it, shown whole on demand.

use leptos::prelude::*;

/// Characters shown of one text; a title attribute has up to ten times as many.
const SHOWN: usize = 300;

/// Text of users as a text node, never as markup.
#[component]
pub(in crate::app) fn UserText(
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let shown = cut(&text, SHOWN);
    let title = cut(&text, SHOWN * 10);
    view! { <bdi class="user-text" title=title>{shown}</bdi> }
}

/// The text up to a length, with control characters made visible.
fn cut(text: &str, length: usize) -> String {
    let mut shown: String =
        text.chars().take(length).map(|letter| if letter.is_control() { '\u{2423}' } else { letter }).collect();
    if text.chars().nth(length).is_some() {
        shown.push('…');
    }
    shown
}
