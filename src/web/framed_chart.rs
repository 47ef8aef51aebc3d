//! A chart in a frame: what its option loses where the frame is low, or where the page around shows through.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Below this height of the window an axis has no title: the chart needs the room (the style sheet has the same number).
pub(super) const LOW: &str = "(max-height: 199.98px)";
/// The attribute of `<html>` in a frame through which the page around shows.
pub const TRANSPARENT: &str = "data-transparent";
/// Space above the axes without a title, in CSS pixels.
const TOP_WITHOUT_TITLE: f64 = 8.0;

/// Fits an option to the frame that it is drawn in, in place.
pub(super) fn fit_to_frame(option: &JsValue) -> Result<(), JsValue> {
    if gloo::utils::document_element().has_attribute(TRANSPARENT) {
        Reflect::set(option, &"backgroundColor".into(), &"transparent".into())?;
    }
    let is_low = gloo::utils::window().match_media(LOW).ok().flatten().is_some_and(|low| low.matches());
    if is_low {
        for_each(option, "yAxis", |axis| {
            Reflect::set(axis, &"name".into(), &"".into())?;
            Ok(())
        })?;
        for_each(option, "grid", |grid| {
            Reflect::set(grid, &"top".into(), &TOP_WITHOUT_TITLE.into())?;
            Ok(())
        })?;
    }
    Ok(())
}

/// A component of an option is one object or a list of them.
fn for_each(
    option: &JsValue,
    component: &str,
    change: impl Fn(&JsValue) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    let parts = Reflect::get(option, &component.into())?;
    let parts = if Array::is_array(&parts) { parts.unchecked_into() } else { Array::of1(&parts) };
    parts.iter().filter(JsCast::is_instance_of::<Object>).try_for_each(|part| change(&part))
}
