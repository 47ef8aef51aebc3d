//! Numbers that people type into fields.

use wasm_bindgen::JsValue;

/// The number of a text with a decimal point or comma, with or without a percent sign behind; `None` for an empty text and for
/// anything else. The browser reads it: Rust's own reading brings tables of powers, 20 KB of the page.
pub fn typed_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    // The browser would also read hexadecimal digits, and nothing as 0.
    let is_decimal = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    let number = JsValue::from_str(&text).unchecked_into_f64();
    (is_decimal && !text.is_empty() && number.is_finite()).then_some(number)
}
