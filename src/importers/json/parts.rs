//! Parts of an element that was read whole, leniently: what has another shape than expected is "not given".
//!
//! For sources with fields of any name and many spellings; where the fields are few and fixed, [`super::values`] saves the
//! detour.

use std::borrow::Cow;

use serde_json::Value;

/// A text, or a number or yes/no as text; empty for everything else.
pub(in crate::importers) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text.trim()),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        Value::Null | Value::Array(_) | Value::Object(_) => Cow::Borrowed(""),
    }
}

/// What a thing or person is called: itself a text, or an object with one of the usual keys, the best first.
pub(in crate::importers) fn name(value: &Value) -> Cow<'_, str> {
    const KEYS: [&str; 9] =
        ["displayName", "display_name", "name", "Name", "title", "value", "login", "username", "key"];
    match value {
        Value::Object(_) => text(any(value, &KEYS)),
        _ => text(value),
    }
}

/// A finite number, or a text that holds one.
pub(in crate::importers) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// The elements of a list; also of `{nodes: […]}` and `{edges: [{node: …}]}`, as GraphQL answers them.
pub(in crate::importers) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(elements) => elements.iter().collect(),
        Value::Object(_) if value["nodes"].is_array() => list(&value["nodes"]),
        Value::Object(_) if value["edges"].is_array() => {
            list(&value["edges"]).into_iter().map(|edge| &edge["node"]).collect()
        }
        _ => Vec::new(),
    }
}

/// The first of these keys that has a value; null when none has.
pub(in crate::importers) fn any<'a>(value: &'a Value, keys: &[&str]) -> &'a Value {
    keys.iter().map(|key| &value[*key]).find(|value| !value.is_null()).unwrap_or(&Value::Null)
}

/// Whether one of these keys is there, also with null: an absent key is not an empty value.
pub(in crate::importers) fn has(value: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| value.get(key).is_some())
}

/// The host of an address: `jira.example.com` of `https://jira.example.com/rest/…`; empty when it is none.
pub(in crate::importers) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn other_shapes_are_not_given() {
        assert_eq!(text(&json!({"a": 1})), "");
        assert_eq!(text(&json!(12)), "12");
        assert_eq!(name(&json!({"login": "ada", "displayName": null})), "ada");
        assert_eq!(name(&json!("ada")), "ada");
        assert_eq!(number(&json!("1.5")), Some(1.5));
        assert_eq!(number(&json!("NaN")), None);
        assert_eq!(list(&json!({"edges": [{"node": 1}, {}]})), [&json!(1), &Value::Null]);
        assert!(list(&json!("a")).is_empty());
        assert_eq!(any(&json!({"a": null, "b": 2}), &["a", "b"]), &json!(2));
        assert!(has(&json!({"a": null}), &["a"]) && !has(&json!([1]), &["a"]));
        assert_eq!(host("https://jira.example.com/rest/api/2"), "jira.example.com");
        assert_eq!(host("nothing"), "");
    }
}
