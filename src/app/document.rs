//! What the browser itself is told: title, theme, the sign that the first numbers are there, focus.

use std::sync::Arc;
use std::time::Duration;

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::state::AppState;
use super::views;
use crate::address::{Font, Theme};
use crate::web::{DECALS, FONT, MOTION, PRINTING, THEME, palette, system_wishes, watch_theme};

/// The event that a browser sends before it prints.
const BEFORE_PRINT: &str = "beforeprint";

/// Keeps title, theme and the ready sign in step with the state.
pub(super) fn follow(state: AppState) {
    Effect::new(move |_| {
        let view = views::of(state.view.get()).map_or("", |view| view.title);
        let name = state.workspace.with(|workspace| workspace.as_ref().map(|open| open.name.clone()));
        document().set_title(&match name {
            Some(name) => format!("{view} – {name} – Throughline"),
            None => "Throughline – delivery metrics from your tracker's export".to_owned(),
        });
    });
    // Paper is light, and as wide as it is: the charts are drawn for it before the browser takes its picture of the page.
    let is_printing = RwSignal::new(false);
    for (event, begins) in [(BEFORE_PRINT, true), ("afterprint", false)] {
        let _kept = window_event_listener_untyped(event, move |_| is_printing.set(begins));
    }
    let system = RwSignal::new(system_wishes());
    Effect::new(move |_| {
        let is_printing = is_printing.get();
        let theme = match state.theme.get() {
            _ if is_printing => Some(Theme::Light),
            // A style sheet cannot share the list of colours between an attribute and a wish of the system.
            Theme::Auto => system.get().0.then_some(Theme::HighContrast),
            theme => Some(theme),
        };
        mark_root(PRINTING, is_printing.then_some(""));
        mark_root(THEME, theme.map(Theme::id));
    });
    Effect::new(move |_| {
        let (decals, motion, font) = state.frame.with(|frame| (frame.decals, frame.motion, frame.font));
        mark_root(DECALS, (decals || system.get().1).then_some("1"));
        mark_root(MOTION, (!motion).then_some("0"));
        mark_root(FONT, (font == Font::Serif).then_some("serif"));
    });
    Effect::new(move |_| {
        if state.ready.get()
            && let Some(root) = document().document_element()
        {
            drop(root.set_attribute("data-ready", "true"));
        }
    });
    // The edge: the style sheet's tokens change outside of our signals.
    let watch = watch_theme(move || {
        // Setting the theme's attribute calls back, too.
        system.try_maybe_update(|known| {
            let now = system_wishes();
            (std::mem::replace(known, now) != now, ())
        });
        let _ = state.palette.try_set(Arc::new(palette()));
    });
    let _kept = StoredValue::new_local(watch);
}

/// Gives `<html>` an attribute, or takes it away.
fn mark_root(name: &str, value: Option<&str>) {
    let Some(root) = document().document_element() else { return };
    // Attributes with constant names are refused by no browser.
    drop(value.map_or_else(|| root.remove_attribute(name), |value| root.set_attribute(name, value)));
}

/// True when keys typed now belong to a field.
pub(super) fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
            || element.has_attribute("contenteditable")
    })
}

/// Loads the page again.
pub(super) fn reload() {
    // Refused only in a sandboxed frame without navigation; the message that offered it stays on screen.
    drop(window().location().reload());
}

/// Opens the browser's dialog for printing.
pub(super) fn print_page() {
    // `print` takes its picture before anything that waits for the end of this call: what must be drawn for paper is told earlier.
    if let Ok(event) = web_sys::Event::new(BEFORE_PRINT) {
        drop(window().dispatch_event(&event));
    }
    // Refused only in a sandboxed frame without dialogs, which has no button for it.
    set_timeout(|| drop(window().print()), Duration::ZERO);
}

/// Brings the first part of the page that a selector names into sight, opened, and moves focus there.
pub(super) fn show_part(selector: &str) {
    let Ok(Some(part)) = document().query_selector(selector) else { return };
    let opened = if part.tag_name() == "DETAILS" { part.set_attribute("open", "") } else { Ok(()) };
    // Attributes with constant names are refused by no browser.
    drop(opened.and_then(|()| part.set_attribute("tabindex", "-1")));
    part.scroll_into_view();
    if let Some(part) = part.dyn_ref::<web_sys::HtmlElement>() {
        drop(part.focus());
    }
}

/// Moves focus to the first part that a selector names, once the page has been drawn anew.
pub(super) fn focus_soon(selector: &str) {
    let selector = selector.to_owned();
    request_animation_frame(move || {
        if let Ok(Some(part)) = document().query_selector(&selector)
            && let Some(part) = part.dyn_ref::<web_sys::HtmlElement>()
        {
            drop(part.focus());
        }
    });
}

/// A dialog that is open over the page as long as something holds; the browser keeps focus inside and gives it back at the end.
pub(super) fn dialog_while(is_wanted: impl Fn() -> bool + 'static) -> NodeRef<Dialog> {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if is_wanted() {
            open_dialog(&dialog);
        } else if dialog.open() {
            dialog.close();
        }
    });
    dialog
}

fn open_dialog(dialog: &web_sys::HtmlDialogElement) {
    if !dialog.open() && dialog.show_modal().is_err() {
        // Not in the document yet or already open as a plain dialog: show it without keeping focus inside.
        drop(dialog.set_attribute("open", ""));
    }
}
