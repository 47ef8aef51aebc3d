//! Style tokens to [`Palette`]: the colours of a chart are those of the style sheet, light or dark.

use gloo::events::EventListener;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleDeclaration, MediaQueryList, MutationObserver, MutationObserverInit};

use super::framed_chart::LOW;
use crate::charts::Palette;

const SERIES_COLOURS: usize = 6;
const LESS_MOTION: &str = "(prefers-reduced-motion: reduce)";
const DARK: &str = "(prefers-color-scheme: dark)";
const MORE_CONTRAST: &str = "(prefers-contrast: more)";
const FORCED_COLOURS: &str = "(forced-colors: active)";
/// The attribute of `<html>` that holds the theme, where it is not that of the system.
pub const THEME: &str = "data-theme";
/// The attribute of `<html>` while the page is being printed.
pub const PRINTING: &str = "data-printing";
/// The attribute of `<html>` that is "0" when nothing is to move.
pub const MOTION: &str = "data-motion";
/// The attribute of `<html>` that is there when filled marks have patterns.
pub const DECALS: &str = "data-decal";
/// The attribute of `<html>` that names a font other than the system's.
pub const FONT: &str = "data-font";

/// The colours of the present theme. A token that the style sheet does not set is left empty; ECharts then takes its own.
pub fn palette() -> Palette {
    let style = gloo::utils::window().get_computed_style(&gloo::utils::document_element()).ok().flatten();
    let token = |name: &str| style.as_ref().map(|style| token_of(style, name)).unwrap_or_default();
    Palette {
        series: (1..=SERIES_COLOURS)
            .map(|number| token(&format!("--chart-{number}")))
            .filter(|colour| !colour.is_empty())
            .collect(),
        text: token("--text"),
        muted: token("--text-muted"),
        grid: token("--grid"),
        background: token("--surface"),
        guideline: token("--guideline"),
        // ECharts writes it into an attribute without escaping it: a name in double quotes would end the attribute.
        font: token("--font").replace('"', "'"),
        animate: !is_printing() && !holds(LESS_MOTION) && !has(MOTION),
        decals: has(DECALS),
    }
}

/// True while the page is being printed: what is drawn then must be there at once.
pub fn is_printing() -> bool {
    has(PRINTING)
}

fn token_of(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default().trim().to_owned()
}

/// What the system asks for: more contrast; its own few colours, in which several series are alike.
pub fn system_wishes() -> (bool, bool) {
    (holds(MORE_CONTRAST), holds(FORCED_COLOURS))
}

fn has(attribute: &str) -> bool {
    gloo::utils::document_element().has_attribute(attribute)
}

fn holds(query: &str) -> bool {
    media(query).is_some_and(|media| media.matches())
}

fn media(query: &str) -> Option<MediaQueryList> {
    gloo::utils::window().match_media(query).ok().flatten()
}

/// Watches as long as it lives.
#[must_use = "dropping it ends the watch"]
pub struct ThemeWatch {
    _system: Vec<EventListener>,
    chosen: Option<MutationObserver>,
    _on_chosen: Closure<dyn FnMut(JsValue)>,
}

impl Drop for ThemeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.chosen {
            observer.disconnect();
        }
    }
}

/// Calls back when [`palette`] may have changed, or what a frame leaves of a chart: the system's theme, the user's choice, the
/// wish for less motion, a frame that becomes low or high.
pub fn watch_theme(on_change: impl Fn() + Clone + 'static) -> ThemeWatch {
    let system = [DARK, LESS_MOTION, MORE_CONTRAST, FORCED_COLOURS, LOW]
        .into_iter()
        .filter_map(media)
        .map(|query| {
            let on_change = on_change.clone();
            EventListener::new(&query, "change", move |_| on_change())
        })
        .collect();
    let on_chosen = Closure::<dyn FnMut(JsValue)>::new(move |_| on_change());
    let chosen = MutationObserver::new(on_chosen.as_ref().unchecked_ref()).ok().filter(|observer| {
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_attribute_filter(
            &[THEME, MOTION, DECALS, FONT].map(JsValue::from).into_iter().collect::<js_sys::Array>(),
        );
        observer.observe_with_options(&gloo::utils::document_element(), &options).is_ok()
    });
    ThemeWatch { _system: system, chosen, _on_chosen: on_chosen }
}
